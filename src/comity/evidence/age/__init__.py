"""Encryption to people: the age v1 file format (age-encryption.org/v1, c2sp.org/age) over `cryptography`.

::

    writer = AgeWriter(target, [parse_recipient("age1…")], os.urandom)      # or "age1pq1…": post-quantum
    writer.write_slab(memoryview(b"evidence"), last=True)
    payload = open_age(source, [parse_identity("AGE-SECRET-KEY-1…")])       # payload.read_into(buffer)

Files written here open with the `age` program, and the other way round.
"""

from comity.evidence.age import hybrid, x25519
from comity.evidence.age.armor import ArmorReader, is_armored
from comity.evidence.age.file import AgeWriter, open_age
from comity.evidence.age.header import Header, read_header, write_header
from comity.evidence.age.hybrid import HybridIdentity, HybridRecipient
from comity.evidence.age.keys import FILE_KEY_BYTES, Identity, Recipient, Stanza
from comity.evidence.age.passphrase import Passphrase
from comity.evidence.age.seek import PayloadWindow, seek_age
from comity.evidence.age.stream import SLAB_BYTES, PayloadReader
from comity.evidence.age.x25519 import X25519Identity, X25519Recipient
from comity.evidence.bech32 import decode_bech32
from comity.evidence.errors import AgeKeyError


def parse_recipient(text: str) -> HybridRecipient | X25519Recipient:
    """The recipient that a text names; AgeKeyError where it names none."""
    prefix, data = _decode(text)
    if prefix == x25519.RECIPIENT_PREFIX and len(data) == x25519.KEY_BYTES:
        return X25519Recipient(data)
    if prefix == hybrid.RECIPIENT_PREFIX and len(data) == hybrid.PUBLIC_BYTES:
        return HybridRecipient(data)
    raise AgeKeyError(
        what="age recipient",
        problem=f"{prefix!r} with {len(data)} bytes is no kind that we know",
        remedy="give a key that starts with age1 or age1pq1",
    )


def parse_identity(text: str) -> HybridIdentity | X25519Identity:
    """The identity that a text holds; AgeKeyError where it holds none. The text is shown in no message."""
    prefix, data = _decode(text)
    if text.strip().isupper() and prefix == x25519.IDENTITY_PREFIX and len(data) == x25519.KEY_BYTES:
        return X25519Identity(data)
    if text.strip().isupper() and prefix == hybrid.IDENTITY_PREFIX and len(data) == hybrid.SECRET_BYTES:
        return HybridIdentity(data)
    raise AgeKeyError(
        what="age identity",
        problem="is no kind that we know",
        remedy="give a key that starts with AGE-SECRET-KEY-1 or AGE-SECRET-KEY-PQ-1",
    )


def parse_identities(text: str) -> tuple[HybridIdentity | X25519Identity, ...]:
    """The identities of a file as ``age-keygen`` writes it: one a line, with comments."""
    lines = (line.strip() for line in text.splitlines())
    return tuple(parse_identity(line) for line in lines if line and not line.startswith("#"))


def _decode(text: str) -> tuple[str, bytes]:
    try:
        return decode_bech32(text.strip())
    except ValueError as error:
        raise AgeKeyError(what="age key", problem=f"the text {error}", remedy="copy it again, whole") from None


__all__ = [
    "FILE_KEY_BYTES",
    "SLAB_BYTES",
    "AgeWriter",
    "ArmorReader",
    "Header",
    "HybridIdentity",
    "HybridRecipient",
    "Identity",
    "Passphrase",
    "PayloadReader",
    "PayloadWindow",
    "Recipient",
    "Stanza",
    "X25519Identity",
    "X25519Recipient",
    "is_armored",
    "open_age",
    "parse_identities",
    "parse_identity",
    "parse_recipient",
    "read_header",
    "seek_age",
    "write_header",
]
