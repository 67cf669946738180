"""Which acts custody allows, as pure functions.

An item is held, on its way (given and not yet taken), returned, released or destroyed. Only its holder can give it,
copy or examine it; only the one to whom it was given can take it; nothing happens to what was destroyed.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from comity.evidence.custody.entry import NONE, Act, Draft, Item
from comity.evidence.custody.holding import Holding, Status, named, named_all


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """Why custody does not allow an act on an item."""

    code: str
    item: str
    problem: str
    remedy: str


_GIVING = frozenset({Act.TRANSFERRED, Act.RETURNED, Act.RELEASED})
_GONE = {
    Status.RETURNED: ("item-returned", "it was returned"),
    Status.RELEASED: ("item-released", "it was released"),
    Status.DESTROYED: ("item-destroyed", "it was destroyed"),
}


def object_to(draft: Draft, holdings: dict[str, Holding], *, tolerance: timedelta) -> list[Objection]:
    """Every objection to an act, given the custody of its items before it; none: the act is allowed."""
    objections = _object_to_parties(draft)
    for item in draft.items:
        before = holdings.get(item.id)
        objection = (
            _object_to_new(draft, item, holdings)
            if before is None or item.source
            else _object_to_act(draft, item, before) or _object_to_item(draft, item, before, tolerance)
        )
        if objection is not None:
            objections.append(objection)
    if len(draft.items) > 1:
        objections += _object_to_repeats(draft)
    return objections


def _object_to_parties(draft: Draft) -> list[Objection]:
    first, objections = draft.items[0].id, []
    if not draft.by.role:
        problem = f"no role of {draft.by.name}"
        objections.append(
            Objection(code="role-missing", item=first, problem=problem, remedy="say in which role they acted")
        )
    if draft.given_to is None and draft.act in _GIVING:
        problem = f"{draft.act} to nobody"
        objections.append(
            Objection(code="receiver-missing", item=first, problem=problem, remedy="say to whom (given_to)")
        )
    if draft.given_by is None and draft.act is Act.RECEIVED:
        problem = "received from nobody"
        objections.append(
            Objection(code="giver-missing", item=first, problem=problem, remedy="say from whom (given_by)")
        )
    return objections


def _object_to_repeats(draft: Draft) -> list[Objection]:
    times = Counter(item.id for item in draft.items)
    return [
        Objection(code="item-repeated", item=item, problem=f"named {count} times in one act", remedy="name it once")
        for item, count in times.items()
        if count > 1
    ]


def _object_to_new(draft: Draft, item: Item, holdings: dict[str, Holding]) -> Objection | None:
    """Objection to the first act on an item: it is collected, received, or copied from one that is held."""
    if item.source:
        return _object_to_copy(draft, item, holdings)
    if draft.act in {Act.COLLECTED, Act.RECEIVED}:
        return None if item.previous == NONE else _wrong_link(item, NONE)
    return Objection(
        code="item-unknown",
        item=item.id,
        problem=f"{draft.act}, but it was never collected or received",
        remedy="enter first how it came into custody, or name the item that it was copied from",
    )


def _object_to_copy(draft: Draft, item: Item, holdings: dict[str, Holding]) -> Objection | None:
    if draft.act is not Act.COPIED:
        return Objection(
            code="source-misplaced",
            item=item.id,
            problem=f"a source in an act {draft.act}",
            remedy="leave source empty",
        )
    if item.id in holdings:
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
            problem=f"received by {draft.by.name}, but {named(before.holder)} holds it and gave it to nobody",
            remedy="enter first that it was transferred",
        )
    giver = draft.given_by.key if draft.given_by else None
    taken = draft.by.key in before.awaited_all and giver == before.holder
    given_back = giver in before.awaited_all and (giver[0] != before.holder[0] or draft.by.key == before.holder)
    if taken or given_back:
        return None
    return Objection(
        code="not-the-addressee",
        item=item.id,
        problem=f"received by {draft.by.name}, but {named(before.holder)} gave it to {named_all(before.awaited_all)}",
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
            problem=f"{draft.act} by {draft.by.name}, but {named(before.holder)} holds it",
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
