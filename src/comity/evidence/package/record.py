"""What a package says about itself: the evidence manifest, as EU rules on electronic evidence ask for it.

One JSON file: who sends what to whom, under which order, when and by which means, until when it may be read; then every
file, one a line, so that a million of them are read without holding them.
"""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec

from comity.evidence.custody import Authorisation, Party


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the records of a package; unknown fields are refused."""


Text = Annotated[str, msgspec.Meta(min_length=1)]
Size = Annotated[int, msgspec.Meta(ge=0)]


class Recipient(Record, frozen=True, kw_only=True):
    """Who can open the package."""

    name: str
    """Display name and agency, or empty where only a key was given."""
    key: Text
    """The age recipient."""


class Provenance(Record, frozen=True, kw_only=True):
    """Where the evidence comes from; empty: not told."""

    found_at: str = ""
    found_by: str = ""
    found_on: date | None = None
    tool: str = ""
    """With which tool it was acquired, with its version."""
    exhibits: tuple[str, ...] = ()
    """The agency's exhibit numbers, as in the custody log."""
    derived: str | msgspec.UnsetType = msgspec.UNSET
    """How this was made from the exhibits, where it is not the exhibits themselves."""


class LeftOut(Record, frozen=True, kw_only=True):
    """Something in the folders that is no file and so is not inside."""

    path: str
    kind: str
    """``symbolic link``, ``device``, ``socket``, ``pipe``."""
    target: str = ""


class EvidenceHead(Record, frozen=True, kw_only=True):
    """All of the evidence manifest but the files."""

    format: Literal["comity-evidence-manifest/1"] = "comity-evidence-manifest/1"
    package: Text
    """The package's id, and the folder that everything lies in."""
    case: Text
    request: str = ""
    """Reference of the order or request that this answers."""
    authorisation: Authorisation
    sender: Party
    recipients: tuple[Recipient, ...]
    sealed_at: datetime
    """By the sender's clock, UTC, to the second; the time stamp proves it."""
    means: str
    """How it is handed over, such as ``encrypted file (age v1)``."""
    end_of_access_on: date | None = None
    """From this day on the recipient may no longer read it; None: not limited."""
    stamped: bool
    """True where the package was sealed with a time stamp."""
    provenance: Provenance = Provenance()
    tool: str
    """What sealed it, with its version."""
    empty_folders: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


class FileRecord(Record, frozen=True, kw_only=True):
    """One file of evidence."""

    path: Text
    """In the package, from ``data/``."""
    size_bytes: Size
    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    sha512: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{128}$")]
    modified_at: datetime | None = None
    """As its file system said."""
    original_path: str = ""
    """Where the name had to be changed: as it was, what cannot be written shown as ``\\xNN``."""
    original_bytes: str = ""
    """The same as hexadecimal bytes, where they are not UTF-8."""


class EvidenceTotals(Record, frozen=True, kw_only=True):
    """What the manifest ends with."""

    file_count: Size
    payload_bytes: Size
