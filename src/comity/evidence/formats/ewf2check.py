"""The checks of an Expert Witness image, version 2: its chain of sections, every checksum, and the hashes of the media.

Source: J. Metz, "Expert Witness Compression Format version 2 specification" (libewf project).
"""

import hashlib
import struct

from comity.evidence.formats.checks import SHOWN, Checks
from comity.evidence.formats.ewf import find_segments
from comity.evidence.formats.ewf2 import (
    DONE,
    ENCRYPTED,
    HASHED,
    MD5,
    METHODS,
    SHA1,
    TABLE,
    Section2,
    compression,
    is_segment2,
    read_told,
    sections2,
    segment_number2,
    stored_hash2,
)
from comity.evidence.formats.ewfcheck import CHUNKS, SECTIONS, SEGMENTS, refuse_bomb
from comity.evidence.formats.ewfsection import adler
from comity.evidence.formats.look import FormatError, Look, looking
from comity.evidence.formats.media import Media, unpack_chunk
from comity.evidence.formats.record import Description, InnerCheck

_COMPRESSED, _CHECKSUMMED, _PATTERN = 1, 2, 4
_TABLE_HEADER_BYTES = 32


def check_ewf2(look: Look, told: Description) -> tuple[InnerCheck, ...]:
    """Everything that can be checked; of an encrypted image, the sections only."""
    checks = Checks(look.path, look.limits)
    others, _ = find_segments(look)
    reading = _Reading(checks, look, told)
    reading.take_segment(look, 1)
    for number, item in enumerate(others, start=2):
        with looking(item, look.evidence, look.limits) as segment:
            reading.take_segment(segment, number)
    reading.conclude(len(others) + 1)
    return checks.result()


class _Reading:
    def __init__(self, checks: Checks, first: Look, told: Description) -> None:
        self._checks = checks
        self._told = told
        self._method = METHODS.get(compression(first.head), "none")
        self._set_id = first.head[16:32]
        self._done = False
        values, _, _ = read_told(first, [])
        self._encrypted = bool(told.fact("encrypted"))
        self._chunk_count = values.chunk_count
        self._media: Media | None = None
        try:
            refuse_bomb(first, values.chunk_bytes, told.media_bytes or 0, told.size_bytes)
            self._media = Media(
                media_bytes=told.media_bytes or values.chunk_count * values.chunk_bytes,
                chunk_bytes=values.chunk_bytes,
                algorithms=(one.algorithm for one in told.hashes),
            )
        except FormatError as error:
            if not self._encrypted:
                checks.fail(SECTIONS, str(error))

    def take_segment(self, look: Look, number: int) -> None:
        """Check one segment from its start to its end."""
        if not is_segment2(look.head) or segment_number2(look.head) != number or look.head[16:32] != self._set_id:
            self._checks.fail(SEGMENTS, f"{look.name} is not segment {number} of this image")
            return
        try:
            for section in sections2(look):
                self._check_section(look, section)
                self._done |= section.kind == DONE
                if section.flags & ENCRYPTED:
                    continue
                if section.kind == TABLE and not self._encrypted:
                    self._take_table(look, section)
                elif section.kind in (MD5, SHA1) and not stored_hash2(look, section):
                    self._checks.fail(SECTIONS, f"{look.name}: the {section.name} section does not have its Adler-32")
        except FormatError as error:
            self._checks.fail(SECTIONS, f"{look.name}: {error}")

    def conclude(self, segments: int) -> None:
        checks = self._checks
        if self._done:
            checks.note(SEGMENTS, f"{segments} of {segments}")
        else:
            checks.doubt(SEGMENTS, f"segment {segments + 1} or the end of segment {segments} is not there")
        checks.note(SECTIONS)
        if self._encrypted:
            checks.doubt(CHUNKS, "the image is encrypted: what it holds cannot be read without its key")
        elif self._media is not None:
            self._media.count(checks, CHUNKS, promised=self._chunk_count)
            if self._done:
                self._media.conclude(checks, self._told.hashes, chunk_count=self._chunk_count)
                return
        for stored in self._told.hashes:
            checks.doubt(f"{SHOWN[stored.algorithm]} of the media", "not all of the image can be read")

    def _check_section(self, look: Look, section: Section2) -> None:
        where = f"{look.name}: the {section.name} section at byte {section.start:,}"
        if not section.intact:
            self._checks.fail(SECTIONS, f"{where} does not have the Adler-32 of its descriptor")
        if section.flags & HASHED:
            digest = hashlib.md5(usedforsecurity=False)
            for part in look.parts(section.start, limit_bytes=section.size_bytes):
                digest.update(part)
            if digest.digest() != section.digest:
                self._checks.fail(SECTIONS, f"{where} does not have its MD5")

    def _take_table(self, look: Look, section: Section2) -> None:
        header = look.exactly(section.start, _TABLE_HEADER_BYTES)
        first, count = struct.unpack_from("<QI", header)
        if adler(header[:16]) != header[16:20]:
            self._checks.fail(SECTIONS, f"{look.name}: a sector table does not have the Adler-32 of its header")
        size = 16 * count
        if size + _TABLE_HEADER_BYTES + 4 > min(section.size_bytes, look.limits.table_bytes_max):
            raise FormatError(
                f"the sector table at byte {section.start:,} promises {count:,} chunks, more than it holds"
            )
        data = look.exactly(section.start + _TABLE_HEADER_BYTES, size + 4)
        if adler(data[:-4]) != data[-4:]:
            self._checks.fail(SECTIONS, f"{look.name}: a sector table does not have the Adler-32 of its entries")
        media = self._media
        if media is None:
            return
        if first != media.chunk_count:
            self._checks.fail(
                CHUNKS, f"{look.name}: a sector table begins at chunk {first:,}, not {media.chunk_count:,}"
            )
        reached = 0
        for offset, length, flags in struct.iter_unpack("<QII", data[:-4]):
            try:
                if not flags & _PATTERN:
                    if offset < reached:
                        raise FormatError("lies over the chunk before it")
                    reached = offset + length
                media.add(self._chunk(look, offset, length, flags, media))
            except FormatError as error:
                self._checks.fail(
                    CHUNKS, f"{look.name}: chunk {media.chunk_count:,} (byte {media.at:,} of the media): {error}"
                )
                media.add(None)

    def _chunk(self, look: Look, offset: int, length: int, flags: int, media: Media) -> bytes:
        size = media.chunk_bytes
        if not media.expected_bytes:
            raise FormatError("comes after the end of the media")
        if flags & _COMPRESSED and flags & _PATTERN:
            return offset.to_bytes(8, "little") * (size // 8 + 1)
        if length > 2 * size + 1024:
            raise FormatError("is larger than a chunk can be")
        data = look.exactly(offset, length)
        if flags & _COMPRESSED:
            plain = unpack_chunk(data, size_bytes=size, compressed=True, method=self._method)
        elif flags & _CHECKSUMMED:
            plain = unpack_chunk(data, size_bytes=size, compressed=False)
        else:
            plain = data
        if len(plain) < media.expected_bytes:
            raise FormatError(f"holds {len(plain):,} bytes, not {media.expected_bytes:,}")
        return plain
