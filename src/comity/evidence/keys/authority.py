"""A small offline CA for agencies that have none: it issues certificates for signing evidence, and lists revoked ones.

``ca.pem``            its certificate        ``ca.key.pem``   its key, encrypted
``issued/SERIAL.pem`` each certificate       ``ca.json``      what was revoked, and the number of the next list
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import msgspec

from comity.evidence.custody.files import locked, write_atomically
from comity.evidence.errors import KeyFileError
from comity.evidence.keys.certificate import (
    algorithm_of,
    ca_extensions,
    read_chain,
    signing_extensions,
    subject_of,
    to_pem,
)
from comity.evidence.keys.encryption import BLOCK_BYTES, SALT_BYTES, Vault, check_new_passphrase
from comity.evidence.keys.identity import KeyUse, PublicIdentity, Record
from comity.evidence.keys.lifecycle import REASONS, new_folder
from comity.evidence.keys.secret import ECDSA_P256, load_key, new_secret

if TYPE_CHECKING:
    from cryptography import x509

CA_DAYS, LEAF_DAYS, CRL_DAYS = 10 * 365, 2 * 365, 30
_CERTIFICATE, _KEY, _BOOK, _ISSUED = "ca.pem", "ca.key.pem", "ca.json", "issued"


class Revoked(Record, frozen=True, kw_only=True):
    """One certificate that was revoked."""

    serial: str
    """Hexadecimal, as text: serial numbers are larger than JSON's."""
    revoked_at: datetime
    reason: str
    invalid_since: datetime | None = None
    """When the key is thought to have been out of hand; None: not known."""


class Book(Record, frozen=True, kw_only=True):
    """What a CA remembers beside the certificates."""

    format: str = "comity-ca/1"
    crl_number: int = 0
    crl_url: str = ""
    """Where the list will be found; put into certificates; empty: passed on by hand."""
    revoked: tuple[Revoked, ...] = ()


class Authority:
    """A CA in a folder, unlocked."""

    def __init__(self, folder: Path, passphrase: bytes) -> None:
        self.folder = folder
        self.certificate = read_chain(_read(folder / _CERTIFICATE), what=str(folder / _CERTIFICATE))[0]
        secret = Vault(passphrase).decrypt(_read(folder / _KEY), what=str(folder / _KEY))
        self._key = load_key(secret, what=str(folder / _KEY))

    @property
    def book(self) -> Book:
        try:
            return msgspec.json.decode(_read(self.folder / _BOOK), type=Book)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            path = str(self.folder / _BOOK)
            raise KeyFileError(what=path, problem=str(error), remedy="restore it from a copy") from None

    def issue(self, request: bytes, *, now: datetime, days: int = LEAF_DAYS) -> str:
        """A certificate (PEM, with the CA's own after it) for a signing request; the requester's proof is checked.

        Only the subject, the key and the alternative name are taken from the request; what the certificate may be used
        for is set here. KeyFileError where the request is not signed by its own key or asks for a kind of key that
        cannot be relied on.
        """
        from cryptography import x509
        from cryptography.hazmat.primitives.hashes import SHA256

        asked = _request(request)
        algorithm_of(asked.public_key())
        begins = now.replace(microsecond=0)
        ends = min(begins + timedelta(days=days), self.certificate.not_valid_after_utc)
        builder = (
            x509.CertificateBuilder()
            .subject_name(asked.subject)
            .issuer_name(self.certificate.subject)
            .public_key(cast(Any, asked.public_key()))
            .serial_number(x509.random_serial_number())
            .not_valid_before(begins)
            .not_valid_after(ends)
        )
        for extension, critical in _leaf_extensions(asked, self.certificate, self.book.crl_url):
            builder = builder.add_extension(extension, critical=critical)
        certificate = builder.sign(self._key, SHA256())
        (self.folder / _ISSUED).mkdir(mode=0o700, exist_ok=True)
        write_atomically(self.folder / _ISSUED / f"{certificate.serial_number:x}.pem", to_pem([certificate]).encode())
        return to_pem([certificate, self.certificate])

    def revoke(self, serial: str, *, reason: str, now: datetime, invalid_since: datetime | None = None) -> Revoked:
        """Note that a certificate is revoked; make a new list (`make_crl`) afterwards and pass it on."""
        if reason not in REASONS:
            raise KeyFileError(what=reason, problem="is no reason", remedy=f"use one of {', '.join(REASONS)}")
        with locked(self.folder):
            book, number = self.book, serial.lower().replace(":", "").lstrip("0")
            if not (self.folder / _ISSUED / f"{number}.pem").is_file() or not number.isalnum():
                problem = "this CA issued no such certificate"
                raise KeyFileError(what=f"serial {serial}", problem=problem, remedy="see the folder issued/")
            if any(one.serial == number for one in book.revoked):
                raise KeyFileError(what=f"serial {serial}", problem="is revoked already", remedy="make the list again")
            one = Revoked(serial=number, revoked_at=now, reason=reason, invalid_since=invalid_since)
            self._write(msgspec.structs.replace(book, revoked=(*book.revoked, one)))
            return one

    def make_crl(self, *, now: datetime, days: int = CRL_DAYS) -> str:
        """The list of revoked certificates (PEM), numbered, good until the next is due."""
        from cryptography import x509
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.serialization import Encoding

        with locked(self.folder):
            book = msgspec.structs.replace(self.book, crl_number=self.book.crl_number + 1)
            begins = now.replace(microsecond=0)
            authority_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(cast(Any, self.certificate.public_key()))
            builder = (
                x509.CertificateRevocationListBuilder()
                .issuer_name(self.certificate.subject)
                .last_update(begins)
                .next_update(begins + timedelta(days=days))
                .add_extension(x509.CRLNumber(book.crl_number), critical=False)
                .add_extension(authority_key, critical=False)
            )
            for one in book.revoked:
                builder = builder.add_revoked_certificate(_entry(one))
            self._write(book)
            return builder.sign(self._key, SHA256()).public_bytes(Encoding.PEM).decode()

    def _write(self, book: Book) -> None:
        write_atomically(self.folder / _BOOK, msgspec.json.encode(book))


