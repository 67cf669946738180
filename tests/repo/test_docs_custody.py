"""The page on custody: its script checks a real extract and refuses a changed one; its names are the program's."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.samples.custody import SIGNER, SIGNER_PQ, at, draft, new_log

from comity.cli import comity
from comity.cli.custody import custody
from comity.cli.key import key
from comity.evidence.custody import encode_extract, extract

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "custody.md").read_text()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl on this machine")
def test_the_script_for_strangers(tmp_path: Path) -> None:
    log = new_log(tmp_path / "log", *(draft(items=(f"EX-{number}",)) for number in range(7)))
    log.sign([SIGNER, SIGNER_PQ], at=at(1))
    (tmp_path / "extract.json").write_bytes(encode_extract(extract(log, ["EX-2", "EX-6"])))

    def run(vkey: str = SIGNER.key.vkey) -> subprocess.CompletedProcess[str]:
        return run_script(tmp_path, vkey)

    done = run()
    assert done.returncode == 0, done.stderr
    assert "2 entries are in cyber.pune.example/custody" in done.stdout
    whole = (tmp_path / "extract.json").read_bytes()
    for before, after in ((b"Pune", b"Goa!"), (b"\\n7\\n", b"\\n8\\n")):
        assert before in whole
        (tmp_path / "extract.json").write_bytes(whole.replace(before, after))
        assert run().returncode != 0
    (tmp_path / "extract.json").write_bytes(whole)
    assert run(SIGNER.key.vkey.replace("pune", "goa")).returncode != 0  # another's name


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl on this machine")
def test_the_script_checks_what_the_quickstart_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the key that the page says, as the program prints it."""
    monkeypatch.chdir(tmp_path)
    Path("phone.E01").write_bytes(b"EVF")
    Path("words").write_text("correct horse battery staple\n")
    Path("words").chmod(0o600)
    (block,) = re.findall(r"## In short\n\n(.*?)\n\n\|", PAGE, re.DOTALL)
    for line in block.replace("\\\n", "").splitlines():
        command = shlex.split(line)
        assert command[0] == "comity"
        asks = command[1] == "key" or command[2] == "sign"
        run = CliRunner().invoke(comity, [*command[1:], *(["--passphrase-file", "words"] if asks else [])])
        assert run.exit_code == 0, (line, run.output, run.exception)
        if command[1] == "key":
            shutil.copy("pune/identity.json", "identity-of-pune.json")  # as its owner passes it on
    told = json.loads(CliRunner().invoke(comity, ["key", "show", "pune", "--json"]).stdout)
    (vkey,) = [one for one in told["verifier_keys"] if one.split("+", 2)[2].startswith("A")]
    assert "cyber.pune.example+…+A…" in PAGE
    done = run_script(tmp_path, vkey)
    assert done.returncode == 0, done.stderr
    assert "1 entries are in cyber.pune.example/custody, signed by cyber.pune.example" in done.stdout


def run_script(folder: Path, vkey: str) -> subprocess.CompletedProcess[str]:
    """The page's own script on the extract in a folder."""
    (script,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    (folder / "check.py").write_text(script)
    command = [sys.executable, "-I", str(folder / "check.py"), str(folder / "extract.json"), vkey]
    return subprocess.run(command, capture_output=True, text=True, check=False)


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
