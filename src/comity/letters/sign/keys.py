"""Keys with which a letter is signed: from PEM files, a PKCS#12 file, or a token (PKCS#11).

Passphrases and PINs are arguments, never read from a command line or the environment.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from comity.letters.errors import SigningError
from comity.letters.sign.held import held_signer

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from pyhanko.sign import Signer

_ASK = "check the file and its passphrase"


@dataclass(frozen=True, slots=True, kw_only=True)
class PemKey:
    """A private key and its certificate, each PEM or DER; `chain` holds certificates of the issuers."""

    key: bytes = field(repr=False)
    certificate: bytes
    chain: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pkcs12Key:
    """A key with its certificates in one file (RFC 7292)."""

    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenKey:
    """A key that never leaves a card or token."""

    module: str
    """Path of the maker's PKCS#11 library."""
    token: str
    """Label of the token."""
    label: str
    """Label of the key, and of its certificate."""
    chain: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldKey:
    """A key that is open already, with its certificates (PEM, leaf first)."""

    key: "EllipticCurvePrivateKey | RSAPrivateKey" = field(repr=False)
    chain: bytes


KeySource = PemKey | Pkcs12Key | TokenKey | HeldKey


@contextmanager
def open_key(source: KeySource, passphrase: str | None = None) -> Iterator["Signer"]:
    """The key, ready to sign; SigningError where it cannot be opened or has no certificate."""
    match source:
        case PemKey():
            yield _pem(source, passphrase)
        case Pkcs12Key():
            yield _pkcs12(source, passphrase)
        case TokenKey():
            with _token(source, passphrase) as signer:
                yield signer
        case HeldKey():
            yield held_signer(source.key, source.chain)


def certificates(data: bytes, *, what: str) -> "list[Certificate]":
    """Every certificate in PEM or DER; SigningError where there is none that can be read."""
    from pyhanko.keys import load_certs_from_pemder_data

    try:
        found = list(load_certs_from_pemder_data(data))
        for one in found:
            one.native  # noqa: B018  asn1crypto reads only what is asked for: a torn certificate shows itself here
    except (ValueError, TypeError, KeyError) as error:
        raise SigningError(what=what, problem=f"no certificate ({error})", remedy="give PEM or DER") from None
    if not found:
        raise SigningError(what=what, problem="no certificate in it", remedy="give PEM or DER")
    return found


def subject(certificate: "Certificate") -> str:
    """Whose certificate it is, as people say it: common name and organisation."""
    native = certificate.subject.native
    names = [native.get(part) for part in ("common_name", "organizational_unit_name", "organization_name")]
    told = [", ".join(map(str, name)) if isinstance(name, list) else str(name) for name in names if name]
    return ", ".join(dict.fromkeys(told)) or str(certificate.subject.human_friendly)


def _pem(source: PemKey, passphrase: str | None) -> "Signer":
    from pyhanko.keys import load_private_key_from_pemder_data
    from pyhanko.sign import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    secret = passphrase.encode() if passphrase is not None else None
    try:
        key = load_private_key_from_pemder_data(source.key, passphrase=secret)
    except (ValueError, TypeError) as error:
        raise SigningError(what="private key", problem=f"cannot be opened ({error})", remedy=_ASK) from None
    own = certificates(source.certificate, what="certificate")
    store = SimpleCertificateStore.from_certs(own[1:])  # type: ignore[no-untyped-call]
    if source.chain:
        store.register_multiple(certificates(source.chain, what="chain"))
    _check_pair(key.dump(), own[0].dump())
    return SimpleSigner(signing_cert=own[0], signing_key=key, cert_registry=store)


def _check_pair(key: bytes, certificate: bytes) -> None:
    """Raises SigningError where a certificate is another key's: what it signed nobody could verify."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_private_key
    from cryptography.x509 import load_der_x509_certificate

    here = load_der_private_key(key, password=None).public_key()
    there = load_der_x509_certificate(certificate).public_key()
    form = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if here.public_bytes(*form) != there.public_bytes(*form):
        raise SigningError(what="certificate", problem="it belongs to another key", remedy="give the key's own")


def _pkcs12(source: Pkcs12Key, passphrase: str | None) -> "Signer":
    from pyhanko.sign import SimpleSigner

    secret = passphrase.encode() if passphrase is not None else None
    try:
        signer: Signer = SimpleSigner.load_pkcs12_data(source.data, other_certs=(), passphrase=secret)
        return signer
    except (ValueError, AttributeError, TypeError) as error:
        cause = error.__cause__ or error
        raise SigningError(what="PKCS#12 file", problem=f"cannot be opened ({cause})", remedy=_ASK) from None


@contextmanager
def _token(source: TokenKey, pin: str | None) -> "Iterator[Signer]":
    try:
        import pkcs11
        from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
    except ImportError:
        raise SigningError(
            what="token", problem="python-pkcs11 is not installed", remedy="pip install 'comity[token]'"
        ) from None
    from pyhanko.config.pkcs11 import TokenCriteria
    from pyhanko.sign.general import SigningError as TokenError

    chain = certificates(source.chain, what="chain") if source.chain else []
    try:
        session = open_pkcs11_session(source.module, token_criteria=TokenCriteria(label=source.token), user_pin=pin)
    except (pkcs11.PKCS11Error, TokenError, OSError, RuntimeError) as error:
        told = str(error) or type(error).__name__
        remedy = "check library, label and PIN"
        raise SigningError(what=f"token {source.token!r}", problem=told, remedy=remedy) from None
    try:
        # hashed here: many tokens sign a digest only, and their line is slow
        yield PKCS11Signer(
            session, cert_label=source.label, key_label=source.label, ca_chain=set(chain), use_raw_mechanism=True
        )
    except (pkcs11.PKCS11Error, TokenError) as error:
        told = str(error) or type(error).__name__
        remedy = "name a key that has a certificate of the same label"
        raise SigningError(what=f"key {source.label!r}", problem=told, remedy=remedy) from None
    finally:
        session.close()
