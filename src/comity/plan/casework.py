"""The table of acts that rest on nobody's duty: what authority, victims and honest owners do themselves."""

import re
from functools import lru_cache

from comity.law import Confidence, Measure
from comity.plan.tables import Row, read_table


class OwnAct(Row, frozen=True, kw_only=True):
    """One such act."""

    id: str
    measure: Measure
    title: str
    what: str
    pace: str
    home: str
    why: str


class Softened(Row, frozen=True, kw_only=True):
    """How a measure at a holder reads where it is about an honest site that was broken into; empty: as usual."""

    title: str = ""
    what: str = ""
    expectation: str = ""


class Recall(Row, frozen=True, kw_only=True):
    """How a victim in a state has a payment recalled at once."""

    state: str
    to: str
    how: str
    basis: str
    url: str
    source: str
    as_of: str
    confidence: Confidence


class Hotline(Recall, frozen=True, kw_only=True):
    """Who takes reports about pictures of children; `state` empty: from anywhere."""


class Casework(Row, frozen=True, kw_only=True):
    """The whole table."""

    planted: str
    asset: str
    doubt: str
    act: tuple[OwnAct, ...]
    softened: dict[Measure, Softened]
    recall: tuple[Recall, ...]
    child_offences: tuple[str, ...]
    hotline: tuple[Hotline, ...]


@lru_cache(maxsize=1)
def casework() -> Casework:
    """The table of such acts."""
    return read_table("casework.toml", Casework)


def own_act(act_id: str) -> OwnAct:
    """The act with an id."""
    return next(act for act in casework().act if act.id == act_id)


@lru_cache(maxsize=1)
def planted_paths() -> re.Pattern[str]:
    """What the paths of pages have in common that intruders put onto other people's sites."""
    return re.compile(casework().planted, re.IGNORECASE)


@lru_cache(maxsize=1)
def asset_paths() -> re.Pattern[str]:
    """What the paths of pictures, scripts and papers end in."""
    return re.compile(casework().asset, re.IGNORECASE)
