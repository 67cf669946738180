"""Calls about the audit trail."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from comity.client.call import Caller
from comity.client.pages import rows
from comity.client.records_audit import Checkpoint, Entry, Keys, Seen


class AuditCalls:
    """What can be asked of the trail. `comity audit verify` checks proofs, growth and export offline."""

    _call: Caller

    def entries(
        self, *, from_at: datetime | None = None, to_at: datetime | None = None, **wanted: str
    ) -> Iterator[Entry]:
        """The trail, the newest first: the entries with ``actor``, ``about``, ``act``, ``case`` as given."""
        given = {"from_at": from_at, "to_at": to_at}
        shown = {name: at.isoformat() for name, at in given.items() if at is not None}
        return rows(self._call, "/audit/entries", Entry, **wanted, **shown)

    def own_entries(self) -> Iterator[Entry]:
        """What the token's owner did, and what was done with the account."""
        return rows(self._call, "/audit/mine", Entry)

    def case_entries(self, case_id: str) -> Iterator[Entry]:
        """What was done in a case, and who read it."""
        return rows(self._call, f"/cases/{case_id}/trail", Entry)

    def who_saw(self, case_id: str) -> tuple[Seen, ...]:
        """Who has seen a case, how often, first and last."""
        return self._call.get(f"/cases/{case_id}/seen", tuple[Seen, ...])

    def entry(self, number: int) -> Entry:
        """One entry."""
        return self._call.get(f"/audit/entries/{number}", Entry)

    def entry_proof(self, number: int) -> bytes:
        """The proof that an entry is in the trail."""
        return self._call.download(f"/audit/entries/{number}/proof")

    def growth_proof(self, old_size: int, new_size: int) -> bytes:
        """The proof that the trail only grew between two signed heads."""
        return self._call.download(f"/audit/growth/{old_size}/{new_size}")

    def checkpoints(self) -> Iterator[Checkpoint]:
        """The signed heads, the newest first."""
        return rows(self._call, "/audit/checkpoints", Checkpoint)

    def checkpoint(self, size: int) -> Checkpoint:
        """One signed head."""
        return self._call.get(f"/audit/checkpoints/{size}", Checkpoint)

    def sign_checkpoint(self) -> Checkpoint:
        """Sign the trail as it stands."""
        return self._call.change("POST", "/audit/checkpoints", Checkpoint)

    def audit_keys(self) -> tuple[str, ...]:
        """The keys that sign; compare them with those that were handed to you."""
        return self._call.get("/audit/checkpoints", Keys, limit=1).keys

    def export_trail(self, file: Path) -> None:
        """Write the whole trail to a file that proves itself; the token lasts a day at most."""
        self._call.save("/audit/export", file)
