"""The checks of an Expert Witness image, version 1: its chain of sections, every checksum, and the hashes of the media.

Source: J. Metz, "Expert Witness Compression Format specification" (libewf project).
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from comity.evidence.formats.checks import SHOWN, Checks
from comity.evidence.formats.ewf import find_segments, stored_hashes
from comity.evidence.formats.ewfsection import (
    LVF,
    TABLE_HEADER_BYTES,
    Section,
    adler,
    inflated,
    is_segment,
    read_volume,
    sections,
    segment_number,
)
from comity.evidence.formats.look import CutError, FormatError, Item, Look, looking
from comity.evidence.formats.media import Media, unpack_chunk
from comity.evidence.formats.record import Description, InnerCheck

SEGMENTS, SECTIONS, CHUNKS = "segments", "section checksums", "chunk checksums"
_COMPRESSED = 1 << 31


def check_ewf(look: Look, told: Description) -> tuple[InnerCheck, ...]:
    """Everything that can be checked; the media's hashes only where all of it is there."""
    checks = Checks(look.path, look.limits)
    others, _ = find_segments(look)
    reading = _Reading(checks, look, told)
    reading.take_segment(look, 1)
    for number, item in enumerate(others, start=2):
        with looking(item, look.evidence, look.limits) as segment:
            reading.take_segment(segment, number)
    reading.conclude(look, others)
    return checks.result()


@dataclass(slots=True)
class _Table:
    """Where chunks begin, and where the last of them ends."""

    offsets: list[int]
    compressed: list[bool]
    end: int


