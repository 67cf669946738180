"""What is told of a file of evidence: its format, what the format says of itself, and what was checked of that."""

import msgspec

from comity.evidence.custody import Verdict


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of the records of this package; unknown fields are refused."""


class Fact(Record, frozen=True, kw_only=True):
    """One thing that a format says of itself, in its own words."""

    name: str
    value: str


class StoredHash(Record, frozen=True, kw_only=True):
    """A hash that evidence holds of evidence."""

    algorithm: str
    """As `hashlib` names it: ``md5``, ``sha1``, ``sha256``, …"""
    value: str
    """Lower-case hexadecimal."""
    of: str
    """What it is the hash of: ``media`` of an image, or the path of a file."""
    stored_in: str
    """Which part of the format holds it, such as ``digest section``."""


class InnerCheck(Record, frozen=True, kw_only=True):
    """One check of what evidence says of itself."""

    path: str
    name: str
    """Such as ``MD5 of the media``."""
    verdict: Verdict
    reason: str = ""
    """Why not passed; for a passed one, what was seen."""


class Description(Record, frozen=True, kw_only=True):
    """A file whose format was recognised."""

    path: str
    family: str
    """``disk image``, ``mobile``, ``mail``, ``capture``, ``memory``, ``cloud return``, ``database``, ``hash list``."""
    format: str
    """Its short id, such as ``ewf``; `TITLES` has the name."""
    title: str
    """The format's name as people know it."""
    version: str = ""
    size_bytes: int
    """Of the file, with all its parts."""
    media_bytes: int | None = None
    """Of what an image holds when it is unpacked; None: not an image, or it does not say."""
    facts: tuple[Fact, ...] = ()
    hashes: tuple[StoredHash, ...] = ()
    parts: tuple[str, ...] = ()
    """Paths of the other files that belong to it: segments of an image, files that a list names."""
    checkable: bool = False
    """True where hashes or checksums inside can be checked."""
    problems: tuple[str, ...] = ()
    """What could not be read, or is not as the format wants it."""
    faults: tuple[InnerCheck, ...] = ()
    """Checks of what it holds that were not passed, where they were made when this was written."""

    def fact(self, name: str) -> str:
        """The value of a fact; empty where the format does not tell it."""
        return next((fact.value for fact in self.facts if fact.name == name), "")


def facts(*pairs: tuple[str, object]) -> tuple[Fact, ...]:
    """Facts from names and values; what is empty or None is left out."""
    return tuple(
        Fact(name=name, value=printable(str(value))) for name, value in pairs if value is not None and value != ""
    )


def printable(text: str, *, length_max: int = 500) -> str:
    """Text of a format as one line that cannot disturb a terminal, cut at a length."""
    line = "".join(char if char.isprintable() else " " for char in text[: length_max + 1]).strip()
    return line if len(line) <= length_max else line[:length_max] + "…"
