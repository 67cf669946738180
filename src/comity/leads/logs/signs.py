"""What a line of a log tells: rules, each with its reason, in ``data/log_signs.csv``."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from comity.leads.logs.entry import LogEntry
from comity.leads.model import Severity
from comity.leads.nexus.tables import Fact, read_rows

_MOST_CHARS = 1_024
"""Of a field, how much is looked at: longer ones are made to cost time."""


class SignRule(Fact, frozen=True, kw_only=True):
    """A row of ``log_signs.csv``; patterns of an entry's fields that must all match, an empty one matches anything."""

    tag: str
    severity: Severity
    """``info``: it is told in tags only."""
    method: str
    path: str
    but_not: str
    """Pattern of paths to which it does not apply."""
    status: str
    agent: str
    message: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A rule made ready."""

    tag: str
    severity: Severity
    reason: str
    source: str
    whole: tuple[tuple[str, re.Pattern[str]], ...]
    """Fields that must match as a whole."""
    within: tuple[tuple[str, re.Pattern[str]], ...]
    """Fields in which the pattern must occur."""
    but_not: re.Pattern[str] | None

    def holds(self, entry: LogEntry, path: str) -> bool:
        """Whether it holds of an entry, whose path is given decoded."""
        for name, pattern in self.whole:
            if pattern.fullmatch(getattr(entry, name)) is None:
                return False
        for name, pattern in self.within:
            if pattern.search(path if name == "path" else getattr(entry, name)[:_MOST_CHARS]) is None:
                return False
        return self.but_not is None or self.but_not.search(path) is None


@lru_cache(maxsize=1)
def log_signs() -> tuple[Sign, ...]:
    """All rules, in their order."""
    return tuple(_ready(rule) for rule in read_rows("log_signs.csv", SignRule))


def _ready(rule: SignRule) -> Sign:
    def patterns(*names: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
        told = ((name, getattr(rule, name)) for name in names)
        return tuple((name, re.compile(text, re.IGNORECASE)) for name, text in told if text)

    return Sign(
        tag=rule.tag,
        severity=rule.severity,
        reason=rule.reason,
        source=rule.cite,
        whole=patterns("method", "status"),
        within=patterns("path", "agent", "message"),
        but_not=re.compile(rule.but_not, re.IGNORECASE) if rule.but_not else None,
    )


_WEIGHTS = {Severity.WARNING: 3, Severity.NOTICE: 2, Severity.INFO: 1}
_GRAVE = frozenset({"log-matches-mail", "log-confirmed", "look-alike", "gives-payee", "payee"})
"""Tags of other readers that tell as much as a grave sign."""
_HARMLESS = frozenset({"crawler"})


def weight_of(tags: Iterable[str]) -> int:
    """How much the tags of an observable tell: -1 of a crawler, 0 of nothing known, up to 3 of a grave sign."""
    tagged = frozenset(tags)
    if tagged & _GRAVE:
        return _WEIGHTS[Severity.WARNING]
    told = max((_weights()[tag] for tag in tagged & _weights().keys()), default=0)
    return -1 if told <= 1 and tagged & _HARMLESS else told


@lru_cache(maxsize=1)
def _weights() -> dict[str, int]:
    return {sign.tag: _WEIGHTS[sign.severity] for sign in log_signs()}


def signs_of(entry: LogEntry) -> tuple[Sign, ...]:
    """The signs that hold of an entry, one of each tag."""
    found = {sign.tag: sign for sign in _of_agent(entry.agent)} if entry.agent else {}
    path = _decoded(entry.path)
    for sign in _by_field().deeds if path else ():
        if sign.tag not in found and sign.holds(entry, path):
            found[sign.tag] = sign
    for sign in _by_field().messages if entry.message else ():
        if sign.tag not in found and sign.holds(entry, path):
            found[sign.tag] = sign
    return tuple(found.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class _ByField:
    """The rules by what they look at, so that each line is held against those only that can hold of it."""

    agents: tuple[Sign, ...]
    deeds: tuple[Sign, ...]
    messages: tuple[Sign, ...]


@lru_cache(maxsize=1)
def _by_field() -> _ByField:
    fields = {sign: {name for name, _ in (*sign.whole, *sign.within)} for sign in log_signs()}
    return _ByField(
        agents=tuple(sign for sign, names in fields.items() if names == {"agent"}),
        deeds=tuple(sign for sign, names in fields.items() if not names & {"agent", "message"}),
        messages=tuple(sign for sign, names in fields.items() if "message" in names),
    )


@lru_cache(maxsize=4_096)
def _of_agent(agent: str) -> tuple[Sign, ...]:
    """The signs of a user agent, of which a log holds few different ones."""
    entry = LogEntry(agent=agent)
    return tuple(sign for sign in _by_field().agents if sign.holds(entry, ""))


def _decoded(path: str) -> str:
    path = path[:_MOST_CHARS]
    return unquote(path, errors="replace") if "%" in path else path
