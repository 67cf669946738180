"""The bytes of an entry: canonical JSON (RFC 8785, JCS), which are what is hashed and kept.

Entries hold text, whole numbers below 2^53, lists, and objects with ASCII names; for these msgspec's sorted output is
JCS, and the tests hold it against a foreign encoder. So a stranger hashes an entry with any JCS tool, or simply hashes
the line as it stands.
"""

import re
from datetime import timedelta
from functools import cache

import msgspec

from comity.evidence.custody.entry import Entry
from comity.evidence.errors import EntryError

ENTRY_BYTES_MAX = 1 << 20
"""Longest canonical form of one entry."""

_HEX = "0123456789abcdef"
_NO_OFFSET = timedelta(0)
# Text that a reader would not see as it is: escaped controls but tab and newline; DEL, C1 controls and the marks that
# override the direction of writing (U+202A to 202E, U+2066 to 2069).
_ESCAPED = re.compile(rb"(?<!\\)(?:\\\\)*\\(?:u00|[bfr])")
_RAW = re.compile(rb"\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]")


@cache
def _codec() -> tuple[msgspec.json.Encoder, msgspec.json.Decoder[Entry]]:
    return msgspec.json.Encoder(order="sorted"), msgspec.json.Decoder(Entry)


def encode_entry(entry: Entry) -> bytes:
    """The canonical bytes; EntryError where the values break the schema."""
    encoder, _ = _codec()
    try:
        data = encoder.encode(entry)
    except UnicodeEncodeError:
        raise _bad(entry.number, "text with half of a character (a lone surrogate)", "write it again") from None
    _check(data, entry.number)
    return data


def parse_entry(data: bytes, *, number: int = -1) -> Entry:
    """The entry in canonical bytes; EntryError where they are not exactly the canonical form of an entry."""
    if len(data) > ENTRY_BYTES_MAX:
        raise _bad(number, f"more than {ENTRY_BYTES_MAX:,} bytes", "describe the items in a file of their own")
    entry = _check(data, number)
    encoder, _ = _codec()
    if encoder.encode(entry) != data:
        raise _bad(number, "not in canonical form (RFC 8785)", "keep entries byte for byte as the log wrote them")
    return entry


def _check(data: bytes, number: int) -> Entry:
    _, decoder = _codec()
    try:
        entry = decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _bad(number, f"not an entry: {error}", "see the schema of entries") from None
    if entry.at.utcoffset() != _NO_OFFSET or entry.recorded_at.utcoffset() != _NO_OFFSET:
        raise _bad(number, "a time that is not in UTC", "write times in UTC, ending in Z")
    if not _has_hashes(entry):
        raise _bad(number, "a hash or nonce of the wrong length or letters", "write it in lower-case hexadecimal")
    if _hides(data):
        raise _bad(number, "text with hidden characters (control or direction marks)", "take them out")
    return entry


def _has_hashes(entry: Entry) -> bool:
    """True where every hash is whole, in lower-case hexadecimal, or left empty. Patterns would cost a third of all."""
    if not _is_hash(entry.nonce, 32) or (entry.previous and not _is_hash(entry.previous, 64)):
        return False
    for item in entry.items:
        if (item.sha256 and not _is_hash(item.sha256, 64)) or (item.sha512 and not _is_hash(item.sha512, 128)):
            return False
    tie = entry.binding
    if tie is None:
        return True
    return all(_is_hash(text, 64) for text in (tie.leaf_hash, tie.root_hash, tie.checkpoint_sha256))


def _is_hash(text: str, digits: int) -> bool:
    return len(text) == digits and not text.strip(_HEX)


def _hides(data: bytes) -> bool:
    """True where text holds hidden characters. The plain searches come first: most entries have none of these bytes."""
    return (
        b"\x7f" in data
        or (b"\\" in data and _ESCAPED.search(data) is not None)
        or (not data.isascii() and _RAW.search(data) is not None)
    )


def _bad(number: int, problem: str, remedy: str) -> EntryError:
    return EntryError(what="entry" if number < 0 else f"entry {number}", problem=problem, remedy=remedy)
