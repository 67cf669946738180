"""What a check of custody found."""

from enum import StrEnum

from comity.evidence.custody.entry import NONE, Record


class Verdict(StrEnum):
    """The outcome of a check, in the words of ETSI EN 319 102-1."""

    PASSED = "passed"
    FAILED = "failed"
    INDETERMINATE = "indeterminate"


class Finding(Record, frozen=True, kw_only=True):
    """One thing that is wrong, or cannot be told, with its place."""

    code: str
    """Kebab-case and stable: ``entry-missing``, ``entry-altered``, ``entry-back-dated``, ``history-rewritten`` …"""
    verdict: Verdict
    """`FAILED`: custody is broken here; `INDETERMINATE`: cannot be told; `PASSED`: a notice only."""
    number: int = NONE
    """Of the entry; -1: of none."""
    item: str = ""
    message: str
    """What, where, and what it means."""


class CheckReport(Record, frozen=True, kw_only=True):
    """All findings, and what was looked at."""

    log: str
    size: int
    root_hash: str
    entries_checked: int
    checkpoints_checked: int
    signed_by: tuple[str, ...]
    """Verified signatures on the newest checkpoint: ``name (kind, time)``."""
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        verdicts = {finding.verdict for finding in self.findings}
        for verdict in (Verdict.FAILED, Verdict.INDETERMINATE):
            if verdict in verdicts:
                return verdict
        return Verdict.PASSED