class _Reading:
    def __init__(self, checks: Checks, first: Look, told: Description) -> None:
        self._checks = checks
        self._told = told
        self._logical = first.head[:8] == LVF
        self._media: Media | None = None
        self._chunk_count = 0
        self._set_id = b""
        self._sectors: Section | None = None
        self._table: bytes | None = None
        self._done = False
        self._hash_damaged = False

    def take_segment(self, look: Look, number: int) -> None:
        """Check one segment from its start to its end."""
        if not is_segment(look.head) or segment_number(look.head) != number:
            self._checks.fail(SEGMENTS, f"{look.name} is not segment {number} of an image")
            return
        if self._done:
            self._checks.fail(SEGMENTS, f"{look.name} comes after the last segment")
            return
        self._sectors = self._table = None
        try:
            for section in sections(look):
                if not section.intact:
                    self._checks.fail(
                        SECTIONS, f"{look.name}: the descriptor at byte {section.start:,} does not have its Adler-32"
                    )
                with self._failing(look):
                    self._take(look, section)
        except CutError as error:
            self._cut(look, error)
        except FormatError as error:
            self._checks.fail(SECTIONS, f"{look.name}: {error}")

    def _cut(self, look: Look, error: CutError) -> None:
        self._checks.fail(SEGMENTS, f"{look.name} is cut off at byte {look.size_bytes:,}: {error}")

    @contextmanager
    def _failing(self, look: Look) -> Iterator[None]:
        """A section that cannot be read fails; those after it are read all the same."""
        try:
            yield
        except CutError as error:
            self._cut(look, error)
        except FormatError as error:
            self._checks.fail(SECTIONS, f"{look.name}: {error}")

    def conclude(self, look: Look, others: list[Item]) -> None:
        checks = self._checks
        if not self._done:
            missing = f"segment {len(others) + 2} or the end of segment {len(others) + 1} is not there"
            checks.doubt(SEGMENTS, missing)
            for stored in self._told.hashes:
                checks.doubt(f"{SHOWN[stored.algorithm]} of the media", "not all of the image is there")
        else:
            checks.note(SEGMENTS, f"{len(others) + 1} of {len(others) + 1}")
        unhashed = self._done and not self._told.hashes and not self._hash_damaged
        checks.note(SECTIONS, "no hash of the media is stored in this image" if unhashed else "")
        if self._hash_damaged and not self._told.hashes:
            checks.doubt("hash of the media", "one is stored, in a section that is damaged: it cannot be compared")
        if self._media is None:
            checks.fail(SECTIONS, "no section says what the image is of")
            return
        self._media.count(checks, CHUNKS, promised=self._chunk_count)
        if self._done:
            self._media.conclude(checks, self._told.hashes, chunk_count=self._chunk_count)

    def _take(self, look: Look, section: Section) -> None:
        match section.kind:
            case "volume" | "disk" | "data":
                self._take_volume(look, section)
            case "sectors":
                self._sectors, self._table = section, None
            case "table" | "table2":
                self._take_table(look, section)
            case "hash" | "digest":
                self._take_hashes(look, section)
            case "header" | "header2" | "xheader" | "xhash":
                self._take_text(look, section)
            case "error2" | "session":
                self._take_ranges(look, section)
            case "done":
                self._done = True
            case _:
                pass  # ltree and others hold what no checksum covers

    def _take_volume(self, look: Look, section: Section) -> None:
        volume = read_volume(look, section)
        if not volume.intact:
            self._fail(look, section, "does not have its Adler-32")
        if self._media is None:
            self._set_id, self._chunk_count = volume.set_id, volume.chunk_count
            media_bytes = volume.media_bytes or volume.chunk_count * volume.chunk_bytes
            refuse_bomb(look, volume.chunk_bytes, media_bytes, self._told.size_bytes)
            self._media = Media(
                media_bytes=media_bytes,
                chunk_bytes=volume.chunk_bytes,
                exact=not self._logical and volume.sector_count > 0,
                algorithms=(one.algorithm for one in self._told.hashes),
            )
        elif volume.set_id != self._set_id and volume.set_id.strip(b"\0"):
            self._checks.fail(SEGMENTS, f"{look.name} is of another set of segments")

    def _take_table(self, look: Look, section: Section) -> None:
        header = look.exactly(section.content, TABLE_HEADER_BYTES)
        count = int.from_bytes(header[:4], "little")
        entries_at = section.content + TABLE_HEADER_BYTES
        size = 4 * count
        if size > min(section.end - entries_at, look.limits.table_bytes_max):
            raise FormatError(
                f"the {section.kind} section at byte {section.start:,} promises {count:,} chunks, more than it can hold"
            )
        entries = look.exactly(entries_at, size)
        problem = "" if adler(header[:20]) == header[20:24] else "does not have the Adler-32 of its header"
        footer = look.at(entries_at + size, 4)
        inline = self._sectors is None
        if not (adler(entries) == footer or (inline and self._no_footer(entries, entries_at + size))):
            problem = "does not have the Adler-32 of its entries"
        if problem:
            self._fail(look, section, problem)
        if section.kind == "table2" and self._table is not None:
            if self._table != entries:
                self._fail(look, section, "differs from the table that it copies")
        elif not problem:
            self._table = entries
            area = self._sectors or Section("", entries_at + size, section.end, True)
            base = int.from_bytes(header[8:16], "little")
            self._take_chunks(look, read_table(entries, base, area.end))

    def _no_footer(self, entries: bytes, end: int) -> bool:
        """True for the oldest form, where the first chunk comes right after the entries."""
        return bool(entries) and int.from_bytes(entries[:4], "little") & ~_COMPRESSED == end

    def _take_chunks(self, look: Look, table: _Table) -> None:
        media = self._media
        if media is None:
            raise FormatError("has chunks before anything says what they are of")
        ends = [*table.offsets[1:], table.end]
        for offset, end, compressed in zip(table.offsets, ends, table.compressed, strict=True):
            try:
                if not 0 < offset <= end <= look.size_bytes or end - offset > 2 * media.chunk_bytes + 1024:
                    raise FormatError("its place in the file is not possible")
                data = look.exactly(offset, end - offset)
                if not media.expected_bytes:
                    raise FormatError("comes after the end of the media")
                plain = unpack_chunk(data, size_bytes=media.chunk_bytes, compressed=compressed)
                if len(plain) < media.expected_bytes and media.exact:
                    raise FormatError(f"holds {len(plain):,} bytes, not {media.expected_bytes:,}")
            except FormatError as error:
                self._checks.fail(
                    CHUNKS, f"{look.name}: chunk {media.chunk_count:,} (byte {media.at:,} of the media): {error}"
                )
                media.add(None)
            else:
                media.add(plain)

    def _take_hashes(self, look: Look, section: Section) -> None:
        size = 80 if section.kind == "digest" else 36
        data = look.exactly(section.content, size)
        if adler(data[:-4]) != data[-4:]:
            self._fail(look, section, "does not have its Adler-32")
            self._hash_damaged = True
        told = {one.algorithm: one.value for one in self._told.hashes}
        for one in stored_hashes(look, section):
            if told.get(one.algorithm, one.value) != one.value:
                self._fail(look, section, f"holds another {SHOWN[one.algorithm]} than the section before")

    def _take_text(self, look: Look, section: Section) -> None:
        size = section.end - section.content
        if size > look.limits.text_bytes_max:
            raise FormatError(f"the {section.kind} section at byte {section.start:,} is too large to be one")
        try:
            inflated(look.exactly(section.content, size), look.limits.text_bytes_max)
        except FormatError as error:
            self._fail(look, section, str(error))

    def _take_ranges(self, look: Look, section: Section) -> None:
        """Tables of unreadable sectors and of sessions: a header and entries, each with a checksum."""
        header = look.exactly(section.content, 520 if section.kind == "error2" else 36)
        if adler(header[:-4]) != header[-4:]:
            self._fail(look, section, "does not have the Adler-32 of its header")
            return
        (count,) = struct.unpack_from("<I", header)
        size = count * (8 if section.kind == "error2" else 32)
        if size > min(section.end - section.content, look.limits.table_bytes_max):
            raise FormatError(f"the {section.kind} section at byte {section.start:,} promises more than it holds")
        entries = look.exactly(section.content + len(header), size + 4)
        if adler(entries[:-4]) != entries[-4:]:
            self._fail(look, section, "does not have the Adler-32 of its entries")

    def _fail(self, look: Look, section: Section, problem: str) -> None:
        self._checks.fail(SECTIONS, f"{look.name}: the {section.kind} section at byte {section.start:,} {problem}")


def read_table(entries: bytes, base: int, end: int) -> _Table:
    """The chunks of a table. Where offsets grow into the bit for packing, as EnCase 6.7 has it, none is packed."""
    offsets: list[int] = []
    packed: list[bool] = []
    overflown = False
    for value in struct.unpack(f"<{len(entries) // 4}I", entries):
        offset = value & ~_COMPRESSED
        overflown |= bool(offsets) and base + offset < offsets[-1] and bool(value & _COMPRESSED)
        offsets.append(base + (value if overflown else offset))
        packed.append(bool(value & _COMPRESSED) and not overflown)
    return _Table(offsets=offsets, compressed=packed, end=end)


def refuse_bomb(look: Look, chunk_bytes: int, media_bytes: int, stored_bytes: int) -> None:
    """FormatError where the sizes that an image claims cannot be those of an image."""
    if not 0 < chunk_bytes <= look.limits.chunk_bytes_max:
        raise FormatError(f"says that its chunks have {chunk_bytes:,} bytes")
    if media_bytes > stored_bytes * look.limits.expansion_max:
        raise FormatError(f"claims {media_bytes:,} bytes of media in {stored_bytes:,} stored ones")
