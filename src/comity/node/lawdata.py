"""The law data that this node answers by, read once for each process."""

from functools import lru_cache
from pathlib import Path

from comity.law import Registry, load_registry

CORRECTIONS = "law"
"""Folder of the agency's own corrections, in the node's."""


@lru_cache(maxsize=1)
def registry() -> Registry:
    """The registry that ships with Comity, with the corrections of this node."""
    from django.conf import settings

    return read_registry(settings.DATA)


def read_registry(data: Path) -> Registry:
    """The registry of the node in `data`; LawDataError where its corrections break a rule of the data."""
    if not is_corrected(data):
        return load_registry()
    from comity.law.corrected import corrected_registry

    return corrected_registry((data / CORRECTIONS,))


def is_corrected(data: Path) -> bool:
    """Whether the node in `data` answers by corrections of its own too."""
    return (data / CORRECTIONS).is_dir()
