"""Images in the Advanced Forensic Format, versions 1 to 3: named segments in a row, pages of the disk among them.

Source: AFFLIB v3, ``include/afflib/afflib.h`` (the form of segments, their names and flags); Garfinkel, Malan, Dubec,
Stevens and Pham, "Advanced Forensic Format" (2006).
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from comity.evidence.formats.look import FormatError, Look
from comity.evidence.formats.record import Description, StoredHash, facts

MAGIC = b"AFF10\r\n\x00"
HASHES = ("md5", "sha1", "sha256")
_HEAD, _TAIL = struct.Struct(">4sIII"), struct.Struct(">4sI")
_NAME_BYTES_MAX = 64
_TEXT_BYTES_MAX = 4096
_PAGE = re.compile(r"(?:page|seg)(\d{1,12})(?:_(md5|sha1|sha256))?")
_FACTS = {
    "case_num": "case number",
    "acquisition_date": "acquired",
    "acquisition_tecnician": "examiner",
    "acquisition_technician": "examiner",
    "acquisition_notes": "notes",
    "acquisition_device": "acquired with",
    "acquisition_commandline": "command",
    "acquisition_iso_country": "country",
    "creator": "made with",
    "device_manufacturer": "device maker",
    "device_model": "device model",
    "device_sn": "device serial number",
    "device_firmware": "device firmware",
    "device_source": "device source",
    "location_in_computer": "found in the computer at",
    "batch_name": "batch",
    "batch_item_name": "batch item",
    "afflib_version": "AFFLIB",
    "aff_file_type": "kind",
}
_SIGNED, _ENCRYPTED = "/sha256", "/aes256"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A named piece of the file, with its number (`flag`) and data."""

    name: str
    flag: int
    at: int
    size_bytes: int

    @property
    def page(self) -> tuple[int, str] | None:
        """Which page of the disk it is, and the algorithm where it is that page's hash; None: neither."""
        found = _PAGE.fullmatch(self.name)
        return None if found is None else (int(found[1]), found[2] or "")


def segments(look: Look) -> Iterator[Segment]:
    """Every segment in order; FormatError where one is not as it should be. Those without a name were deleted."""
    at, count = len(MAGIC), 0
    while at < look.size_bytes:
        magic, name_bytes, size_bytes, flag = _HEAD.unpack(look.exactly(at, _HEAD.size))
        if magic != b"AFF\x00" or name_bytes > _NAME_BYTES_MAX:
            raise FormatError(f"there is no segment at byte {at:,}, where one should begin")
        name = look.exactly(at + _HEAD.size, name_bytes).decode("utf-8", "replace")
        begin = at + _HEAD.size + name_bytes
        magic, length = _TAIL.unpack(look.exactly(begin + size_bytes, _TAIL.size))
        at, before = begin + size_bytes + _TAIL.size, at
        if magic != b"ATT\x00" or length != at - before:
            raise FormatError(f"the segment {name!r} at byte {before:,} does not end as it should")
        count += 1
        if count > look.limits.sections_max:
            raise FormatError(f"has more than {look.limits.sections_max:,} segments")
        if name:
            yield Segment(name=name, flag=flag, at=begin, size_bytes=size_bytes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """What the segments say of the disk."""

    page_bytes: int | None
    size_bytes: int | None
    """Of the media."""
    kind: str
    """``AFF``: all in this file; ``AFD``, ``AFM``: the pages lie in several, or beside."""
    hashes: tuple[StoredHash, ...]
    pages: int
    told: dict[str, str]
    marks: frozenset[str]
    """``encrypted``, ``signed``."""
    problems: tuple[str, ...]


def read_image(look: Look) -> Image:
    """The image as far as it can be read."""
    page_bytes = size_bytes = None
    hashes: list[StoredHash] = []
    told: dict[str, str] = {}
    marks: set[str] = set()
    seen: set[str] = set()
    pages, problems = 0, []
    try:
        for one in segments(look):
            if one.name in seen:
                problems.append(f"holds the segment {one.name!r} twice")
            seen.add(one.name)
            marks |= {mark for end, mark in ((_SIGNED, "signed"), (_ENCRYPTED, "encrypted")) if one.name.endswith(end)}
            if one.name in ("pagesize", "segsize"):
                page_bytes = one.flag
            elif one.name == "imagesize" and one.size_bytes == 8:
                low, high = struct.unpack(">II", look.exactly(one.at, 8))
                size_bytes = low | high << 32
            elif one.name in HASHES and one.size_bytes == _BYTES[one.name]:
                value = look.exactly(one.at, one.size_bytes).hex()
                hashes.append(StoredHash(algorithm=one.name, value=value, of="media", stored_in=f"segment {one.name}"))
            elif one.name in _FACTS:
                text = look.exactly(one.at, min(one.size_bytes, _TEXT_BYTES_MAX)).decode("utf-8", "replace")
                told[_FACTS[one.name]] = text.strip('"\n\0 ')
            pages += one.page is not None and not one.page[1]
    except FormatError as error:
        problems.append(str(error))
    return Image(
        page_bytes=page_bytes,
        size_bytes=size_bytes,
        kind=told.get("kind", "AFF"),
        hashes=tuple(hashes),
        pages=pages,
        told=told,
        marks=frozenset(marks),
        problems=tuple(problems[: look.limits.faults_max]),
    )


_BYTES = {"md5": 16, "sha1": 20, "sha256": 32}


def describe_aff3(look: Look) -> Description | None:
    """An image by its first bytes."""
    if not look.head.startswith(MAGIC):
        return None
    image = read_image(look)
    pairs: list[tuple[str, object]] = [
        *image.told.items(),
        ("pages", f"{image.pages:,}"),
        ("bytes per page", image.page_bytes),
        ("encrypted", "yes" if "encrypted" in image.marks else ""),
        ("signed", "yes, which is not checked" if "signed" in image.marks else ""),
    ]
    return Description(
        path=look.path,
        family="disk image",
        format="aff3",
        title="Advanced Forensic Format, version 3",
        version="3",
        size_bytes=look.size_bytes,
        media_bytes=image.size_bytes,
        facts=facts(*pairs),
        hashes=image.hashes,
        checkable=True,
        problems=image.problems,
    )
