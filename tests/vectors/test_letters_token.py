"""Letters signed with a key on a PKCS#11 token: SoftHSM2 in the place of a smart card."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, load_der_public_key
from tests.samples.letterfiles import plain_pdf
from tests.samples.signers import NOW, issue, root

from comity.cli import main
from comity.evidence.keys import TokenPlace
from comity.evidence.keys.token import token_key
from comity.letters.errors import SigningError
from comity.letters.sign import HeldKey, Signing, TokenKey, Trust, open_key, sign_pdf, verify_letter

FOLDERS = ("/usr/lib/softhsm", "/usr/lib64/pkcs11", "/usr/local/lib/softhsm")
MODULE = next((f"{one}/libsofthsm2.so" for one in FOLDERS if Path(one, "libsofthsm2.so").is_file()), "")
PIN, TOKEN, LABEL = "123456", "letters test", "officer"

pkcs11 = pytest.importorskip("pkcs11", reason="python-pkcs11 is not installed")
pytestmark = pytest.mark.skipif(
    not MODULE or shutil.which("softhsm2-util") is None, reason="no SoftHSM2 on this machine"
)


@dataclass(frozen=True)
class OnToken:
    """The half of a key that is known."""

    public: Any

    def public_key(self) -> Any:
        return self.public


@pytest.fixture(scope="module", autouse=True)
def certificate(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A token with a key and the certificate that the test root issued for it."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    made = ["softhsm2-util", "--init-token", "--free", "--label", TOKEN, "--so-pin", "0000", "--pin", PIN]
    subprocess.run(made, check=True, capture_output=True)
    library = pkcs11.lib(MODULE)
    library.reinitialize()
    with library.get_token(token_label=TOKEN).open(rw=True, user_pin=PIN) as session:
        from pkcs11.util.ec import encode_ec_public_key, encode_named_curve_parameters

        curve = {pkcs11.Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")}
        parameters = session.create_domain_parameters(pkcs11.KeyType.EC, curve, local=True)
        public, _ = parameters.generate_keypair(store=True, id=b"\x01", label=LABEL)
        issued = _put(session, load_der_public_key(bytes(encode_ec_public_key(public))), LABEL, b"\x01")
        public, _ = session.generate_keypair(pkcs11.KeyType.RSA, 2048, store=True, id=b"\x02", label="rsa")
        from pkcs11.util.rsa import encode_rsa_public_key

        _put(session, load_der_public_key(bytes(encode_rsa_public_key(public))), "rsa", b"\x02")
    return issued


def _put(session: Any, public: Any, label: str, number: bytes) -> bytes:
    """A certificate for a key of the token, put beside it."""
    issued = issue("Officer with a card", root(), key=OnToken(public)).certificate
    session.create_object(
        {
            pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
            pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
            pkcs11.Attribute.TOKEN: True,
            pkcs11.Attribute.LABEL: label,
            pkcs11.Attribute.ID: number,
            pkcs11.Attribute.SUBJECT: issued.subject.public_bytes(),
            pkcs11.Attribute.VALUE: issued.public_bytes(Encoding.DER),
        }
    )
    return issued.public_bytes(Encoding.PEM)


def verdict(data: bytes) -> str:
    found = verify_letter(data, Trust(roots=(root().pem,)), file="f", now=NOW + timedelta(hours=1))
    return found.verdict.value


@pytest.mark.parametrize("label", [LABEL, "rsa"])
def test_a_card_signs(label: str) -> None:
    source = TokenKey(module=MODULE, token=TOKEN, label=label, chain=root().pem)
    with open_key(source, PIN) as signer:
        data = sign_pdf(plain_pdf(["one line"]), signer, Signing(number=1, at=NOW, visible=False))
    assert verdict(data) == "passed"


def test_the_card_of_an_identity_signs(certificate: bytes) -> None:
    key: Any = token_key(TokenPlace(module=MODULE, token=TOKEN, key_id="01"), PIN.encode())
    with open_key(HeldKey(key=key, chain=certificate)) as signer:
        data = sign_pdf(plain_pdf(["one line"]), signer, Signing(number=1, at=NOW, visible=False))
    assert verdict(data) == "passed"


@pytest.mark.parametrize(
    ("source", "pin"),
    [
        (TokenKey(module=MODULE, token=TOKEN, label=LABEL), "999999"),
        (TokenKey(module=MODULE, token="another", label=LABEL), PIN),
        (TokenKey(module="/nowhere/lib.so", token=TOKEN, label=LABEL), PIN),
        (TokenKey(module=MODULE, token=TOKEN, label="nobody"), PIN),
    ],
)
def test_what_a_card_refuses(source: TokenKey, pin: str) -> None:
    with pytest.raises(SigningError), open_key(source, pin) as signer:
        sign_pdf(plain_pdf(["one line"]), signer, Signing(number=1, at=NOW, visible=False))


def test_in_the_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "letter.pdf").write_bytes(plain_pdf(["one line"]))
    (tmp_path / "pin").write_text(PIN)
    (tmp_path / "pin").chmod(0o600)
    (tmp_path / "root.pem").write_bytes(root().pem)
    monkeypatch.chdir(tmp_path)
    command = [
        "comity",
        "letter",
        "sign",
        "letter.pdf",
        "--foreign",
        "--token",
        MODULE,
        TOKEN,
        LABEL,
        "--pin-file",
        "pin",
    ]
    monkeypatch.setattr(sys, "argv", [*command, "--chain", "root.pem", "--invisible"])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 0
    assert verdict((tmp_path / "letter.signed-1.pdf").read_bytes()) == "passed"
