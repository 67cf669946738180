"""What each client of a log did, told once: its tags, and a finding where it did something that tells."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from comity.leads.logs.entry import LogEntry
from comity.leads.logs.flow import Outflows
from comity.leads.logs.moment import epoch_of
from comity.leads.logs.signs import Sign
from comity.leads.model import Finding, Severity

_MOST_FINDINGS = 100
_MOST_DEEDS = 100_000
_MOST_SHOWN = 4


@dataclass(slots=True)
class _Told:
    """How often a sign was seen of one client."""

    sign: Sign
    count: int = 0
    first: tuple[str, LogEntry] | None = None
    last: tuple[str, LogEntry] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something sent to a server at a known instant."""

    artifact: str
    where: str
    client: str
    at: str
    epoch_seconds: float
    act: str


@dataclass(slots=True, kw_only=True)
class Visitors:
    """The clients of one log, gathered entry by entry."""

    artifact: str
    clients: dict[str, dict[str, _Told]] = field(default_factory=dict)
    deeds: list[Deed] = field(default_factory=list)
    outflows: Outflows = field(default_factory=Outflows)
    timed: int = 0
    zoned: int = 0
    first: str = ""
    last: str = ""

    def add(self, entry: LogEntry, where: str, signs: tuple[Sign, ...]) -> None:
        """One entry with the signs that hold of it."""
        if entry.at:
            self._note_time(entry.at)
        if entry.target:
            self.outflows.add(entry, where)
        if not entry.client:
            return
        told = self.clients.setdefault(entry.client, {})
        for sign in signs:
            one = told.setdefault(sign.tag, _Told(sign))
            one.count += 1
            one.first = one.first or (where, entry)
            one.last = (where, entry)
        if entry.method not in ("", "GET", "HEAD", "OPTIONS") and len(self.deeds) < _MOST_DEEDS:
            self._note_deed(entry, where)

    def _note_time(self, at: str) -> None:
        self.timed += 1
        self.zoned += at[-1] == "Z" or at[-6] in "+-"
        self.first = self.first or at
        self.last = at

    def _note_deed(self, entry: LogEntry, where: str) -> None:
        epoch = epoch_of(entry.at)
        if epoch is not None:
            self.deeds.append(
                Deed(
                    artifact=self.artifact,
                    where=where,
                    client=entry.client,
                    at=entry.at,
                    epoch_seconds=epoch,
                    act=entry.act,
                )
            )

    def tags(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Each client with the tags of what it did."""
        for client, told in self.clients.items():
            yield client, tuple(told)

    def findings(self, *, form: str) -> Iterator[Finding]:
        """What the log is and covers, and of each client the deeds that tell."""
        yield self._about(form)
        yield from self.outflows.findings(self.artifact)
        telling = [(client, found) for client, told in self.clients.items() if (found := _telling(told))]
        telling.sort(key=lambda pair: not any(one.sign.severity is Severity.WARNING for one in pair[1]))
        for client, found in telling[:_MOST_FINDINGS]:
            yield self._of_client(client, found)
        if len(telling) > _MOST_FINDINGS:
            yield Finding(
                code="log-more-visitors",
                severity=Severity.NOTICE,
                artifact=self.artifact,
                where="",
                message=f"{len(telling) - _MOST_FINDINGS} more clients did such things; the tags of each tell which.",
            )

    def _about(self, form: str) -> Finding:
        span = f" from {self.first} to {self.last}" if self.first else ""
        message = f"Read as {form}{span}, {len(self.clients):,} clients."
        if self.timed > self.zoned:
            message += (
                " Its times name no zone: ask the server's operator for the zone and the error of its clock before "
                "the times are used to ask who had an address."
            )
        elif not self.timed:
            message += " Its lines name no year: their times are in words only."
        unsure = self.timed > self.zoned or not self.timed
        return Finding(
            code="log-zone-unknown" if unsure else "log-read",
            severity=Severity.NOTICE if unsure else Severity.INFO,
            artifact=self.artifact,
            where="",
            message=message,
        )

    def _of_client(self, client: str, found: list[_Told]) -> Finding:
        severity = Severity.WARNING if any(one.sign.severity is Severity.WARNING for one in found) else Severity.NOTICE
        first = found[0].first
        return Finding(
            code="log-telling-client",
            severity=severity,
            artifact=self.artifact,
            where=first[0] if first else "",
            message=f"{client}: " + "; ".join(_words(one) for one in found[:_MOST_SHOWN]) + ".",
        )


def _telling(told: dict[str, _Told]) -> list[_Told]:
    found = [one for one in told.values() if one.sign.severity is not Severity.INFO]
    return sorted(found, key=lambda one: one.sign.severity is not Severity.WARNING)


def _words(one: _Told) -> str:
    first, last = one.first, one.last
    assert first is not None and last is not None  # a sign is made when it is first seen
    times = f"{one.count} × " if one.count > 1 else ""
    until = f", the last at {last[1].at or last[0]}" if one.count > 1 else ""
    return f"{times}{one.sign.tag} ({first[1].act}, {first[1].at or first[0]}{until}): {one.sign.reason}"
