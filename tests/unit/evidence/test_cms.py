"""CMS signatures, time stamps and DER: ours pass; what is malformed in any way is refused, and never crashes."""

import hashlib
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7Options, PKCS7SignatureBuilder
from hypothesis import given
from hypothesis import strategies as st
from tests.samples.sealing import NOW, certificate, stamper

from comity.evidence import cms, der, timestamp
from comity.evidence.cms_sign import sign_detached
from comity.evidence.errors import SignatureFormatError, TimeStampError

CONTENT = b"what is signed"
EC = ec.generate_private_key(ec.SECP256R1())
RSA = rsa.generate_private_key(65537, 2048)


def own(name: str, key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> x509.Certificate:
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return certificate(name, key)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW)
        .not_valid_after(NOW.replace(year=2030))
        .sign(key, SHA256())
    )


GOOD = sign_detached(CONTENT, EC, [certificate("A", EC)], signed_at=NOW)


def faults(data: bytes, content: bytes = CONTENT) -> list[str]:
    signed = cms.parse_signed_data(data)
    leaf = signed.find_signer()
    assert leaf is not None
    return signed.faults(hashlib.new(signed.digest, content).digest(), leaf)


@pytest.mark.parametrize("key", [EC, RSA], ids=["ec", "rsa"])
def test_there_and_back(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> None:
    data = sign_detached(CONTENT, key, [own("A", key)], signed_at=NOW)
    assert not faults(data)
    assert cms.parse_signed_data(data).signing_time == NOW
    assert "the content is not what was signed" in faults(data, b"another")
    other = own("B", key)
    signed = cms.parse_signed_data(data)
    found = signed.faults(hashlib.sha512(CONTENT).digest(), other)
    assert "the certificate is not the one that was signed with" in found


def test_by_another_key_and_another_kind_of_key() -> None:
    signed = cms.parse_signed_data(sign_detached(CONTENT, EC, [own("A", EC)], signed_at=NOW))
    for key in (ec.generate_private_key(ec.SECP256R1()), RSA):
        assert "the signature does not verify" in signed.faults(hashlib.sha512(CONTENT).digest(), own("A", key))


def test_a_signature_without_the_certificates_name_is_not_enough() -> None:
    """The library's own PKCS#7 does not name its certificate in what it signs (no CAdES)."""
    data = (
        PKCS7SignatureBuilder()
        .set_data(CONTENT)
        .add_signer(own("A", EC), EC, SHA256())
        .sign(Encoding.DER, [PKCS7Options.DetachedSignature, PKCS7Options.Binary])
    )
    assert faults(data) == ["the certificate is not the one that was signed with"]


def test_rsa_pss() -> None:
    data = (
        PKCS7SignatureBuilder()
        .set_data(CONTENT)
        .add_signer(own("A", RSA), RSA, SHA256(), rsa_padding=padding.PSS(padding.MGF1(SHA256()), 32))
        .sign(Encoding.DER, [PKCS7Options.DetachedSignature, PKCS7Options.Binary])
    )
    assert "the signature does not verify" not in faults(data)


def test_without_the_certificate() -> None:
    data = (
        PKCS7SignatureBuilder()
        .set_data(CONTENT)
        .add_signer(own("A", EC), EC, SHA256())
        .sign(Encoding.DER, [PKCS7Options.NoCerts, PKCS7Options.Binary, PKCS7Options.DetachedSignature])
    )
    assert cms.parse_signed_data(data).find_signer() is None


def test_without_signed_attributes() -> None:
    data = (
        PKCS7SignatureBuilder()
        .set_data(CONTENT)
        .add_signer(own("A", EC), EC, SHA256())
        .sign(Encoding.DER, [PKCS7Options.NoAttributes, PKCS7Options.Binary, PKCS7Options.DetachedSignature])
    )
    with pytest.raises(SignatureFormatError, match="no signed attributes"):
        cms.parse_signed_data(data)


@given(st.data())
def test_noise_in_a_signature_never_crashes(data: st.DataObject) -> None:
    good = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    with suppress(SignatureFormatError):
        cms.parse_signed_data(bytes(good))


@given(st.binary(max_size=200))
def test_noise_is_no_der(data: bytes) -> None:
    try:
        value = der.parse(data)
    except SignatureFormatError:
        return
    assert value.raw == data


@pytest.mark.parametrize(
    "data",
    ["", "30", "3080", "308100", "30820001", "3003", "1f0100", "300100", "30853000000000", "3005020100020"],
)
def test_not_der(data: str) -> None:
    with pytest.raises(SignatureFormatError):
        value = der.parse(bytes.fromhex(data + "0" * (len(data) % 2)))
        value.parts()
        raise der._bad("read")  # pragma: no cover


def test_too_deep() -> None:
    data = b""
    for _ in range(100):
        data = der.write(der.SEQUENCE, data)
    with pytest.raises(SignatureFormatError, match="too deeply"):
        der.parse(data)


@given(st.integers(-(2**200), 2**200))
def test_numbers(number: int) -> None:
    if number >= 0:
        assert der.parse(der.write_integer(number)).integer() == number


@pytest.mark.parametrize("content", ["", "0001", "ff80"])
def test_numbers_in_another_form(content: str) -> None:
    with pytest.raises(SignatureFormatError):
        der.Value(der.INTEGER, bytes.fromhex(content), b"").integer()


@pytest.mark.parametrize("oid", ["1.2.840.113549.1.7.2", "2.16.840.1.101.3.4.2.3", "2.999.1", "0.9.2342", "1.3.6.1"])
def test_identifiers(oid: str) -> None:
    assert der.parse(der.write_oid(oid)).oid() == oid


@pytest.mark.parametrize("content", ["", "80", "2a80", "2a8001"])
def test_identifiers_in_another_form(content: str) -> None:
    with pytest.raises(SignatureFormatError):
        der.Value(der.OID, bytes.fromhex(content), b"").oid()


@pytest.mark.parametrize("moment", [NOW, datetime(2055, 1, 1, tzinfo=UTC), datetime(1999, 1, 1, tzinfo=UTC)])
def test_times(moment: datetime) -> None:
    assert der.parse(der.write_time(moment)).time() == moment


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        (der.GENERALIZED_TIME, "20261125093000"),
        (der.GENERALIZED_TIME, "20261125093000.50Z"),
        (der.GENERALIZED_TIME, "20261125093000.xZ"),
        (der.GENERALIZED_TIME, "20261325093000Z"),
        (der.GENERALIZED_TIME, ""),
        (der.UTC_TIME, "261125093000+0000"),
        (der.OCTETS, "20261125093000Z"),
    ],
)
def test_times_in_another_form(tag: int, text: str) -> None:
    with pytest.raises(SignatureFormatError):
        der.Value(tag, text.encode(), b"").time()


