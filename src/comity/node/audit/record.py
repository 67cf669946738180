"""What one entry of the audit trail says, and its bytes."""

from datetime import datetime
from typing import Literal

import msgspec

from comity.node.errors import InvalidError

Fact = str | int | bool
ENTRY_BYTES_MAX = 1 << 20
"""Longest entry that is read."""


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who did or read what, when. It names things by their ids and holds no content of a case."""

    format: Literal["comity-audit-entry/1"] = "comity-audit-entry/1"
    log: str
    """Name of the log: the node's origin and ``/audit``."""
    number: int
    """Leaf index, from 0."""
    at: datetime
    """When it was entered, by the node's clock, UTC."""
    actor: str
    """User name; empty: nobody who was signed in, or the node itself."""
    acting_for: str = ""
    """User name of the person whose delegation let the actor in; empty: the actor's own membership."""
    act: str
    """``noun.verb``: ``case.read``, ``request.approve``, ``session.begin`` …"""
    case: str = ""
    """Id of the case; empty: none."""
    about: str = ""
    """User name of the person whose account it is about; empty: none."""
    subject: str = ""
    """Id of the thing within the case or the node."""
    facts: dict[str, Fact]
    """What else must be known to understand it later: digests, numbers of versions, names of rights, never content."""
    nonce: str
    """128 random bits, hexadecimal: without them a short entry could be guessed from its hash."""


_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER = msgspec.json.Decoder(Record)


def encode_record(record: Record) -> bytes:
    """Canonical JSON (RFC 8785): text, whole numbers, sorted ASCII names."""
    return _ENCODER.encode(record)


def parse_record(body: bytes) -> Record:
    """The entry in its bytes; InvalidError where they are not exactly an entry's."""
    try:
        record = _DECODER.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidError({"entry": f"not an audit entry: {error}"}) from None
    if _ENCODER.encode(record) != body:
        raise InvalidError({"entry": "not in canonical form (RFC 8785)"})
    return record
