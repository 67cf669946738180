"""The space that a PDF keeps for a signature: the one part of the file that the signature does not cover.

It must hold the signature, written one way, and then nothing but zeros: whatever else stands there was put there later.
"""

import re

_HEX = re.compile(rb"<(?:[0-9A-F]*|[0-9a-f]*)>")


def is_clean(data: bytes, byte_range: tuple[int, int, int, int]) -> bool:
    """Whether the space between the two signed ranges holds DER in one case, tight, followed by zeros alone.

    BER of indefinite length, which we never write, is let through.
    """
    start, length, after, _ = byte_range
    raw = data[start + length : after]
    if _HEX.fullmatch(raw) is None or len(raw) % 2:
        return False
    held = bytes.fromhex(raw[1:-1].decode())
    if held[1:2] == b"\x80":
        return True  # of indefinite length, as some other programs write it: where it ends only its reader knows
    size = _size(held)
    return size is not None and not any(held[size:]) and _is_tight(held[:size])


def _size(der: bytes) -> int | None:
    """Bytes of the first value with its header; None: cut, or of indefinite length."""
    header = _header(der, 0)
    if header is None or header[1] > len(der):
        return None
    return header[1]


def _header(der: bytes, at: int) -> tuple[int, int] | None:
    """Where the contents of the value at a place begin and end (X.690 8.1); None: it is cut or not DER."""
    if at + 2 > len(der):
        return None
    first, begin = der[at], at + 1
    if first & 0x1F == 0x1F:
        while begin < len(der) and der[begin] & 0x80:
            begin += 1
        begin += 1
    if begin >= len(der):
        return None
    length, begin = der[begin], begin + 1
    if length & 0x80:
        count = length & 0x7F
        if not 1 <= count <= 4 or begin + count > len(der):
            return None
        length, begin = int.from_bytes(der[begin : begin + count]), begin + count
    return begin, begin + length


def _is_tight(der: bytes) -> bool:
    """Whether every constructed value is filled by its parts, and none of these is an end-of-contents mark."""
    spans = [(0, len(der))]
    while spans:
        at, end = spans.pop()
        while at < end:
            header = _header(der, at)
            if header is None or header[1] > end or der[at] == 0:
                return False
            if der[at] & 0x20:
                spans.append(header)
            at = header[1]
    return True
