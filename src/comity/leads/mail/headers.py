"""The header block of a message or part, read byte by byte so that every field keeps its place in the evidence.

Every line end is accepted (LF, CRLF, bare CR, mixed); a line that is no field is kept as junk and reading goes on where
what follows still looks like a header (RFC 5322 2.2; RFC 5322 4 for obsolete forms).
"""

import re
from collections import Counter
from dataclasses import dataclass

from comity.leads.mail.charsets import decode_text

_LINE_END = re.compile(rb"\r{0,3}\n|\r")
_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_FOLD = re.compile(rb"(?:\r{0,3}\n|\r)+(?=[ \t]|$)")
_ENVELOPE = re.compile(rb">?From [^\r\n]*")
_TRACE_NAMES = frozenset(
    b"received return-path delivered-to from to cc bcc subject date message-id reply-to sender mime-version "
    b"content-type "
    b"content-transfer-encoding content-disposition dkim-signature authentication-results received-spf list-id "
    b"in-reply-to references envelope-to".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One header field."""

    name: str
    """As written."""
    key: str
    """Lower-case name."""
    value: str
    """Unfolded, bytes read as text, encoded words still encoded, no NUL."""
    offset: int
    """Byte where the field begins."""
    position: int
    """Place among all fields of the block, from 0."""
    number: int
    """Place among the fields of this name, from 1, counted from the top."""
    eight_bit: bool
    """The value holds bytes beyond ASCII."""

    @property
    def where(self) -> str:
        """The field's name for places: Received lines always carry their number."""
        shown = self.name if len(self.name) <= 60 else f"{self.name[:57]}..."
        numbered = self.number > 1 or self.key == "received"
        return f"header {shown} [{self.number}]" if numbered else f"header {shown}"


@dataclass(frozen=True, slots=True, kw_only=True)
class JunkLine:
    """A line among the headers that is no header field."""

    offset: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderBlock:
    """A read header block."""

    fields: tuple[Field, ...]
    junk: tuple[JunkLine, ...]
    envelope: str
    """The mbox line (``From sender date``) before the fields; empty: none."""
    body_start: int
    """Byte at which the body begins."""
    closed: bool
    """False: the body began without an empty line, or the data ended within the headers."""
    overflow: int
    """Fields beyond the limit, which were not read; their bytes start at `overflow_offset`."""
    overflow_offset: int
    has_nul: bool

    def first(self, key: str) -> Field | None:
        """The top-most field of a name."""
        return next((field for field in self.fields if field.key == key), None)

    def all(self, key: str) -> tuple[Field, ...]:
        """The fields of a name, top first."""
        return tuple(field for field in self.fields if field.key == key)

    def value(self, key: str) -> str:
        """The value of the top-most field of a name; empty: none."""
        field = self.first(key)
        return field.value if field else ""


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    """Before the line end."""
    next: int


def read_headers(
    data: bytes, *, start: int = 0, end: int | None = None, at_most: int, part: bool = False
) -> HeaderBlock:
    """The header block that begins at `start`; a `part` may have none, and then its first line is empty or body."""
    return _Reader(data, start, len(data) if end is None else end, at_most, part).read()


class _Reader:
    def __init__(self, data: bytes, start: int, end: int, at_most: int, part: bool) -> None:
        self._data, self._end, self._at_most, self._part = data, end, at_most, part
        self._position = start
        self._spans: list[tuple[int, int]] = []
        self._junk: list[JunkLine] = []
        self._envelope = ""
        self._overflow = 0
        self._overflow_offset = -1
        self._closed = False

    def read(self) -> HeaderBlock:
        if not self._part:
            self._skip_leading_blank()
        body = self._read_lines()
        fields, has_nul = self._fields()
        return HeaderBlock(
            fields=fields,
            junk=tuple(self._junk),
            envelope=self._envelope,
            body_start=body,
            closed=self._closed,
            overflow=self._overflow,
            overflow_offset=self._overflow_offset,
            has_nul=has_nul,
        )

    def _line(self, at: int) -> _Line | None:
        if at >= self._end:
            return None
        match = _LINE_END.search(self._data, at, self._end)
        if match is None:
            return _Line(at, self._end, self._end)
        return _Line(at, match.start(), match.end())

    def _skip_leading_blank(self) -> None:
        """Byte order mark and empty lines before the first field."""
        if self._data.startswith(b"\xef\xbb\xbf", self._position):
            self._position += 3
        at = self._position
        line = self._line(at)
        while line is not None and not self._data[line.start : line.end].strip():
            at = line.next
            line = self._line(at)
        if line is not None and self._is_field(line):
            self._position = at

    def _is_field(self, line: _Line) -> bool:
        return _FIELD.match(self._data, line.start, line.end) is not None

    def _read_lines(self) -> int:
        """Collect the fields' spans; gives the start of the body."""
        at = self._position
        while (line := self._line(at)) is not None:
            if line.start == line.end:
                self._closed = True
                return line.next
            if self._data[line.start] in b" \t" and self._spans:
                self._spans[-1] = (self._spans[-1][0], line.end)
            elif self._is_field(line):
                self._add(line)
            elif at == self._position and _ENVELOPE.match(self._data, line.start, line.end):
                self._envelope = _text(self._data[line.start : line.end])
            elif self._goes_on(line.next):
                self._junk.append(JunkLine(offset=line.start, text=_text(self._data[line.start : line.end])))
            else:
                return line.start
            at = line.next
        return self._end

    def _add(self, line: _Line) -> None:
        if len(self._spans) < self._at_most:
            self._spans.append((line.start, line.end))
            return
        if not self._overflow:
            self._overflow_offset = line.start
        self._overflow += 1

    def _goes_on(self, at: int) -> bool:
        """Whether the lines after a junk line still are headers: a known or X- field comes before an empty line."""
        for _ in range(3):
            line = self._line(at)
            if line is None or line.start == line.end:
                return False
            field = _FIELD.match(self._data, line.start, line.end)
            if field:
                key = field[1].lower()
                return key in _TRACE_NAMES or key.startswith((b"x-", b"content-", b"arc-"))
            at = line.next
        return False

    def _fields(self) -> tuple[tuple[Field, ...], bool]:
        fields: list[Field] = []
        counts: Counter[str] = Counter()
        has_nul = False
        for start, stop in self._spans:
            raw = self._data[start:stop]
            match = _FIELD.match(raw)
            assert match is not None  # only lines that matched begin a span
            name = match[1].decode("ascii", "replace")
            key = name.lower()
            counts[key] += 1
            value = raw[match.end() :]
            has_nul = has_nul or b"\x00" in value
            fields.append(
                Field(
                    name=name,
                    key=key,
                    value=_text(_FOLD.sub(b"", value)).strip(),
                    offset=start,
                    position=len(fields),
                    number=counts[key],
                    eight_bit=not value.isascii(),
                )
            )
        return tuple(fields), has_nul


def _text(value: bytes) -> str:
    value = value.replace(b"\x00", b"")
    if value.isascii():
        return value.decode("ascii")
    return decode_text(value, "utf-8").text
