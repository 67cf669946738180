"""Zip and tar archives by their layout: AFF4, Cellebrite reports, and what providers return on request.

Layouts are those that providers and vendors publish for what a user or an agency downloads; they change, and a name
that is found is a sign, not a proof: the facts say which sign it was.

Sources: Google "Download your data" and Vault "Export contents"; Meta "Download your information"; Apple "Data and
Privacy"; Microsoft "Export content search results"; EDRM XML 1.0; see docs/formats.md.
"""

import tarfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO, cast

from comity.evidence.formats.aff4 import describe_aff4
from comity.evidence.formats.look import Look
from comity.evidence.formats.record import Description, facts
from comity.evidence.formats.ufdr import describe_ufdr
from comity.evidence.formats.ziplook import BROKEN, Directory, ZipLook, find_directory, is_zip, stream_names, zip_look

_TAR_ENTRIES_MAX = 200
_TAR_BYTES_MAX = 1 << 20


@dataclass(frozen=True, slots=True)
class Layout:
    """Names that a return has: of a file, of a folder (``…/``), or the end of a file's name (``-…``, ``.…``)."""

    format: str
    title: str
    names: tuple[str, ...]
    least: int = 1
    """How many of the names must be there."""


LAYOUTS = (
    Layout("google-takeout", "Google Takeout", ("Takeout/",)),
    Layout(
        "google-vault",
        "Google Vault export",
        ("-metadata.xml", "-account-exceptions.csv", "-exceptions.csv", "-result-counts.csv", "-metadata.csv"),
        2,
    ),
    Layout("google-return", "Google return to an agency", ("ExportSummary.txt", ".SubscriberInfo.html")),
    Layout("meta-return", "Meta return to an agency", ("records.html", "linked_media/", "preservation-1.html"), 2),
    Layout(
        "meta-download",
        "Meta download (Facebook, Instagram)",
        (
            "your_facebook_activity/",
            "your_instagram_activity/",
            "personal_information/",
            "security_and_login_information/",
            "connections/",
            "start_here.html",
        ),
        2,
    ),
    Layout(
        "apple-download",
        "Apple account data",
        (
            "Apple ID account and device information/",
            "Apple Account and device information/",
            "Apple ID Account Information.csv",
            "Apple ID Device Information.csv",
            "iCloud Mail/",
            "iCloud Photos/",
            "iCloud Drive/",
        ),
    ),
    Layout(
        "microsoft-export",
        "Microsoft 365 export (Purview, eDiscovery)",
        ("Results.csv", "Trace.log", "manifest.xml", "Unindexed Items.csv", "Exchange/", "SharePoint/", "Summary.csv"),
        3,
    ),
)
_MORE = (
    Layout("ios-backup", "iOS backup", ("Manifest.db", "Info.plist", "Status.plist"), 2),
    Layout("bagit", "BagIt bag", ("bagit.txt", "bag-info.txt", "data/"), 2),
)


_LARGE = (
    Layout("aff4", "Advanced Forensic Format 4", ("container.description", "information.turtle"), 2),
    Layout("cellebrite-ufdr", "Cellebrite report (UFDR)", ("report.xml",)),
)
"""Formats that are told by more than names where the archive is small enough."""
_FAMILIES = {"ios-backup": "mobile", "cellebrite-ufdr": "mobile", "aff4": "disk image", "bagit": "archive"}


def describe_archive(look: Look) -> Description | None:
    """A zip or tar archive whose layout is known, or an encrypted file; None for any other."""
    if is_zip(look.head):
        directory = find_directory(look)
        if not directory.fits(look.limits):
            return _large(look, directory)
        with zip_look(look) as names:
            return describe_aff4(look, names) or describe_ufdr(look, names) or _by_layout(look, names)
    if look.head.startswith((b"age-encryption.org/v1\n", b"-----BEGIN AGE ENCRYPTED FILE-----")):
        return Description(
            path=look.path, family="archive", format="age", title="Encrypted file (age)", size_bytes=look.size_bytes
        )
    if look.head[257:262] == b"ustar" or look.head.startswith(b"\x1f\x8b\x08"):
        return _tar(look)
    return None


