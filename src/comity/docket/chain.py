"""Chains: preservation, then production, then assistance; what hangs on what, and what a chain still lacks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import msgspec

from comity.docket.errors import ActError
from comity.docket.life import Standing
from comity.docket.request import Link, Request
from comity.docket.vocabulary import Relation, State
from comity.law import Channel, Measure

#: Measures after which a link of this kind makes sense; a relation that is not here goes with any.
_AFTER: Mapping[Relation, frozenset[Measure]] = MappingProxyType(
    {
        Relation.ASKS_FOR_PRESERVED: frozenset({Measure.PRESERVATION}),
        Relation.PROVES_WHAT_WAS_PRODUCED: frozenset(
            {
                Measure.SUBSCRIBER_INFORMATION,
                Measure.TRAFFIC_DATA,
                Measure.CONTENT_DATA,
                Measure.DOMAIN_REGISTRATION,
                Measure.EMERGENCY_DISCLOSURE,
                Measure.BANK_INFORMATION,
                Measure.POLICE_INFORMATION,
                Measure.PARTIAL_DISCLOSURE,
                Measure.SPONTANEOUS_INFORMATION,
            }
        ),
    }
)
#: Their product is information, not evidence: a formal request proves it.
_INFORMAL = frozenset({Channel.POLICE, Channel.CONTACT_POINTS_24_7})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """What a chain still lacks."""

    request: str
    """The id of the request after which something is missing."""
    relation: Relation
    what: str


def link(request: Request, new: Link, others: Iterable[Request]) -> Request:
    """The request with one more link; ActError where it leads nowhere, in a circle, or makes no sense."""
    by_id = {one.id: one for one in others}
    earlier = by_id.get(new.to)
    if earlier is None:
        raise _unfit(f"there is no request {new.to}", "give the id of an earlier request")
    if new.to == request.id or request.id in _reached(earlier, by_id):
        raise _unfit(f"{new.to} follows {request.id} already", "link the later to the earlier")
    if earlier.direction is not request.direction:
        raise _unfit(f"{new.to} is {earlier.direction}", "link requests of the same direction")
    if {earlier.requesting, earlier.requested} != {request.requesting, request.requested}:
        between = f"{earlier.requesting} and {earlier.requested}"
        raise _unfit(f"{new.to} is between {between}", "link requests between the same two states")
    fits = _AFTER.get(new.relation)
    if fits is not None and earlier.measure not in fits:
        asked = earlier.measure.replace("_", " ")
        raise _unfit(f"{new.to} asked for {asked}, not for data that {new.relation} means", "choose another relation")
    kept = tuple(one for one in request.links if one != new)
    return msgspec.structs.replace(request, links=(*kept, new))


def _unfit(problem: str, remedy: str) -> ActError:
    return ActError(act="link", problem=problem, remedy=remedy)


def chain_of(request_id: str, requests: Iterable[Request]) -> tuple[Request, ...]:
    """All requests that hang together with one, in the order in which they follow each other.

    KeyError where none has this id.
    """
    by_id = {one.id: one for one in requests}
    ties: dict[str, set[str]] = {one: set() for one in by_id}
    for one in by_id.values():
        for tie in one.links:
            if tie.to in by_id:
                ties[one.id].add(tie.to)
                ties[tie.to].add(one.id)
    together: set[str] = set()
    left = [request_id]
    while left:
        here = left.pop()
        if here not in together:
            together.add(here)
            left.extend(ties[here])
    return _in_order({one: by_id[one] for one in by_id if one in together})


def lacks(chain: tuple[Request, ...], standings: Mapping[str, Standing]) -> tuple[Lack, ...]:
    """What a chain still lacks, by where its requests stand."""
    answered = {tie.to for one in chain for tie in one.links}
    found: list[Lack] = []
    for one in chain:
        stands = standings[one.id]
        if one.id in answered or stands.state in {State.REFUSED, State.WITHDRAWN, None}:
            continue
        if one.measure is Measure.PRESERVATION and stands.sent_at is not None:
            what = "the data are preserved and nobody has asked for them"
            found.append(Lack(request=one.id, relation=Relation.ASKS_FOR_PRESERVED, what=what))
        elif stands.state in {State.EXECUTED, State.CLOSED} and one.channel in _INFORMAL and _gives_data(one):
            what = "what came by this channel is information: a formal request makes it evidence"
            found.append(Lack(request=one.id, relation=Relation.PROVES_WHAT_WAS_PRODUCED, what=what))
    return tuple(found)


def _gives_data(request: Request) -> bool:
    return request.measure in _AFTER[Relation.PROVES_WHAT_WAS_PRODUCED]


def _reached(request: Request, by_id: Mapping[str, Request]) -> set[str]:
    """The ids of all requests before one, itself among them."""
    seen: set[str] = set()
    left = [request.id]
    while left:
        one = left.pop()
        if one in seen:
            continue
        seen.add(one)
        left.extend(tie.to for tie in by_id[one].links if tie.to in by_id)
    return seen


def _in_order(together: Mapping[str, Request]) -> tuple[Request, ...]:
    done: dict[str, Request] = {}
    left = dict(together)
    while left:
        ready = [one for one in left.values() if all(tie.to not in left for tie in one.links)]
        # a circle that came from outside is shown in the order of the ids
        for one in ready or [left[min(left)]]:
            done[one.id] = left.pop(one.id)
    return tuple(done.values())
