"""The registry of the data that ship, with folders of corrections laid over them."""

from collections.abc import Iterable
from pathlib import Path

from comity.law.check import check_law_data
from comity.law.compile import load_compiled
from comity.law.errors import LawDataError
from comity.law.finding import Severity
from comity.law.overlay import overlay_reading
from comity.law.reading import placed
from comity.law.registry import Registry, build_registry


def corrected_registry(folders: Iterable[Path]) -> Registry:
    """A later folder is laid over an earlier one; LawDataError where the result breaks a rule of the data."""
    reading = placed(load_compiled())
    for folder in folders:
        reading = overlay_reading(reading, folder)
    wrong = [finding for finding in check_law_data(reading) if finding.severity is Severity.ERROR]
    if wrong:
        first = wrong[0]
        more = f"; {len(wrong) - 1} more: run `comity law check --over`" if len(wrong) > 1 else ""
        raise LawDataError(file=first.file, where=first.row, problem=first.problem, remedy=first.remedy + more)
    return build_registry(reading.data)
