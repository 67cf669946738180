"""What a log tells of data that left: from which address to which, and how much; firewalls and syslog write both."""

import re
from dataclasses import dataclass, field, replace
from ipaddress import ip_address

from comity.leads.logs.entry import LogEntry, client_address
from comity.leads.logs.fields import entry_of, pairs_in
from comity.leads.logs.lines import read_syslog
from comity.leads.model import Finding, Severity

OUTFLOW = "log-outflow"
"""Tag of an address to which much data left the network whose log it is."""
LEAST_OUTFLOW_BYTES = 1_000_000_000
"""Less leaves any network in the ordinary course."""
_MOST_FINDINGS = 20
_ANY_TIME = "2000-01-01T00:00:00Z"
"""Stands for the line's own, which is read already."""
_MOST_CHARS = 2_048
_HOST = r"\[?[0-9A-Fa-f.:]{3,45}?\]?(?::\d{1,5})?"
_ARROW = re.compile(rf"(?<![\w.:])(?P<source>{_HOST}) ?(?:->|=>|→) ?(?P<target>{_HOST})(?![\w.:])")

_MAY_TELL = re.compile(r"(?:src|source|client)[\w-]*=|(?:dst|dest)[\w-]*=|->|=>|→", re.IGNORECASE)
"""What stands in every line that names more than `read_syslog` reads; most lines have nothing of it."""


def read_flowing_syslog(line: str) -> LogEntry | None:
    """A line of syslog, with what its message tells in named values (``src=… dst=…``) or by an arrow."""
    entry = read_syslog(line)
    if entry is None or not _MAY_TELL.search(line):
        return entry
    message = entry.message[:_MOST_CHARS]
    told = entry_of({**pairs_in(message), "time": _ANY_TIME}) or LogEntry()
    arrow = _ARROW.search(message)
    source = client_address(arrow["source"]) if arrow else ""
    return replace(
        entry,
        client=entry.client or told.client or source,
        target=told.target or (client_address(arrow["target"]) if arrow and source else ""),
        sent_bytes=told.sent_bytes,
    )


@dataclass(slots=True)
class _Sum:
    sent_bytes: int = 0
    lines: int = 0
    first: str = ""
    at: str = ""
    sources: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class Outflows:
    """How much went from the network's own addresses to each address outside."""

    by_target: dict[str, _Sum] = field(default_factory=dict)

    def add(self, entry: LogEntry, where: str) -> None:
        """One entry, if it tells of such a flow."""
        if not (entry.target and entry.sent_bytes) or not _leaves(entry.client, entry.target):
            return
        found = self.by_target.setdefault(entry.target, _Sum(first=where, at=entry.at))
        found.sent_bytes += entry.sent_bytes
        found.lines += 1
        found.sources[entry.client] = None

    def targets(self) -> tuple[str, ...]:
        """The addresses to which much went, the most first."""
        large = [(one.sent_bytes, target) for target, one in self.by_target.items()]
        return tuple(target for sent, target in sorted(large, reverse=True) if sent >= LEAST_OUTFLOW_BYTES)

    def findings(self, artifact: str) -> tuple[Finding, ...]:
        """What left, and to where."""
        return tuple(self._of(target, artifact) for target in self.targets()[:_MOST_FINDINGS])

    def _of(self, target: str, artifact: str) -> Finding:
        one = self.by_target[target]
        sources = ", ".join(list(one.sources)[:3])
        lines = f" in {one.lines:,} lines" if one.lines > 1 else ""
        left = f"{one.sent_bytes:,} bytes went there from {sources}{lines}, first {one.at or one.first}"
        return Finding(
            code=OUTFLOW,
            severity=Severity.WARNING,
            artifact=artifact,
            where=one.first,
            message=f"{target}: {left}: data that were taken may lie there, unless it is the network's own store.",
        )


def _leaves(source: str, target: str) -> bool:
    return bool(source) and not ip_address(source).is_global and ip_address(target).is_global
