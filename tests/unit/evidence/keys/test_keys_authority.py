"""Certificates: asked for, issued by the small CA, taken in, revoked; PKCS#12."""

import os
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from tests.samples.keys import NOW, PASSPHRASE, make_identity

from comity.evidence.errors import IdentityError, KeyFileError, PassphraseError
from comity.evidence.keys import (
    Authority,
    KeyUse,
    Unlocked,
    add_certificate,
    add_certificate_key,
    create_authority,
    current,
    export_pkcs12,
    open_identity,
    read_pkcs12,
    request_certificate,
)
from comity.evidence.keys.certificate import CERTIFICATES_MAX, read_chain, to_pem

OTHER_PASSPHRASE = b"quite another passphrase"


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return create_authority(
        tmp_path / "ca",
        name="Cyber Cell CA",
        agency="Pune Police",
        state="IN",
        passphrase=PASSPHRASE,
        now=NOW,
        random_bytes=os.urandom,
        crl_url="https://pune.example/ca.crl",
    )


def request_by(key: Any, hash_: Any = SHA256()) -> bytes:  # noqa: B008  a value without state
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "x")])
    return x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hash_).public_bytes(Encoding.PEM)


def test_from_request_to_certificate(authority: Authority, unlocked: Unlocked) -> None:
    pem = authority.issue(request_certificate(unlocked).encode(), now=NOW)
    leaf = add_certificate(unlocked, pem.encode(), what="answer")
    assert unlocked.certificate_chain() == tuple(x509.load_pem_x509_certificates(pem.encode()))
    assert leaf.subject.rfc4514_string() == "CN=Cyber Cell\\, Pune,O=Pune Police,C=IN"
    assert leaf.not_valid_after_utc == NOW + timedelta(days=730)
    usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (usage.digital_signature, usage.content_commitment, usage.key_cert_sign) == (True, True, False)
    assert not leaf.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    name = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert name.get_values_for_type(x509.UniformResourceIdentifier) == ["https://cyber.pune.example"]
    assert leaf.extensions.get_extension_for_class(x509.CRLDistributionPoints)
    key = current(unlocked.public, KeyUse.CERTIFICATE)
    assert key is not None
    assert len(key.certificates) == 2  # the self-signed one stays
    add_certificate(unlocked, pem.encode(), what="again")
    assert current(unlocked.public, KeyUse.CERTIFICATE) == key
    assert open_identity(unlocked.folder).public == unlocked.public


def test_what_a_request_may_not_ask_for(authority: Authority) -> None:
    """A request that wants to be a CA gets a certificate for signing all the same."""
    key = ec.generate_private_key(ec.SECP256R1())
    asked = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(x509.Name([]))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    pem = authority.issue(asked.public_bytes(Encoding.PEM), now=NOW, days=20_000)
    leaf = x509.load_pem_x509_certificate(pem.encode())
    assert not leaf.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert leaf.not_valid_after_utc == authority.certificate.not_valid_after_utc
    with pytest.raises(x509.ExtensionNotFound):
        leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName)


def test_requests_that_are_refused(authority: Authority) -> None:
    good = request_by(ec.generate_private_key(ec.SECP256R1()))
    der = bytearray(x509.load_pem_x509_csr(good).public_bytes(Encoding.DER))
    der[-1] ^= 1
    for bad in (b"", b"x", good[:-40]):
        with pytest.raises(KeyFileError, match="cannot be read"):
            authority.issue(bad, now=NOW)
    try:
        bent = x509.load_der_x509_csr(bytes(der)).public_bytes(Encoding.PEM)
    except ValueError:
        bent = b""
    with pytest.raises(KeyFileError):
        authority.issue(bent, now=NOW)
    for weak in (rsa.generate_private_key(65537, 1024), ed25519.Ed25519PrivateKey.generate()):
        hash_ = SHA256() if isinstance(weak, rsa.RSAPrivateKey) else None
        with pytest.raises(KeyFileError, match="not to rely on"):
            authority.issue(request_by(weak, hash_), now=NOW)
    assert authority.issue(request_by(ec.generate_private_key(ec.SECP384R1())), now=NOW)
    assert authority.issue(request_by(rsa.generate_private_key(65537, 2048)), now=NOW)


def test_revoking(authority: Authority, unlocked: Unlocked) -> None:
    pem = authority.issue(request_certificate(unlocked).encode(), now=NOW)
    leaf = x509.load_pem_x509_certificate(pem.encode())
    serial = f"{leaf.serial_number:X}"
    for wrong in ("", "zz", "00", "../ca", "1234"):
        with pytest.raises(KeyFileError, match="no such certificate"):
            authority.revoke(wrong, reason="superseded", now=NOW)
    with pytest.raises(KeyFileError, match="is no reason"):
        authority.revoke(serial, reason="dislike", now=NOW)
    authority.revoke(serial, reason="keyCompromise", now=NOW, invalid_since=NOW - timedelta(days=3))
    with pytest.raises(KeyFileError, match="revoked already"):
        authority.revoke(serial, reason="keyCompromise", now=NOW)
    other = x509.load_pem_x509_certificate(authority.issue(request_certificate(unlocked).encode(), now=NOW).encode())
    authority.revoke(f"{other.serial_number:x}", reason="unspecified", now=NOW)
    crl = x509.load_pem_x509_crl(authority.make_crl(now=NOW).encode())
    again = x509.load_pem_x509_crl(authority.make_crl(now=NOW).encode())
    assert crl.is_signature_valid(authority.certificate.public_key())  # type: ignore[arg-type]
    numbers = [one.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number for one in (crl, again)]
    assert numbers == [1, 2]
    entry = crl.get_revoked_certificate_by_serial_number(leaf.serial_number)
    assert entry is not None
    assert entry.extensions.get_extension_for_class(x509.CRLReason).value.reason is x509.ReasonFlags.key_compromise
    assert entry.extensions.get_extension_for_class(x509.InvalidityDate).value.invalidity_date_utc == NOW - timedelta(
        days=3
    )


