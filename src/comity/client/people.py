"""Calls about people, units and standing in, and about what is the token's owner's own."""

from collections.abc import Iterator
from datetime import datetime

from comity.client.call import Caller
from comity.client.pages import rows
from comity.client.records_people import Delegation, Ended, Link, Me, Person, Session, Token, Unit, WholePerson


class PeopleCalls:
    """What can be asked of people; an administrator's token lasts a day at most."""

    _call: Caller

    def me(self) -> Me:
        """Whose token this is."""
        return self._call.get("/me", Me)

    def read_as(self, *, language: str = "", time_zone: str = "") -> Me:
        """Choose language and time zone of one's pages; empty: as the agency has it."""
        return self._call.change("POST", "/me", Me, {"language": language, "time_zone": time_zone})

    def sessions(self) -> tuple[Session, ...]:
        """Where one is signed in."""
        return self._call.get("/me/sessions", tuple[Session, ...])

    def sign_out(self) -> int:
        """Sign out in every browser; how many there were."""
        return self._call.change("POST", "/me/sessions/end", Ended).count

    def tokens(self) -> tuple[Token, ...]:
        """One's own tokens, also those that have ended."""
        return self._call.get("/me/tokens", tuple[Token, ...])

    def revoke_token(self, token_id: str) -> None:
        """End one of one's own tokens."""
        self._call.change("DELETE", f"/me/tokens/{token_id}", type(None))

    def people(self, *, text: str = "") -> Iterator[Person]:
        """Everybody, or those whose name, user name or address contains `text`."""
        return rows(self._call, "/people", Person, text=text)

    def person(self, username: str) -> WholePerson:
        """One person, whole."""
        return self._call.get(f"/people/{username}", WholePerson)

    def invite(
        self, *, username: str, name: str, email: str, unit_id: int | None = None, roles: tuple[str, ...] = ()
    ) -> Link:
        """Invite a person; NodeRefusedError with status 409 where the answer was lost: renew the link then."""
        body = {"username": username, "name": name, "email": email, "unit_id": unit_id, "roles": roles}
        return self._call.change("POST", "/people", Link, body)

    def renew_link(self, username: str) -> Link:
        """A new link to a password; earlier ones end."""
        return self._call.change("POST", f"/people/{username}/link", Link)

    def edit_person(self, person: Person, *, name: str, email: str, unit_id: int | None) -> WholePerson:
        """Change name, address and unit; NodeRefusedError with status 409 where somebody else was faster."""
        body = {"name": name, "email": email, "unit_id": unit_id, "version": person.version}
        return self._call.change("POST", f"/people/{person.username}/edit", WholePerson, body)

    def grant_role(self, username: str, role: str) -> WholePerson:
        """Give a role to another person."""
        return self._call.change("POST", f"/people/{username}/roles", WholePerson, {"role": role})

    def end_role(self, username: str, role: str) -> WholePerson:
        """Take a role from another person."""
        return self._call.change("DELETE", f"/people/{username}/roles/{role}", WholePerson)

    def end_sessions(self, username: str) -> WholePerson:
        """Sign a person out everywhere."""
        return self._call.change("POST", f"/people/{username}/sessions/end", WholePerson)

    def reset_factors(self, username: str) -> WholePerson:
        """Take all second factors from a person who has lost them."""
        return self._call.change("POST", f"/people/{username}/factors/reset", WholePerson)

    def close_account(self, username: str) -> WholePerson:
        """Close an account."""
        return self._call.change("POST", f"/people/{username}/close", WholePerson)

    def open_account(self, username: str) -> WholePerson:
        """Open a closed account again, without roles."""
        return self._call.change("POST", f"/people/{username}/open", WholePerson)

    def units(self) -> tuple[Unit, ...]:
        """Every unit from the top; each stands after the one above it."""
        return self._call.get("/units", tuple[Unit, ...])

    def make_unit(self, name: str, *, above_id: int | None = None) -> Unit:
        """Make a unit."""
        return self._call.change("POST", "/units", Unit, {"name": name, "above_id": above_id})

    def change_unit(self, unit_id: int, *, name: str, above_id: int | None) -> Unit:
        """Rename a unit, or move it under another one."""
        return self._call.change("POST", f"/units/{unit_id}", Unit, {"name": name, "above_id": above_id})

    def delegations(self) -> Iterator[Delegation]:
        """What one gave, and what was given to one."""
        return rows(self._call, "/delegations", Delegation)

    def delegate(
        self, to: str, *, starts_at: datetime, ends_at: datetime, reason: str, case_id: str = ""
    ) -> Delegation:
        """Let a colleague stand in, in one case or (empty) in all."""
        body = {"to": to, "case_id": case_id, "starts_at": starts_at, "ends_at": ends_at, "reason": reason}
        return self._call.change("POST", "/delegations", Delegation, body)

    def revoke_delegation(self, delegation_id: int) -> None:
        """End a delegation."""
        self._call.change("DELETE", f"/delegations/{delegation_id}", type(None))
