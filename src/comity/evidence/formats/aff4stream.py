"""The data of an AFF4 image as a stream: chunks of image streams, put together by maps.

Source: AFF4 Standard v1.0a (Schatz, Cohen), sections 3 and 4.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from comity.evidence.formats.aff4 import AFF4, members_of, number, one
from comity.evidence.formats.limits import FormatLimits
from comity.evidence.formats.look import PART_BYTES, BeyondReachError, FormatError
from comity.evidence.formats.turtle import Graph, types
from comity.evidence.formats.ziplook import ZipLook

_SYMBOLIC = {"Zero": b"\0", "UnknownData": b"UNKNOWN", "UnreadableData": b"UNREADABLEDATA"}
_PATTERN_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Stream:
    """An image stream: how its chunks are laid out."""

    uri: str
    size_bytes: int
    chunk_bytes: int
    per_segment: int
    method: str


class Container:
    """One AFF4 container, and the streams in it."""

    def __init__(self, names: ZipLook, graph: Graph, volume: str, limits: FormatLimits) -> None:
        self.names = names
        self.graph = graph
        self.limits = limits
        self._volume = volume
        self._cached: tuple[str, int, bytes] = ("", -1, b"")
        self._index: tuple[str, tuple[tuple[int, int], ...], bytes] = ("", (), b"")

    def member(self, uri: str, part: str = "") -> str:
        """The path of a member, or of a part of what a name stands for, that is there; else the path it should have."""
        paths = members_of(f"{uri}/{part}" if part else uri, self._volume)
        return next((path for path in paths if path in self.names), paths[0])

    def segment(self, uri: str, part: str, limit_bytes: int) -> bytes:
        """A whole small member; FormatError where it is missing or too large."""
        name = self.member(uri, part)
        if name not in self.names:
            raise FormatError(f"{name} is not there")
        if self.names.size_bytes(name) > limit_bytes:
            raise FormatError(f"{name} has more than {limit_bytes:,} bytes")
        return b"".join(self.names.parts(name, limit_bytes))

    def stream(self, uri: str) -> Stream:
        """The layout of an image stream; FormatError where it cannot be, BeyondReachError where it is not here."""
        if uri not in self.graph:
            raise BeyondReachError(f"{uri} is not in this file")
        size, chunk = number(self.graph, uri, "size"), number(self.graph, uri, "chunkSize")
        per_segment = number(self.graph, uri, "chunksInSegment")
        if size is None or not chunk or chunk > self.limits.chunk_bytes_max or per_segment == 0:
            raise FormatError(f"{uri} does not say how large it and its chunks are")
        method = one(self.graph, uri, "compressionMethod")
        return Stream(uri, size, chunk, per_segment or 2048, method)

    def data(self, uri: str) -> Iterator[bytes]:
        """The data of an image, map, stream or member, in parts; FormatError where it cannot be read."""
        kinds = types(self.graph, uri)
        target = one(self.graph, uri, "dataStream")
        if target and not kinds & {"Map", "ImageStream"}:
            kinds, uri = types(self.graph, target), target
        if "Map" in kinds:
            yield from self._map(uri)
        elif "ImageStream" in kinds:
            stream = self.stream(uri)
            for index in range(-(-stream.size_bytes // stream.chunk_bytes)):
                yield self.chunk(stream, index)
        else:
            if "EncryptedStream" in kinds:
                raise BeyondReachError(f"{uri} is encrypted")
            name = self.member(uri)
            if name not in self.names:
                raise FormatError(f"{name} is not there")
            yield from self.names.parts(name, self.names.stored_bytes(name) * self.limits.expansion_max + PART_BYTES)

    def chunk(self, stream: Stream, index: int) -> bytes:
        """A chunk of an image stream, the last one cut to the stream's size."""
        if self._cached[:2] == (stream.uri, index):
            return self._cached[2]
        segment, place = divmod(index, stream.per_segment)
        entries, bevy = self._bevy(stream, segment)
        if place >= len(entries):
            raise FormatError(f"chunk {index:,} of {stream.uri} is in no index")
        offset, length = entries[place]
        stored = bevy[offset : offset + length]
        if len(stored) != length:
            raise FormatError(f"chunk {index:,} of {stream.uri} lies outside of its segment")
        size = min(stream.chunk_bytes, stream.size_bytes - index * stream.chunk_bytes)
        plain = stored if length == stream.chunk_bytes else unpacked(stored, stream)
        if len(plain) < size or size <= 0:
            raise FormatError(f"chunk {index:,} of {stream.uri} holds {len(plain):,} bytes, not {size:,}")
        self._cached = (stream.uri, index, plain[:size])
        return plain[:size]

    def _bevy(self, stream: Stream, segment: int) -> tuple[tuple[tuple[int, int], ...], bytes]:
        """A run of chunks with its index, held while it is in use."""
        key = f"{stream.uri}/{segment:08}"
        if self._index[0] != key:
            limit = stream.per_segment * (stream.chunk_bytes + 1024)
            if limit > self.limits.directory_bytes_max * 16:
                raise FormatError(f"{stream.uri} has segments of {limit:,} bytes")
            index = self.segment(stream.uri, f"{segment:08}.index", self.limits.table_bytes_max)
            entries = tuple(struct.iter_unpack("<QI", index[: len(index) // 12 * 12]))
            self._index = (key, entries, self.segment(stream.uri, f"{segment:08}", limit))
        return self._index[1], self._index[2]

    def _map(self, uri: str) -> Iterator[bytes]:
        size = number(self.graph, uri, "size")
        if size is None:
            raise FormatError(f"{uri} does not say how large it is")
        table = self.segment(uri, "map", self.limits.table_bytes_max)
        targets = self.segment(uri, "idx", self.limits.text_bytes_max).decode("utf-8", "replace").split("\n")
        gap = one(self.graph, uri, "mapGapDefaultStream") or AFF4 + "Zero"
        at = 0
        for place, length, offset, target in sorted(struct.iter_unpack("<QQQI", table[: len(table) // 28 * 28])):
            if place < at or place + length > size or target >= len(targets):
                raise FormatError(f"the map of {uri} has an entry that is not possible, at byte {place:,}")
            yield from self._target(gap, at, place - at)
            yield from self._target(targets[target].strip(), offset, length)
            at = place + length
        yield from self._target(gap, at, size - at)

    def _target(self, uri: str, offset: int, length: int) -> Iterator[bytes]:
        name = uri.removeprefix(AFF4)
        if name in _SYMBOLIC or name.startswith("SymbolicStream"):
            yield from _repeated(_symbol(name), offset, length)
            return
        if not length:
            return
        stream = self.stream(uri)
        while length:
            index, skip = divmod(offset, stream.chunk_bytes)
            part = self.chunk(stream, index)[skip : skip + length]
            if not part:
                raise FormatError(f"the map goes beyond the end of {uri}")
            yield part
            offset, length = offset + len(part), length - len(part)


def unpacked(stored: bytes, stream: Stream) -> bytes:
    """A chunk unpacked by its stream's method; FormatError where it is damaged, BeyondReachError: no known method."""
    method, limit = stream.method.rstrip("/"), stream.chunk_bytes
    if not method or method.endswith(("/stored", "NullCompressor")):
        return stored
    if "rfc195" in method:
        unpacker = zlib.decompressobj(-15 if "rfc1951" in method and stored[:1] != b"\x78" else 15)
        try:
            return unpacker.decompress(stored, limit)
        except zlib.error as error:
            raise FormatError(f"a chunk of {stream.uri} is damaged: {error}") from None
    if method.endswith(("snappy", "lz4")):
        from comity.evidence.formats.packing import unpack_lz4, unpack_snappy

        return (unpack_snappy if method.endswith("snappy") else unpack_lz4)(stored, limit)
    raise BeyondReachError(f"{stream.uri} is packed in a way that is not known: {method}")


def _symbol(name: str) -> bytes:
    digits = name.removeprefix("SymbolicStream")
    if name in _SYMBOLIC:
        return _SYMBOLIC[name]
    if len(digits) != 2 or not all(digit in "0123456789abcdefABCDEF" for digit in digits):
        raise FormatError(f"the map points to {name!r}, which is not known")
    return bytes.fromhex(digits)


def _repeated(unit: bytes, offset: int, length: int) -> Iterator[bytes]:
    """Part of an endless stream of runs of 1 MiB, in each of which `unit` is repeated and cut."""
    run = (unit * (_PATTERN_BYTES // len(unit) + 1))[:_PATTERN_BYTES]
    while length > 0:
        skip = offset % _PATTERN_BYTES
        part = run[skip : skip + length]
        yield part
        offset, length = offset + len(part), length - len(part)
