"""What the evidence says: artifacts, the observables in them, and the states and providers they lead to.

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from comity.leads import find_leads
>>> with TemporaryDirectory() as folder:
...     _ = (Path(folder) / "note.txt").write_text("They wrote from 203.0.113.9")
...     [one.value for one in find_leads([Path(folder)]).observables]
['203.0.113.9']
"""

from typing import TYPE_CHECKING

from comity.leads.limits import DEFAULT_LIMITS, Limits
from comity.leads.model import Artifact, Finding, Leads, Nexus, Observable, ObservableKind, Place, Role, Transfer

if TYPE_CHECKING:
    from comity.leads.find import find_leads

__all__ = [
    "DEFAULT_LIMITS",
    "Artifact",
    "Finding",
    "Leads",
    "Limits",
    "Nexus",
    "Observable",
    "ObservableKind",
    "Place",
    "Role",
    "Transfer",
    "find_leads",
]


def __getattr__(name: str) -> object:
    """`find_leads`, loaded when first asked for: all of reading comes with it."""
    if name == "find_leads":
        from comity.leads.find import find_leads

        return find_leads
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
