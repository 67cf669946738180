"""Who holds an item: the state of custody after each act."""

from datetime import datetime
from enum import StrEnum
from typing import assert_never

import msgspec

from comity.evidence.custody.entry import Act, Draft, Item, Party

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


def named(party: PartyKey) -> str:
    """Agency and name as people read them."""
    agency, name = party
    return f"{name} ({agency})" if agency else name


def known_as(party: Party) -> str:
    """A party as people read it."""
    return named(party.key)