def test_a_time_with_a_fraction() -> None:
    value = der.Value(der.GENERALIZED_TIME, b"20261125093000.25Z", b"")
    assert value.time() == NOW.replace(microsecond=250_000)


def test_a_stamp() -> None:
    answer = stamper().answer(timestamp.ask(CONTENT, nonce=5), NOW)
    token = timestamp.take_token(answer, CONTENT, nonce=5)
    stamp = timestamp.parse_token(token)
    assert (stamp.made_at, stamp.nonce, stamp.policy) == (NOW, 5, "1.2.3.4")
    assert not stamp.faults(CONTENT)
    assert timestamp.take_token(token, CONTENT, nonce=None) == token


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (b"", "cannot be read"),
        (der.write(der.SEQUENCE, der.write(der.SEQUENCE, der.write_integer(2))), "refused"),
        (der.write(der.SEQUENCE), "refused"),
        (sign_detached(CONTENT, EC, [own("A", EC)], signed_at=NOW), "cannot be read"),
    ],
)
def test_answers_that_are_no_stamp(answer: bytes, problem: str) -> None:
    with pytest.raises(TimeStampError, match=problem):
        timestamp.take_token(answer, CONTENT, nonce=5)


def test_answers_to_another_question() -> None:
    answer = stamper().answer(timestamp.ask(CONTENT, nonce=5), NOW)
    with pytest.raises(TimeStampError, match="nonce"):
        timestamp.take_token(answer, CONTENT, nonce=6)
    with pytest.raises(TimeStampError, match="over other data"):
        timestamp.take_token(answer, b"other", nonce=5)
