"""Half days and zones of capitals: the tables under ``data/``."""

import tomllib
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TypeVar

import msgspec

from comity.law.errors import LawDataError
from comity.law.instrument import Record
from comity.law.vocabulary import Confidence

_T = TypeVar("_T", bound=Record)


class HalfDay(Record, frozen=True, kw_only=True):
    """A day of the week of which a state's authorities work a part."""

    state: str
    weekday: str
    until: str
    """Local time, ``12:00``."""
    since: str
    """ISO 8601 day from which it is so."""
    source: str
    source_url: str
    as_of: str
    confidence: Confidence


class _HalfDays(Record, frozen=True, kw_only=True):
    half_day: tuple[HalfDay, ...]


class _Zones(Record, frozen=True, kw_only=True):
    as_of: str
    capital: dict[str, str]


@lru_cache(maxsize=1)
def half_days() -> MappingProxyType[str, HalfDay]:
    """Half days of work, by state."""
    return MappingProxyType({row.state: row for row in _read("half_days.toml", _HalfDays).half_day})


@lru_cache(maxsize=1)
def capital_zones() -> MappingProxyType[str, str]:
    """The zone of the capital of a state that has several."""
    return MappingProxyType(_read("zones.toml", _Zones).capital)


def _read(name: str, kind: type[_T]) -> _T:
    text = (files("comity.law.clock") / "data" / name).read_text(encoding="utf-8")
    try:
        return msgspec.convert(tomllib.loads(text), kind)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise LawDataError(
            file=f"law/clock/data/{name}", where="", problem=str(error), remedy="mend the table"
        ) from None
