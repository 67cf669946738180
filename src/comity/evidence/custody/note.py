"""Signed notes: text that keys have signed, as one readable text (C2SP signed-note v1.0.0).

A note is its text, an empty line, and one line for each signature: em dash, key name, base64 of key id and signature.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from comity.evidence.errors import NoteError

NOTE_BYTES_MAX = 1 << 20
SIGNATURES_MAX = 64
"""More than the 16 that verifiers must accept; each may be a post-quantum one of some 3,300 characters."""
_LINE = "— "


class NoteKeyKind(IntEnum):
    """Signature type bytes that C2SP assigned (signed-note, tlog-cosignature)."""

    ED25519 = 0x01
    ED25519_COSIGNATURE = 0x04
    """cosignature/v1: with the time at which a witness saw the log."""
    MLDSA44_COSIGNATURE = 0x06
    """subtree/v1: the post-quantum cosignature, which C2SP recommends for logs and witnesses alike."""


_KEY_BYTES = {NoteKeyKind.ED25519: 32, NoteKeyKind.ED25519_COSIGNATURE: 32, NoteKeyKind.MLDSA44_COSIGNATURE: 1312}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteKey:
    """A public key that may sign notes, under a name."""

    name: str
    """Schema-less URL: of a log its origin, of a witness its own name."""
    kind: NoteKeyKind
    public_bytes: bytes
    ended_at: datetime | None = None
    """When its owner changed it for another: what it signed before stands, and nothing after; None: in use."""
    revoked_at: datetime | None = None
    """When its owner said that others may have it: it is known, so that it can be named, and verifies nothing."""

    def __post_init__(self) -> None:
        check_name(self.name)
        if len(self.public_bytes) != _KEY_BYTES[self.kind]:
            raise NoteError(
                what=f"note key {self.name}",
                problem=f"{len(self.public_bytes)} bytes of key, {_KEY_BYTES[self.kind]} expected",
                remedy="copy the whole verifier key",
            )

    @property
    def id(self) -> bytes:
        """First four bytes of SHA-256 over name, newline, type byte and key (signed-note, Signatures)."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public_bytes).digest()[:4]

    @property
    def vkey(self) -> str:
        """The verifier key as people exchange it: ``name+hex id+base64(type, key)``."""
        material = base64.b64encode(bytes([self.kind]) + self.public_bytes).decode()
        return f"{self.name}+{self.id.hex()}+{material}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSignature:
    """One signature line."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A text and the signatures on it, none of them verified."""

    text: bytes
    """UTF-8, ends in a newline."""
    signatures: tuple[NoteSignature, ...]


def check_name(name: str) -> None:
    """NoteError where `name` cannot be the name of a key: empty, or with a space, a plus or a control character."""
    if not name or not name.isprintable() or any(char.isspace() or char == "+" for char in name):
        raise NoteError(
            what=f"key name {name!r}",
            problem="empty, or with a space, a plus sign or a control character",
            remedy="use a schema-less URL such as cyber.police.example/custody",
        )


def parse_vkey(vkey: str) -> NoteKey:
    """The key in a verifier key; NoteError where its parts do not belong together."""
    parts = vkey.strip().split("+", 2)
    if len(parts) != 3:
        raise _bad(f"verifier key {vkey[:80]!r}", "not name+id+key", "copy the whole line")
    name, key_id, encoded = parts
    material = _base64(encoded, what=f"verifier key of {name[:80]!r}")
    if not material or material[0] not in set(NoteKeyKind):
        raise _bad(f"verifier key of {name[:80]!r}", "of a kind that is not known here", "use types 0x01, 0x04 or 0x06")
    key = NoteKey(name=name, kind=NoteKeyKind(material[0]), public_bytes=material[1:])
    if key.id.hex() != key_id:
        raise _bad(f"verifier key of {name!r}", f"id {key_id!r}, but its key has id {key.id.hex()}", "copy it again")
    return key


def parse_note(data: bytes) -> Note:
    """The note in these bytes; NoteError where they break the format. Verifies nothing."""
    if len(data) > NOTE_BYTES_MAX:
        raise _bad("note", f"more than {NOTE_BYTES_MAX:,} bytes", "give the note alone")
    try:
        whole = data.decode()
    except UnicodeDecodeError:
        raise _bad("note", "not UTF-8", "give the file as it was received") from None
    if any(char < " " and char != "\n" for char in whole):
        raise _bad("note", "holds a control character", "give the file as it was received, with Unix line ends")
    head, separator, tail = whole.rpartition("\n\n")
    if not separator or not tail.endswith("\n"):
        raise _bad("note", "no signature lines after an empty line", "give the whole signed note")
    lines = tail[:-1].split("\n")
    if len(lines) > SIGNATURES_MAX:
        raise _bad("note", f"more than {SIGNATURES_MAX} signatures", "keep those that your policy needs")
    return Note(text=(head + "\n").encode(), signatures=tuple(_parse_line(line) for line in lines))


def format_note(note: Note) -> bytes:
    """The note as bytes; signatures in their order."""
    lines = [f"{_LINE}{s.name} {base64.b64encode(s.key_id + s.signature).decode()}\n".encode() for s in note.signatures]
    return note.text + b"\n" + b"".join(lines)


def _parse_line(line: str) -> NoteSignature:
    name, space, encoded = line.removeprefix(_LINE).partition(" ")
    if not line.startswith(_LINE) or not space:
        raise _bad("note", f"signature line {line[:60]!r} is not '— name base64'", "give the note as it was received")
    check_name(name)
    raw = _base64(encoded, what=f"signature of {name[:80]!r}")
    if len(raw) < 5:
        raise _bad(f"signature of {name[:80]!r}", "shorter than a key id and a signature", "give the whole line")
    return NoteSignature(name=name, key_id=raw[:4], signature=raw[4:])


def _base64(text: str, *, what: str) -> bytes:
    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise _bad(what, "not base64", "copy it again") from None
    if base64.b64encode(raw).decode() != text:
        raise _bad(what, "not canonical base64 (RFC 4648 3.5)", "copy it again")
    return raw


def _bad(what: str, problem: str, remedy: str) -> NoteError:
    return NoteError(what=what, problem=problem, remedy=remedy)
