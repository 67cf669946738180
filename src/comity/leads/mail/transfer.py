"""Content transfer encodings of RFC 2045 6, and the older ways of putting files into text, decoded leniently."""

import binascii
import re
from dataclasses import dataclass
from itertools import takewhile

_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_BASE64 = bytes(byte for byte in range(256) if byte not in _ALPHABET + b"=")
_BASE64_LINE = re.compile(rb"[A-Za-z0-9+/]+={0,2}")
_FULL_LINE = 60
"""Characters of a line of base64 that is not the last one: RFC 2045 allows 76, most write that."""
_UU_BEGIN = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} ([^\r\n]{1,255})\r?$", re.MULTILINE)
_YENC_BEGIN = re.compile(rb"^=ybegin [^\r\n]*?name=([^\r\n]{1,255})\r?$", re.MULTILINE)
_YENC_ESCAPE = re.compile(rb"=(.)", re.DOTALL)
_YENC_TABLE = bytes((byte - 42) % 256 for byte in range(256))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """Bytes out of an encoding, and what in it was not of that encoding."""

    data: bytes
    rest: bytes = b""
    """Text that stood between or after the encoded lines: a mailing list's footer, a mistake, a hiding place."""
    damaged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineFile:
    """A file written into a text body (uuencode, yEnc)."""

    name: str
    data: bytes
    encoding: str
    start: int
    end: int


def decode_base64(data: bytes) -> Decoding:
    """Bytes of base64 with or without padding, line ends and stray characters."""
    packed = data.translate(None, b"\r\n\t \x00")
    if not packed.translate(None, _ALPHABET).strip(b"="):
        return Decoding(data=_unpack(packed), damaged=False)
    lines = [line for line in data.splitlines() if line.strip()]
    encoded = [line for line in lines if _BASE64_LINE.fullmatch(line.strip())]
    head = list(takewhile(lambda line: _BASE64_LINE.fullmatch(line.strip()), lines))
    if head and len(head) < len(lines) and all(len(line) < _FULL_LINE for line in encoded[len(head) :]):
        # A footer that a mailing list put under it: words of one line each look like base64, too.
        return Decoding(
            data=_unpack(b"".join(map(bytes.strip, head))), rest=b"\n".join(lines[len(head) :]), damaged=True
        )
    if encoded and len(lines) <= 2 * len(encoded):
        rest = [line for line in lines if not _BASE64_LINE.fullmatch(line.strip())]
        return Decoding(data=_unpack(b"".join(map(bytes.strip, encoded))), rest=b"\n".join(rest), damaged=True)
    return Decoding(data=_unpack(data.translate(None, _NOT_BASE64)), rest=data, damaged=True)


def _unpack(packed: bytes) -> bytes:
    """Decode runs of base64; an ``=`` ends a run, and another may follow (parts joined without decoding)."""
    out = []
    for piece in packed.split(b"="):
        run = piece[:-1] if len(piece) % 4 == 1 else piece  # six bits are no byte
        if run:
            out.append(binascii.a2b_base64(run + b"=" * (-len(run) % 4)))
    return b"".join(out)


def decode_transfer(data: bytes, encoding: str) -> Decoding:
    """Bytes of a part's body under its Content-Transfer-Encoding; unknown names pass unchanged and count as damage."""
    name = encoding.strip(" \t\"';").lower()
    match name:
        case "base64" | "b" | "base-64":
            return decode_base64(data)
        case "quoted-printable" | "qp" | "quopri" | "q":
            return Decoding(data=binascii.a2b_qp(data))
        case "x-uuencode" | "uuencode" | "x-uue" | "uue":
            files = find_inline_files(data)
            return (
                Decoding(data=files[0].data, rest=data[: files[0].start])
                if files
                else Decoding(data=data, damaged=True)
            )
        case "" | "7bit" | "8bit" | "binary" | "7-bit" | "8-bit" | "7bits" | "8bits" | "none":
            return Decoding(data=data)
        case _:
            return Decoding(data=data, damaged=True)


def find_inline_files(data: bytes, *, at_most: int = 100) -> list[InlineFile]:
    """Files written into a text as uuencode or yEnc, in order."""
    found: list[InlineFile] = []
    position = 0
    while len(found) < at_most:
        begin = _UU_BEGIN.search(data, position)
        if begin is None:
            break
        file = _read_uu(data, begin)
        position = begin.end()
        if file is not None:
            found.append(file)
            position = file.end
    position = 0
    while len(found) < at_most and (begin := _YENC_BEGIN.search(data, position)) is not None:
        file = _read_yenc(data, begin)
        found.append(file)
        position = file.end
    return found


def _read_uu(data: bytes, begin: re.Match[bytes]) -> InlineFile | None:
    out: list[bytes] = []
    position = begin.end() + 1
    while position < len(data):
        stop = data.find(b"\n", position)
        stop = len(data) if stop < 0 else stop
        line = data[position:stop].rstrip(b"\r")
        position = stop + 1
        if line.strip() in {b"end", b"===="}:
            break
        if not line.strip():
            continue
        try:
            out.append(_uu_line(line))
        except binascii.Error:
            if not out:
                return None  # prose that begins with the word "begin"
            break
    payload = b"".join(out)
    if not payload:
        return None
    name = begin[1].decode("utf-8", "replace").strip()
    return InlineFile(name=name, data=payload, encoding="uuencode", start=begin.start(), end=min(position, len(data)))


def _uu_line(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        # Broken encoders pad lines; take as many characters as the length octet promises.
        promised = (((line[0] - 32) & 63) * 4 + 5) // 3
        return binascii.a2b_uu(line[:promised])


def _read_yenc(data: bytes, begin: re.Match[bytes]) -> InlineFile:
    end = data.find(b"\n=yend", begin.end())
    end = len(data) if end < 0 else end
    body = data[begin.end() : end]
    if body.lstrip(b"\r\n").startswith(b"=ypart"):
        body = body.lstrip(b"\r\n").partition(b"\n")[2]
    body = body.translate(None, b"\r\n")
    body = _YENC_ESCAPE.sub(lambda match: bytes([(match[1][0] - 64) % 256]), body)
    name = begin[1].decode("utf-8", "replace").strip()
    line_end = data.find(b"\n", end + 1)
    return InlineFile(
        name=name,
        data=body.translate(_YENC_TABLE),
        encoding="yEnc",
        start=begin.start(),
        end=len(data) if line_end < 0 else line_end,
    )
