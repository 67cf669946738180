"""The QR code of the cover sheet, scanned by software that is not ours (ZBar) from the picture of the page."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import msgspec
import pytest
from tests.samples.letters import complete

from comity.letters import checked, lay_out
from comity.letters.model import Kind
from comity.letters.render.data import letter_data
from comity.letters.render.pdf import pictures


@pytest.mark.parametrize("reference", ["Cr. No. 147/2026 / s34", "Дело № 7", "x" * 300])
def test_a_scanner_reads_reference_and_digest(reference: str, tmp_path: Path) -> None:
    zbarimg = shutil.which("zbarimg")
    if zbarimg is None:
        pytest.skip("zbarimg (Debian's zbar-tools) is not installed")
    letter, expected = complete(Kind.ACKNOWLEDGEMENT)
    letter = msgspec.structs.replace(letter, reference=reference)
    page = lay_out(letter, checked(letter, expected).report)
    path = tmp_path / "cover.png"
    path.write_bytes(pictures(letter, page, dots_per_inch=200)[0])
    read = subprocess.run([zbarimg, "--quiet", "--raw", str(path)], capture_output=True, check=True).stdout.decode()
    assert read.splitlines() == [reference[:200], f"sha256:{hashlib.sha256(letter_data(letter)).hexdigest()}"]
