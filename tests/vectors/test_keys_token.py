"""Certificate keys on a PKCS#11 token: SoftHSM2 in the place of a smart card."""

import copy
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, utils
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, Hash
from tests.samples.keys import NOW, PASSPHRASE, make_identity

from comity.evidence.errors import KeyFileError, TokenError
from comity.evidence.keys import (
    KeyUse,
    TokenPlace,
    Unlocked,
    add_certificate,
    add_token_key,
    create_authority,
    current,
    export_pkcs12,
    open_identity,
    request_certificate,
    rotate,
)

FOLDERS = ("/usr/lib/softhsm", "/usr/lib64/pkcs11", "/usr/local/lib/softhsm")
MODULE = next((f"{one}/libsofthsm2.so" for one in FOLDERS if Path(one, "libsofthsm2.so").is_file()), "")
PIN = b"123456"
LABEL = "comity test"

pkcs11 = pytest.importorskip("pkcs11", reason="python-pkcs11 is not installed")
pytestmark = pytest.mark.skipif(
    not MODULE or shutil.which("softhsm2-util") is None, reason="no SoftHSM2 on this machine"
)


@pytest.fixture(scope="module", autouse=True)
def _softhsm(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A token with an elliptic key, an RSA key and a key of another kind. The library reads its settings once."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    initialise = (
        "softhsm2-util",
        "--init-token",
        "--free",
        "--label",
        LABEL,
        "--so-pin",
        "0000",
        "--pin",
        PIN.decode(),
    )
    subprocess.run(initialise, check=True, capture_output=True)
    library = pkcs11.lib(MODULE)
    library.reinitialize()
    with library.get_token(token_label=LABEL).open(rw=True, user_pin=PIN.decode()) as session:
        from pkcs11.util.ec import encode_named_curve_parameters

        parameters = session.create_domain_parameters(
            pkcs11.KeyType.EC,
            {pkcs11.Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")},
            local=True,
        )
        parameters.generate_keypair(store=True, id=b"\x01", label="signing")
        session.generate_keypair(pkcs11.KeyType.RSA, 2048, store=True, id=b"\x02", label="signing rsa")
        other = session.create_domain_parameters(
            pkcs11.KeyType.EC_EDWARDS,
            {pkcs11.Attribute.EC_PARAMS: encode_named_curve_parameters("1.3.101.112")},
            local=True,
        )
        other.generate_keypair(mechanism=pkcs11.Mechanism.EC_EDWARDS_KEY_PAIR_GEN, store=True, id=b"\x03")


@pytest.fixture
def unlocked(tmp_path: Path) -> Unlocked:
    return make_identity(tmp_path / "pune").unlock(PASSPHRASE, pin=PIN)


def place(key_id: str = "01", **other: str) -> TokenPlace:
    return TokenPlace(**{"module": MODULE, "token": LABEL, "key_id": key_id, **other})


@pytest.mark.parametrize(("key_id", "algorithm"), [("01", "ECDSA-P256"), ("02", "RSA-2048")])
def test_a_token_s_key_signs_certificates_and_cms(
    unlocked: Unlocked, key_id: str, algorithm: str, tmp_path: Path
) -> None:
    made = add_token_key(unlocked, place(key_id), PIN, now=NOW)
    assert (made.algorithm, made.generation) == (algorithm, 2)
    assert PIN.decode() not in (unlocked.folder / "keys" / "2-certificate.token.json").read_text()
    again = open_identity(unlocked.folder)
    assert again.is_on_token
    opened = again.unlock(PASSPHRASE, pin=PIN)
    key = opened.certificate_key()
    assert key.public_key() == opened.certificate_chain()[0].public_key()
    assert PIN.decode() not in repr(key)
    authority = create_authority(
        tmp_path / "ca", name="CA", agency="", state="", passphrase=PASSPHRASE, now=NOW, random_bytes=os.urandom
    )
    pem = authority.issue(request_certificate(opened).encode(), now=NOW)
    assert add_certificate(opened, pem.encode(), what="x") == opened.certificate_chain()[0]
    own = opened.certificate_chain()[1]
    assert isinstance(own, x509.Certificate)
    own.verify_directly_issued_by(own)


def test_signatures_of_each_kind(unlocked: Unlocked) -> None:
    add_token_key(unlocked, place("01"), PIN, now=NOW)
    key = unlocked.certificate_key()
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    key.public_key().verify(key.sign(b"manifest", ec.ECDSA(SHA256())), b"manifest", ec.ECDSA(SHA256()))
    hashing = Hash(SHA256())
    hashing.update(b"manifest")
    prehashed = key.sign(hashing.finalize(), ec.ECDSA(utils.Prehashed(SHA256())))
    key.public_key().verify(prehashed, b"manifest", ec.ECDSA(SHA256()))
    assert (key.key_size, key.curve.name) == (256, "secp256r1")
    add_token_key(unlocked, place("02"), PIN, now=NOW)
    rsa_key = unlocked.certificate_key()
    assert rsa_key.key_size == 2048
    for wrong in ((padding.PSS(padding.MGF1(SHA256()), 32), SHA256()), (padding.PKCS1v15(), SHA1())):
        with pytest.raises(TokenError, match="PKCS#1"):
            rsa_key.sign(b"x", *wrong)


@pytest.mark.parametrize("key_id", ["01", "02"])
def test_a_token_s_key_never_leaves_it(unlocked: Unlocked, key_id: str) -> None:
    add_token_key(unlocked, place(key_id), PIN, now=NOW)
    key = unlocked.certificate_key()
    assert copy.copy(key) is copy.deepcopy(key) is key
    with pytest.raises(TokenError, match="leave its token"):
        export_pkcs12(unlocked, b"quite another passphrase")
    with pytest.raises(TokenError, match="leave its token"):
        key.private_numbers()
    with pytest.raises(TokenError):
        key.private_bytes(None, None, None)  # type: ignore[arg-type]
    with pytest.raises(TokenError):
        key.exchange(ec.ECDH(), None) if key_id == "01" else key.decrypt(b"", None)  # type: ignore[union-attr,arg-type]


@pytest.mark.parametrize(
    ("where", "pin", "said"),
    [
        (place(), b"", "needs its PIN"),
        (place(), b"654321", "PinIncorrect"),
        (place("77"), PIN, "NoSuchKey"),
        (place("03"), PIN, "neither elliptic nor RSA"),
        (place(token="elsewhere"), PIN, "NoSuchToken"),
        (place(), b"\xff\xfe", "in UTF-8"),
        (place(module="/nowhere.so"), PIN, "No such file"),
    ],
)
def test_tokens_that_refuse(unlocked: Unlocked, where: TokenPlace, pin: bytes, said: str) -> None:
    with pytest.raises(TokenError) as caught:
        add_token_key(unlocked, where, pin, now=NOW)
    assert said in str(caught.value)
    assert "123456" not in str(caught.value) + str(caught.value.__dict__)
    assert len(list((unlocked.folder / "keys").iterdir())) == 6


def test_without_its_pin_all_but_the_certificate_key_works(unlocked: Unlocked) -> None:
    add_token_key(unlocked, place(), PIN, now=NOW)
    plain = open_identity(unlocked.folder).unlock(PASSPHRASE)
    assert plain.note_signers()
    with pytest.raises(TokenError, match="needs its PIN"):
        plain.certificate_key()
    rotate(plain, [KeyUse.CERTIFICATE], now=NOW, random_bytes=os.urandom)  # back to a key in a file
    assert not open_identity(unlocked.folder).is_on_token
    assert plain.certificate_key().public_key()
    key = current(plain.public, KeyUse.CERTIFICATE)
    assert key is not None
    assert key.generation == 3


def test_another_token_in_its_place(unlocked: Unlocked) -> None:
    add_token_key(unlocked, place("01"), PIN, now=NOW)
    path = unlocked.folder / "keys" / "2-certificate.token.json"
    path.write_text(path.read_text().replace('"01"', '"02"'))
    with pytest.raises(KeyFileError, match="another key"):
        unlocked.certificate_key()
    path.write_text("{}")
    with pytest.raises(KeyFileError, match="restore it"):
        unlocked.certificate_key()


def test_in_the_terminal(unlocked: Unlocked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                         capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    import sys

    from comity.cli import main

    for name, secret in (("pw", PASSPHRASE), ("pin", PIN)):
        (tmp_path / name).write_bytes(secret)
        (tmp_path / name).chmod(0o600)
    secrets = (f"--passphrase-file={tmp_path / 'pw'}", f"--pin-file={tmp_path / 'pin'}")
    folder = str(unlocked.folder)

    def run(*words: str, status: int = 0) -> str:
        monkeypatch.setattr(sys, "argv", ["comity", "key", *words])
        with pytest.raises(SystemExit) as caught:
            main()
        out, err = capsys.readouterr()
        assert (caught.value.code or 0) == status, out + err
        return out + err

    where = ("--module", MODULE, "--label", LABEL)
    assert "is not hexadecimal" in run("token", folder, *where, "--key-id", "zz", *secrets, status=2)
    assert "on token comity test, ECDSA-P256" in run("token", folder, *where, "--key-id", "01", *secrets)
    assert "CERTIFICATE REQUEST" in run("csr", folder, *secrets)
    assert "for the PIN on" in run("csr", folder, secrets[0], status=2)


def test_without_the_library_for_tokens(unlocked: Unlocked, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pkcs11", None)
    with pytest.raises(TokenError, match="python-pkcs11 is not installed"):
        add_token_key(unlocked, place(), PIN, now=NOW)
