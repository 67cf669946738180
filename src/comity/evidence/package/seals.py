"""Checks of the signatures over a package: what is signed, by whom, when, and whether that holds today."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from comity.evidence import cms, timestamp
from comity.evidence.certpath import Path, find_path, revocation, strangers
from comity.evidence.errors import EvidenceError, SignatureFormatError
from comity.evidence.keys import PublicIdentity, certificates, read_bundle, signature_pq_keys, valid_at
from comity.evidence.keys.identity import KeyUse
from comity.evidence.package import layout
from comity.evidence.package.inventory import Inventory
from comity.evidence.package.report import Findings

if TYPE_CHECKING:
    from cryptography import x509


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What the one who verifies holds to be true, got from elsewhere than the package."""

    senders: tuple[PublicIdentity, ...] = ()
    """Identities that one knows: a package by one of them needs no CA."""
    roots: "tuple[x509.Certificate, ...]" = ()
    """Of signers."""
    stamp_roots: "tuple[x509.Certificate, ...]" = ()
    """Of time-stamping authorities."""
    revocations: "tuple[x509.CertificateRevocationList, ...]" = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seals:
    """What is known of who signed and when."""

    signed_by: str = ""
    signed_at: datetime | None = None
    stamped_at: datetime | None = None


def check_seals(
    inventory: Inventory, found: Findings, trust: Trust, *, now: datetime, late_stamp: bytes | None, stamped: bool
) -> Seals:
    """Check signatures, stamp, certificate and sender. `late_stamp` is one that came beside the package."""
    with _hostile(found, "post-quantum-signature"):
        _check_pq(inventory, found, trust)
    signed = leaf = stamp = None
    proven = False
    with _hostile(found, "signature"):
        signed, leaf = _check_cms(inventory, found)
    with _hostile(found, "time-stamp"):
        stamp = _check_stamp(inventory, found, late_stamp, stamped=stamped)
    with _hostile(found, "time-stamp-authority"):
        proven = stamp is not None and _check_authority(stamp, found, trust)
    if signed is None or leaf is None:
        return Seals()
    at = stamp.made_at if stamp is not None and proven else now
    signed_by = ""
    with _hostile(found, "certificate"):
        _check_certificate(signed, leaf, inventory, found, trust, at=at, proven=proven)
        signed_by = leaf.subject.rfc4514_string()
    return Seals(
        signed_by=signed_by,
        signed_at=_signing_time(signed),
        stamped_at=stamp.made_at if stamp else None,
    )


def _signing_time(signed: cms.SignedData) -> datetime | None:
    try:
        return signed.signing_time
    except SignatureFormatError:
        return None  # the signature over it has failed


@contextmanager
def _hostile(found: Findings, name: str) -> Iterator[None]:
    """What cannot be read in any way fails the check. Certificates are others' bytes, read late and in many places:
    the library raises whatever its parts raise."""
    try:
        yield
    except Exception as error:  # noqa: BLE001
        found.fail(name, f"it cannot be read: {error}")


def _check_pq(inventory: Inventory, found: Findings, trust: Trust) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PublicKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

    name = "post-quantum-signature"
    pem = inventory.tags[layout.PQ_KEY].data
    try:
        key = load_pem_public_key(pem)
        if not isinstance(key, MLDSA65PublicKey):
            found.fail(name, "the key is of another kind")
            return
        key.verify(inventory.tags[layout.PQ_SIGNATURE].data, inventory.tags[layout.SIGNED].data)
    except InvalidSignature:
        found.fail(name, "the signature does not verify")
        return
    if key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo) != pem:
        found.fail(name, "the key is not in the form in which it is written")
    found.note(name)
    identity = _identity(inventory, found)
    for known in (identity, None if identity is None else trusted_sender(identity, trust)):
        if known is not None and key not in [one for _, one in signature_pq_keys(known)]:
            found.fail("sender", f"the post-quantum key is not one of {known.name}")


def trusted_sender(identity: PublicIdentity, trust: Trust) -> PublicIdentity | None:
    """The identity of the same name that one trusts; None: there is none."""
    return next((one for one in trust.senders if one.name == identity.name), None)


