"""DER (X.690), as much of it as signatures and time stamps need: strict, so that one value has one form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from comity.evidence.errors import SignatureFormatError

BOOLEAN, INTEGER, BITS, OCTETS, NULL, OID, GENERALIZED_TIME = 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x18
SEQUENCE, SET = 0x30, 0x31
UTC_TIME = 0x17
_DEPTH_MAX = 32
_CONSTRUCTED = 0x20


@dataclass(frozen=True, slots=True)
class Value:
    """One element: its tag, its contents, and all of its bytes."""

    tag: int
    content: bytes
    raw: bytes

    def parts(self, tag: int = SEQUENCE) -> "list[Value]":
        """The elements inside, where this one has the tag; SignatureFormatError otherwise."""
        self.expect(tag)
        found, at = [], 0
        while at < len(self.content):
            value, at = _read(self.content, at)
            found.append(value)
        return found

    def expect(self, tag: int) -> "Value":
        if self.tag != tag:
            raise _bad(f"has tag {self.tag:#x} where {tag:#x} belongs")
        return self

    def oid(self) -> str:
        """An object identifier in dotted form."""
        numbers: list[int] = []
        held, fresh = 0, True
        for octet in self.expect(OID).content:
            if fresh and octet == 0x80:
                raise _bad("has an identifier that is not in its shortest form")
            held, fresh = held << 7 | octet & 0x7F, False
            if not octet & 0x80:
                numbers.append(held)
                held, fresh = 0, True
        if not numbers or not fresh:
            raise _bad("has an identifier that breaks off")
        first = min(numbers[0] // 40, 2)
        return ".".join(str(number) for number in (first, numbers[0] - 40 * first, *numbers[1:]))

    def integer(self) -> int:
        content = self.expect(INTEGER).content
        if not content or (len(content) > 1 and content[0] in (0, 0xFF) and content[0] >> 7 == content[1] >> 7):
            raise _bad("has a number that is not in its shortest form")
        return int.from_bytes(content, "big", signed=True)

    def time(self) -> datetime:
        """An instant: GeneralizedTime in UTC, with or without a fraction; or UTCTime (RFC 5280 4.1.2.5)."""
        text = self.content.decode("ascii", "replace")
        if self.tag == UTC_TIME:
            text = ("20" if text[:2] < "50" else "19") + text
        elif self.tag != GENERALIZED_TIME:
            raise _bad("has something else where a time belongs")
        whole, _, fraction = text.removesuffix("Z").partition(".")
        try:
            moment = datetime.strptime(whole, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
            micro = int(fraction[:6].ljust(6, "0")) if fraction else 0
        except ValueError:
            raise _bad(f"has {text!r} where a time belongs") from None
        if not text.endswith("Z") or (fraction and (not fraction.isdecimal() or fraction.endswith("0"))):
            raise _bad(f"has the time {text!r}, which is not DER")
        return moment.replace(microsecond=micro)


def parse(data: bytes) -> Value:
    """The one element that some bytes are; SignatureFormatError where they are not exactly that, in DER."""
    value, end = _read(data, 0)
    if end != len(data):
        raise _bad("goes on after its end")
    _check_depth(value, 0)
    return value


def _read(data: bytes, at: int) -> tuple[Value, int]:
    if at + 2 > len(data):
        raise _bad("breaks off")
    tag, length, start = data[at], data[at + 1], at + 2
    if tag & 0x1F == 0x1F:
        raise _bad("has a tag of many bytes")
    if length >= 0x80:
        count = length & 0x7F
        length = int.from_bytes(data[start : start + count], "big")
        start += count
        if count == 0 or count > 4 or length < 0x80 or length >> 8 * (count - 1) == 0:
            raise _bad("has a length that is not in its shortest form")
    end = start + length
    if end > len(data):
        raise _bad("breaks off")
    return Value(tag, data[start:end], data[at:end]), end


def _check_depth(value: Value, depth: int) -> None:
    if depth > _DEPTH_MAX:
        raise _bad("is nested too deeply")
    if value.tag & _CONSTRUCTED:
        for part in value.parts(value.tag):
            _check_depth(part, depth + 1)


def write(tag: int, *contents: bytes) -> bytes:
    """An element of some contents, one after the other."""
    content = b"".join(contents)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    count = (size.bit_length() + 7) // 8
    return bytes((tag, 0x80 | count)) + size.to_bytes(count, "big") + content


def write_set(members: Sequence[bytes], tag: int = SET) -> bytes:
    """A SET OF, its members in the order that DER asks for."""
    return write(tag, *sorted(members))


def write_oid(text: str) -> bytes:
    first, second, *rest = (int(number) for number in text.split("."))
    out = bytearray()
    for number in (40 * first + second, *rest):
        septets = [number & 0x7F]
        while number := number >> 7:
            septets.append(number & 0x7F | 0x80)
        out += bytes(reversed(septets))
    return write(OID, bytes(out))


def write_integer(number: int) -> bytes:
    return write(INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big", signed=True))


def write_time(moment: datetime) -> bytes:
    """UTCTime until 2049, GeneralizedTime after (RFC 5652 11.3)."""
    utc = moment.astimezone(UTC)
    if 1950 <= utc.year < 2050:
        return write(UTC_TIME, utc.strftime("%y%m%d%H%M%SZ").encode())
    return write(GENERALIZED_TIME, utc.strftime("%Y%m%d%H%M%SZ").encode())


def _bad(problem: str) -> SignatureFormatError:
    return SignatureFormatError(what="signature file", problem=problem, remedy="it is damaged, or not in DER")
