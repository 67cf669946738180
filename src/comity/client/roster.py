"""Calls about the duty roster."""

from datetime import datetime

from comity.client.call import Caller
from comity.client.records_people import Officer, Roster, Shift, WholeShift


class RosterCalls:
    """What can be asked of the roster."""

    _call: Caller

    def roster(self, *, from_at: datetime | None = None, to_at: datetime | None = None) -> Roster:
        """The turns of a time and the gaps in it; none given: a week from now."""
        given = {"from_at": from_at, "to_at": to_at}
        shown = {name: at.isoformat() for name, at in given.items() if at is not None}
        return self._call.get("/roster", Roster, **shown)

    def on_duty(self) -> tuple[Officer, ...]:
        """Who is on duty now."""
        return self._call.get("/roster/now", tuple[Officer, ...])

    def shift(self, shift_id: int) -> WholeShift:
        """One turn, with the note of the one before."""
        return self._call.get(f"/roster/shifts/{shift_id}", WholeShift)

    def plan_shifts(
        self, username: str, *, starts_at: datetime, ends_at: datetime, repeat_days: int = 0
    ) -> tuple[Shift, ...]:
        """Put a duty officer on the roster, and the same on so many days after it."""
        body = {"username": username, "starts_at": starts_at, "ends_at": ends_at, "repeat_days": repeat_days}
        return self._call.change("POST", "/roster/shifts", tuple[Shift, ...], body)

    def take_over(self, shift_id: int) -> WholeShift:
        """One has read the note of the turn before, and answers from now on."""
        return self._call.change("POST", f"/roster/shifts/{shift_id}/take-over", WholeShift)

    def write_handover(self, shift_id: int, note: str) -> WholeShift:
        """Write for the turn after one's own."""
        return self._call.change("POST", f"/roster/shifts/{shift_id}/note", WholeShift, {"note": note})

    def call_off_shift(self, shift_id: int) -> WholeShift:
        """Take a turn off the roster."""
        return self._call.change("POST", f"/roster/shifts/{shift_id}/call-off", WholeShift)

    def ask_swap(self, shift_id: int, to: str, *, reason: str = "") -> WholeShift:
        """Ask a colleague to take one's turn."""
        return self._call.change("POST", f"/roster/shifts/{shift_id}/swap", WholeShift, {"to": to, "reason": reason})

    def swaps(self) -> tuple[Shift, ...]:
        """Turns that colleagues ask one to take."""
        return self._call.get("/roster/swaps", tuple[Shift, ...])

    def answer_swap(self, swap_id: int, *, accept: bool) -> None:
        """Say yes or no to a colleague's turn."""
        self._call.change("POST", f"/roster/swaps/{swap_id}/answer", type(None), {"accept": accept})
