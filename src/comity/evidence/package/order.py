"""What the person who seals says, and the package as it was made of it."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from comity.evidence.age import Recipient as AgeRecipient
from comity.evidence.custody import Authorisation, Party
from comity.evidence.limitation import Limitations
from comity.evidence.package.record import LeftOut, Provenance, Recipient

MEANS = "encrypted file (age v1)"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealOrder:
    """What the person who seals says."""

    package: str
    case: str
    authorisation: Authorisation
    sender: Party
    identity_bundle: bytes
    recipients: tuple[tuple[Recipient, AgeRecipient], ...]
    limitations: Limitations
    request: str = ""
    means: str = MEANS
    end_of_access_on: date | None = None
    provenance: Provenance = field(default_factory=Provenance)
    custody: bytes = b""
    """The extract of the custody log; empty: none."""
    revocations: bytes = b""
    """Lists of revoked certificates (PEM), as of now; empty: none."""
    tool: str = "comity"
    check_inner: bool = True
    """True: evidence that holds hashes of itself, such as a disk image, is read a second time and checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A package as it was made."""

    package: str
    path: Path
    size_bytes: int
    file_count: int
    payload_bytes: int
    stamped: bool
    signature: bytes
    """The CMS signature: what a stamp that is asked for later must be over."""
    signed_list_sha512: str
    """Of the list that is signed, hexadecimal: what a consent names."""
    left_out: tuple[LeftOut, ...]
    not_inside: tuple[str, ...] = ()
    """Files that belong to the evidence, such as further segments of an image, and were not sealed with it."""
    faults: tuple[str, ...] = ()
    """Evidence that does not have the hashes that it holds of itself."""
    other_numbers: tuple[str, ...] = ()
    """Images that say that they are of another exhibit than those named."""
