"""Images in the Expert Witness Compression Format, version 1: E01 (EnCase, FTK Imager, libewf), S01 (SMART), L01.

Source: J. Metz, "Expert Witness Compression Format specification" (libewf project).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from comity.evidence.formats.ewfheader import decode_header, header_facts, read_header, volume_facts
from comity.evidence.formats.ewfnames import segment_name
from comity.evidence.formats.ewfsection import (
    LVF,
    Section,
    Volume,
    adler,
    inflated,
    is_segment,
    read_volume,
    sections,
    segment_number,
)
from comity.evidence.formats.look import FormatError, Item, Look, looking
from comity.evidence.formats.record import Description, StoredHash, facts

FORMAT = "ewf"
TITLE = "Expert Witness image"


def describe_ewf(look: Look) -> Description | None:
    """The first segment of an image with its metadata and stored hashes, or another segment as such."""
    if not is_segment(look.head):
        return None
    kind = "EWF-L01" if look.head[:8] == LVF else "EWF-S01" if look.name[-3:].lower() == "s01" else "EWF-E01"
    number = segment_number(look.head)
    if number != 1:
        told = facts(("segment", number))
        return Description(
            path=look.path,
            family="disk image",
            format="ewf-segment",
            title=f"{TITLE}, a further segment",
            version=kind,
            size_bytes=look.size_bytes,
            facts=told,
        )
    others, short = find_segments(look)
    reading = _Reading()
    reading.read(look)
    for item in others[-1:]:
        with looking(item, look.evidence, look.limits) as last:
            reading.read(last)
    if short:
        reading.problems.append(f"more than {look.limits.segments_max:,} segments")
    volume = reading.volume
    return Description(
        path=look.path,
        family="disk image",
        format=FORMAT,
        title=TITLE,
        version=kind,
        size_bytes=look.size_bytes + sum(item.size_bytes for item in others),
        media_bytes=volume.media_bytes if volume else None,
        facts=(
            header_facts(reading.header)
            + (volume_facts(volume) if volume else ())
            + facts(("segments", 1 + len(others)), ("unreadable ranges", reading.error_ranges or None))
        ),
        hashes=tuple(reading.hashes.values()),
        parts=tuple(item.path for item in others),
        checkable=True,
        problems=tuple(reading.problems),
    )


def find_segments(look: Look) -> tuple[list[Item], bool]:
    """The segments after the first that lie beside it, and True where there are more than are allowed."""
    found: list[Item] = []
    for number in range(2, look.limits.segments_max + 2):
        name = segment_name(look.name, number)
        item = look.beside(name) if name else None
        if item is None:
            return found, False
        found.append(item)
    return found, True


class _Reading:
    """What the sections of some segments say."""

    def __init__(self) -> None:
        self.header: dict[str, str] = {}
        self.volume: Volume | None = None
        self.hashes: dict[str, StoredHash] = {}
        self.error_ranges = 0
        self.problems: list[str] = []

    def read(self, look: Look) -> None:
        try:
            for section in sections(look):
                with self._noting(look):
                    self._take(look, section)
        except FormatError as error:
            self.problems.append(f"{look.name}: {error}")

    @contextmanager
    def _noting(self, look: Look) -> Iterator[None]:
        try:
            yield
        except FormatError as error:
            self.problems.append(f"{look.name}: {error}")

    def _take(self, look: Look, section: Section) -> None:
        match section.kind:
            case "header" | "header2" | "xheader":
                self._take_header(look, section)
            case "volume" | "disk" | "data" if self.volume is None:
                self.volume = read_volume(look, section)
            case "digest" | "hash":
                for stored in stored_hashes(look, section):
                    self.hashes.setdefault(stored.algorithm, stored)
            case "error2":
                self.error_ranges += int.from_bytes(look.at(section.content, 4), "little")
            case _:
                pass

    def _take_header(self, look: Look, section: Section) -> None:
        size = min(section.end - section.content, look.limits.text_bytes_max)
        text = decode_header(inflated(look.at(section.content, size), look.limits.text_bytes_max))
        for tag, value in read_header(text).items():
            if section.kind == "header2" or tag not in self.header:
                self.header[tag] = value


def stored_hashes(look: Look, section: Section) -> Iterator[StoredHash]:
    """The hashes of a ``digest`` or ``hash`` section whose own checksum fits."""
    long = section.kind == "digest"
    data = look.at(section.content, 80 if long else 36)
    if len(data) < (80 if long else 36) or adler(data[:-4]) != data[-4:]:
        return
    for name, digest in (("md5", data[:16]), ("sha1", data[16:36] if long else b"")):
        if digest.strip(b"\0"):
            yield StoredHash(algorithm=name, value=digest.hex(), of="media", stored_in=f"{section.kind} section")
