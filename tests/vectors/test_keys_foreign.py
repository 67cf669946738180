"""Keys and certificates read by the programs that everybody has: Debian's openssl, and age."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from tests.samples.keys import NOW, PASSPHRASE, make_identity

from comity.evidence.custody.files import write_atomically
from comity.evidence.keys import (
    Authority,
    KeyUse,
    Unlocked,
    add_certificate,
    age_recipients,
    create_authority,
    export_pkcs12,
    read_pkcs12,
    request_certificate,
)
from comity.evidence.keys.encryption import Vault

openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl on this machine")
age = pytest.mark.skipif(shutil.which("age") is None, reason="no age on this machine")
PASS = f"pass:{PASSPHRASE.decode()}"


@pytest.fixture(scope="module")
def unlocked(tmp_path_factory: pytest.TempPathFactory) -> Unlocked:
    return make_identity(tmp_path_factory.mktemp("keys") / "pune").unlock(PASSPHRASE)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    facts = {"name": "CA", "agency": "", "state": "IN", "now": NOW, "random_bytes": os.urandom}
    return create_authority(tmp_path / "ca", passphrase=PASSPHRASE, **facts)  # type: ignore[arg-type]


def run(*arguments: str | Path, input: bytes = b"", status: int = 0) -> str:
    done = subprocess.run([str(one) for one in arguments], input=input, capture_output=True, check=False)
    text = (done.stdout + done.stderr).decode()
    assert done.returncode == status, text
    return text


@openssl
@pytest.mark.parametrize("use", [KeyUse.NOTE, KeyUse.CERTIFICATE, KeyUse.RECIPIENT])
def test_openssl_opens_the_key_files(unlocked: Unlocked, use: KeyUse) -> None:
    """ML-DSA and X-Wing are unknown to OpenSSL 3.0, which opens their envelope all the same."""
    path = unlocked.folder / "keys" / f"1-{use}.pem"
    assert "PRIVATE KEY" in run("openssl", "pkey", "-in", path, "-passin", PASS)
    run("openssl", "pkey", "-in", path, "-passin", "pass:wrong", status=1)


@openssl
def test_openssl_takes_off_the_encryption_of_any(unlocked: Unlocked) -> None:
    for path in (unlocked.folder / "keys").iterdir():
        text = run("openssl", "asn1parse", "-in", path)
        assert "PBES2" in text
        assert "scrypt" in text
        assert "aes-256-cbc" in text


@openssl
def test_key_files_made_by_openssl_open_here(tmp_path: Path) -> None:
    run("openssl", "genpkey", "-algorithm", "ed25519", "-out", tmp_path / "plain.pem")
    scrypt = ("-topk8", "-scrypt", "-v2", "aes-256-cbc", "-passout", PASS, "-out", tmp_path / "sealed.pem")
    run("openssl", "pkcs8", "-in", tmp_path / "plain.pem", *scrypt)
    der = Vault(PASSPHRASE).decrypt((tmp_path / "sealed.pem").read_bytes(), what="sealed.pem")
    assert der[-32:].hex() in run("openssl", "pkey", "-in", tmp_path / "plain.pem", "-text", "-noout").replace(
        "\n", ""
    ).replace(" ", "").replace(":", "")


@openssl
def test_fingerprints_are_what_openssl_and_sha256sum_give(unlocked: Unlocked, tmp_path: Path) -> None:
    key = next(key for key in unlocked.public.keys if key.use is KeyUse.CERTIFICATE)
    (tmp_path / "public.pem").write_text(key.public)
    run("openssl", "pkey", "-pubin", "-in", tmp_path / "public.pem", "-outform", "DER", "-out", tmp_path / "public.der")
    assert run("sha256sum", tmp_path / "public.der").split()[0] == key.fingerprint


@openssl
def test_openssl_verifies_request_certificate_and_list(
    unlocked: Unlocked, authority: Authority, tmp_path: Path
) -> None:
    (tmp_path / "request.pem").write_text(request_certificate(unlocked))
    text = run("openssl", "req", "-in", tmp_path / "request.pem", "-verify", "-noout", "-text")
    assert "verify OK" in text
    pem = authority.issue((tmp_path / "request.pem").read_bytes(), now=NOW)
    (tmp_path / "leaf.pem").write_text(pem)
    (tmp_path / "crl.pem").write_text(authority.make_crl(now=NOW))
    ca, at = authority.folder / "ca.pem", str(int(NOW.timestamp()) + 3600)
    strict = ("-x509_strict", "-purpose", "smimesign", "-attime", at, "-CAfile", ca)
    assert "OK" in run("openssl", "verify", *strict, tmp_path / "leaf.pem")
    assert "OK" in run(
        "openssl", "verify", *strict, "-crl_check", "-CRLfile", tmp_path / "crl.pem", tmp_path / "leaf.pem"
    )
    serial = f"{x509.load_pem_x509_certificate(pem.encode()).serial_number:x}"
    authority.revoke(serial, reason="keyCompromise", now=NOW)
    (tmp_path / "crl.pem").write_text(authority.make_crl(now=NOW))
    said = run("openssl", "crl", "-in", tmp_path / "crl.pem", "-CAfile", ca, "-noout", "-text")
    assert "verify OK" in said
    assert "Key Compromise" in said
    listed = ("-crl_check", "-CRLfile", tmp_path / "crl.pem", tmp_path / "leaf.pem")
    assert "certificate revoked" in run("openssl", "verify", *strict, *listed, status=2)


@openssl
def test_openssl_verifies_what_the_certificate_key_signs(unlocked: Unlocked, tmp_path: Path) -> None:
    key = unlocked.folder / "keys" / "1-certificate.pem"
    certificate = next(key.certificates[0] for key in unlocked.public.keys if key.use is KeyUse.CERTIFICATE)
    (tmp_path / "leaf.pem").write_text(certificate)
    (tmp_path / "data").write_text("manifest")
    signed = ("-outform", "DER", "-binary", "-out", tmp_path / "data.p7s")
    run("openssl", "cms", "-sign", "-in", tmp_path / "data", "-signer", tmp_path / "leaf.pem", "-inkey", key,
        "-passin", PASS, *signed)  # fmt: skip
    trusted = ("-CAfile", tmp_path / "leaf.pem", "-attime", str(int(NOW.timestamp()) + 60))
    said = run("openssl", "cms", "-verify", "-inform", "DER", "-binary", "-content", tmp_path / "data",
               "-in", tmp_path / "data.p7s", *trusted)  # fmt: skip
    assert "successful" in said


@openssl
def test_pkcs12_both_ways(unlocked: Unlocked, authority: Authority, tmp_path: Path) -> None:
    add_certificate(unlocked, authority.issue(request_certificate(unlocked).encode(), now=NOW).encode(), what="x")
    (tmp_path / "ours.p12").write_bytes(export_pkcs12(unlocked, PASSPHRASE))
    text = run("openssl", "pkcs12", "-in", tmp_path / "ours.p12", "-passin", PASS, "-passout", PASS, "-info")
    assert "AES-256-CBC" in text
    assert text.count("BEGIN CERTIFICATE") == 2
    new = ("-newkey", "rsa:2048", "-nodes", "-subj", "/CN=token", "-days", "30")
    run("openssl", "req", "-x509", *new, "-keyout", tmp_path / "k.pem", "-out", tmp_path / "c.pem")
    run("openssl", "pkcs12", "-export", "-inkey", tmp_path / "k.pem", "-in", tmp_path / "c.pem", "-passout", PASS,
        "-out", tmp_path / "theirs.p12")  # fmt: skip
    secret, chain = read_pkcs12((tmp_path / "theirs.p12").read_bytes(), PASSPHRASE, what="theirs.p12")
    assert (secret[:1], [one.subject.rfc4514_string() for one in chain]) == (b"\x30", ["CN=token"])


@age
def test_age_encrypts_to_a_recipient_and_opens_with_the_identity(unlocked: Unlocked, tmp_path: Path) -> None:
    """age 1.1 of Debian knows the X25519 kind; the hybrid kind came with age 1.3."""
    recipient = age_recipients(unlocked.public)[1]
    secret = next(one for one in unlocked.age_identities() if one.startswith("AGE-SECRET-KEY-1"))
    write_atomically(tmp_path / "identity", secret.encode())
    run("age", "-r", recipient, "-o", tmp_path / "sealed", input=b"evidence")
    assert run("age", "-d", "-i", tmp_path / "identity", tmp_path / "sealed") == "evidence"
