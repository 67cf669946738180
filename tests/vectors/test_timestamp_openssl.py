"""Time stamps by OpenSSL's authority (RFC 3161), in the kinds that authorities make: those that hold, and those that
must not."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from tests.samples.openssl import EC, OPENSSL, TIME_STAMPING, authority, question, run

from comity.evidence import cms, der, timestamp
from comity.evidence.certpath import find_path
from comity.evidence.errors import SignatureFormatError, TimeStampError
from comity.evidence.package.certfiles import load_certificate

pytestmark = pytest.mark.skipif(OPENSSL is None, reason="the program openssl is not installed")
DATA = b"what is stamped"
RSA = ("-newkey", "rsa:2048")
P384 = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384")

GOOD: dict[str, dict[str, Any]] = {
    "ECDSA P-256": {},
    "ECDSA P-384, SHA-384": {"key": P384, "digest": "sha384"},
    "RSA, SHA-256": {"key": RSA},
    "RSA, SHA-512": {"key": RSA, "digest": "sha512"},
    "certificate named by SHA-1 (RFC 2634)": {"ess": "sha1"},
    "certificate named by SHA-512 (RFC 5035)": {"ess": "sha512"},
    "accuracy, order, name": {"settings": "accuracy = secs:1, millisecs:500\nordering = yes\ntsa_name = yes\n"},
    "fractions of a second": {"settings": "clock_precision_digits = 3\n"},
    "chain named": {"settings": "ess_cert_id_chain = yes\n"},
    "only its own certificate": {"certs": ""},
}  # fmt: skip


@pytest.mark.parametrize("kind", GOOD)
def test_what_holds(tmp_path: Path, kind: str) -> None:
    answer, root = authority(tmp_path / "tsa", **GOOD[kind])
    token = timestamp.take_token(answer(timestamp.ask(DATA, nonce=77)), DATA, nonce=77)
    stamp = timestamp.parse_token(token)
    assert (stamp.faults(DATA), stamp.nonce, stamp.policy) == ([], 77, "1.2.3.4")
    assert stamp.faults(b"other") == ["the stamp is over other data"]
    leaf = stamp.signed.find_signer()
    assert leaf is not None
    roots = x509.load_pem_x509_certificates(root.read_bytes())
    others = [one for data in stamp.signed.certificates if (one := load_certificate(data)) is not None]
    path = find_path(leaf, others, roots, at=stamp.made_at, usage=timestamp.TIME_STAMPING)
    assert (path.trusted, path.faults) == (True, ())
    (tmp_path / "token").write_bytes(token)
    (tmp_path / "data").write_bytes(DATA)
    command = ("ts", "-verify", "-token_in", "-in", "token", "-data", "data", "-CAfile", root)
    assert b"OK" in run(OPENSSL, *command, cwd=tmp_path).stdout  # and openssl says the same


@pytest.mark.parametrize("digest", ["sha256", "sha384", "sha512"])
def test_questions_by_others(tmp_path: Path, digest: str) -> None:
    answer, _ = authority(tmp_path / "tsa")
    response = answer(question(tmp_path, DATA, f"-{digest}", "-cert"))
    stamp = timestamp.parse_token(timestamp.take_token(response, DATA, nonce=None))
    assert (stamp.digest, stamp.faults(DATA)) == (digest, [])


def test_without_a_nonce(tmp_path: Path) -> None:
    answer, _ = authority(tmp_path / "tsa")
    stamp = timestamp.parse_token(timestamp.token_in(answer(question(tmp_path, DATA, "-sha512", "-cert", "-no_nonce"))))
    assert (stamp.nonce, stamp.faults(DATA)) == (None, [])


def test_a_bare_token_is_taken_too(tmp_path: Path) -> None:
    answer, _ = authority(tmp_path / "tsa")
    token = timestamp.token_in(answer(timestamp.ask(DATA, nonce=1)))
    assert timestamp.token_in(token) == token
    assert timestamp.take_token(token, DATA, nonce=1) == token


def test_another_nonce_or_other_data(tmp_path: Path) -> None:
    answer, _ = authority(tmp_path / "tsa")
    response = answer(timestamp.ask(DATA, nonce=1))
    with pytest.raises(TimeStampError, match="nonce"):
        timestamp.take_token(response, DATA, nonce=2)
    with pytest.raises(TimeStampError, match="other data"):
        timestamp.take_token(response, b"other", nonce=1)


def test_an_authority_that_leaves_its_certificate_out(tmp_path: Path) -> None:
    """RFC 3161 2.4.1: it need not come along where it was not asked for; nobody could check it years later."""
    answer, _ = authority(tmp_path / "tsa")
    with pytest.raises(TimeStampError, match="certificate is not inside"):
        timestamp.take_token(answer(question(tmp_path, DATA, "-sha256")), DATA, nonce=None)


def test_a_digest_that_is_broken(tmp_path: Path) -> None:
    answer, _ = authority(tmp_path / "tsa")
    with pytest.raises(TimeStampError, match="digest that is not accepted"):
        timestamp.take_token(answer(question(tmp_path, DATA, "-sha1", "-cert")), DATA, nonce=None)


def test_a_refusal(tmp_path: Path) -> None:
    answer, _ = authority(tmp_path / "tsa")
    asked = der.parse(timestamp.ask(DATA, nonce=1)).parts()
    strange = der.write(
        der.SEQUENCE, asked[0].raw, asked[1].raw, der.write_oid("1.2.3.99"), *(p.raw for p in asked[2:])
    )
    with pytest.raises(TimeStampError, match=r"refused \(status 2\)"):
        timestamp.take_token(answer(strange), DATA, nonce=1)


USAGES = {
    "not critical": "extendedKeyUsage=timeStamping\nbasicConstraints=critical,CA:FALSE\n",
    "for other things too": "extendedKeyUsage=critical,timeStamping,codeSigning\nbasicConstraints=critical,CA:FALSE\n",
}


@pytest.mark.parametrize("usage", USAGES)
def test_certificates_that_are_not_for_stamps_alone(tmp_path: Path, usage: str) -> None:
    """RFC 3161 2.3: one extended key usage, critical. OpenSSL's authority refuses to start with the first; so the token
    is judged by the certificate alone."""
    folder = tmp_path / "tsa"
    _, root = authority(folder, extensions=USAGES[usage])
    leaf = x509.load_pem_x509_certificate((folder / "tsa.pem").read_bytes())
    roots = x509.load_pem_x509_certificates(root.read_bytes())
    path = find_path(leaf, (), roots, at=leaf.not_valid_before_utc, usage=timestamp.TIME_STAMPING)
    assert any("not for this use" in fault for fault in path.faults)


@pytest.mark.parametrize("key", [EC, RSA])
def test_no_byte_of_a_token_changes_unseen(tmp_path: Path, key: tuple[str, ...]) -> None:
    answer, _ = authority(tmp_path / "tsa", key=key, extensions=TIME_STAMPING, certs="")
    token = timestamp.token_in(answer(timestamp.ask(DATA, nonce=1)))
    assert timestamp.parse_token(token).faults(DATA) == []
    for at in range(len(token)):
        altered = bytearray(token)
        altered[at] ^= 1 << at % 8
        try:
            assert timestamp.parse_token(bytes(altered)).faults(DATA), f"byte {at}"
        except SignatureFormatError:
            continue
    for size in range(0, len(token), 7):
        with pytest.raises(SignatureFormatError):
            timestamp.parse_token(token[:size])


PADDINGS = {
    "RSASSA-PSS with SHA-256": ("-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_pss_saltlen:-1"),
    "RSA PKCS #1 v1.5 with SHA-256": (),
}


@pytest.mark.parametrize("name", PADDINGS)
def test_cms_signatures_with_rsa(tmp_path: Path, name: str) -> None:
    """By `openssl cms`: with both paddings, and no byte of the parameters of either can change."""
    authority(tmp_path / "tsa", key=RSA)
    (tmp_path / "data").write_bytes(DATA)
    command = ("cms", "-sign", "-binary", "-in", "data", "-outform", "DER", "-out", "p7s", "-md", "sha256", "-cades")
    keys = ("-signer", "tsa/tsa.pem", "-inkey", "tsa/tsa.key", *PADDINGS[name])
    assert run(OPENSSL, *command, *keys, cwd=tmp_path).returncode == 0
    data = (tmp_path / "p7s").read_bytes()
    assert (cms_faults(data), cms.algorithm_name(cms.parse_signed_data(data))) == ([], name)
    start = data.rindex(cms.parse_signed_data(data).algorithm.raw)
    for at in range(start, start + len(cms.parse_signed_data(data).algorithm.raw)):
        altered = bytearray(data)
        altered[at] ^= 1 << at % 8
        try:
            assert cms_faults(bytes(altered)), f"byte {at}"
        except SignatureFormatError:
            continue


def cms_faults(data: bytes) -> list[str]:
    signed = cms.parse_signed_data(data)
    leaf = signed.find_signer()
    assert leaf is not None
    return signed.faults(hashlib.new(signed.digest, DATA).digest(), leaf)
