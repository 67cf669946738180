"""Which company of a group is asked: of several that may control an account, the one to which the best way leads.

A provider of several entities (one for Europe, one for the rest) rarely tells which of them has an account. Who asks
from a state with a much better way to one of them asks there: at home, or directly under an instrument that binds the
entity whatever account it is (Regulation (EU) 2023/1543 art. 1, 7). Otherwise the surest entity is asked.
"""

from collections.abc import Iterable
from typing import Protocol

import msgspec

from comity.law import Confidence, Route, state_name
from comity.leads.model import Nexus, Reason, ReasonKind

BETTER = 25
"""Points of rank by which a way must be better before a less sure entity is asked: a duty, or weeks for months."""
HOME = 10_000

_SURE = {Confidence.HIGH: 0, Confidence.MEDIUM: 1, Confidence.LOW: 2}


class Ways(Protocol):
    """Who knows the best way to a provider in a state."""

    def way_to(self, state: str) -> Route | None:
        """The best route; None: at home, or no route works."""
        ...


def asked_entity(ties: Iterable[Nexus], ways: Ways, *, home: str) -> Nexus:
    """The tie to ask by, among those of one role: the surest, unless a far better way leads to a sister of it."""
    found = tuple(ties)
    surest = min(found, key=lambda tie: _SURE[tie.confidence])
    sisters = [tie for tie in found if tie.state != surest.state and _group(tie) and _group(tie) == _group(surest)]
    if not sisters:
        return surest
    best = max(sisters, key=lambda tie: _score(tie, ways, home))
    if _score(best, ways, home) < _score(surest, ways, home) + BETTER:
        return surest
    told = Reason(kind=ReasonKind.METHOD, text=_told(best, ways, home))
    return msgspec.structs.replace(
        best,
        confidence=surest.confidence,
        reasons=(*best.reasons, told),
    )


def _group(tie: Nexus) -> str:
    """What the ids of a group's entities have in common: ``google_us``, ``google_ie``."""
    return tie.provider.rpartition("_")[0]


def _score(tie: Nexus, ways: Ways, home: str) -> int:
    if tie.state == home:
        return HOME
    route = ways.way_to(tie.state)
    return route.rank.score if route else 0


def _told(tie: Nexus, ways: Ways, home: str) -> str:
    route = ways.way_to(tie.state)
    way = "at home" if tie.state == home else f"by the {route.title}" if route else "there"
    return f"of the provider's entities the one in {state_name(tie.state)} is asked: the best way leads to it, {way}"
