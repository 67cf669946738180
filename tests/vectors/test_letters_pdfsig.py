"""Another reader agrees on our signatures: pdfsig of Poppler."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.samples.letterfiles import sample_pdf
from tests.samples.signers import NOW, magistrate, officer, revocations, root, stamper

from comity.letters.sign import PemKey, Signing, Trust, open_key, sign_pdf, signing_trust

pytestmark = pytest.mark.skipif(shutil.which("pdfsig") is None, reason="pdfsig (poppler-utils) is not installed")


@pytest.fixture(scope="module")
def twice() -> bytes:
    lists = Trust(roots=(root().pem,), revocations=(revocations(root()),))
    data = sample_pdf()
    for number, who in enumerate((officer(), magistrate()), start=1):
        with open_key(PemKey(key=who.key_pem, certificate=who.pem)) as signer:
            signing = Signing(number=number, at=NOW, names=("Chief Judicial Magistrate",))
            more = {"stamper": stamper(), "trust": signing_trust(lists, NOW)} if number == 2 else {}
            data = sign_pdf(data, signer, signing, **more)
    return data


def pdfsig(data: bytes, folder: Path) -> list[str]:
    """What pdfsig says of each signature of a person; it cannot judge time stamps over the document."""
    path = folder / "letter.pdf"
    path.write_bytes(data)
    ran = subprocess.run(
        ["pdfsig", "-nocert", str(path)],
        capture_output=True, text=True, check=False, env={**os.environ, "HOME": str(folder), "TZ": "UTC"},
    )  # fmt: skip
    parts = re.split(r"Signature #\d+:", ran.stdout)[1:]
    people = [part for part in parts if "ETSI.CAdES.detached" in part]
    return [found for part in people for found in re.findall(r"Signature Validation: (.*?)\.?\n", part)]


def test_both_hold(twice: bytes, tmp_path: Path) -> None:
    assert pdfsig(twice, tmp_path) == ["Signature is Valid", "Signature is Valid"]


def test_a_byte_changed(twice: bytes, tmp_path: Path) -> None:
    at = twice.index(b"stream") + 60
    changed = twice[:at] + bytes([twice[at] ^ 1]) + twice[at + 1 :]
    assert "Signature is Valid" not in pdfsig(changed, tmp_path)