def create_authority(
    folder: Path,
    *,
    name: str,
    agency: str,
    state: str,
    passphrase: bytes,
    now: datetime,
    random_bytes: Callable[[int], bytes],
    crl_url: str = "",
) -> Authority:
    """A new CA in a new folder, whole or not at all; KeyFileError where the folder is there already."""
    check_new_passphrase(passphrase)
    with new_folder(folder) as making:
        secret = new_secret(KeyUse.CERTIFICATE, ECDSA_P256, random_bytes)
        pem = Vault(passphrase).encrypt(secret, salt=random_bytes(SALT_BYTES), iv=random_bytes(BLOCK_BYTES))
        write_atomically(making / _KEY, pem)
        certificate = _own_certificate(name, agency, state, load_key(secret, what="new key"), now)
        write_atomically(making / _CERTIFICATE, certificate.encode(), mode=0o644)
        write_atomically(making / _BOOK, msgspec.json.encode(Book(crl_url=crl_url)))
    return Authority(folder, passphrase)


def _own_certificate(name: str, agency: str, state: str, key: Any, now: datetime) -> str:
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256

    subject = subject_of(PublicIdentity(name=name, display_name=name, agency=agency, state=state, keys=()))
    begins = now.replace(microsecond=0)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=CA_DAYS))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    for extension, critical in ca_extensions():
        builder = builder.add_extension(extension, critical=critical)
    return to_pem([builder.sign(key, SHA256())])


def _request(data: bytes) -> "x509.CertificateSigningRequest":
    from cryptography import x509

    try:
        asked = x509.load_pem_x509_csr(data)
        proven = asked.is_signature_valid
    except Exception as error:  # noqa: BLE001  a hostile request: the library raises ValueError and others alike
        raise KeyFileError(what="request", problem=f"cannot be read: {error}", remedy="give a PEM request") from None
    if not proven:
        raise KeyFileError(what="request", problem="is not signed by its own key", remedy="ask for a new one")
    return asked


def _leaf_extensions(
    asked: "x509.CertificateSigningRequest", authority: "x509.Certificate", crl_url: str
) -> "list[tuple[x509.ExtensionType, bool]]":
    from cryptography import x509

    try:
        names: list[x509.GeneralName] = list(
            asked.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        )
    except x509.ExtensionNotFound:
        names = []
    mine = [pair for pair in signing_extensions("") if not isinstance(pair[0], x509.SubjectAlternativeName)]
    extensions: list[tuple[x509.ExtensionType, bool]] = [
        *mine,
        (x509.SubjectKeyIdentifier.from_public_key(cast(Any, asked.public_key())), False),
        (x509.AuthorityKeyIdentifier.from_issuer_public_key(cast(Any, authority.public_key())), False),
    ]
    if names:
        extensions.append((x509.SubjectAlternativeName(names), False))
    if crl_url:
        point = x509.DistributionPoint([x509.UniformResourceIdentifier(crl_url)], None, None, None)
        extensions.append((x509.CRLDistributionPoints([point]), False))
    return extensions


def _entry(one: Revoked) -> "x509.RevokedCertificate":
    from cryptography import x509

    builder = (
        x509.RevokedCertificateBuilder()
        .serial_number(int(one.serial, 16))
        .revocation_date(one.revoked_at.replace(microsecond=0))
    )
    if one.reason != "unspecified":  # RFC 5280 5.3.1: leave it out rather than say unspecified
        builder = builder.add_extension(x509.CRLReason(x509.ReasonFlags(one.reason)), critical=False)
    if one.invalid_since is not None:
        builder = builder.add_extension(x509.InvalidityDate(one.invalid_since.replace(microsecond=0)), critical=False)
    return builder.build()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        problem = str(error.strerror).lower()
        raise KeyFileError(what=str(path), problem=problem, remedy="give the folder of a CA") from None
