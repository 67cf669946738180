"""Detached signatures in CMS (RFC 5652) with the attributes of CAdES-BES (ETSI EN 319 122-1): made and checked.

``openssl cms -verify -binary -inform DER -in FILE.p7s -content FILE`` checks them too.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from comity.evidence import der
from comity.evidence.errors import SignatureFormatError

if TYPE_CHECKING:
    from cryptography import x509

DATA = "1.2.840.113549.1.7.1"
SIGNED_DATA = "1.2.840.113549.1.7.2"
CONTENT_TYPE = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
SIGNING_TIME = "1.2.840.113549.1.9.5"
SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12"
SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47"
DIGESTS = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
    "1.3.14.3.2.26": "sha1",
}
"""Known digests; SHA-1 only where an old attribute names a certificate by it (RFC 2634), never for content."""
SHA512 = "2.16.840.1.101.3.4.2.3"
RSA = "1.2.840.113549.1.1.1"
RSA_PSS = "1.2.840.113549.1.1.10"
_MGF1 = "1.2.840.113549.1.1.8"
ECDSA_SHA512 = "1.2.840.10045.4.3.4"
_RSA_DIGESTS = {"1.2.840.113549.1.1.11": "sha256", "1.2.840.113549.1.1.12": "sha384", "1.2.840.113549.1.1.13": "sha512"}
_ECDSA_DIGESTS = {"1.2.840.10045.4.3.2": "sha256", "1.2.840.10045.4.3.3": "sha384", ECDSA_SHA512: "sha512"}
_CONTEXT_0, _CONTEXT_1 = 0xA0, 0xA1
_KEY_ID = 0x80


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedData:
    """A CMS signature by one signer, as read."""

    content_type: str
    content: bytes | None
    """The content inside; None where it is detached."""
    certificates: tuple[bytes, ...]
    """DER, as found."""
    revocation_lists: int
    """How many revocation lists lie inside: they are not signed."""
    digest: str
    """hashlib's name."""
    signed_attributes: dict[str, der.Value]
    """By type: the one value of each."""
    signed_bytes: bytes
    """What the signature is over."""
    algorithm: der.Value
    signature: bytes
    signer: der.Value
    """Issuer and serial number, or key identifier."""
    unsigned_attributes: int

    @property
    def signing_time(self) -> datetime | None:
        """What the signer claims; proven only by a time stamp."""
        value = self.signed_attributes.get(SIGNING_TIME)
        return None if value is None else value.time()

    def find_signer(self) -> "x509.Certificate | None":
        """The signer's certificate among those inside; SignatureFormatError where one cannot be read."""
        from cryptography import x509

        try:
            certificates = [x509.load_der_x509_certificate(data) for data in self.certificates]
            return next((one for one in certificates if _names(self.signer, one)), None)
        except SignatureFormatError:
            raise
        except Exception as error:  # noqa: BLE001  a hostile certificate: the library raises whatever its parts raise
            raise _bad(f"holds a certificate that cannot be read: {error}") from None

    def faults(self, content_digest: bytes, certificate: "x509.Certificate") -> list[str]:
        """Why the signature is not one by this certificate's key over content with this digest; empty: it is."""
        found = []
        stated = self.signed_attributes[MESSAGE_DIGEST].expect(der.OCTETS).content
        if not hmac.compare_digest(stated, content_digest):
            found.append("the content is not what was signed")
        if self.signed_attributes[CONTENT_TYPE].oid() != self.content_type:
            found.append("the kind of content is not what was signed")
        if not _is_bound(self.signed_attributes, certificate):
            found.append("the certificate is not the one that was signed with")
        if not _verifies(self, certificate):
            found.append("the signature does not verify")
        return found


