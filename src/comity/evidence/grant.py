"""The owner's consent to more use of a package: a small file, signed by the owner's certificate."""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from comity.evidence import cms
from comity.evidence.certpath import find_path, revoked_later
from comity.evidence.errors import LimitationError, SignatureFormatError
from comity.evidence.keys import PublicIdentity, keys_for
from comity.evidence.keys.identity import KeyUse
from comity.evidence.limitation import Grant
from comity.evidence.package.certfiles import load_certificate, pem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from cryptography import x509

GRANT_BYTES_MAX = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The package that a consent must be for, and whose it must be."""

    package: str
    signed_list_sha512: str
    """Of its ``signatures/tagmanifests.sha512``, hexadecimal: no other package has the same."""
    owners: "Sequence[x509.Certificate] | PublicIdentity"
    sealed_by_owner: bool
    """False: another sealed it, under an id of its own choice, so that a consent must name its seal."""
    roots: "Sequence[x509.Certificate]" = ()
    """Authorities that one trusts."""
    revocations: "Sequence[x509.CertificateRevocationList]" = ()


def encode_grant(grant: Grant) -> bytes:
    """The bytes that are signed."""
    return msgspec.json.format(msgspec.json.encode(grant), indent=2) + b"\n"


def read_grant(data: bytes, signature: bytes, asked: Asked, *, now: "datetime") -> Grant:
    """A consent that one of the owner's certificates signed, for this package; LimitationError where it is none.

    Of an owner whom one knows, every key counts that was not revoked, while it was in use: nothing but the signer's
    clock says when a consent was signed, so that a revoked key, or a certificate on a list, consents to nothing.

    `openssl cms -verify -binary -inform DER -in GRANT.p7s -content GRANT` checks it too.
    """
    try:
        grant = msgspec.json.decode(data[: GRANT_BYTES_MAX + 1], type=Grant)
        signed = cms.parse_signed_data(signature)
        leaf = signed.find_signer()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, SignatureFormatError, ValueError) as error:
        raise _bad(f"cannot be read: {error}") from None
    if leaf is None:
        raise _bad("is not signed by the owner of the evidence")
    if isinstance(asked.owners, PublicIdentity):
        _refuse_key(leaf, asked.owners, at=signed.signing_time or now)
    elif leaf not in asked.owners:
        raise _bad("is not signed by the owner of the evidence")
    faults = signed.faults(hashlib.new(signed.digest, data).digest(), leaf)
    faults += find_path(leaf, (), (leaf,), at=signed.signing_time or now, usage="").faults
    if signed.content is not None:
        faults.append("the signature is not detached")
    faults += _revoked(leaf, signed, asked, at=signed.signing_time or now)
    if faults:
        raise _bad(f"does not hold: {'; '.join(faults)}")
    _refuse_other(grant, asked)
    return grant


def _refuse_other(grant: Grant, asked: Asked) -> None:
    if grant.package != asked.package:
        raise _bad(f"is for package {grant.package!r}, not for {asked.package!r}")
    if grant.signed_list_sha512 not in ("", asked.signed_list_sha512):
        raise _bad(f"is for another package of the id {grant.package!r}: its seal is {grant.signed_list_sha512}")
    if not (grant.signed_list_sha512 or asked.sealed_by_owner):
        raise LimitationError(
            what="consent",
            problem=f"names {grant.package!r} by an id alone, which is not the owner's: another sealed it",
            remedy=f"ask the owner for one that names its seal (--seal {asked.signed_list_sha512})",
        )


def _revoked(leaf: "x509.Certificate", signed: cms.SignedData, asked: Asked, *, at: "datetime") -> list[str]:
    """That a list names the certificate, or one above it, whenever it was revoked."""
    beside = [one for data in signed.certificates if (one := load_certificate(data)) is not None]
    path = find_path(leaf, beside, asked.roots, at=at, usage="")
    return revoked_later(path.chain, asked.revocations, at=None)


def _refuse_key(leaf: "x509.Certificate", owner: PublicIdentity, *, at: "datetime") -> None:
    text = pem(leaf)
    keys = [k for k in keys_for(owner, KeyUse.CERTIFICATE) if any(chain.startswith(text) for chain in k.certificates)]
    if not keys:
        raise _bad(f"is not signed by the owner of the evidence, {owner.name}, as you know it (comity key import)")
    key = keys[0]
    if key.revoked_at is not None:
        raise _bad(f"is signed by a key that {owner.name} revoked at {key.revoked_at.isoformat()}")
    if key.not_after is not None and at > key.not_after:
        raise _bad(f"is signed by a key that {owner.name} has not used since {key.not_after.isoformat()}")


def _bad(problem: str) -> LimitationError:
    return LimitationError(what="consent", problem=problem, remedy="ask the owner for one")
