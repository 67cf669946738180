"""The signatures over a package: CMS with a certificate, ML-DSA-65 beside it, and a time stamp over the first."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from comity.evidence import timestamp
from comity.evidence.cms_sign import sign_detached
from comity.evidence.package.layout import TAGS_SHA256, TAGS_SHA512

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

NONCE_BYTES = 16
Authority = Callable[[bytes], bytes]
"""A time-stamping authority: TimeStampReq in, TimeStampResp out, both DER (RFC 3161)."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Signer:
    """The sender's keys."""

    key: "EllipticCurvePrivateKey | RSAPrivateKey"
    chain: "Sequence[x509.Certificate]"
    """Leaf first."""
    pq_key: "MLDSA65PrivateKey"

    def certificates_pem(self) -> bytes:
        from cryptography.hazmat.primitives.serialization import Encoding

        return b"".join(certificate.public_bytes(Encoding.PEM) for certificate in self.chain)

    def pq_pem(self) -> bytes:
        """The public key that verifies the post-quantum signature (RFC 9881)."""
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        return self.pq_key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatures:
    """What stands at the end of a package."""

    cms: bytes
    pq: bytes
    stamp: bytes | None


def signed_text(tags_sha256: bytes, tags_sha512: bytes) -> bytes:
    """What is signed: the SHA-512 of both tag manifests, which name all else. ``sha512sum -c`` reads it."""
    return b"".join(
        f"{hashlib.sha512(data).hexdigest()}  {name}\n".encode()
        for name, data in ((TAGS_SHA256, tags_sha256), (TAGS_SHA512, tags_sha512))
    )


def sign(
    text: bytes,
    signer: Signer,
    *,
    signed_at: datetime,
    authority: Authority | None,
    random_bytes: Callable[[int], bytes],
) -> Signatures:
    """Both signatures and the stamp; TimeStampError where the authority gives none."""
    cms = sign_detached(text, signer.key, signer.chain, signed_at=signed_at)
    stamp = None
    if authority is not None:
        nonce = int.from_bytes(random_bytes(NONCE_BYTES), "big")
        stamp = timestamp.take_token(authority(timestamp.ask(cms, nonce=nonce)), cms, nonce=nonce)
    return Signatures(cms=cms, pq=signer.pq_key.sign(text), stamp=stamp)
