"""Calls about evidence, facts, plans and letters."""

import time
from pathlib import Path

import msgspec

from comity.client.cases import CaseCalls
from comity.client.errors import NodeRefusedError
from comity.client.records import Artifact, Facts, Letter, PlanMade

LOOK_EVERY_S = 1.0
_UNDER_WAY = frozenset({"waiting", "running"})


class WorkCalls(CaseCalls):
    """What can be asked of the work on a case."""

    def evidence(self, case_id: str) -> tuple[Artifact, ...]:
        """The files of a case."""
        return self._call.get(f"/cases/{case_id}/evidence", tuple[Artifact, ...])

    def add_evidence(self, case_id: str, path: Path) -> Artifact:
        """Add a file; one that the case has already is given back."""
        return self._call.upload(f"/cases/{case_id}/evidence", Artifact, path)

    def evidence_bytes(self, case_id: str, artifact_id: str) -> bytes:
        """The bytes of a file."""
        return self._call.download(f"/cases/{case_id}/evidence/{artifact_id}/bytes")

    def facts(self, case_id: str) -> Facts | None:
        """The facts as they are now; None: nobody has told any."""
        try:
            return self._call.get(f"/cases/{case_id}/facts", Facts)
        except NodeRefusedError as error:
            if error.status == 404:
                self.case(case_id)  # it is the case that is not there
                return None
            raise

    def save_facts(self, case_id: str, text: str, *, version: int, note: str = "") -> Facts:
        """Keep new facts in place of version `version` (0: the first)."""
        body = {"text": text, "version": version, "note": note}
        return self._call.change("POST", f"/cases/{case_id}/facts", Facts, body)

    def plan(self, case_id: str, *, timeout_s: float = 600.0) -> PlanMade:
        """Have a plan made, and wait for it."""
        made = self._call.change("POST", f"/cases/{case_id}/plans", PlanMade)
        until = time.monotonic() + timeout_s
        while made.state in _UNDER_WAY and time.monotonic() < until:
            time.sleep(LOOK_EVERY_S)
            made = self._call.get(f"/cases/{case_id}/plans/{made.number}", PlanMade)
        return made

    def plan_document(self, case_id: str, number: int) -> msgspec.Raw:
        """A plan as JSON."""
        return self._call.get(f"/cases/{case_id}/plans/{number}/document", msgspec.Raw)

    def letters(self, case_id: str) -> tuple[Letter, ...]:
        """The letters of a case, newest first."""
        return self._call.get(f"/cases/{case_id}/letters", tuple[Letter, ...])

    def begin_letter(self, case_id: str, *, plan: int, step: str) -> Letter:
        """Begin the letter that a step of a plan needs."""
        return self._call.change("POST", f"/cases/{case_id}/letters", Letter, {"plan": plan, "step": step})

    def letter_file(self, case_id: str, letter_id: str, form: str) -> bytes:
        """A letter as ``pdf``, ``docx``, ``json``, ``text`` or ``xliff``."""
        return self._call.download(f"/cases/{case_id}/letters/{letter_id}/files/{form}")

    def make_request(self, case_id: str, letter: Letter, *, follows: str = "", again: bool = False) -> Letter:
        """Make a letter a request; `request_id` of the answer names it."""
        body = {"version": letter.number, "follows": follows, "again": again}
        return self._call.change("POST", f"/cases/{case_id}/letters/{letter.id}/request", Letter, body)