def test_a_ca_is_opened_with_its_passphrase_only(authority: Authority, tmp_path: Path) -> None:
    assert Authority(authority.folder, PASSPHRASE).certificate == authority.certificate
    with pytest.raises(PassphraseError):
        Authority(authority.folder, b"wrong passphrase")
    with pytest.raises(KeyFileError, match="give the folder of a CA"):
        Authority(tmp_path, PASSPHRASE)
    assert stat.S_IMODE((authority.folder / "ca.key.pem").stat().st_mode) == 0o600
    (authority.folder / "ca.json").write_bytes(b"{}x")
    with pytest.raises(KeyFileError, match="restore it"):
        _ = authority.book
    facts: dict[str, Any] = {"name": "x", "agency": "", "state": "", "now": NOW, "random_bytes": os.urandom}
    with pytest.raises(KeyFileError, match="is there already"):
        create_authority(authority.folder, passphrase=PASSPHRASE, **facts)
    with pytest.raises(PassphraseError):
        create_authority(tmp_path / "new", passphrase=b"short", **facts)


def test_certificates_that_are_not_taken(authority: Authority, unlocked: Unlocked) -> None:
    other = authority.issue(request_by(ec.generate_private_key(ec.SECP256R1())), now=NOW)
    with pytest.raises(KeyFileError, match="a key that this identity does not have"):
        add_certificate(unlocked, other.encode(), what="file")
    for bad in (b"", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"):
        with pytest.raises(KeyFileError, match="holds no certificate"):
            add_certificate(unlocked, bad, what="file")
    own = authority.certificate
    with pytest.raises(KeyFileError, match="more than 10"):
        read_chain(to_pem([own] * (CERTIFICATES_MAX + 1)).encode(), what="file")
    leaf = x509.load_pem_x509_certificate(other.encode())
    with pytest.raises(KeyFileError, match="is not issued by"):
        read_chain(to_pem([own, leaf]).encode(), what="file")
    assert read_chain(own.public_bytes(Encoding.DER), what="file") == (own,)


def test_pkcs12(authority: Authority, unlocked: Unlocked, tmp_path: Path) -> None:
    add_certificate(unlocked, authority.issue(request_certificate(unlocked).encode(), now=NOW).encode(), what="x")
    with pytest.raises(PassphraseError):
        export_pkcs12(unlocked, b"short")
    data = export_pkcs12(unlocked, OTHER_PASSPHRASE)
    secret, chain = read_pkcs12(data, OTHER_PASSPHRASE, what="x.p12")
    assert chain == unlocked.certificate_chain()
    other = make_identity(tmp_path / "berlin", name="lka.berlin.example").unlock(PASSPHRASE)
    made = add_certificate_key(other, secret, chain, now=NOW + timedelta(days=1), random_bytes=os.urandom)
    assert (made.generation, other.certificate_chain()) == (2, chain)
    again = open_identity(other.folder).unlock(PASSPHRASE)
    assert again.certificate_key().private_numbers() == unlocked.certificate_key().private_numbers()
    with pytest.raises(KeyFileError, match="is not the certificate's"):
        add_certificate_key(other, secret, (authority.certificate,), now=NOW, random_bytes=os.urandom)


def test_pkcs12_that_is_refused(unlocked: Unlocked, authority: Authority) -> None:
    data = export_pkcs12(unlocked, OTHER_PASSPHRASE)
    with pytest.raises(PassphraseError):
        read_pkcs12(data, b"wrong passphrase", what="x.p12")
    for bad in (b"", b"\x30\x00"):
        with pytest.raises(KeyFileError, match="is not PKCS#12"):
            read_pkcs12(bad, OTHER_PASSPHRASE, what="x.p12")
    with pytest.raises(KeyFileError, match="too large"):
        read_pkcs12(b"x" * (2 << 20), OTHER_PASSPHRASE, what="x.p12")
    bare = pkcs12.serialize_key_and_certificates(
        b"x", None, authority.certificate, None, BestAvailableEncryption(OTHER_PASSPHRASE)
    )
    with pytest.raises(KeyFileError, match="holds no key with its certificate"):
        read_pkcs12(bare, OTHER_PASSPHRASE, what="x.p12")


def test_rsa_where_asked_for(tmp_path: Path) -> None:
    unlocked = make_identity(tmp_path / "rsa", algorithm="RSA-3072").unlock(PASSPHRASE)
    assert unlocked.certificate_key().key_size == 3072
    with pytest.raises(IdentityError):
        unlocked.note_signers("other.example")


def test_a_certificate_that_has_ended_is_not_taken_in(authority: Authority, unlocked: Unlocked) -> None:
    """The newest one signs: what is signed with one that has ended would fail."""
    pem = authority.issue(request_certificate(unlocked).encode(), now=NOW)
    late = NOW + timedelta(days=731)
    with pytest.raises(KeyFileError, match=r"had ended.*comity key csr"):
        add_certificate(unlocked, pem.encode(), what="answer", now=late)
    chain = tuple(x509.load_pem_x509_certificates(pem.encode()))
    with pytest.raises(KeyFileError, match="had ended"):
        add_certificate_key(unlocked, b"", chain, now=late, random_bytes=os.urandom)
    assert add_certificate(unlocked, pem.encode(), what="answer", now=NOW) == chain[0]
