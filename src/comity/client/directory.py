"""Calls about the directory."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from comity.client.call import Caller
from comity.client.pages import rows
from comity.client.records_directory import Line, Taken, WholeLine, WhomToCall


class DirectoryCalls:
    """What can be asked of the directory."""

    _call: Caller

    def lines(self, **wanted: str) -> Iterator[Line]:
        """The lines with ``text``, ``state``, ``kind``, ``measure``, ``stale`` as given."""
        return rows(self._call, "/directory/lines", Line, **wanted)

    def line(self, line_id: str) -> WholeLine:
        """One line with its history."""
        return self._call.get(f"/directory/lines/{line_id}", WholeLine)

    def directory_csv(self, **wanted: str) -> bytes:
        """The lines that fit as CSV, which `import_directory` takes back."""
        return self._call.download("/directory/lines.csv", **wanted)

    def import_directory(self, path: Path) -> Taken:
        """Take in a CSV file, whole or not at all."""
        return self._call.upload("/directory/import", Taken, path)

    def whom_to_call(self, state: str, *, measure: str = "") -> WhomToCall:
        """Whom to call now in a state, for a measure."""
        return self._call.get("/directory/now", WhomToCall, state=state, measure=measure)

    def add_line(self, values: Mapping[str, str]) -> WholeLine:
        """Add a line of the agency's own."""
        return self._call.change("POST", "/directory/lines", WholeLine, dict(values))

    def change_line(self, line: Line, **values: str) -> WholeLine:
        """Correct some fields of a line; NodeRefusedError with status 409 where somebody else was faster."""
        body = {**line.values, **values, "version": line.version}
        return self._call.change("POST", f"/directory/lines/{line.id}", WholeLine, body)

    def confirm_line(self, line: Line, *, note: str = "") -> WholeLine:
        """Say that the line was checked and is right."""
        body = {"version": line.version, "note": note}
        return self._call.change("POST", f"/directory/lines/{line.id}/confirm", WholeLine, body)

    def withdraw_line(self, line: Line) -> WholeLine:
        """Take the line out of the lists."""
        body = {"version": line.version}
        return self._call.change("POST", f"/directory/lines/{line.id}/withdraw", WholeLine, body)

    def restore_line(self, line: Line) -> WholeLine:
        """Put back a line that was withdrawn."""
        body = {"version": line.version}
        return self._call.change("POST", f"/directory/lines/{line.id}/restore", WholeLine, body)

    def enter_call(self, line_id: str, *, called_at: datetime, outcome: str, minutes: int, note: str = "") -> WholeLine:
        """Enter a test call to a 24/7 contact point."""
        body = {"called_at": called_at, "outcome": outcome, "minutes": minutes, "note": note}
        return self._call.change("POST", f"/directory/lines/{line_id}/calls", WholeLine, body)
