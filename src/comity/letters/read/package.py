"""A DOCX as the zip archive that it is (ISO/IEC 29500-2), unpacked in memory within limits."""

import stat
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO

from comity.letters.errors import ActiveContentError, LetterFileError, LetterLimitError
from comity.letters.read.limits import ReadLimits

_BLOCK_BYTES = 1 << 16
_AGAIN = "ask the sender for it again"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError)
#: Members that act, by a piece of their name, and how a person calls them.
_ACTIVE = {
    "vbaproject": "macros",
    "vbadata": "macros",
    "/activex/": "a program (ActiveX)",
    "/embeddings/": "files or programs inside",
    ".exe": "a program",
    ".dll": "a program",
    ".js": "a script",
}


@dataclass(slots=True)
class Package:
    """An archive whose members are read one by one, each counted against the same budget."""

    archive: zipfile.ZipFile
    limits: ReadLimits
    spent_bytes: int = field(default=0)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all members."""
        return tuple(self.archive.namelist())

    def read(self, name: str) -> bytes:
        """A member, counted while it unpacks: what its header promises is not believed. Empty: there is none."""
        try:
            info = self.archive.getinfo(name)
        except KeyError:
            return b""
        blocks: list[bytes] = []
        size = 0
        try:
            with self.archive.open(info) as stream:
                while block := stream.read(_BLOCK_BYTES):
                    size += len(block)
                    self.spent_bytes += len(block)
                    self._check(size, info.compress_size)
                    blocks.append(block)
        except _BROKEN as error:
            raise LetterFileError(path=name, problem=f"it is damaged ({error})", remedy=_AGAIN) from None
        return b"".join(blocks)

    def _check(self, size: int, packed: int) -> None:
        limits = self.limits
        if size > limits.ratio_from_bytes and size > packed * limits.unpack_ratio:
            raise LetterLimitError(path="DOCX", limit="unpack_ratio", allowed=limits.unpack_ratio)
        if size > limits.part_bytes:
            raise LetterLimitError(path="DOCX", limit="part_bytes", allowed=limits.part_bytes)
        if self.spent_bytes > limits.unpacked_bytes:
            raise LetterLimitError(path="DOCX", limit="unpacked_bytes", allowed=limits.unpacked_bytes)


def open_package(data: bytes, limits: ReadLimits) -> Package:
    """The archive, looked over before anything is unpacked.

    LetterFileError where it is no archive, encrypted, ambiguous or climbs; ActiveContentError for macros and files
    inside.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except _BROKEN as error:
        raise LetterFileError(path="DOCX", problem=f"it is damaged ({error})", remedy=_AGAIN) from None
    infos = archive.infolist()
    if len(infos) > limits.parts:
        raise LetterLimitError(path="DOCX", limit="parts", allowed=limits.parts, actual=len(infos))
    for info in infos:
        _check_member(info)
    names = [info.filename.casefold() for info in infos]
    if len(set(names)) < len(names):
        problem = "it holds two members of one name, so that two readers may read two letters"
        raise LetterFileError(path="DOCX", problem=problem, remedy=_AGAIN)
    found = dict.fromkeys(told for piece, told in _ACTIVE.items() for name in names if piece in f"/{name}")
    if found:
        raise ActiveContentError(path="DOCX", found=tuple(found))
    _check_sizes(infos, limits)
    return Package(archive=archive, limits=limits)


def _check_sizes(infos: list[zipfile.ZipInfo], limits: ReadLimits) -> None:
    """What the members say that they unpack to: also of those that are not read here, and burst where it is opened."""
    for info in infos:
        ratio_counts = info.file_size > limits.ratio_from_bytes
        if ratio_counts and info.file_size > info.compress_size * limits.unpack_ratio:
            raise LetterLimitError(path="DOCX", limit="unpack_ratio", allowed=limits.unpack_ratio)
    whole = sum(info.file_size for info in infos)
    if whole > limits.unpacked_bytes:
        raise LetterLimitError(path="DOCX", limit="unpacked_bytes", allowed=limits.unpacked_bytes, actual=whole)


def _check_member(info: zipfile.ZipInfo) -> None:
    name = info.orig_filename.replace("\\", "/")
    if info.flag_bits & 0x1:
        raise LetterFileError(path="DOCX", problem="it is encrypted", remedy="ask for a copy that is not")
    climbs = name.startswith("/") or ".." in name.split("/") or "\x00" in name
    if climbs or (info.create_system == 3 and stat.S_ISLNK(info.external_attr >> 16)):
        raise LetterFileError(
            path="DOCX", problem=f"member {name[:80]!r} leads out of the archive", remedy="treat it as hostile"
        )
