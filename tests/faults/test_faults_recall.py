"""Killed while evidence is deleted on recall: no statement without the deed, and running again completes both."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from comity.evidence.custody import create_log, open_log
from comity.evidence.keys import PublicIdentity, create_identity

KILLS = int(os.environ.get("KILLS", "3"))
SIZE_BYTES = 24 << 20
COMITY = Path(sys.executable).with_name("comity")


def run(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([COMITY, *map(str, arguments)], capture_output=True, check=False)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An agency that sealed for itself, unpacked it and entered that it was received."""
    folder = tmp_path_factory.mktemp("held")
    (folder / "image").write_bytes(random.Random(1).randbytes(SIZE_BYTES))
    (folder / "pass").touch(mode=0o600)
    (folder / "pass").write_text("a passphrase\n")
    public = PublicIdentity(name="pune.example", display_name="pune", agency="Police", keys=())
    before = datetime.now(UTC) - timedelta(days=1)
    create_identity(folder / "id", public, passphrase=b"a passphrase", now=before, random_bytes=os.urandom)
    create_log(folder / "log", origin="pune.example/custody").close()
    own = ("--identity", folder / "id", "--passphrase-file", folder / "pass")
    package = ("-o", folder / "p.age", "--package", "P-1", "--for", folder / "id" / "identity.json")
    done = run("seal", folder / "image", "--case", "C", "--authorised-by", "W", *package, *own)
    assert done.returncode == 0, done.stderr
    unseal = ("unseal", folder / "p.age", "-o", folder / "out", "--accept-indeterminate", "--custody", folder / "log")
    done = run(*unseal, "--place", "Pune", *own)
    assert done.returncode == 0, done.stderr
    return folder


def arguments(folder: Path) -> list[str]:
    named = (
        "evidence", "delete", folder / "p.age", folder / "out" / "P-1", "-o", folder / "gone.json", "--recall", "R",
        "--custody", folder / "log", "--identity", folder / "id", "--passphrase-file", folder / "pass", "--yes",
    )  # fmt: skip
    return [str(one) for one in named]


def acts(folder: Path) -> list[str]:
    log = open_log(folder / "log")
    found = [entry.act.value for entry in log.entries()]
    log.close()
    return found


@pytest.mark.parametrize("turn", range(KILLS))
def test_killed_while_it_is_deleted(held: Path, tmp_path: Path, turn: int) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(held, folder)
    chance = random.Random(turn)
    process = subprocess.Popen([COMITY, *arguments(folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(chance.uniform(0.3, 1.6))
    process.send_signal(signal.SIGKILL)
    process.wait()
    if (folder / "gone.json").exists():  # then all before it is done
        assert not (folder / "p.age").exists()
        assert acts(folder) == ["received", "destroyed"]
    if "destroyed" in acts(folder):
        assert not (folder / "p.age").exists()
        assert not (folder / "out" / "P-1").exists()
    if not ((folder / "gone.json").exists() and not (folder / ".gone.json.pending").exists()):
        done = run(*arguments(folder))
        assert done.returncode == 0, done.stderr
    assert acts(folder) == ["received", "destroyed"]
    assert not (folder / "p.age").exists()
    copy = ("--package", held / "p.age", "--trust", folder / "id" / "identity.json")
    assert run("evidence", "proof", folder / "gone.json", *copy).returncode == 3  # but for the stamp, all is shown
