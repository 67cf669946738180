"""Signing keys to and from PKCS#12 (RFC 7292), as browsers, mail programs and smart-card tools pass them on."""

from typing import TYPE_CHECKING

from comity.evidence.errors import KeyFileError, PassphraseError
from comity.evidence.keys.certificate import public_der
from comity.evidence.keys.encryption import check_new_passphrase
from comity.evidence.keys.secret import to_der
from comity.evidence.keys.store import Unlocked

if TYPE_CHECKING:
    from cryptography import x509

PKCS12_BYTES_MAX = 1 << 20
_ROUNDS = 600_000
"""Of PBKDF2 with SHA-256."""


def export_pkcs12(unlocked: Unlocked, passphrase: bytes) -> bytes:
    """The current certificate key with its chain, encrypted with AES-256 under another passphrase.

    PassphraseError where it is short: a guess costs only the 2,048 rounds of the file's MAC, which the library fixes.
    """
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12

    check_new_passphrase(passphrase)
    encryption = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(_ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(SHA256())
        .build(passphrase)
    )
    leaf, *above = unlocked.certificate_chain()
    return pkcs12.serialize_key_and_certificates(
        unlocked.public.name.encode(), unlocked.certificate_key(), leaf, above, encryption
    )


def read_pkcs12(data: bytes, passphrase: bytes, *, what: str) -> "tuple[bytes, tuple[x509.Certificate, ...]]":
    """The private key (PrivateKeyInfo) and its chain, leaf first; PassphraseError or KeyFileError where it has none."""
    from cryptography.hazmat.primitives.serialization import pkcs12

    if len(data) > PKCS12_BYTES_MAX:
        raise KeyFileError(what=what, problem="too large for a key", remedy="give the .p12 file")
    try:
        key, leaf, above = pkcs12.load_key_and_certificates(data, passphrase)
    except ValueError as error:
        if "password" in str(error).lower():
            problem, remedy = "the passphrase does not open it", "try another passphrase"
            raise PassphraseError(what=what, problem=problem, remedy=remedy) from None
        raise KeyFileError(what=what, problem=f"is not PKCS#12: {error}", remedy="give the .p12 file") from None
    if key is None or leaf is None:
        remedy = "export it again with its key and certificate"
        raise KeyFileError(what=what, problem="holds no key with its certificate", remedy=remedy)
    return to_der(key), _ordered(leaf, above)


def _ordered(leaf: "x509.Certificate", others: "list[x509.Certificate]") -> "tuple[x509.Certificate, ...]":
    """The leaf and, each above the last, those that issued it; what does not belong is left out."""
    chain, left = [leaf], [one for one in others if public_der(one.public_key()) != public_der(leaf.public_key())]
    while issuer := next((one for one in left if one.subject == chain[-1].issuer), None):
        chain.append(issuer)
        left.remove(issuer)
    return tuple(chain)