def _large(look: Look, directory: Directory) -> Description | None:
    """An archive of so many members that only their names are read."""
    found = find_layout(stream_names(look, directory), _LARGE + LAYOUTS + _MORE)
    if found is None:
        return None
    layout, signs = found
    return Description(
        path=look.path,
        family=_family(layout),
        format=layout.format,
        title=layout.title,
        version="zip",
        size_bytes=look.size_bytes,
        facts=facts(("told by", ", ".join(signs)), ("members", f"{directory.count:,}")),
        checkable=layout in _LARGE,
        problems=("too many members to be looked at one by one",),
    )


def _family(layout: Layout) -> str:
    return _FAMILIES.get(layout.format, "cloud return")


def _by_layout(look: Look, names: ZipLook) -> Description | None:
    found = match_layout(names.names)
    if found is None:
        return None
    layout, signs = found
    return Description(
        path=look.path,
        family=_family(layout),
        format=layout.format,
        title=layout.title,
        version="zip",
        size_bytes=look.size_bytes,
        facts=facts(
            ("told by", ", ".join(signs)),
            ("members", f"{len(names.names):,}"),
            ("bytes when unpacked", f"{names.plain_bytes:,}"),
            ("encrypted", "yes" if names.encrypted else ""),
        ),
    )


def match_layout(names: Iterable[str]) -> tuple[Layout, list[str]] | None:
    """The layout that some paths have, and the names that told it."""
    return find_layout(names, LAYOUTS + _MORE)


def find_layout(names: Iterable[str], layouts: tuple[Layout, ...]) -> tuple[Layout, list[str]] | None:
    """The first of some layouts that paths have; the paths are read no further than it takes."""
    signs = {sign for layout in layouts for sign in layout.names}
    plain = {sign for sign in signs if sign[0] not in "-."}
    endings = tuple(signs - plain)
    seen: set[str] = set()
    for path in names:
        *folders, name = path.split("/")
        new = plain.intersection([name, *(f"{folder}/" for folder in folders)]) - seen
        if name.endswith(endings):
            new |= {ending for ending in endings if name.endswith(ending)} - seen
        if new:
            seen |= new
            for layout in layouts:
                found = [sign for sign in layout.names if sign in seen]
                if len(found) >= layout.least:
                    return layout, found
    return None


def _tar(look: Look) -> Description | None:
    """A tar archive, plain or under gzip, by its first members: Takeout gives such too."""
    names: list[str] = []
    look.stream.seek(0)
    source = _Limited(look.stream, _TAR_BYTES_MAX)
    try:
        with tarfile.open(fileobj=cast(BinaryIO, source), mode="r|*", ignore_zeros=False) as archive:
            for member in archive:
                names.append(member.name)
                if len(names) >= _TAR_ENTRIES_MAX or match_layout(names) is not None:
                    break
    except (tarfile.TarError, TypeError, *BROKEN):  # TypeError: tarfile asks for the byte after the last
        pass  # what came before counts; a gzip file that is no tar is nothing that we know
    found = match_layout(names)
    if found is None:
        return None
    layout, signs = found
    return Description(
        path=look.path,
        family=_family(layout),
        format=layout.format,
        title=layout.title,
        version="tar",
        size_bytes=look.size_bytes,
        facts=facts(("told by", ", ".join(signs))),
    )


class _Limited:
    """A stream that ends after so many bytes."""

    def __init__(self, stream: BinaryIO, limit_bytes: int) -> None:
        self._stream = stream
        self._left = limit_bytes

    def read(self, count: int) -> bytes:
        data = self._stream.read(min(count, self._left))
        self._left -= len(data)
        return data