def _identity(inventory: Inventory, found: Findings) -> PublicIdentity | None:
    try:
        identity = read_bundle(inventory.tags[layout.SENDER].data)
    except EvidenceError as error:
        found.fail("sender", f"the sender's identity cannot be relied on: {error.problem}")
        return None
    found.note("sender")
    return identity


def _check_cms(inventory: Inventory, found: Findings) -> "tuple[cms.SignedData | None, x509.Certificate | None]":
    name = "signature"
    signed = cms.parse_signed_data(inventory.tags[layout.CMS].data)
    leaf = signed.find_signer()
    listed = _load_certificates(inventory.tags[layout.CERTIFICATES].data)
    if leaf is None:
        found.fail(name, "the signer's certificate is not inside")
        return None, None
    if signed.content is not None or signed.content_type != cms.DATA:
        found.fail(name, "it is not detached")
    if signed.unsigned_attributes or signed.revocation_lists:
        found.fail(name, "it holds what is not signed")
    if sorted(signed.certificates) != sorted(_der(one) for one in listed) or not listed or listed[0] != leaf:
        found.fail(name, "its certificates are not those in metadata/certificates.pem")
    digest = hashlib.new(signed.digest, inventory.tags[layout.SIGNED].data).digest()
    for fault in signed.faults(digest, leaf):
        found.fail(name, fault)
    found.note(name)
    return signed, leaf


def _check_stamp(
    inventory: Inventory, found: Findings, late_stamp: bytes | None, *, stamped: bool
) -> timestamp.TimeStamp | None:
    name = "time-stamp"
    tag = inventory.tags.get(layout.STAMP)
    if tag is not None and not stamped:
        found.fail(name, "there is one inside, though the package says that it was sealed without")
    data = tag.data if tag is not None else late_stamp
    if data is None:
        taken = "; the package was sealed with one: somebody took it out" if stamped else ""
        found.doubt(name, f"there is none: when it was signed rests on the signer's clock{taken}")
        return None
    stamp = timestamp.parse_token(data)
    faults = stamp.faults(inventory.tags[layout.CMS].data)
    if stamp.signed.unsigned_attributes or stamp.signed.revocation_lists:
        faults.append("it holds what is not signed")
    if inventory.sealed is not None and stamp.made_at.timestamp() < inventory.sealed - CLOCK_SECONDS:
        faults.append(f"it is of {stamp.made_at.isoformat()}, before the package was sealed")
    for fault in faults:
        found.fail(name, fault)
    found.note(name, f"signed before {stamp.made_at.isoformat()}")
    return None if faults else stamp


CLOCK_SECONDS = 300
"""How far the sender's clock may be ahead of the authority's."""


def _check_authority(stamp: timestamp.TimeStamp, found: Findings, trust: Trust) -> bool:
    """True where the stamp's time is proven by an authority that is trusted."""
    name = "time-stamp-authority"
    leaf = stamp.signed.find_signer()
    others = [one for data in stamp.signed.certificates if (one := _load_der(data)) is not None]
    if leaf is None or len(others) != len(stamp.signed.certificates):
        found.fail(name, "it holds a certificate that cannot be read")
        return False
    path = find_path(leaf, others, trust.stamp_roots, at=stamp.made_at, usage=timestamp.TIME_STAMPING)
    idle = strangers(path, others)
    wrong, unknown = revocation(path.chain, trust.revocations, at=stamp.made_at)
    if not path.trusted:
        found.doubt(name, _stranger(path, "give the authority's root: --stamp-trust"))
        return False
    if idle:
        unvouched = idle[0].subject.rfc4514_string()[:200]
        found.doubt(name, f"it holds a certificate that nothing vouches for: {unvouched!r}; trust the root above it")
    for fault in (*path.faults, *wrong):
        found.fail(name, fault)
    found.note(name, "; ".join((path.chain[-1].subject.rfc4514_string(), *unknown)))
    return not (path.faults or wrong or idle)


