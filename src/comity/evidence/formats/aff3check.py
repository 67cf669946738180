"""The checks of an AFF image, versions 1 to 3: its segments, the hash of each page, and the hashes of the media.

Source: AFFLIB v3, ``include/afflib/afflib.h``: pages are stored plain, by zlib, by LZMA (``.lzma``), or as a count of
zeros; a page's hash is over the page as it is on the disk.
"""

import hashlib
import lzma
import struct
import zlib
from collections.abc import Iterator

from comity.evidence.formats.aff3 import Image, Segment, read_image, segments
from comity.evidence.formats.checks import SHOWN, Checks
from comity.evidence.formats.look import PART_BYTES, FormatError, Look
from comity.evidence.formats.record import Description, InnerCheck

SEGMENTS, PAGES = "segments", "pages"
_PACKED, _METHOD = 0x0001, 0x00F0
_ZLIB, _LZMA, _ZERO = 0x0000, 0x0020, 0x0030
_LZMA_BYTES_MAX = 64 << 20
"""Of memory that an LZMA page may ask for."""


def check_aff3(look: Look, told: Description) -> tuple[InnerCheck, ...]:
    """Everything that can be checked; the media's hashes only where every page is there and could be read."""
    checks = Checks(look.path, look.limits)
    image = read_image(look)
    for problem in image.problems:
        checks.fail(SEGMENTS, problem)
    checks.note(SEGMENTS)
    why = _beyond(look, image)
    if why:
        checks.doubt(PAGES, why)
    elif not image.problems:
        _Pages(look, image, checks).check()
    return checks.result()


def _beyond(look: Look, image: Image) -> str:
    """Why pages cannot be judged; empty: they can."""
    if "encrypted" in image.marks:
        return "it is encrypted"
    if image.kind != "AFF":
        return f"it is one file of an {image.kind}: pages lie in others"
    if not image.page_bytes or image.size_bytes is None:
        return "it does not say how large the media and a page are"
    if image.size_bytes > look.size_bytes * look.limits.expansion_max:
        return f"it is said to hold more than {look.limits.expansion_max:,} times what is stored: it was not unpacked"
    return ""


class _Pages:
    def __init__(self, look: Look, image: Image, checks: Checks) -> None:
        assert image.page_bytes and image.size_bytes is not None
        self._look = look
        self._checks = checks
        self._image = image
        self._page_bytes, self._media_bytes = image.page_bytes, image.size_bytes
        self._media = {one.algorithm: hashlib.new(one.algorithm, usedforsecurity=False) for one in image.hashes}

    def check(self) -> None:
        """Read the pages in the order of the disk, each once, and compare."""
        pages: dict[int, Segment] = {}
        stored: dict[int, list[tuple[str, Segment]]] = {}
        for one in segments(self._look):
            if one.page is not None and not one.page[1]:
                pages[one.page[0]] = one
            elif one.page is not None:
                stored.setdefault(one.page[0], []).append((one.page[1], one))
        expected = -(-self._media_bytes // self._page_bytes)
        absent = expected - sum(number < expected for number in pages)
        for number in sorted(pages):
            self._page(number, pages[number], stored.pop(number, []))
        hashed = sum(len(found) for found in stored.values())
        if hashed:
            self._checks.fail(PAGES, f"{hashed:,} hashes are of pages that are not there")
        if absent:
            self._checks.doubt(PAGES, f"{absent:,} of {expected:,} pages are not there: they were not read, or cut off")
        self._checks.note(PAGES, f"{len(pages):,} pages of {self._page_bytes:,} bytes")
        for told in self._image.hashes:
            name = f"{SHOWN[told.algorithm]} of the media"
            if absent:
                self._checks.doubt(name, "not all of the media is there")
            else:
                self._checks.compare(name, stored=told.value, computed=self._media[told.algorithm].hexdigest())

    def _page(self, number: int, page: Segment, stored: list[tuple[str, Segment]]) -> None:
        left = min(self._page_bytes, self._media_bytes - number * self._page_bytes)
        if left <= 0:
            self._checks.fail(PAGES, f"page {number:,} lies beyond the end of the media")
            return
        digests = {algorithm: hashlib.new(algorithm, usedforsecurity=False) for algorithm, _ in stored}
        try:
            for part in _unpacked(self._look, page, left):
                left -= len(part)
                for digest in (*digests.values(), *self._media.values()):
                    digest.update(part)
            if left:
                raise FormatError(f"has {left:,} bytes less than it should")
        except (FormatError, zlib.error, lzma.LZMAError) as error:
            self._checks.fail(PAGES, f"page {number:,}: {error}")
        for algorithm, one in stored:
            value = self._look.exactly(one.at, min(one.size_bytes, 64)).hex()
            if value != digests[algorithm].hexdigest():
                self._checks.fail(PAGES, f"page {number:,} does not have its {SHOWN[algorithm]}")


def _unpacked(look: Look, page: Segment, limit_bytes: int) -> Iterator[bytes]:
    """A page as it is on the disk, in parts; FormatError where it is longer than a page, or in a form not known."""
    if not page.flag & _PACKED:
        parts = _parts(look, page)
    elif page.flag & _METHOD == _ZLIB:
        parts = _inflated(look, page)
    elif page.flag & _METHOD == _LZMA:
        parts = _from_lzma(look, page)
    elif page.flag & _METHOD == _ZERO and page.size_bytes == 4:
        parts = _zeros(struct.unpack(">I", look.exactly(page.at, 4))[0], limit_bytes)
    else:
        raise FormatError(f"is packed in a way that is not known (flag {page.flag:#x})")
    for part in parts:
        limit_bytes -= len(part)
        if limit_bytes < 0:
            raise FormatError("is longer than it should be")
        yield part


def _parts(look: Look, page: Segment) -> Iterator[bytes]:
    for at in range(0, page.size_bytes, PART_BYTES):
        yield look.exactly(page.at + at, min(PART_BYTES, page.size_bytes - at))


def _zeros(count: int, limit_bytes: int) -> Iterator[bytes]:
    if count > limit_bytes:
        raise FormatError("is longer than it should be")
    for at in range(0, count, PART_BYTES):
        yield bytes(min(PART_BYTES, count - at))


def _inflated(look: Look, page: Segment) -> Iterator[bytes]:
    inflate = zlib.decompressobj()
    for stored in _parts(look, page):
        left = stored
        while left and not inflate.eof:
            yield inflate.decompress(left, PART_BYTES)
            left = inflate.unconsumed_tail
    while not inflate.eof and (more := inflate.decompress(b"", PART_BYTES)):
        yield more
    if not inflate.eof or inflate.unused_data:
        raise FormatError("its packed data break off, or go on after their end")


def _from_lzma(look: Look, page: Segment) -> Iterator[bytes]:
    unpack = lzma.LZMADecompressor(lzma.FORMAT_ALONE, memlimit=_LZMA_BYTES_MAX)
    for stored in _parts(look, page):
        left = stored
        while not unpack.eof and (left or not unpack.needs_input):
            yield unpack.decompress(left, PART_BYTES)
            left = b""
    if not unpack.eof or unpack.unused_data:
        raise FormatError("its packed data break off, or go on after their end")
