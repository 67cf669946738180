"""Calls about versions of letters, what people say of them, and what ties a case together."""

import msgspec

from comity.client.call import Caller
from comity.client.records import Artifact, Letter
from comity.client.records_casework import Changes, Comment, LetterVersion


class VersionCalls:
    """What can be asked of letters and plans beside what they say."""

    _call: Caller

    def letter_versions(self, case_id: str, letter_id: str) -> tuple[LetterVersion, ...]:
        """The newest versions of a letter."""
        return self._call.get(f"/cases/{case_id}/letters/{letter_id}/versions", tuple[LetterVersion, ...])

    def restore_letter(self, case_id: str, letter: Letter, number: int) -> Letter:
        """Make an older version the newest."""
        body = {"number": number, "version": letter.number}
        return self._call.change("POST", f"/cases/{case_id}/letters/{letter.id}/restore", Letter, body)

    def draft_again(self, case_id: str, letter: Letter) -> Letter:
        """Draft it anew from the newest plan."""
        body = {"version": letter.number}
        return self._call.change("POST", f"/cases/{case_id}/letters/{letter.id}/again", Letter, body)

    def set_language(self, case_id: str, letter: Letter, language: str) -> Letter:
        """Say in which language it goes out (BCP 47)."""
        body = {"language": language}
        return self._call.change("POST", f"/cases/{case_id}/letters/{letter.id}/language", Letter, body)

    def comments(self, case_id: str, letter_id: str) -> tuple[Comment, ...]:
        """What people say of a letter."""
        return self._call.get(f"/cases/{case_id}/letters/{letter_id}/comments", tuple[Comment, ...])

    def comment(self, case_id: str, letter_id: str, text: str, *, address: str = "") -> Comment:
        """Say something of a letter, or of one text of it."""
        body = {"text": text, "address": address}
        return self._call.change("POST", f"/cases/{case_id}/letters/{letter_id}/comments", Comment, body)

    def plan_changes(self, case_id: str, number: int) -> Changes:
        """What changed since the plan before."""
        return self._call.get(f"/cases/{case_id}/plans/{number}/changes", Changes)

    def relations(self, case_id: str, number: int, *, of: str = "") -> msgspec.Raw:
        """The picture of a plan as JSON, or one thing of it with all that rests on it."""
        return self._call.get(f"/cases/{case_id}/plans/{number}/relations", msgspec.Raw, of=of)

    def tell_tie(self, case_id: str, value: str, *, why: str, state: str = "", holder: str = "") -> None:
        """Say who has a thing of the evidence; have a plan made after it."""
        body = {"value": value, "why": why, "state": state, "holder": holder}
        self._call.change("POST", f"/cases/{case_id}/ties", msgspec.Raw, body)

    def add_lead(self, case_id: str, value: str, *, why: str, state: str = "", holder: str = "") -> Artifact:
        """Add a thing that no file shows; have a plan made after it."""
        body = {"value": value, "why": why, "state": state, "holder": holder}
        return self._call.change("POST", f"/cases/{case_id}/leads", Artifact, body)