def parse_signed_data(data: bytes) -> SignedData:
    """The signature in a ContentInfo; SignatureFormatError where it is not one signature with signed attributes."""
    kind, wrapped = _exactly(der.parse(data).parts(), 2, "ContentInfo")
    if kind.oid() != SIGNED_DATA:
        raise _bad("is no CMS signature")
    (body,) = _exactly(wrapped.parts(_CONTEXT_0), 1, "ContentInfo")
    version, digests, inner, *rest = _at_least(body.parts(), 4, "SignedData")
    certificates = [_certificate(part) for part in _optional(rest, _CONTEXT_0)]
    lists = len(_optional(rest, _CONTEXT_1))
    (signers,) = _exactly(rest, 1, "SignedData")
    (signer,) = _exactly(signers.parts(der.SET), 1, "SignerInfos")
    inner_type, *inner_content = _at_least(inner.parts(), 1, "EncapsulatedContentInfo")
    content_type = inner_type.oid()
    found = _parse_signer(signer, content_type, _content(inner_content), certificates, lists)
    if version.integer() != (1 if content_type == DATA and found.signer.tag == der.SEQUENCE else 3):
        raise _bad("has a version that does not fit its content")
    if [_digest(algorithm) for algorithm in digests.parts(der.SET)] != [found.digest]:
        raise _bad("names other digests than its signer")
    return found


def algorithm_name(signed: SignedData) -> str:
    """The signature's algorithm in words, such as ``ECDSA with SHA-512``."""
    kind = _at_least(signed.algorithm.parts(), 1, "AlgorithmIdentifier")[0].oid()
    digest = _RSA_DIGESTS.get(kind) or _ECDSA_DIGESTS.get(kind) or signed.digest
    if kind in _ECDSA_DIGESTS:
        family = "ECDSA"
    elif kind == RSA_PSS:
        family = "RSASSA-PSS"
    else:
        family = "RSA PKCS #1 v1.5" if kind == RSA or kind in _RSA_DIGESTS else kind
    return f"{family} with {digest.upper().replace('SHA', 'SHA-')}"


def _parse_signer(
    signer: der.Value, content_type: str, content: bytes | None, certificates: list[bytes], lists: int
) -> SignedData:
    version, sid, digest, *rest = _at_least(signer.parts(), 5, "SignerInfo")
    if version.integer() != (1 if sid.tag == der.SEQUENCE else 3):
        raise _bad("has a signer whose version does not fit")
    if not rest or rest[0].tag != _CONTEXT_0:
        raise _bad("has no signed attributes")
    attributes, algorithm, signature, *last = _at_least(rest, 3, "SignerInfo")
    unsigned = len(_optional(last, _CONTEXT_1))
    if last:
        raise _bad("has more than a signer holds")
    named: dict[str, der.Value] = {}
    for attribute in attributes.parts(_CONTEXT_0):
        kind, values = _exactly(attribute.parts(), 2, "Attribute")
        (value,) = _exactly(values.parts(der.SET), 1, "attribute values")
        if kind.oid() in named:
            raise _bad("signs an attribute twice")
        named[kind.oid()] = value
    if MESSAGE_DIGEST not in named or CONTENT_TYPE not in named:
        raise _bad("signs no digest of its content")
    return SignedData(
        content_type=content_type,
        content=content,
        certificates=tuple(certificates),
        revocation_lists=lists,
        digest=_digest(digest),
        signed_attributes=named,
        signed_bytes=bytes((der.SET,)) + attributes.raw[1:],
        algorithm=algorithm,
        signature=signature.expect(der.OCTETS).content,
        signer=sid,
        unsigned_attributes=unsigned,
    )


def _certificate(value: der.Value) -> bytes:
    *_, signature = _exactly(value.parts(), 3, "Certificate")
    if signature.expect(der.BITS).content[:1] != b"\0":
        raise _bad("has a certificate whose signature is no whole number of bytes")  # libraries pass over that
    return value.raw


def _content(parts: list[der.Value]) -> bytes | None:
    if not parts:
        return None
    (wrapped,) = _exactly(parts, 1, "content")
    (octets,) = _exactly(wrapped.parts(_CONTEXT_0), 1, "content")
    return octets.expect(der.OCTETS).content


def _digest(algorithm: der.Value) -> str:
    kind, *parameters = _at_least(algorithm.parts(), 1, "AlgorithmIdentifier")
    name = DIGESTS.get(kind.oid(), "")
    if name in ("", "sha1") or [part.raw for part in parameters] not in ([], [b"\x05\x00"]):
        raise _bad(f"uses a digest that is not accepted ({kind.oid()})")
    return name


def _names(signer: der.Value, certificate: "x509.Certificate") -> bool:
    from cryptography import x509

    if signer.tag == der.SEQUENCE:
        issuer, serial = _exactly(signer.parts(), 2, "signer")
        return issuer.raw == certificate.issuer.public_bytes() and serial.integer() == certificate.serial_number
    try:
        extension = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    except x509.ExtensionNotFound:
        return False
    return signer.expect(_KEY_ID).content == extension.value.digest


