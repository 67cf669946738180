"""Checks of one file as they are made: by name, each with the worst that was found, and no more reasons than fit."""

from comity.evidence.custody import Verdict
from comity.evidence.formats.limits import LIMITS, FormatLimits
from comity.evidence.formats.record import InnerCheck

_WORST_FIRST = (Verdict.FAILED, Verdict.INDETERMINATE, Verdict.PASSED)
SHOWN = {
    "md5": "MD5",
    "sha1": "SHA-1",
    "sha256": "SHA-256",
    "sha512": "SHA-512",
    "blake2b": "BLAKE2b",
    "crc32": "CRC-32",
}
"""How algorithms are written for people."""


class Checks:
    """What was found of one file."""

    def __init__(self, path: str, limits: FormatLimits = LIMITS) -> None:
        self._path = path
        self._faults_max = limits.faults_max
        self._found: dict[str, dict[Verdict, list[str]]] = {}
        self._more: dict[str, int] = {}

    def fail(self, name: str, reason: str) -> None:
        self._add(name, Verdict.FAILED, reason)

    def doubt(self, name: str, reason: str) -> None:
        self._add(name, Verdict.INDETERMINATE, reason)

    def note(self, name: str, reason: str = "") -> None:
        """The check was made, and found nothing, or this."""
        self._add(name, Verdict.PASSED, reason)

    def compare(self, name: str, *, stored: str, computed: str) -> None:
        """A stored hash against the one that was computed."""
        if stored == computed:
            self.note(name, stored)
        else:
            self.fail(name, f"{stored} is stored, {computed} is what is there")

    def result(self) -> tuple[InnerCheck, ...]:
        """The checks in the order in which they were first made."""
        return tuple(self._check(name) for name in self._found)

    def _check(self, name: str) -> InnerCheck:
        found = self._found[name]
        verdict = next(one for one in _WORST_FIRST if one in found)
        reasons = [reason for reason in dict.fromkeys(found[verdict]) if reason]
        if verdict is Verdict.FAILED and self._more.get(name):
            reasons.append(f"and {self._more[name]:,} more")
        return InnerCheck(path=self._path, name=name, verdict=verdict, reason="; ".join(reasons))

    def _add(self, name: str, verdict: Verdict, reason: str) -> None:
        reasons = self._found.setdefault(name, {}).setdefault(verdict, [])
        if len(reasons) < self._faults_max:
            reasons.append(reason)
        elif verdict is Verdict.FAILED:
            self._more[name] = self._more.get(name, 0) + 1
