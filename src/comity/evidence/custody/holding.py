"""Who holds an item, and which acts that allows: the rules of custody, as pure functions.

An item is held, on its way (given and not yet taken), returned, released or destroyed. Only its holder can give it,
copy or examine it; only the one to whom it was given can take it; nothing happens to what was destroyed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

import msgspec

from comity.evidence.custody.entry import NONE, Act, Draft, Item, Party

PartyKey = tuple[str, str]


class Status(StrEnum):
    """Where an item is in its life."""

    HELD = "held"
    IN_TRANSIT = "in_transit"
    RETURNED = "returned"
    RELEASED = "released"
    DESTROYED = "destroyed"


class Holding(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """The custody of one item after its last entry."""

    status: Status
    holder: PartyKey
    """Agency and name of who has it, or had it last."""
    awaited: PartyKey | None
    """In transit: to whom it was given."""
    last: int
    """Number of the item's last entry."""
    last_at: datetime
    sha256: str
    sha512: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """Why custody does not allow an act on an item."""

    code: str
    item: str
    problem: str
    remedy: str


_GONE = {
    Status.RETURNED: ("item-returned", "it was returned"),
    Status.RELEASED: ("item-released", "it was released"),
    Status.DESTROYED: ("item-destroyed", "it was destroyed"),
}


def object_to(draft: Draft, holdings: dict[str, Holding], *, tolerance: timedelta) -> Iterator[Objection]:
    """Every objection to an act, given the custody of its items before it; none: the act is allowed."""
    yield from _object_to_parties(draft)
    seen: set[str] = set()
    for item in draft.items:
        if item.id in seen:
            yield Objection(code="item-repeated", item=item.id, problem="named twice in one act", remedy="name it once")
        seen.add(item.id)
        before = holdings.get(item.id)
        objection = (
            _object_to_new(draft, item, before, holdings)
            if before is None or item.source
            else _object_to_act(draft, item, before) or _object_to_item(draft, item, before, tolerance)
        )
        if objection is not None:
            yield objection


def hold(draft: Draft, item: Item, before: Holding | None, *, number: int) -> Holding:
    """The custody of an item after an act."""
    by, awaited = draft.by.key, None
    match draft.act:
        case Act.COLLECTED | Act.RECEIVED | Act.COPIED | Act.EXAMINED:
            status = Status.HELD
        case Act.TRANSFERRED:
            status, awaited = Status.IN_TRANSIT, draft.given_to.key if draft.given_to else None
        case Act.RETURNED:
            status = Status.RETURNED
        case Act.RELEASED:
            status = Status.RELEASED
        case Act.DESTROYED:
            status = Status.DESTROYED
        case _:
            assert_never(draft.act)
    return Holding(
        status=status,
        holder=by,
        awaited=awaited,
        last=number,
        last_at=draft.at,
        sha256=item.sha256 or (before.sha256 if before else ""),
        sha512=item.sha512 or (before.sha512 if before else ""),
    )


def _object_to_parties(draft: Draft) -> Iterator[Objection]:
    first = draft.items[0].id
    if not draft.by.role:
        yield Objection(
            code="role-missing",
            item=first,
            problem=f"no role of {draft.by.name}",
            remedy="say in which role they acted",
        )
    if draft.act in {Act.TRANSFERRED, Act.RETURNED, Act.RELEASED} and draft.given_to is None:
        yield Objection(
            code="receiver-missing", item=first, problem=f"{draft.act} to nobody", remedy="say to whom (given_to)"
        )
    if draft.act is Act.RECEIVED and draft.given_by is None:
        yield Objection(
            code="giver-missing", item=first, problem="received from nobody", remedy="say from whom (given_by)"
        )


def _object_to_new(draft: Draft, item: Item, before: Holding | None, holdings: dict[str, Holding]) -> Objection | None:
    """Objection to the first act on an item: it is collected, received, or copied from one that is held."""
    if item.source:
        return _object_to_copy(draft, item, before, holdings)
    if draft.act in {Act.COLLECTED, Act.RECEIVED}:
        return None if item.previous == NONE else _wrong_link(item, NONE)
    return Objection(
        code="item-unknown",
        item=item.id,
        problem=f"{draft.act}, but it was never collected or received",
        remedy="enter first how it came into custody, or name the item that it was copied from",
    )


