"""A small public key infrastructure for tests: root, officers, a time-stamping authority, a revocation list."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PASSPHRASE = "korrekt pferd"


@dataclass(frozen=True)
class Identity:
    """A key with its certificate."""

    key: Any
    certificate: x509.Certificate

    @property
    def key_pem(self) -> bytes:
        return bytes(self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))

    @property
    def locked_key_pem(self) -> bytes:
        lock = BestAvailableEncryption(PASSPHRASE.encode())
        return bytes(self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock))

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def p12(self, *chain: x509.Certificate) -> bytes:
        lock = BestAvailableEncryption(PASSPHRASE.encode())
        return bytes(pkcs12.serialize_key_and_certificates(b"k", self.key, self.certificate, chain, lock))


def name(common: str, organisation: str = "") -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, common)]
    if organisation:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    return x509.Name(parts)


def issue(
    common: str,
    issuer: Identity | None = None,
    *,
    organisation: str = "",
    days: int = 12000,
    start: datetime = datetime(2020, 1, 1, tzinfo=UTC),
    stamping: bool = False,
    use_rsa: bool = False,
    key: Any = None,
) -> Identity:
    """A certificate, for a new key or one that is held elsewhere; its own issuer where none is given."""
    key = key or (rsa.generate_private_key(65537, 2048) if use_rsa else ec.generate_private_key(ec.SECP256R1()))
    authority = issuer is None
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(common, organisation))
        .issuer_name(issuer.certificate.subject if issuer else name(common, organisation))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not authority, content_commitment=not authority and not stamping,
                key_encipherment=False, data_encipherment=False, key_agreement=False, key_cert_sign=authority,
                crl_sign=authority, encipher_only=False, decipher_only=False,
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )  # fmt: skip
    if issuer is not None:
        around = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
        point = x509.DistributionPoint([x509.UniformResourceIdentifier("http://crl.example/a.crl")], None, None, None)
        builder = builder.add_extension(around, critical=False)
        builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
    if stamping:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return Identity(key, builder.sign(issuer.key if issuer else key, hashes.SHA256()))


def revocations(issuer: Identity, *revoked: Identity, at: datetime = NOW, days: int = 3000) -> bytes:
    """A revocation list in DER, from a day before `at`."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(at - timedelta(days=1))
        .next_update(at + timedelta(days=days))
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False
        )
        .add_extension(x509.CRLNumber(1), critical=False)
    )  # fmt: skip
    for one in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(one.certificate.serial_number)
        builder = builder.add_revoked_certificate(entry.revocation_date(at - timedelta(days=2)).build())
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


@cache
def root() -> Identity:
    return issue("Comity Test Root")


@cache
def officer() -> Identity:
    return issue("A. N. Other", root(), organisation="Cyber Crime Police Station, Suryapur")


@cache
def magistrate() -> Identity:
    return issue("A. Judge", root(), organisation="Court of the Chief Judicial Magistrate, Suryapur", use_rsa=True)


@cache
def stamping() -> Identity:
    return issue("Test TSA", root(), stamping=True, use_rsa=True)


def stamper(at: datetime | None = NOW) -> Any:
    """A local time-stamping authority."""
    from asn1crypto import keys as asn1_keys
    from asn1crypto import x509 as asn1_x509
    from pyhanko.sign.timestamps import DummyTimeStamper

    one = stamping()
    key = one.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(
        asn1_x509.Certificate.load(one.certificate.public_bytes(Encoding.DER)),
        asn1_keys.PrivateKeyInfo.load(key),
        fixed_dt=at,
    )
