"""Checks of the signatures over a package: what is signed, by whom, when, and whether that holds today."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from comity.evidence import cms, timestamp
from comity.evidence.certpath import find_path, revocation, strangers
from comity.evidence.errors import SignatureFormatError
from comity.evidence.keys import signature_pq_keys
from comity.evidence.package import layout
from comity.evidence.package.certfiles import der_of, load_certificate, load_certificates
from comity.evidence.package.inventory import Inventory
from comity.evidence.package.record import EvidenceHead
from comity.evidence.package.report import Findings
from comity.evidence.package.signer import (
    Trust,
    blame_strange_key,
    check_certificate,
    follow,
    own_identity,
    stranger,
)
from comity.evidence.package.when import Signed

if TYPE_CHECKING:
    from cryptography import x509


@dataclass(frozen=True, slots=True, kw_only=True)
class Seals:
    """What is known of who signed and when."""

    signed_by: str = ""
    signed_at: datetime | None = None
    stamped_at: datetime | None = None


def check_seals(
    inventory: Inventory,
    found: Findings,
    trust: Trust,
    *,
    now: datetime,
    late_stamp: bytes | None,
    head: EvidenceHead | None,
) -> Seals:
    """Check signatures, stamp, certificate and sender. `late_stamp` is one that came beside the package; `head` None:
    the package does not say when it was sealed."""
    with _hostile(found, "post-quantum-signature"):
        _check_pq(inventory, found, trust)
    signed = leaf = stamp = None
    proven = ahead = False
    with _hostile(found, "signature"):
        signed, leaf = _check_cms(inventory, found)
    with _hostile(found, "time-stamp"):
        stamp = _check_stamp(inventory, found, late_stamp, head)
        ahead = stamp is not None and _is_to_come(stamp.made_at, found, "time-stamp", now=now)
    with _hostile(found, "time-stamp-authority"):
        proven = stamp is not None and _check_authority(stamp, found, trust) and not ahead
    if signed is None or leaf is None:
        return Seals()
    claimed = _signing_time(signed)
    if claimed is not None:
        _is_to_come(claimed, found, "signature", now=now)
    when = Signed(at=stamp.made_at if stamp is not None and proven else now, proven=proven, claimed=claimed)
    signed_by = ""
    with _hostile(found, "certificate"):
        check_certificate(signed, leaf, inventory, found, trust, when)
        signed_by = leaf.subject.rfc4514_string()
    return Seals(
        signed_by=signed_by,
        signed_at=claimed,
        stamped_at=stamp.made_at if stamp else None,
    )


def _is_to_come(at: datetime, found: Findings, name: str, *, now: datetime) -> bool:
    """True, and a doubt, where a time that is stated lies ahead of the clock of the one who verifies."""
    if at.timestamp() <= now.timestamp() + CLOCK_SECONDS:
        return False
    found.doubt(name, f"it says {at.isoformat()}, which is still to come: a clock is wrong, its own or that here")
    return True


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
    text = inventory.tags[layout.PQ_KEY].data
    try:
        key = load_pem_public_key(text)
        if not isinstance(key, MLDSA65PublicKey):
            found.fail(name, "the key is of another kind")
            return
        key.verify(inventory.tags[layout.PQ_SIGNATURE].data, inventory.tags[layout.SIGNED].data)
    except InvalidSignature:
        found.fail(name, "the signature does not verify")
        return
    if key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo) != text:
        found.fail(name, "the key is not in the form in which it is written")
    found.note(name)
    identity = own_identity(inventory, found)
    if identity is None:
        return
    if key not in [one for _, one in signature_pq_keys(identity)]:
        found.fail("sender", f"the post-quantum key is not one of {identity.name}")
    followed = follow(inventory.tags[layout.SENDER].data, trust)
    if followed is not None and key not in [one for _, one in signature_pq_keys(followed.identity)]:
        blame_strange_key(found, followed, what="a post-quantum key")


def _check_cms(inventory: Inventory, found: Findings) -> "tuple[cms.SignedData | None, x509.Certificate | None]":
    name = "signature"
    signed = cms.parse_signed_data(inventory.tags[layout.CMS].data)
    leaf = signed.find_signer()
    listed = load_certificates(inventory.tags[layout.CERTIFICATES].data)
    if leaf is None:
        found.fail(name, "the signer's certificate is not inside")
        return None, None
    if signed.content is not None or signed.content_type != cms.DATA:
        found.fail(name, "it is not detached")
    if signed.unsigned_attributes or signed.revocation_lists:
        found.fail(name, "it holds what is not signed")
    if sorted(signed.certificates) != sorted(der_of(one) for one in listed) or not listed or listed[0] != leaf:
        found.fail(name, "its certificates are not those in metadata/certificates.pem")
    digest = hashlib.new(signed.digest, inventory.tags[layout.SIGNED].data).digest()
    for fault in signed.faults(digest, leaf):
        found.fail(name, fault)
    found.note(name)
    return signed, leaf


def _check_stamp(
    inventory: Inventory, found: Findings, late_stamp: bytes | None, head: EvidenceHead | None
) -> timestamp.TimeStamp | None:
    name = "time-stamp"
    tag = inventory.tags.get(layout.STAMP)
    stamped = head is not None and head.stamped
    if tag is not None and not stamped:
        found.fail(name, "there is one inside, though the package says that it was sealed without")
    data = tag.data if tag is not None else None if late_stamp is None else timestamp.token_in(late_stamp)
    if data is None:
        taken = "; the package was sealed with one: somebody took it out" if stamped else ""
        found.doubt(name, f"there is none: when it was signed rests on the signer's clock{taken}")
        return None
    stamp = timestamp.parse_token(data)
    faults = stamp.faults(inventory.tags[layout.CMS].data)
    if stamp.signed.unsigned_attributes or stamp.signed.revocation_lists:
        faults.append("it holds what is not signed")
    if head is not None and stamp.made_at.timestamp() < head.sealed_at.timestamp() - CLOCK_SECONDS:
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
    others = [one for data in stamp.signed.certificates if (one := load_certificate(data)) is not None]
    if leaf is None or len(others) != len(stamp.signed.certificates):
        found.fail(name, "it holds a certificate that cannot be read")
        return False
    path = find_path(leaf, others, trust.stamp_roots, at=stamp.made_at, usage=timestamp.TIME_STAMPING)
    idle = strangers(path, others)
    wrong, unknown = revocation(path.chain, trust.revocations, at=stamp.made_at, stamping=True)
    if not path.trusted:
        found.doubt(name, stranger(path, "give the authority's root: --stamp-trust"))
        return False
    if idle:
        unvouched = idle[0].subject.rfc4514_string()[:200]
        found.doubt(name, f"it holds a certificate that nothing vouches for: {unvouched!r}; trust the root above it")
    for fault in (*path.faults, *wrong):
        found.fail(name, fault)
    found.note(name, "; ".join((path.chain[-1].subject.rfc4514_string(), *unknown)))
    return not (path.faults or wrong or idle)
