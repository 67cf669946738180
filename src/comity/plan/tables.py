"""The planner's tables under ``data/``: their records, and how they are read."""

import tomllib
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TypeVar

import msgspec

from comity.law import Confidence, Measure
from comity.leads.model import ObservableKind, Role
from comity.plan.errors import PlanDataError
from comity.plan.model import UrgencyClass

Table = TypeVar("Table", bound=msgspec.Struct)


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the records of a table."""


class Gives(Row, frozen=True, kw_only=True):
    """One measure that a kind of holder can serve."""

    measure: Measure
    what: str
    pace: str
    after: tuple[Measure, ...] = ()
    kinds: tuple[ObservableKind, ...] = ()
    period: bool = False
    emergency: bool = False
    """Asked for only in an emergency."""
    misused: bool = False
    """Only for what imitates a protected name or what victims are led to."""
    server: bool = False
    """Only for what is known to be a server, not an access line."""
    exact: bool = False
    """Only for what identifies an account: not for a channel whose identifier is missing."""
    title: str = ""
    """What such a step is called, where not as in ``acts.toml``."""
    expectation: str = ""
    informal: str = ""
    """Why it may act without any legal basis; empty: it does not."""
    desk: str = ""
    """Which of its desks then acts."""


class HolderKind(Row, frozen=True, kw_only=True):
    """A kind of holder."""

    id: str = ""
    """Left out: the role."""
    role: Role
    title: str
    unnamed: str
    accepts: tuple[ObservableKind, ...]
    gives: tuple[Gives, ...]


class Pace(Row, frozen=True, kw_only=True):
    """How fast something vanishes."""

    id: str
    level: UrgencyClass
    rank: int
    life_days: int
    reason: str
    source: str
    source_url: str = ""
    as_of: str = ""
    confidence: Confidence


class LimitKind(Row, frozen=True, kw_only=True):
    """What a kind of time limit means for a step."""

    id: str
    effect: str
    text: str
    emergency: bool = False


class _HolderTable(Row, frozen=True, kw_only=True):
    holder: tuple[HolderKind, ...]


class _PaceTable(Row, frozen=True, kw_only=True):
    pace: tuple[Pace, ...]


class _LimitTable(Row, frozen=True, kw_only=True):
    kind: tuple[LimitKind, ...]


def read_table(name: str, kind: type[Table]) -> Table:
    """A table under ``data/``; PlanDataError where it breaks its schema."""
    text = (files("comity.plan") / "data" / name).read_text(encoding="utf-8")
    try:
        return msgspec.convert(tomllib.loads(text), kind)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise PlanDataError(file=f"plan/data/{name}", problem=str(error)) from None


@lru_cache(maxsize=1)
def holder_kinds() -> MappingProxyType[str, HolderKind]:
    """Kinds of holders, by id, which for most is the role; what is not here can give nothing."""
    table = read_table("holders.toml", _HolderTable)
    return MappingProxyType({row.id or row.role.value: row for row in table.holder})


@lru_cache(maxsize=1)
def paces() -> MappingProxyType[str, Pace]:
    """How fast things vanish, by id."""
    return MappingProxyType({row.id: row for row in read_table("volatility.toml", _PaceTable).pace})


@lru_cache(maxsize=1)
def limit_kinds() -> MappingProxyType[str, LimitKind]:
    """What kinds of time limits mean, by id."""
    return MappingProxyType({row.id: row for row in read_table("time_limits.toml", _LimitTable).kind})


class Sign(Row, frozen=True, kw_only=True):
    """What a sign adds to the weight of an observable."""

    points: int
    text: str
    ranks_only: bool = False
    """It orders what is asked for, and says nothing that another state's court could use."""


class Weights(Row, frozen=True, kw_only=True):
    """How observables are weighed."""

    least: int
    per_doubling: int
    doublings: int
    confidence: dict[Confidence, float]
    sign: dict[str, Sign]


class PassedOver(Row, frozen=True, kw_only=True):
    """What no request asks for."""

    standard_hosts: tuple[str, ...]
    public_labels: frozenset[str]
    log_addresses: int
    log_rows: int
    reason: dict[str, str]


@lru_cache(maxsize=1)
def weights() -> Weights:
    """How observables are weighed."""
    return read_table("weights.toml", Weights)


@lru_cache(maxsize=1)
def passed_over() -> PassedOver:
    """What no request asks for, and why."""
    return read_table("passed_over.toml", PassedOver)


class Drop(Row, frozen=True, kw_only=True):
    """A service through which a phishing page sends out what victims type."""

    host: str
    path: str
    """Regular expression over what follows the host; its group ``id`` is what identifies the account."""
    identifier: str
    """What the group is called: ``bot token``."""


class _DropTable(Row, frozen=True, kw_only=True):
    source: str
    as_of: str
    confidence: Confidence
    drop: tuple[Drop, ...]


@lru_cache(maxsize=1)
def drops() -> tuple[Drop, ...]:
    """Services through which pages send out what victims type."""
    return read_table("drops.toml", _DropTable).drop


class Acts(Row, frozen=True, kw_only=True):
    """Measures in order, titles of steps, and what they are at home."""

    order: tuple[Measure, ...]
    title: dict[Measure, str]
    title_informal: str
    alert_what: str
    """What a police message asks where nothing faster is open, the things parted by semicolons."""
    home: dict[Measure, str]


@lru_cache(maxsize=1)
def acts() -> Acts:
    """Measures in order, titles of steps, and what they are at home."""
    return read_table("acts.toml", Acts)


class Signs(Row, frozen=True, kw_only=True):
    """Facts that detectors of obstacles look for."""

    end_to_end: frozenset[str]
    judged_differently: frozenset[str]
    touching_security: frozenset[str]
    nobody: frozenset[str]


@lru_cache(maxsize=1)
def signs() -> Signs:
    """Facts that detectors of obstacles look for."""
    return read_table("signs.toml", Signs)
