"""Who holds an item: the state of custody after each act."""

from collections.abc import Iterable
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
    awaited_also: tuple[PartyKey, ...] = ()
    """To whom it was given besides."""

    @property
    def awaited_all(self) -> tuple[PartyKey, ...]:
        return () if self.awaited is None else (self.awaited, *self.awaited_also)


def hold(draft: Draft, item: Item, before: Holding | None, *, number: int) -> Holding:
    """The custody of an item after an act."""
    by, given_to = draft.by.key, tuple[PartyKey, ...]()
    match draft.act:
        case Act.COLLECTED | Act.RECEIVED | Act.COPIED | Act.EXAMINED:
            status = Status.HELD
        case Act.TRANSFERRED:
            status, given_to = Status.IN_TRANSIT, tuple(party.key for party in draft.addressees)
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
        awaited=given_to[0] if given_to else None,
        last=number,
        last_at=draft.at,
        sha256=item.sha256 or (before.sha256 if before else ""),
        sha512=item.sha512 or (before.sha512 if before else ""),
        awaited_also=given_to[1:],
    )


def named(party: PartyKey) -> str:
    """Agency and name as people read them."""
    agency, name = party
    return f"{name} ({agency})" if agency else name


def named_all(parties: Iterable[PartyKey]) -> str:
    """Several of them."""
    return "; ".join(map(named, parties))


def known_as(party: Party) -> str:
    """A party as people read it."""
    return named(party.key)
