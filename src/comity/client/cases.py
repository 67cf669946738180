"""Calls about cases."""

from collections.abc import Iterator

from comity.client.call import Caller
from comity.client.pages import rows
from comity.client.records import Case, Member


class CaseCalls:
    """What can be asked of cases."""

    def __init__(self, call: Caller) -> None:
        self._call = call

    def cases(self, *, status: str = "", text: str = "") -> Iterator[Case]:
        """The cases that the token's owner may see, newest first."""
        return rows(self._call, "/cases", Case, status=status, text=text)

    def case(self, case_id: str) -> Case:
        """One case."""
        return self._call.get(f"/cases/{case_id}", Case)

    def open_case(self, *, reference: str, title: str) -> Case:
        """Open a case."""
        return self._call.change("POST", "/cases", Case, {"reference": reference, "title": title})

    def rename_case(self, case: Case, title: str) -> Case:
        """Give a case another title; NodeRefusedError with status 409 where it was changed meanwhile."""
        return self._call.change("POST", f"/cases/{case.id}/rename", Case, {"title": title, "version": case.version})

    def close_case(self, case: Case) -> Case:
        """Close a case."""
        return self._call.change("POST", f"/cases/{case.id}/close", Case, {"version": case.version})

    def reopen_case(self, case: Case) -> Case:
        """Open a closed case again."""
        return self._call.change("POST", f"/cases/{case.id}/reopen", Case, {"version": case.version})

    def members(self, case_id: str) -> tuple[Member, ...]:
        """Who may see a case."""
        return self._call.get(f"/cases/{case_id}/members", tuple[Member, ...])

    def add_member(self, case_id: str, username: str, *, reason: str = "") -> Member:
        """Let another person see a case."""
        body = {"username": username, "reason": reason}
        return self._call.change("POST", f"/cases/{case_id}/members", Member, body)

    def end_membership(self, case_id: str, username: str) -> None:
        """Let a person see a case no longer."""
        self._call.change("DELETE", f"/cases/{case_id}/members/{username}", type(None))
