"""Killed while it seals or unseals: nothing half-written is taken for whole, and running again completes."""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from comity.evidence.age import parse_identity, parse_recipient
from comity.evidence.custody import Authorisation, Party, Verdict
from comity.evidence.keys import PublicIdentity, age_recipients, create_identity, open_identity
from comity.evidence.limitation import Limitations
from comity.evidence.package import Recipient, SealOrder, Signer, Trust, seal, unseal, verify_folder

PASSPHRASE = b"correct horse battery staple"
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
KILLS = int(os.environ.get("KILLS", "3"))
SIZE_BYTES = 24 << 20
ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Agencies:
    """One identity that seals for itself, in a folder with the evidence and what becomes of it."""

    folder: Path

    @property
    def package(self) -> Path:
        return self.folder / "out" / "package.age"

    def seal(self) -> None:
        identity = open_identity(self.folder / "identity")
        unlocked = identity.unlock(PASSPHRASE)
        (key, _) = age_recipients(identity.public)
        order = SealOrder(
            package="P-1",
            case="C-1",
            authorisation=Authorisation(reference="W-1"),
            sender=Party(name="A", role="custodian"),
            identity_bundle=identity.bundle,
            recipients=((Recipient(name="", key=key), parse_recipient(key)),),
            limitations=Limitations(),
        )
        signer = Signer(
            key=unlocked.certificate_key(), chain=unlocked.certificate_chain(), pq_key=unlocked.signature_pq_key()
        )
        seal([self.folder / "evidence"], self.package, order, signer, now=NOW, random_bytes=os.urandom)

    def unseal(self) -> None:
        identity = open_identity(self.folder / "identity")
        opens = [parse_identity(text) for text in identity.unlock(PASSPHRASE).age_identities()]
        with self.package.open("rb") as source:
            unseal(
                source,
                self.folder / "unpacked",
                opens,
                Trust(senders=(identity.public,)),
                now=NOW,
                subject="package",
                accept_indeterminate=True,
            )

    def verdict(self) -> Verdict:
        trust = Trust(senders=(open_identity(self.folder / "identity").public,))
        report = verify_folder(self.folder / "unpacked" / "P-1", trust, now=NOW)
        wanting = {check.name for check in report.checks if check.verdict is not Verdict.PASSED}
        return Verdict.PASSED if wanting == {"time-stamp"} else report.verdict


def load_agencies(folder: Path) -> Agencies:
    return Agencies(folder)


@pytest.fixture(scope="module")
def agencies(tmp_path_factory: pytest.TempPathFactory) -> Agencies:
    folder = tmp_path_factory.mktemp("agencies")
    public = PublicIdentity(name="a.example", display_name="A", keys=())
    create_identity(folder / "identity", public, passphrase=PASSPHRASE, now=NOW, random_bytes=os.urandom)
    (folder / "evidence").mkdir()
    for number in range(8):
        (folder / "evidence" / f"{number}").write_bytes(os.urandom(SIZE_BYTES // 8))
    for number in range(600):
        inner = folder / "evidence" / f"many-{number // 100}"
        inner.mkdir(exist_ok=True)
        (inner / f"{number}").write_bytes(os.urandom(number))
    (folder / "out").mkdir()
    return Agencies(folder)


def run_until_killed(act: str, folder: Path, *, after_seconds: float) -> None:
    """Start it, wait till it begins, let it run that long, and kill it."""
    command = [sys.executable, "-m", "tests.faults.sealing_process", act, str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == b"ready\n"
        time.sleep(after_seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()


def seconds_of(act: str, agencies: Agencies) -> float:
    begin = time.perf_counter()
    agencies.seal() if act == "seal" else agencies.unseal()
    return time.perf_counter() - begin


def test_killed_while_sealing(agencies: Agencies) -> None:
    whole = seconds_of("seal", agencies)
    agencies.package.unlink()
    chance, stopped = random.Random(1), 0
    for _ in range(KILLS):
        run_until_killed("seal", agencies.folder, after_seconds=chance.uniform(0, whole * 1.3))
        if agencies.package.exists():
            agencies.unseal()
            assert agencies.verdict() is Verdict.PASSED, "what has the name is whole"
            _remove(agencies.folder / "unpacked")
            agencies.package.unlink()
        else:
            stopped += 1
        assert {path.name for path in (agencies.folder / "out").iterdir()} <= {".package.age.part"}
    assert stopped, "no kill came in time"
    agencies.seal()
    assert [path.name for path in (agencies.folder / "out").iterdir()] == ["package.age"]


def test_killed_while_unsealing(agencies: Agencies) -> None:
    if not agencies.package.exists():
        agencies.seal()
    whole = seconds_of("unseal", agencies)
    _remove(agencies.folder / "unpacked")
    chance, stopped = random.Random(2), 0
    for _ in range(KILLS):
        run_until_killed("unseal", agencies.folder, after_seconds=chance.uniform(0, whole * 1.3))
        there = agencies.folder / "unpacked" / "P-1"
        if there.exists():
            assert agencies.verdict() is Verdict.PASSED, "what has the name is whole"
            _remove(agencies.folder / "unpacked")
        else:
            stopped += 1
    assert stopped, "no kill came in time"
    if not (agencies.folder / "unpacked" / "P-1").exists():
        agencies.unseal()
    assert agencies.verdict() is Verdict.PASSED
    assert [path.name for path in (agencies.folder / "unpacked").iterdir()] == ["P-1"]


def _remove(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
