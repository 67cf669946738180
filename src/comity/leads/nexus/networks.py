"""The address database: which network announces an address, to which state it was delegated, where it is used.

One file, sorted segments per address family, looked up by bisection: 0.6 million look-ups a second without a
compiled reader, sections inflated only when first asked for. IPv6 is kept to /64, the smallest network that is
routed to a customer (RFC 4291 2.5.1); rows inside a /64 are left out. Layout, all integers little-endian::

    8 bytes   magic "COMITYN1"
    4 bytes   length of the header
    header    JSON: sources, states, and for each section its offset, packed length and SHA-256
    sections  each a zlib stream: v4.starts u32, v4.facts u32, v6.starts u64, v6.facts u32,
              facts.asn u32, facts.places u8 x 4, names.asn u32, names.homes (state u8, share u8), names.ends u32,
              names.text UTF-8
"""

import sys
import zlib
from array import array
from bisect import bisect_right
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path

import msgspec

from comity.leads.errors import UnreadableInputError

MAGIC = b"COMITYN1"
_CUT = 64
"""IPv6 is looked up by its upper 64 bits."""


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A data set that a derived file was made from."""

    id: str
    name: str
    version: str
    as_of: str
    """Day of the data, ``YYYY-MM-DD``."""
    licence: str
    sha256: str = ""
    """Of the file that was read."""

    @property
    def cite(self) -> str:
        return (
            f"{self.name}, {self.as_of}" if self.version == self.as_of else f"{self.name} {self.version}, {self.as_of}"
        )


class Section(msgspec.Struct, frozen=True, kw_only=True):
    offset: int
    packed_bytes: int
    sha256: str
    """Of the packed bytes."""


class Header(msgspec.Struct, frozen=True, kw_only=True):
    sources: tuple[Source, ...]
    states: tuple[str, ...]
    """Index 0 is the empty string: nothing said."""
    sections: dict[str, Section]


class AddressFacts(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What the database says of one address. Empty strings and 0: nothing said."""

    asn: int = 0
    holder: str = ""
    registered: str = ""
    """ISO code of the state whose registry entry holds the range."""
    used: str = ""
    """ISO code where the holder or the registry says it is used."""
    server: bool = False
    """In a network known to be run for servers or VPNs, not for access lines."""


NOTHING = AddressFacts()


class NetworkHolder(msgspec.Struct, frozen=True, kw_only=True):
    """Who holds a network number, and where most of the addresses that it announces are registered."""

    name: str = ""
    state: str = ""
    share_percent: int = 0
    """How much of what it announces is registered in ``state``."""


class Networks:
    """The database, opened; the sections are read when first needed."""

    def __init__(self, *, packed: bytes, name: str) -> None:
        self._packed = packed
        self._name = name
        self.header = self._read_header()
        self._facts = lru_cache(maxsize=65_536)(self._unpack_facts)

    @classmethod
    def open(cls, path: Path) -> "Networks":
        """Raises UnreadableInputError where the file is absent, cut short or of another kind."""
        try:
            packed = path.read_bytes()
        except OSError as error:
            raise UnreadableInputError(
                path=str(path), problem=f"cannot be read ({error.strerror})", remedy="derive it again (tools/)"
            ) from error
        return cls(packed=packed, name=str(path))

    def source(self, source_id: str) -> Source:
        """The data set of that id; an empty one where the file was made without it."""
        for source in self.header.sources:
            if source.id == source_id:
                return source
        return Source(id=source_id, name=source_id, version="", as_of="", licence="")

    def look_up(self, address: int, *, version: int) -> AddressFacts:
        """What is said of an address, given as an integer; special ranges are the caller's business."""
        if version == 4:
            starts, facts = self._v4
        else:
            starts, facts = self._v6
            address >>= _CUT
        at = bisect_right(starts, address)
        return self._facts(facts[at - 1]) if at else NOTHING

    def holder_of(self, asn: int) -> NetworkHolder:
        """Who holds a network number; an empty name: not in the data."""
        numbers, ends, text, homes = self._names
        at = bisect_right(numbers, asn) - 1
        if at < 0 or numbers[at] != asn:
            return NetworkHolder()
        return NetworkHolder(
            name=text[ends[at - 1] if at else 0 : ends[at]].decode(),
            state=self.header.states[homes[at * 2]],
            share_percent=homes[at * 2 + 1],
        )

    def _unpack_facts(self, index: int) -> AddressFacts:
        numbers, places = self._combinations
        asn = numbers[index]
        registered, used, server, _ = places[index * 4 : index * 4 + 4]
        return AddressFacts(
            asn=asn,
            holder=self.holder_of(asn).name if asn else "",
            registered=self.header.states[registered],
            used=self.header.states[used],
            server=bool(server),
        )

    @cached_property
    def _v4(self) -> tuple["array[int]", "array[int]"]:
        return self._integers("v4.starts", "I"), self._integers("v4.facts", "I")

    @cached_property
    def _v6(self) -> tuple["array[int]", "array[int]"]:
        return self._integers("v6.starts", "Q"), self._integers("v6.facts", "I")

    @cached_property
    def _combinations(self) -> tuple["array[int]", bytes]:
        return self._integers("facts.asn", "I"), self._inflate("facts.places")

    @cached_property
    def _names(self) -> tuple["array[int]", "array[int]", bytes, bytes]:
        numbers, ends = self._integers("names.asn", "I"), self._integers("names.ends", "I")
        return numbers, ends, self._inflate("names.text"), self._inflate("names.homes")

    def _read_header(self) -> Header:
        length = int.from_bytes(self._packed[8:12], "little")
        try:
            if self._packed[:8] != MAGIC:
                raise ValueError("the first eight bytes are not COMITYN1")
            return msgspec.json.decode(self._packed[12 : 12 + length], type=Header)
        except (ValueError, msgspec.MsgspecError) as error:
            raise self._broken(str(error)) from error

    def _inflate(self, name: str) -> bytes:
        section = self.header.sections[name]
        packed = self._packed[section.offset : section.offset + section.packed_bytes]
        if sha256(packed).hexdigest() != section.sha256:
            raise self._broken(f"section {name} does not have the SHA-256 of the header")
        return zlib.decompress(packed)

    def _integers(self, name: str, code: str) -> "array[int]":
        values = array(code)
        values.frombytes(self._inflate(name))
        if sys.byteorder == "big":  # pragma: no cover - no such machine at hand
            values.byteswap()
        return values

    def _broken(self, problem: str) -> UnreadableInputError:
        return UnreadableInputError(
            path=self._name, problem=f"not a whole address database: {problem}", remedy="derive it again (tools/)"
        )
