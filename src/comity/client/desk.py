"""Calls about letters that came, and about what a desk looks at first."""

from datetime import datetime
from pathlib import Path

from comity.client.call import Caller
from comity.client.records import Letter, Request
from comity.client.records_casework import Alarm, Arrival, Dates, Lists, WholeArrival


class DeskCalls:
    """What can be asked of a desk."""

    _call: Caller

    def arrivals(self) -> tuple[Arrival, ...]:
        """Letters that came and are neither registered nor discarded."""
        return self._call.get("/incoming", tuple[Arrival, ...])

    def take_in_letter(self, path: Path) -> WholeArrival:
        """Take in a letter: PDF, DOCX, JSON or text."""
        return self._call.upload("/incoming", WholeArrival, path)

    def arrival(self, arrival_id: str) -> WholeArrival:
        """What was read of a letter that came, and what the officer there finds."""
        return self._call.get(f"/incoming/{arrival_id}", WholeArrival)

    def correct_arrival(self, arrival: Arrival, **put: str) -> WholeArrival:
        """Put right ``requesting``, ``requested``, ``measure`` or ``their_reference``."""
        body = {"version": arrival.version, **put}
        return self._call.change("POST", f"/incoming/{arrival.id}/correct", WholeArrival, body)

    def register_arrival(
        self, arrival: Arrival, *, case_id: str = "", reference: str = "", title: str = "", again: bool = False
    ) -> Request:
        """Make it a request of a case of one's own, or of a new one."""
        new = {"case_id": case_id, "reference": reference, "title": title, "again": again}
        body = {"version": arrival.version, **new}
        return self._call.change("POST", f"/incoming/{arrival.id}/register", Request, body)

    def discard_arrival(self, arrival: Arrival, reason: str) -> None:
        """Say that it is no request, or not for us."""
        body = {"version": arrival.version, "reason": reason}
        self._call.change("POST", f"/incoming/{arrival.id}/discard", type(None), body)

    def draft_answer(self, request: Request, what: str, *, grounds: tuple[str, ...] = (), words: str = "") -> Letter:
        """Draft an answer (``acknowledge``, ``ask``, ``refuse``) to a request that came."""
        body = {"what": what, "grounds": grounds, "words": words}
        return self._call.change("POST", f"/cases/{request.case_id}/requests/{request.id}/answer", Letter, body)

    def lists(self) -> Lists:
        """What is due today, late, and waits for whom."""
        return self._call.get("/desk/lists", Lists)

    def dates(self, *, from_at: datetime | None = None, to_at: datetime | None = None) -> Dates:
        """Dates of a time that count; none given: a month from now."""
        given = {"from_at": from_at, "to_at": to_at}
        return self._call.get("/desk/dates", Dates, **{name: at.isoformat() for name, at in given.items() if at})

    def alarms(self) -> tuple[Alarm, ...]:
        """What one was told, what is not seen first."""
        return self._call.get("/desk/alarms", tuple[Alarm, ...])

    def see_alarm(self, alarm: Alarm) -> None:
        """Say that one has seen it."""
        self._call.change("POST", f"/desk/alarms/{alarm.id}/seen", type(None))
