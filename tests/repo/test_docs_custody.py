"""The page on custody: its script checks a real extract and refuses a changed one; its names are the program's."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.samples.custody import SIGNER, SIGNER_PQ, at, draft, new_log

from comity.cli.custody import custody
from comity.cli.key import key
from comity.evidence.custody import encode_extract, extract

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "custody.md").read_text()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl on this machine")
def test_the_script_for_strangers(tmp_path: Path) -> None:
    (script,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "check.py").write_text(script)
    log = new_log(tmp_path / "log", *(draft(items=(f"EX-{number}",)) for number in range(7)))
    log.sign([SIGNER, SIGNER_PQ], at=at(1))
    (tmp_path / "extract.json").write_bytes(encode_extract(extract(log, ["EX-2", "EX-6"])))

    def run() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", str(tmp_path / "check.py"), str(tmp_path / "extract.json"), SIGNER.key.vkey]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    done = run()
    assert done.returncode == 0, done.stderr
    assert "2 entries are in cyber.pune.example/custody" in done.stdout
    whole = (tmp_path / "extract.json").read_bytes()
    for before, after in ((b"Pune", b"Goa!"), (b"\\n7\\n", b"\\n8\\n")):
        assert before in whole
        (tmp_path / "extract.json").write_bytes(whole.replace(before, after))
        assert run().returncode != 0


def test_every_finding_that_a_check_can_make_is_on_the_page() -> None:
    told = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", PAGE))
    found: set[str] = set()
    for path in (ROOT / "src/comity/evidence/custody").glob("*.py"):
        found |= set(re.findall(r'(?:failed|unknown)\(\s*"([a-z-]+)"', path.read_text()))
    assert found - {"item-missing"} <= told


def test_every_command_is_on_the_page() -> None:
    told = " ".join(re.findall(r"^\| (`(?:custody|key) .*?) \|", PAGE, re.MULTILINE))
    for group in (custody, key):
        for command in group.commands:
            assert re.search(rf"\b{command}\b", told), command
