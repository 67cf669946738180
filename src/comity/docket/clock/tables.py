"""How the time limits of the law data run on a docket: ``data/clock.toml``."""

from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from comity.docket.record import Record
from comity.docket.tables import read_table
from comity.docket.vocabulary import Act, Side
from comity.law import Confidence, TimeLimit


class Trigger(StrEnum):
    """The event from which a period runs."""

    ISSUED = "issued"
    DELIVERED = "delivered"
    ASKED = "asked"
    NOTIFIED = "notified"
    DECIDED = "decided"
    SERVED = "served"
    TOOK_EFFECT = "took_effect"
    CONSENTED = "consented"
    FOLLOWED = "followed"
    RENEWED = "renewed"
    TOLD = "told"
    """A day that no event of a docket holds; the period is shown and not counted."""


class Effect(StrEnum):
    """What the end of a period means."""

    DUE = "due"
    LAPSE = "lapse"
    WINDOW = "window"
    NOTE = "note"


class Begins(Record, frozen=True, kw_only=True):
    """The words with which a limit says from when it runs."""

    words: str
    trigger: Trigger


class KindRule(Record, frozen=True, kw_only=True):
    """What a kind of time limit asks."""

    id: str
    effect: Effect
    what: str
    owed_by: Side | None = None
    ends: tuple[Act, ...] = ()
    emergency: bool = False
    instead_of: str = ""
    renewable: bool = False


class StopRule(Record, frozen=True, kw_only=True):
    """Periods of an instrument that do not run while a question is open."""

    instrument: str
    kinds: tuple[str, ...]
    restarts: bool
    """The whole period runs anew from the answer; else what was left of it."""
    source: str
    source_url: str
    as_of: str
    confidence: Confidence
    note: str


class _Clock(Record, frozen=True, kw_only=True):
    begins: tuple[Begins, ...]
    kind: tuple[KindRule, ...]
    stop: tuple[StopRule, ...]


@lru_cache(maxsize=1)
def _clock() -> _Clock:
    return read_table("clock.toml", _Clock)


@lru_cache(maxsize=1)
def kind_rules() -> MappingProxyType[str, KindRule]:
    """What each kind of limit asks, by kind."""
    return MappingProxyType({row.id: row for row in _clock().kind})


def trigger_of(limit: TimeLimit) -> Trigger | None:
    """The event from which a limit runs; None: its words are not in the table."""
    fits = [row for row in _clock().begins if limit.starts.startswith(row.words)]
    return max(fits, key=lambda row: len(row.words)).trigger if fits else None


def stop_rule(instrument: str, kind: str) -> StopRule | None:
    """The rule by which an open question stops a limit; None: there is none, and it runs on."""
    return next((row for row in _clock().stop if row.instrument == instrument and kind in row.kinds), None)
