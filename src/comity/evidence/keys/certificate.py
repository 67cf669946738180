"""X.509 for signing keys: requests for a CA, a first certificate of one's own, and reading what a CA sends back."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from comity.evidence.errors import KeyFileError
from comity.evidence.keys.identity import PublicIdentity
from comity.evidence.keys.secret import ECDSA_P256

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    SigningKey = EllipticCurvePrivateKey | RSAPrivateKey

SELF_SIGNED_DAYS = 3 * 365
CERTIFICATES_MAX = 10
RSA_BITS_MIN = 2048
_DOCUMENT_SIGNING = "1.3.6.1.5.5.7.3.36"
"""id-kp-documentSigning (RFC 9336)."""


def subject_of(identity: PublicIdentity) -> "x509.Name":
    """The distinguished name: state, agency, display name."""
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    parts = (
        (NameOID.COUNTRY_NAME, identity.state[:2]),
        (NameOID.ORGANIZATION_NAME, identity.agency[:64]),
        (NameOID.COMMON_NAME, identity.display_name[:64]),
    )
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts if value])


def signing_extensions(identity_name: str) -> "list[tuple[x509.ExtensionType, bool]]":
    """What a certificate for signing evidence may do, each with whether it is critical (RFC 5280 4.2.1).

    E-mail protection is there because OpenSSL's S/MIME purpose, by which `openssl cms -verify` judges, asks for it.
    """
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    uses = [ExtendedKeyUsageOID.EMAIL_PROTECTION, x509.ObjectIdentifier(_DOCUMENT_SIGNING)]
    return [
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (_key_usage(digital_signature=True, content_commitment=True), True),
        (x509.ExtendedKeyUsage(uses), False),
        (x509.SubjectAlternativeName([x509.UniformResourceIdentifier(f"https://{identity_name}")]), False),
    ]


def new_request(identity: PublicIdentity, key: "SigningKey") -> str:
    """A certificate signing request (PKCS#10) in PEM, for the agency's CA."""
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding

    builder = x509.CertificateSigningRequestBuilder().subject_name(subject_of(identity))
    for extension, critical in signing_extensions(identity.name):
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(key, SHA256()).public_bytes(Encoding.PEM).decode()


def self_signed(identity: PublicIdentity, key: "SigningKey", *, now: datetime) -> str:
    """A first certificate in PEM, signed by its own key: usable at once, trusted by those who compare fingerprints."""
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding

    name = subject_of(identity)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now.replace(microsecond=0))
        .not_valid_after(now.replace(microsecond=0) + timedelta(days=SELF_SIGNED_DAYS))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    for extension, critical in signing_extensions(identity.name):
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(key, SHA256()).public_bytes(Encoding.PEM).decode()


def read_chain(data: bytes, *, what: str) -> "tuple[x509.Certificate, ...]":
    """Certificates in PEM, or one in DER, leaf first; KeyFileError where each is not issued by the next."""
    chain = _load(data, what=what)
    if len(chain) > CERTIFICATES_MAX:
        raise _bad(what, f"more than {CERTIFICATES_MAX} certificates", "give the certificate and those above it")
    for lower, upper in pairwise(chain):
        try:
            lower.verify_directly_issued_by(upper)
        except Exception as error:
            problem = f"{lower.subject.rfc4514_string()} is not issued by {upper.subject.rfc4514_string()}"
            raise _bad(what, problem, "give the chain in order, its own certificate first") from error
    return chain


def to_pem(chain: "Sequence[x509.Certificate]") -> str:
    """Certificates as PEM, in their order."""
    from cryptography.hazmat.primitives.serialization import Encoding

    return "".join(certificate.public_bytes(Encoding.PEM).decode() for certificate in chain)


def public_der(key: Any) -> bytes:
    """SubjectPublicKeyInfo of a public key, to tell whether two are the same."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return bytes(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


def algorithm_of(public: Any) -> str:
    """What a certificate's key is called here; KeyFileError for a kind that common CMS tools do not check."""
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    match public:
        case EllipticCurvePublicKey():
            return ECDSA_P256 if public.curve.name == "secp256r1" else f"ECDSA-{public.curve.name}"
        case RSAPublicKey() if public.key_size >= RSA_BITS_MIN:
            return f"RSA-{public.key_size}"
        case _:
            remedy = f"use an elliptic-curve key, or RSA with {RSA_BITS_MIN:,} bits or more"
            raise KeyFileError(what="certificate", problem="its key is of a kind or size not to rely on", remedy=remedy)


def _load(data: bytes, *, what: str) -> "tuple[x509.Certificate, ...]":
    from cryptography import x509

    try:
        if b"-----BEGIN" in data:
            return tuple(x509.load_pem_x509_certificates(data))
        return (x509.load_der_x509_certificate(data),)
    except ValueError as error:
        raise _bad(what, f"holds no certificate: {error}", "give PEM or DER as the CA sent it") from None


def _key_usage(
    *, digital_signature: bool = False, content_commitment: bool = False, ca: bool = False
) -> "x509.KeyUsage":
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=content_commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )


def ca_extensions() -> "list[tuple[x509.ExtensionType, bool]]":
    """What an offline CA's own certificate may do: issue certificates for signers and lists of revoked ones."""
    from cryptography import x509

    return [(x509.BasicConstraints(ca=True, path_length=0), True), (_key_usage(ca=True), True)]


def _bad(what: str, problem: str, remedy: str) -> KeyFileError:
    return KeyFileError(what=what, problem=problem, remedy=remedy)