def _check_certificate(
    signed: cms.SignedData,
    leaf: "x509.Certificate",
    inventory: Inventory,
    found: Findings,
    trust: Trust,
    *,
    at: datetime,
    proven: bool,
) -> None:
    """Whether the signer's certificate was good at the proven time, or, where none is proven, is good now."""
    identity = _identity(inventory, found)
    if identity is not None and leaf not in _leaves(identity):
        found.fail("sender", "the certificate is not one of the package's own sender")
    sender = None if identity is None else trusted_sender(identity, trust)
    if sender is not None and leaf not in _leaves(sender):
        found.fail("sender", f"it says that it is from {sender.name}, whom you know, and has a certificate of another")
    elif sender is not None:
        _check_identity_key(leaf, sender, found, at=at, proven=proven)
        return
    chain = [one for data in signed.certificates if (one := _load_der(data)) is not None]
    path = find_path(leaf, chain, trust.roots, at=at, usage="")
    if not path.trusted:
        found.doubt("certificate", _stranger(path, "give the sender's identity or its CA's root: --trust"))
        found.doubt("revocation", "it hangs on the certificate's chain")
        return
    for fault in path.faults:
        (found.fail if proven else found.doubt)("certificate", fault)
    found.note("certificate", f"issued under {path.chain[-1].subject.rfc4514_string()}")
    inside = inventory.tags.get(layout.REVOCATIONS)
    lists = [*trust.revocations, *(_load_lists(inside.data) if inside else ())]
    wrong, unknown = revocation(path.chain, lists, at=at)
    for fault in wrong:
        found.fail("revocation", fault)
    for doubt in unknown:
        found.doubt("revocation", doubt + ": --crl")
    found.note("revocation")


def _check_identity_key(
    leaf: "x509.Certificate", sender: PublicIdentity, found: Findings, *, at: datetime, proven: bool
) -> None:
    """The trusted identity itself says from when to when its keys were good."""
    pem = _pem(leaf)
    key = next(
        key
        for key in sender.keys
        if key.use is KeyUse.CERTIFICATE and any(chain.startswith(pem) for chain in key.certificates)
    )
    path = find_path(leaf, (), (leaf,), at=at, usage="")
    for fault in path.faults:
        (found.fail if proven else found.doubt)("certificate", fault)
    if key.revoked_at is not None and (key.revoked_at <= at or not proven):
        found.fail(
            "revocation", f"the sender revoked the key at {key.revoked_at.isoformat()} ({key.revocation_reason})"
        )
    elif key.revoked_at is None and not valid_at(key, at):
        (found.fail if proven else found.doubt)("certificate", f"the key was not in use at {at.isoformat()}")
    found.note("certificate", f"of {sender.name}, key {key.generation}, as you trust it")
    found.note("revocation", "as the sender's identity says")


def _stranger(path: Path, remedy: str) -> str:
    top = path.chain[-1]
    from cryptography.hazmat.primitives.hashes import SHA256

    return (
        f"nobody that you said you trust stands behind {top.subject.rfc4514_string()[:200]!r}"
        f" (SHA-256 {top.fingerprint(SHA256()).hex()}): {remedy}"
    )


def _leaves(identity: PublicIdentity) -> "list[x509.Certificate]":
    return [chain[0] for chain in certificates(identity) if chain]


def _load_certificates(pem: bytes) -> "Sequence[x509.Certificate]":
    from cryptography import x509

    loaded = x509.load_pem_x509_certificates(pem)
    if b"".join(_pem(one).encode() for one in loaded) != pem:
        raise ValueError("metadata/certificates.pem is not in the form in which it is written")
    return loaded


def _load_der(data: bytes) -> "x509.Certificate | None":
    from cryptography import x509

    try:
        return x509.load_der_x509_certificate(data)
    except ValueError:
        return None


def _load_lists(pem: bytes) -> "list[x509.CertificateRevocationList]":
    """Lists in PEM, as many as can be read."""
    from cryptography import x509

    mark = b"-----END X509 CRL-----"
    found = []
    for part in pem.split(mark)[:-1]:
        try:
            found.append(x509.load_pem_x509_crl(part + mark + b"\n"))
        except ValueError:
            continue
    return found


def _pem(certificate: "x509.Certificate") -> str:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.PEM).decode()


def _der(certificate: "x509.Certificate") -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.DER)
