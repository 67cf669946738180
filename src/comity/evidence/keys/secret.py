"""Private keys as PrivateKeyInfo (DER), by what they are for."""

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from comity.evidence.errors import KeyFileError
from comity.evidence.keys.identity import KeyUse
from comity.evidence.keys.recipient import SEED_BYTES, recipient_of

if TYPE_CHECKING:
    from collections.abc import Callable

ECDSA_P256, RSA_3072 = "ECDSA-P256", "RSA-3072"
ALGORITHMS = {
    KeyUse.NOTE: "Ed25519",
    KeyUse.NOTE_PQ: "ML-DSA-44",
    KeyUse.CERTIFICATE: ECDSA_P256,
    KeyUse.SIGNATURE_PQ: "ML-DSA-65",
    KeyUse.RECIPIENT: "X25519",
    KeyUse.RECIPIENT_PQ: "MLKEM768-X25519",
}
"""What is made for each use; a certificate key may be RSA-3072 instead."""


def new_secret(use: KeyUse, algorithm: str, random_bytes: "Callable[[int], bytes]") -> bytes:
    """A new private key; the hybrid one from `random_bytes`, the others from OpenSSL's own generator."""
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, mldsa, rsa, x25519

    from comity.evidence.keys.pkcs8 import encode_xwing

    if use is KeyUse.RECIPIENT_PQ:
        return encode_xwing(random_bytes(SEED_BYTES))
    makers: dict[str, Callable[[], Any]] = {
        "Ed25519": ed25519.Ed25519PrivateKey.generate,
        "ML-DSA-44": mldsa.MLDSA44PrivateKey.generate,
        "ML-DSA-65": mldsa.MLDSA65PrivateKey.generate,
        "X25519": x25519.X25519PrivateKey.generate,
        ECDSA_P256: lambda: ec.generate_private_key(ec.SECP256R1()),
        RSA_3072: lambda: rsa.generate_private_key(public_exponent=65537, key_size=3072),
    }
    return to_der(makers[algorithm]())


def to_der(key: Any) -> bytes:
    """A private key of `cryptography` as PrivateKeyInfo."""
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    return bytes(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))


def load_key(der: bytes, *, what: str) -> Any:
    """The private key of `cryptography` in a PrivateKeyInfo; KeyFileError where it cannot be read."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_der_private_key

    try:
        return load_der_private_key(der, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyFileError(
            what=what, problem=f"holds no usable key: {error}", remedy="restore it from a copy"
        ) from None


def seed_of(use: KeyUse, der: bytes, *, what: str) -> bytes:
    """The 32 secret bytes of a recipient's key; KeyFileError where it is of another kind."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    from comity.evidence.keys.pkcs8 import decode_xwing

    if use is KeyUse.RECIPIENT_PQ:
        try:
            return decode_xwing(der)
        except ValueError as error:
            raise KeyFileError(what=what, problem=str(error), remedy="restore it from a copy") from None
    key = load_key(der, what=what)
    if not isinstance(key, X25519PrivateKey):
        raise KeyFileError(what=what, problem="not an X25519 key", remedy="restore it from a copy")
    return key.private_bytes_raw()


def public_of(use: KeyUse, der: bytes) -> tuple[str, str]:
    """The public half as others get it (PEM, or an age recipient), and its fingerprint."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    if use in {KeyUse.RECIPIENT, KeyUse.RECIPIENT_PQ}:
        recipient = recipient_of(use, seed_of(use, der, what="new key"))
        return recipient, fingerprint_of(recipient)
    pem = load_key(der, what="new key").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return pem.decode(), fingerprint_of(pem.decode())


def fingerprint_of(public: str) -> str:
    """SHA-256, hexadecimal: of the DER inside a PEM (as `openssl pkey -pubin -outform DER | sha256sum` gives it), or of
    an age recipient's text."""
    if not public.startswith("-----"):
        return sha256(public.encode()).hexdigest()
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

    key = load_pem_public_key(public.encode())
    return sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()