def _is_bound(attributes: dict[str, der.Value], certificate: "x509.Certificate") -> bool:
    """True where the signed attributes name the certificate by its hash (RFC 5035; RFC 2634 for old time stamps)."""
    from cryptography.hazmat.primitives.serialization import Encoding

    encoded = certificate.public_bytes(Encoding.DER)
    if SIGNING_CERTIFICATE_V2 in attributes:
        first = _at_least(attributes[SIGNING_CERTIFICATE_V2].parts(), 1, "signing certificate")[0]
        ident = _at_least(_at_least(first.parts(), 1, "certificates")[0].parts(), 1, "certificate id")
        name = "sha256"
        if ident[0].tag == der.SEQUENCE:
            name = DIGESTS.get(_at_least(ident.pop(0).parts(), 1, "digest")[0].oid(), "")
    elif SIGNING_CERTIFICATE in attributes:
        first = _at_least(attributes[SIGNING_CERTIFICATE].parts(), 1, "signing certificate")[0]
        ident = _at_least(_at_least(first.parts(), 1, "certificates")[0].parts(), 1, "certificate id")
        name = "sha1"
    else:
        return False
    if not name or not ident:
        return False
    return hmac.compare_digest(ident[0].expect(der.OCTETS).content, hashlib.new(name, encoded).digest())


def _verifies(signed: SignedData, certificate: "x509.Certificate") -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

    kind, *parameters = _at_least(signed.algorithm.parts(), 1, "AlgorithmIdentifier")
    name = kind.oid()
    known = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}
    try:
        key = certificate.public_key()
    except Exception:  # noqa: BLE001  as above
        return False
    bare = [part.raw for part in parameters] in ([], [b"\x05\x00"])
    try:
        if isinstance(key, rsa.RSAPublicKey) and bare and (name == RSA or name in _RSA_DIGESTS):
            digest = known[_RSA_DIGESTS.get(name, signed.digest)]
            key.verify(signed.signature, signed.signed_bytes, padding.PKCS1v15(), digest)
        elif isinstance(key, rsa.RSAPublicKey) and name == RSA_PSS:
            if [part.raw for part in parameters] not in _pss_parameters(signed.digest):
                return False
            digest = known[signed.digest]
            pss = padding.PSS(padding.MGF1(digest), digest.digest_size)
            key.verify(signed.signature, signed.signed_bytes, pss, digest)
        elif isinstance(key, ec.EllipticCurvePublicKey) and bare and name in _ECDSA_DIGESTS:
            key.verify(signed.signature, signed.signed_bytes, ec.ECDSA(known[_ECDSA_DIGESTS[name]]))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _pss_parameters(digest: str) -> list[list[bytes]]:
    """RSASSA-PSS-params (RFC 4055 3.1) as they may be written: one digest throughout, and a salt as long as it."""
    kind = next(der.write_oid(oid) for oid, name in DIGESTS.items() if name == digest)
    forms = []
    for null in (der.write(der.NULL), b""):
        algorithm = der.write(der.SEQUENCE, kind, null)
        masks = der.write(der.SEQUENCE, der.write_oid(_MGF1), algorithm)
        salt = der.write_integer(hashlib.new(digest).digest_size)
        fields = (der.write(tag, one) for tag, one in ((0xA0, algorithm), (0xA1, masks), (0xA2, salt)))
        forms.append([der.write(der.SEQUENCE, *fields)])
    return forms


def _optional(rest: list[der.Value], tag: int) -> list[der.Value]:
    return rest.pop(0).parts(tag) if rest and rest[0].tag == tag else []


def _exactly(parts: list[der.Value], count: int, what: str) -> list[der.Value]:
    if len(parts) != count:
        raise _bad(f"has {len(parts)} parts in its {what}, not {count}")
    return parts


def _at_least(parts: list[der.Value], count: int, what: str) -> list[der.Value]:
    if len(parts) < count:
        raise _bad(f"has {len(parts)} parts in its {what}, fewer than {count}")
    return parts


def _bad(problem: str) -> SignatureFormatError:
    return SignatureFormatError(what="signature", problem=problem, remedy="make it anew, or ask its maker")
