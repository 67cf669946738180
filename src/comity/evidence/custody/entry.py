"""One act in the life of an item of evidence, as a value."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

import msgspec

NONE = -1
"""Where a number of an entry is asked for: there is none."""
_NUMBER_MAX = 2**53 - 1

Text = Annotated[str, msgspec.Meta(min_length=1)]
Number = Annotated[int, msgspec.Meta(ge=NONE, le=_NUMBER_MAX)]
Sha256Hex = Annotated[str, msgspec.Meta(max_length=64, extra_json_schema={"pattern": "^([0-9a-f]{64})?$"})]
Sha512Hex = Annotated[str, msgspec.Meta(max_length=128, extra_json_schema={"pattern": "^([0-9a-f]{128})?$"})]
Nonce = Annotated[str, msgspec.Meta(max_length=32, extra_json_schema={"pattern": "^[0-9a-f]{32}$"})]
Parties = Annotated[tuple["Party", ...], msgspec.Meta(min_length=1, max_length=1_000)]
Items = Annotated[tuple["Item", ...], msgspec.Meta(min_length=1, max_length=10_000)]


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Base of what is written to a log; unknown fields are refused."""


class Act(StrEnum):
    """What was done with the items (after ISO/IEC 27037: collection, acquisition, preservation, transfer)."""

    COLLECTED = "collected"
    RECEIVED = "received"
    COPIED = "copied"
    EXAMINED = "examined"
    TRANSFERRED = "transferred"
    RETURNED = "returned"
    RELEASED = "released"
    DESTROYED = "destroyed"


class Condition(StrEnum):
    """How an item was found at the act."""

    SEALED = "sealed"
    INTACT = "intact"
    OPENED = "opened"
    DAMAGED = "damaged"
    UNKNOWN = "unknown"


class Party(Record, frozen=True, kw_only=True):
    """A person or office that holds, gives or takes evidence; the same party is the same `agency` and `name`.

    What was given to one under an identity, another person of that agency may take under the same identity.
    """

    name: Text
    role: str = ""
    """``investigator``, ``evidence custodian``, ``examiner``, ``prosecutor`` …"""
    agency: str = ""
    state: str = ""
    """ISO 3166 code; empty: not told."""
    identity: str = ""
    """Name of the public identity (`keys.PublicIdentity.name`) whose keys speak for this party; empty: none."""

    @property
    def key(self) -> tuple[str, str]:
        return (self.agency, self.name)

    def speaks_for(self, other: "Party") -> bool:
        """True where it is the same party as `other`, or acts under the same identity."""
        return self.key == other.key or (self.identity != "" and self.identity == other.identity)

    def takes_for(self, other: "Party") -> bool:
        """True where it may receive what was given to `other`: it speaks for them, and for no other agency."""
        agencies = {" ".join(agency.casefold().split()) for agency in (self.agency, other.agency)} - {""}
        return self.speaks_for(other) and len(agencies) < 2


class Authorisation(Record, frozen=True, kw_only=True):
    """The order or request under which an act was done."""

    reference: Text
    """The order's or request's own number, such as ``Ermittlungsrichter 3 Gs 118/26``."""
    issued_by: str = ""
    issued_on: str = ""
    """ISO 8601 date; empty: not told."""
    legal_basis: str = ""
    """``instrument id art. N`` in the law data's words, or a national section; empty: not told."""


class Item(Record, frozen=True, kw_only=True):
    """One item of evidence at the moment of the act."""

    id: Text
    """The agency's own exhibit number, unique in the log, or the package's id."""
    description: str = ""
    sha256: Sha256Hex = ""
    """Lower-case hexadecimal over the item's bytes; empty for an item that is not data."""
    sha512: Sha512Hex = ""
    size_bytes: Number = NONE
    condition: Condition = Condition.UNKNOWN
    condition_note: str = ""
    """Seal numbers, damage, what was opened and why."""
    source: str = ""
    """For `Act.COPIED`: id of the item that this one was made from; empty: the item itself."""
    previous: Number = NONE
    """Number of this item's previous entry in this log, -1 for the first. Set when appended."""


class Binding(Record, frozen=True, kw_only=True):
    """The sender's last entry and checkpoint, to which a receiver's first entry ties itself across a border."""

    log: Text
    """Origin of the sender's log."""
    number: Number
    """The sender's last entry about the items."""
    leaf_hash: Sha256Hex
    """RFC 9162 leaf hash of that entry, hexadecimal."""
    tree_size: Number
    root_hash: Sha256Hex
    """Hexadecimal root of the sender's log at `tree_size`."""
    checkpoint_sha256: Sha256Hex
    """SHA-256 of the sender's signed checkpoint as it arrived, hexadecimal."""


class Draft(Record, frozen=True, kw_only=True):
    """What a person knows about an act; the log adds number, links, nonce and the time of recording."""

    act: Act
    at: datetime
    """When the act was done: aware; written in UTC."""
    by: Party
    """Who did it; for all acts but `collected` and `received` this must be the holder."""
    items: Items
    place: Text
    """Where."""
    reason: Text
    """Why."""
    authorisation: Authorisation
    given_by: Party | None = None
    """`received`: from whom."""
    given_to: Party | None = None
    """`transferred`, `returned`, `released`: to whom."""
    given_also: Parties | msgspec.UnsetType = msgspec.UNSET
    """The same act, where the data went to several: to whom besides `given_to`. Left out where there is nobody."""
    binding: Binding | None = None
    """`received` from another log: the sender's last entry and checkpoint."""
    remarks: str = ""

    @property
    def addressees(self) -> tuple[Party, ...]:
        """Everybody to whom the items were given."""
        first = () if self.given_to is None else (self.given_to,)
        return first if self.given_also is msgspec.UNSET else (*first, *self.given_also)


class Entry(Draft, frozen=True, kw_only=True):
    """One act as the log keeps it."""

    log: Text
    """Origin of the log, such as ``cyber.police.example/custody/2026-118``."""
    number: Number
    """Index in the log, from 0: the leaf index of RFC 9162."""
    previous: Sha256Hex
    """Leaf hash of the entry before it, hexadecimal; empty for entry 0."""
    recorded_at: datetime
    """When the log took it in, by the log's own clock, UTC."""
    nonce: Nonce
    """128 random bits, hexadecimal: without it a short entry could be guessed from its hash in a proof."""
    format: Literal["comity-custody-entry/1"] = "comity-custody-entry/1"
