"""The text at the head of an age file: who can open it (age v1, "Header")."""

import base64
import binascii
import hmac
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from comity.evidence.age.keys import FILE_KEY_BYTES, Identity, Recipient, Stanza, derive
from comity.evidence.errors import AgeError, AgeHeaderError, AgeMacError, NoIdentityError

VERSION_LINE = b"age-encryption.org/v1\n"
LINE_BYTES_MAX = 64 * 1024
"""Longest line that is read; the longest of the format, a hybrid recipient's, has some 1,500."""
HEADER_BYTES_MAX = 1 << 20
"""Longest header that is read: some hundred hybrid recipients."""
_COLUMNS = 64
_ARGUMENT = re.compile(rb"[\x21-\x7e]+")
_MAC_MARK = b"---"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Stanzas and their authentication code, as read."""

    stanzas: tuple[Stanza, ...]
    signed: bytes
    """What the code is computed over: up to and with the mark ``---``."""
    mac: bytes

    def open(self, identities: Iterable[Identity]) -> bytes:
        """The file key; NoIdentityError where no identity opens it, AgeMacError where the header was altered."""
        for identity in identities:
            file_key = identity.unwrap(self.stanzas)
            if file_key is None:
                continue
            if not hmac.compare_digest(_mac(file_key, self.signed), self.mac):
                raise AgeMacError(
                    what="age header", problem="was altered: its code does not fit", remedy="ask for the file again"
                )
            return file_key
        raise NoIdentityError(
            what="age header",
            problem=f"none of the identities opens any of its {len(self.stanzas)} recipients",
            remedy="give the identity that it was encrypted to; if it was that, the start of the file was altered",
        )


def write_header(recipients: Sequence[Recipient], file_key: bytes, random_bytes: Callable[[int], bytes]) -> bytes:
    """The header that lets each recipient open the file; AgeError where they cannot stand together."""
    if not recipients:
        raise AgeError(what="recipients", problem="there are none", remedy="name who is to open the file")
    if len({recipient.post_quantum for recipient in recipients}) > 1:
        raise AgeError(
            what="recipients",
            problem="a post-quantum recipient beside one that is not gives no post-quantum secrecy (age v1)",
            remedy="ask the others for their age1pq1… keys, or use the age1… key of each",
        )
    if len(recipients) > 1 and any(recipient.alone for recipient in recipients):
        raise AgeError(
            what="recipients", problem="a passphrase stands alone (age v1)", remedy="encrypt to keys, or to it only"
        )
    text = VERSION_LINE + b"".join(_written(recipient.wrap(file_key, random_bytes)) for recipient in recipients)
    signed = text + _MAC_MARK
    return signed + b" " + encode64(_mac(file_key, signed)) + b"\n"


def read_header(source: BinaryIO) -> Header:
    """The header at the head of a stream, which is left at the payload's nonce; AgeHeaderError where it is none."""
    lines = _Lines(source)
    if lines.read() != VERSION_LINE[:-1]:
        raise malformed("does not start as an age file of version 1", "is it an age file?")
    stanzas: list[Stanza] = []
    while True:
        before = bytes(lines.seen)
        line = lines.read()
        if line.startswith(_MAC_MARK):
            break
        stanzas.append(_read_stanza(line, lines))
    if not stanzas:
        raise malformed("names no recipient")
    if not line.startswith(_MAC_MARK + b" "):
        raise malformed("ends in a line that holds no code")
    mac = decode64(line[len(_MAC_MARK) + 1 :])
    if len(mac) != 32:
        raise malformed("ends in a code of the wrong length")
    return Header(stanzas=tuple(stanzas), signed=before + _MAC_MARK, mac=mac)


class _Lines:
    """Lines of a stream without their ends, with all that was seen kept for the code."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.seen = bytearray()

    def read(self) -> bytes:
        line = self._source.readline(LINE_BYTES_MAX + 1)
        self.seen += line
        if not line.endswith(b"\n") or len(line) > LINE_BYTES_MAX or len(self.seen) > HEADER_BYTES_MAX:
            raise malformed("breaks off or goes on past every limit")
        return line[:-1]


def _read_stanza(line: bytes, lines: _Lines) -> Stanza:
    if not line.startswith(b"-> "):
        raise malformed("holds a line that begins no recipient")
    arguments = line[3:].split(b" ")
    if not all(_ARGUMENT.fullmatch(argument) for argument in arguments):
        raise malformed("names a recipient with empty or unprintable words")
    body = b""
    while True:
        part = lines.read()
        if len(part) > _COLUMNS:
            raise malformed("holds a line longer than 64 columns")
        body += decode64(part)
        if len(part) < _COLUMNS:
            return Stanza(kind=arguments[0].decode(), arguments=tuple(a.decode() for a in arguments[1:]), body=body)


def _written(stanza: Stanza) -> bytes:
    body = encode64(stanza.body)
    rows = [body[start : start + _COLUMNS] for start in range(0, len(body) + 1, _COLUMNS)]
    return b"-> " + " ".join((stanza.kind, *stanza.arguments)).encode() + b"\n" + b"\n".join(rows) + b"\n"


def _mac(file_key: bytes, signed: bytes) -> bytes:
    assert len(file_key) == FILE_KEY_BYTES
    return hmac.digest(derive(file_key, salt=b"", info=b"header"), signed, "sha256")


def encode64(data: bytes) -> bytes:
    """Base 64 without padding (RFC 4648 4)."""
    return base64.b64encode(data).rstrip(b"=")


def decode64(text: bytes) -> bytes:
    """Bytes of canonical base 64 without padding; AgeHeaderError where it is another."""
    try:
        data = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise malformed("holds what is not base 64") from None
    if encode64(data) != text:
        raise malformed("holds base 64 that is not canonical")
    return data


def malformed(problem: str, remedy: str = "ask for the file again") -> AgeHeaderError:
    """The error of a header that cannot be read."""
    return AgeHeaderError(what="age header", problem=problem, remedy=remedy)
