"""Images in the Expert Witness Compression Format, version 2 (Ex01, Lx01): sections, metadata and stored hashes.

Source: J. Metz, "Expert Witness Compression Format version 2 specification" (libewf project). Sections are read from
the last to the first; each ends with a descriptor.
"""

import struct
from dataclasses import dataclass

from comity.evidence.formats.ewf import find_segments
from comity.evidence.formats.ewfheader import decode_header, header_facts, read_header
from comity.evidence.formats.ewfsection import adler, inflated
from comity.evidence.formats.look import FormatError, Item, Look, looking
from comity.evidence.formats.media import unpack_bz2
from comity.evidence.formats.record import Description, StoredHash, facts

EVF2, LEF2 = b"EVF2\x0d\x0a\x81\x00", b"LEF2\x0d\x0a\x81\x00"
FILE_HEADER_BYTES = 32
DESCRIPTOR_BYTES = 64
TITLE = "Expert Witness image, version 2"
DEVICE, CASE, SECTORS, TABLE = 1, 2, 3, 4
MD5, SHA1, KEYS, NEXT, DONE = 8, 9, 0xB, 0xD, 0xF
KINDS = {
    DEVICE: "device information",
    CASE: "case data",
    SECTORS: "sector data",
    TABLE: "sector table",
    5: "error table",
    6: "session table",
    MD5: "MD5 hash",
    SHA1: "SHA1 hash",
    KEYS: "encryption keys",
    NEXT: "next",
    DONE: "done",
}
HASHED, ENCRYPTED = 1, 2
METHODS = {0: "none", 1: "zlib", 2: "bzip2"}
DRIVES = {
    "c": "optical disc",
    "f": "fixed disk",
    "l": "single files",
    "m": "memory",
    "r": "removable disk",
    "a": "RAM disk",
    "p": "PALM",
}


@dataclass(frozen=True, slots=True)
class Section2:
    """One section: its type, its data, and its descriptor's checksum and hash."""

    kind: int
    start: int
    size_bytes: int
    flags: int
    digest: bytes
    intact: bool

    @property
    def name(self) -> str:
        return KINDS.get(self.kind, f"0x{self.kind:x}")


def is_segment2(head: bytes) -> bool:
    """True where a file begins as a segment does."""
    return head[:8] in (EVF2, LEF2) and head[8:9] == b"\x02"


def segment_number2(head: bytes) -> int:
    return int.from_bytes(head[12:16], "little")


def sections2(look: Look) -> list[Section2]:
    """The sections in the order of the file; FormatError where the chain of them breaks."""
    found: list[Section2] = []
    at = look.size_bytes - DESCRIPTOR_BYTES
    while True:
        descriptor = look.exactly(at, DESCRIPTOR_BYTES)
        kind, flags, before, size, own, _ = struct.unpack_from("<IIQQII", descriptor)
        if own != DESCRIPTOR_BYTES or size > at - FILE_HEADER_BYTES:
            raise FormatError(f"has no section descriptor at byte {at:,}")
        intact = adler(descriptor[:60]) == descriptor[60:]
        found.append(Section2(kind, at - size, size, flags, descriptor[32:48], intact))
        if before == 0:
            return found[::-1]
        if not FILE_HEADER_BYTES <= before <= at - size - DESCRIPTOR_BYTES:
            raise FormatError(f"the section at byte {at:,} leads to byte {before:,}, which is not before it")
        if len(found) >= look.limits.sections_max:
            raise FormatError(f"has more than {look.limits.sections_max:,} sections")
        at = before


def describe_ewf2(look: Look) -> Description | None:
    """The first segment of an image with its metadata and stored hashes, or another segment as such."""
    if not is_segment2(look.head):
        return None
    kind = "EWF2-Lx01" if look.head[:8] == LEF2 else "EWF2-Ex01"
    if segment_number2(look.head) != 1:
        return Description(
            path=look.path,
            family="disk image",
            format="ewf-segment",
            title=f"{TITLE}, a further segment",
            version=kind,
            size_bytes=look.size_bytes,
            facts=facts(("segment", segment_number2(look.head))),
        )
    others, _ = find_segments(look)
    told, hashes, problems = read_told(look, others)
    return Description(
        path=look.path,
        family="disk image",
        format="ewf2",
        title=TITLE,
        version=kind,
        size_bytes=look.size_bytes + sum(item.size_bytes for item in others),
        media_bytes=told.media_bytes,
        facts=header_facts(told.values)
        + facts(
            ("media", DRIVES.get(told.values.get("dt", ""), "")),
            ("sectors", told.sector_count or None),
            ("bytes per sector", told.sector_bytes or None),
            ("bytes per chunk", told.chunk_bytes or None),
            ("compression", METHODS.get(compression(look.head), "unknown")),
            ("encrypted", "yes" if told.encrypted else ""),
            ("segments", 1 + len(others)),
        ),
        hashes=hashes,
        parts=tuple(item.path for item in others),
        checkable=True,
        problems=problems,
    )


@dataclass(slots=True)
class Told:
    """What the sections of an image say of it."""

    values: dict[str, str]
    encrypted: bool = False

    def number(self, tag: str) -> int:
        value = self.values.get(tag, "")
        return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else 0

    @property
    def sector_bytes(self) -> int:
        return self.number("bp")

    @property
    def sector_count(self) -> int:
        return self.number("ts")

    @property
    def chunk_bytes(self) -> int:
        return self.number("sb") * self.sector_bytes

    @property
    def chunk_count(self) -> int:
        return self.number("tb")

    @property
    def media_bytes(self) -> int | None:
        return self.sector_count * self.sector_bytes or None


def compression(head: bytes) -> int:
    return int.from_bytes(head[10:12], "little")


def read_told(look: Look, others: list[Item]) -> tuple[Told, tuple[StoredHash, ...], tuple[str, ...]]:
    """Metadata of the first segment, hashes of the last, and what could not be read."""
    told, hashes, problems = Told({}), [], []
    try:
        for section in sections2(look):
            if section.flags & ENCRYPTED or section.kind == KEYS:
                told.encrypted = True
            elif section.kind in (DEVICE, CASE):
                told.values.update(read_header(_text(look, section)))
            elif section.kind in (MD5, SHA1):
                hashes += stored_hash2(look, section)
        for item in others[-1:]:
            with looking(item, look.evidence, look.limits) as last:
                for section in sections2(last):
                    if section.kind in (MD5, SHA1) and not section.flags & ENCRYPTED:
                        hashes += stored_hash2(last, section)
                    told.encrypted |= section.kind == KEYS
    except FormatError as error:
        problems.append(str(error))
    return told, tuple(hashes), tuple(problems)


def stored_hash2(look: Look, section: Section2) -> list[StoredHash]:
    """The hash of a section whose own checksum fits; else none."""
    length = 16 if section.kind == MD5 else 20
    data = look.at(section.start, length + 4)
    if len(data) < length + 4 or adler(data[:length]) != data[length:]:
        return []
    name = "md5" if section.kind == MD5 else "sha1"
    return [StoredHash(algorithm=name, value=data[:length].hex(), of="media", stored_in=f"{section.name} section")]


def _text(look: Look, section: Section2) -> str:
    limit = look.limits.text_bytes_max
    if section.size_bytes > limit:
        raise FormatError(f"the {section.name} section is too large to be one")
    data = look.exactly(section.start, section.size_bytes)
    method = METHODS.get(compression(look.head), "none")
    plain = inflated(data, limit) if method == "zlib" else unpack_bz2(data, limit) if method == "bzip2" else data
    return decode_header(plain)