def _object_to_copy(draft: Draft, item: Item, before: Holding | None, holdings: dict[str, Holding]) -> Objection | None:
    if draft.act is not Act.COPIED:
        return Objection(
            code="source-misplaced",
            item=item.id,
            problem=f"a source in an act {draft.act}",
            remedy="leave source empty",
        )
    if before is not None:
        return Objection(
            code="item-known",
            item=item.id,
            problem="the copy has the id of an item in custody",
            remedy="give it its own",
        )
    source = holdings.get(item.source)
    if source is None or source.status is not Status.HELD or source.holder != draft.by.key:
        return Objection(
            code="source-not-held",
            item=item.id,
            problem=f"copied from {item.source!r}, which {draft.by.name} does not hold",
            remedy="enter first how they came to hold it",
        )
    return None if item.previous == NONE else _wrong_link(item, NONE)


def _object_to_act(draft: Draft, item: Item, before: Holding) -> Objection | None:
    """Objection to an act on an item that is known, given who holds it."""
    if before.status in _GONE and (before.status is Status.DESTROYED or not _comes_in(draft)):
        code, problem = _GONE[before.status]
        return Objection(
            code=code,
            item=item.id,
            problem=f"{draft.act} after {problem} in entry {before.last}",
            remedy="correct the item, or the act",
        )
    if before.status in _GONE:
        return None
    if draft.act is Act.COLLECTED:
        return Objection(
            code="item-collected-twice",
            item=item.id,
            problem=f"it is in custody since entry {before.last}",
            remedy="give the new item an id of its own",
        )
    if draft.act is Act.RECEIVED:
        return _object_to_receipt(draft, item, before)
    return _object_to_holder(draft, item, before)


def _comes_in(draft: Draft) -> bool:
    return draft.act in {Act.COLLECTED, Act.RECEIVED}


def _object_to_receipt(draft: Draft, item: Item, before: Holding) -> Objection | None:
    if before.status is Status.HELD or before.awaited is None:
        return Objection(
            code="item-not-given",
            item=item.id,
            problem=f"received by {draft.by.name}, but {_named(before.holder)} holds it and gave it to nobody",
            remedy="enter first that it was transferred",
        )
    giver = draft.given_by.key if draft.given_by else None
    taken = draft.by.key == before.awaited and giver == before.holder
    abroad = before.awaited[0] != before.holder[0]
    given_back = giver == before.awaited and (abroad or draft.by.key == before.holder)
    if taken or given_back:
        return None
    return Objection(
        code="not-the-addressee",
        item=item.id,
        problem=f"received by {draft.by.name}, but {_named(before.holder)} gave it to {_named(before.awaited)}",
        remedy="let the one to whom it was given enter the receipt, naming the giver",
    )


def _object_to_holder(draft: Draft, item: Item, before: Holding) -> Objection | None:
    if before.status is Status.IN_TRANSIT:
        return Objection(
            code="item-in-transit",
            item=item.id,
            problem=f"{draft.act}, but it was given in entry {before.last} and not yet received",
            remedy="enter the receipt first",
        )
    if before.holder != draft.by.key:
        return Objection(
            code="not-the-holder",
            item=item.id,
            problem=f"{draft.act} by {draft.by.name}, but {_named(before.holder)} holds it",
            remedy="enter first that it was transferred and received",
        )
    return None


def _object_to_item(draft: Draft, item: Item, before: Holding, tolerance: timedelta) -> Objection | None:
    """Objection to the item as described: other bytes, a broken link, an act before the one before."""
    for name, old, new in (("SHA-256", before.sha256, item.sha256), ("SHA-512", before.sha512, item.sha512)):
        if old and new and old != new:
            return Objection(
                code="item-digest-changed",
                item=item.id,
                problem=f"its {name} is {new}, but was {old} in entry {before.last}",
                remedy="this is not the same data: find the item that was held, or enter this as another",
            )
    if item.previous != before.last:
        return _wrong_link(item, before.last)
    if draft.at < before.last_at - tolerance:
        return Objection(
            code="act-back-dated",
            item=item.id,
            problem=f"done at {draft.at.isoformat()}, before entry {before.last} of {before.last_at.isoformat()}",
            remedy="correct the time of the act",
        )
    return None


def _wrong_link(item: Item, last: int) -> Objection:
    return Objection(
        code="item-chain-broken",
        item=item.id,
        problem=f"names {item.previous} as its previous entry, but that is {last}",
        remedy="an entry about the item is missing, or this one was not made by the log",
    )


def _named(party: PartyKey) -> str:
    agency, name = party
    return f"{name} ({agency})" if agency else name


def known_as(party: Party) -> str:
    """A party as people read it."""
    return _named(party.key)
