"""Making a detached CMS signature: RFC 5652 with the attributes of CAdES-BES (ETSI EN 319 122-1 5)."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from comity.evidence import cms, der

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    CertificateKey = EllipticCurvePrivateKey | RSAPrivateKey


def sign_detached(
    content: bytes, key: "CertificateKey", chain: "Sequence[x509.Certificate]", *, signed_at: datetime
) -> bytes:
    """A signature in DER over content that stays outside; `chain` leaf first, all of it goes in."""
    from cryptography.hazmat.primitives.serialization import Encoding

    encoded = [certificate.public_bytes(Encoding.DER) for certificate in chain]
    leaf = chain[0]
    attributes = [
        _attribute(cms.CONTENT_TYPE, der.write_oid(cms.DATA)),
        _attribute(cms.SIGNING_TIME, der.write_time(signed_at)),
        _attribute(cms.MESSAGE_DIGEST, der.write(der.OCTETS, hashlib.sha512(content).digest())),
        _attribute(cms.SIGNING_CERTIFICATE_V2, _certificate_id(encoded[0])),
    ]
    signature, algorithm = _sign(key, der.write_set(attributes))
    digest = der.write(der.SEQUENCE, der.write_oid(cms.SHA512))
    signer = der.write(
        der.SEQUENCE,
        der.write_integer(1),
        der.write(der.SEQUENCE, leaf.issuer.public_bytes(), der.write_integer(leaf.serial_number)),
        digest,
        der.write_set(attributes, tag=0xA0),
        algorithm,
        der.write(der.OCTETS, signature),
    )
    body = der.write(
        der.SEQUENCE,
        der.write_integer(1),
        der.write_set([digest]),
        der.write(der.SEQUENCE, der.write_oid(cms.DATA)),
        der.write_set(encoded, tag=0xA0),
        der.write_set([signer]),
    )
    return der.write(der.SEQUENCE, der.write_oid(cms.SIGNED_DATA), der.write(0xA0, body))


def _attribute(kind: str, value: bytes) -> bytes:
    return der.write(der.SEQUENCE, der.write_oid(kind), der.write_set([value]))


def _certificate_id(encoded: bytes) -> bytes:
    """SigningCertificateV2 with one ESSCertIDv2 by SHA-512 (RFC 5035 4)."""
    digest = der.write(der.SEQUENCE, der.write_oid(cms.SHA512))
    ident = der.write(der.SEQUENCE, digest, der.write(der.OCTETS, hashlib.sha512(encoded).digest()))
    return der.write(der.SEQUENCE, der.write(der.SEQUENCE, ident))


def _sign(key: "CertificateKey", data: bytes) -> tuple[bytes, bytes]:
    """Signature and AlgorithmIdentifier."""
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
    from cryptography.hazmat.primitives.hashes import SHA512

    if isinstance(key, rsa.RSAPrivateKey):
        algorithm = der.write(der.SEQUENCE, der.write_oid(cms.RSA), der.write(der.NULL))
        return key.sign(data, padding.PKCS1v15(), SHA512()), algorithm
    algorithm = der.write(der.SEQUENCE, der.write_oid(cms.ECDSA_SHA512))
    return key.sign(data, ec.ECDSA(SHA512())), algorithm
