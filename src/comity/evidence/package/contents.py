"""What a verification saw, for a report to people: files, certificates, stamp, custody.

Every part that cannot be read is left empty; the checks say why.
"""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from comity.evidence import cms, timestamp
from comity.evidence.custody import Checkpoint, Entry, checkpoint_of, entries_before, parse_entry, parse_extract
from comity.evidence.errors import EvidenceError
from comity.evidence.keys import number_to_compare, read_bundle
from comity.evidence.package import layout
from comity.evidence.package.certfiles import load_certificate
from comity.evidence.package.inventory import Inventory
from comity.evidence.package.record import FileRecord

if TYPE_CHECKING:
    from cryptography import x509

ENTRIES_MAX = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts:
    """What a person compares of a certificate."""

    subject: str
    issuer: str
    serial: str
    """Hexadecimal."""
    not_before: datetime
    not_after: datetime
    sha256: str
    """Of its DER, hexadecimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StampFacts:
    """What a time stamp says; whether it holds, the checks say."""

    made_at: datetime
    digest: str
    policy: str
    serial: int
    certificates: tuple[CertificateFacts, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What lies in a package, as it was read."""

    files: tuple[FileRecord, ...]
    """As many as were asked for; sizes and digests are of the bytes that were read."""
    files_more: int
    """How many there are beside these."""
    lists: tuple[tuple[str, str], ...]
    """The lists of digests and their own SHA-512, hexadecimal: the last one is signed."""
    sender: str
    number: str
    """Sixty digits by which the sender's keys are compared."""
    certificates: tuple[CertificateFacts, ...]
    """The signer's first."""
    signature_algorithm: str
    pq_key_sha256: str
    """SHA-256 of the key file, hexadecimal; empty: it was not read."""
    stamp: StampFacts | None
    checkpoint: Checkpoint | None
    """Of the sender's custody log."""
    entries: tuple[Entry, ...]
    """Those of the logs before, from which it came across borders, come first."""


def read_contents(inventory: Inventory, *, files_max: int) -> Contents:
    """The contents of what was read, before the inventory is closed."""
    files = tuple(islice(_files(inventory), files_max))
    sender, number = _sender(inventory)
    certificates, algorithm = _signature(inventory)
    checkpoint, entries = _custody(inventory)
    return Contents(
        files=files,
        files_more=inventory.file_count - len(files),
        lists=tuple(_lists(inventory)),
        sender=sender,
        number=number,
        certificates=certificates,
        signature_algorithm=algorithm,
        pq_key_sha256=hashlib.sha256(pq_key).hexdigest() if (pq_key := _data(inventory, layout.PQ_KEY)) else "",
        stamp=_stamp(inventory),
        checkpoint=checkpoint,
        entries=entries,
    )


def facts(certificate: "x509.Certificate") -> CertificateFacts:
    """What a person compares of a certificate; names that cannot be read are shown as such."""
    from cryptography.hazmat.primitives.hashes import SHA256

    return CertificateFacts(
        subject=_name(certificate, "subject"),
        issuer=_name(certificate, "issuer"),
        serial=f"{certificate.serial_number:x}",
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        sha256=certificate.fingerprint(SHA256()).hex(),
    )


def _name(certificate: "x509.Certificate", which: str) -> str:
    try:
        return str(getattr(certificate, which).rfc4514_string())
    except Exception:  # noqa: BLE001  a hostile certificate: the library raises whatever its parts raise
        return "(cannot be read)"


def _data(inventory: Inventory, name: str) -> bytes:
    tag = inventory.tags.get(name)
    return b"" if tag is None else tag.data


def _files(inventory: Inventory) -> Iterator[FileRecord]:
    described = described_files(inventory)
    for line in inventory.payload:
        sha256, sha512, size, path = line.decode("utf-8", "backslashreplace").rstrip("\n").split(" ", 3)
        told = next(described, None)
        found = FileRecord(path=path, size_bytes=int(size), sha256=sha256, sha512=sha512)
        if told is not None and told.path == path:
            found = msgspec.structs.replace(found, modified_at=told.modified_at, original_path=told.original_path)
        yield found


def described_files(inventory: Inventory) -> Iterator[FileRecord]:
    """The files as the signed manifest has them, as far as it can be read."""
    tag = inventory.tags.get(layout.EVIDENCE)
    if tag is None or tag.spool is None:
        return
    tag.spool.rewind()
    tag.spool.file.readline(layout.TAG_BYTES_MAX)
    decoder = msgspec.json.Decoder(FileRecord)
    with suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        while line := tag.spool.readline():
            yield decoder.decode(line.rstrip(b"\n").removesuffix(b","))


def _lists(inventory: Inventory) -> Iterator[tuple[str, str]]:
    names = (layout.MANIFEST_SHA256, layout.MANIFEST_SHA512, layout.TAGS_SHA256, layout.TAGS_SHA512, layout.SIGNED)
    for name in names:
        if name in inventory.tags:
            yield name, inventory.tags[name].sha512.hex()


def _sender(inventory: Inventory) -> tuple[str, str]:
    try:
        identity = read_bundle(_data(inventory, layout.SENDER))
    except EvidenceError:
        return "", ""
    return identity.name, number_to_compare(identity)


def _signature(inventory: Inventory) -> tuple[tuple[CertificateFacts, ...], str]:
    try:
        signed = cms.parse_signed_data(_data(inventory, layout.CMS))
        leaf = signed.find_signer()
        algorithm = cms.algorithm_name(signed)
    except (EvidenceError, ValueError):
        return (), ""
    return _in_order(signed.certificates, leaf), algorithm


def _stamp(inventory: Inventory) -> StampFacts | None:
    try:
        stamp = timestamp.parse_token(_data(inventory, layout.STAMP))
        leaf = stamp.signed.find_signer()
    except (EvidenceError, ValueError):
        return None
    return StampFacts(
        made_at=stamp.made_at,
        digest=stamp.digest,
        policy=stamp.policy,
        serial=stamp.serial,
        certificates=_in_order(stamp.signed.certificates, leaf),
    )


def _in_order(encoded: tuple[bytes, ...], leaf: "x509.Certificate | None") -> tuple[CertificateFacts, ...]:
    found = [one for data in encoded if (one := load_certificate(data)) is not None]
    return tuple(facts(one) for one in sorted(found, key=lambda one: one != leaf))


def _custody(inventory: Inventory) -> tuple[Checkpoint | None, tuple[Entry, ...]]:
    if layout.CUSTODY not in inventory.tags:
        return None, ()
    try:
        extract = parse_extract(_data(inventory, layout.CUSTODY))
        checkpoint = checkpoint_of(extract.checkpoint.encode())
        entries = (*entries_before(extract), *(parse_entry(one.entry.encode()) for one in extract.entries))
        return checkpoint, entries[:ENTRIES_MAX]
    except EvidenceError:
        return None, ()
