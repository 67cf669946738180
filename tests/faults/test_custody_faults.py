"""A log under fire: real kills, a full disk, several writers at once."""

import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.samples.custody import NOW, ORIGIN, SIGNER, at, draft, new_log, nonces

from comity.evidence.custody import CustodyLog, Verdict, check_log, create_log, open_log
from comity.evidence.custody import files as log_files
from comity.evidence.errors import CustodyError

ROOT = Path(__file__).parents[2]
BATCH = 7
WRITER = f"""
import os, sys
from pathlib import Path
from comity.evidence.custody import open_log
from tests.samples.custody import at, draft
log = open_log(Path(sys.argv[1]))
name, count = sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
for number in range(count):
    items = [draft(items=(f"{{name}}-{{number}}-{{one}}",)) for one in range({BATCH})]
    log.append(items, recorded_at=at(0), random_bytes=os.urandom)
    print(log.size, flush=True)
"""


def writer(folder: Path, name: str, count: int) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", WRITER, str(folder), name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def whole(folder: Path) -> CustodyLog:
    """The log, signed after what happened to it, which passes every check."""
    log = open_log(folder)
    log.append([draft(items=(f"after-{time.monotonic_ns()}",))], recorded_at=NOW, random_bytes=nonces)
    log.sign([SIGNER], at=NOW)
    report = check_log(folder, keys=[SIGNER.key], now=NOW)
    assert (report.verdict, report.findings) == (Verdict.PASSED, ())
    return log


def test_killed_again_and_again(tmp_path: Path) -> None:
    """Whatever was acknowledged is there, in whole batches, and the log goes on."""
    folder, chance = tmp_path / "log", random.Random(11)
    create_log(folder, origin=ORIGIN).close()
    expected = 0
    for turn in range(8):
        process = writer(folder, f"turn{turn}", 10_000)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0, 0.08))
        process.send_signal(signal.SIGKILL)
        said = process.stdout.read().split()
        process.wait()
        process.stdout.close()
        acknowledged = int(said[-1]) if said else expected
        log = whole(folder)
        assert log.size - 1 in (acknowledged, acknowledged + BATCH)
        expected = log.size
        log.close()
    assert expected > BATCH


def test_killed_at_every_step_of_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process dies before each system call that a batch makes, one after the other."""
    calls = ("append_to", "write_atomically")
    for last in range(5):
        folder = tmp_path / f"log{last}"
        log = new_log(folder, draft(items=("FIRST",)))
        log.close()
        child = os.fork()
        if child == 0:  # pragma: no cover  the child
            _die_at(last, calls, monkeypatch)
            log = open_log(folder)
            log.append([draft(items=("SECOND",))], recorded_at=at(1), random_bytes=nonces)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status) == (last < 4)
        again = open_log(folder)
        assert again.size == (1 if last < 4 else 2)
        again.append([draft(items=("THIRD",))], recorded_at=at(1), random_bytes=nonces)
        assert again.history("THIRD") == (again.size - 1,)
        report = check_log(folder, keys=[], now=at(2))
        assert report.verdict is not Verdict.FAILED
        again.close()


def _die_at(last: int, calls: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:  # pragma: no cover
    done = 0
    for name in calls:
        real = getattr(log_files, name)

        def dying(*arguments: object, real: object = real, **named: object) -> object:
            nonlocal done
            done += 1
            if done > last:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **named)  # type: ignore[operator]

        monkeypatch.setattr(log_files, name, dying)


def test_writers_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    create_log(folder, origin=ORIGIN).close()
    processes = [writer(folder, name, 12) for name in ("a", "b", "c")]
    for process in processes:
        out, _ = process.communicate(timeout=60)
        assert process.returncode == 0, out
    log = whole(folder)
    assert log.size == 3 * 12 * BATCH + 1
    assert [entry.number for entry in log.entries()] == list(range(log.size))
    log.close()


@pytest.fixture
def small_files() -> Iterator[int]:
    """No file may grow beyond this many bytes: what a full disk or a quota does."""
    limit, before = 40_000, resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    yield limit
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


def test_a_full_disk(tmp_path: Path, small_files: int) -> None:
    """A batch that finds no room is not entered at all, and what it wrote is taken off again."""
    folder, entered = tmp_path / "log", 10_000
    log = new_log(folder)
    log.append([draft(items=(f"EX-{n}",)) for n in range(entered)], recorded_at=NOW, random_bytes=os.urandom)
    size, (_, hard) = (folder / "entries.jsonl").stat().st_size, resource.getrlimit(resource.RLIMIT_FSIZE)
    assert size > 100 * small_files  # the other files stay below it
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + small_files, hard))
    with pytest.raises(CustodyError, match="make room or mend the disk"):
        for number in range(entered, 2 * entered):
            log.append([draft(items=(f"EX-{number}",))], recorded_at=at(1), random_bytes=nonces)
            entered += 1
    assert log.size == entered
    assert (folder / "entries.jsonl").read_bytes().count(b"\n") == entered
    assert [one.code for one in check_log(folder, keys=[], now=at(2)).findings] == ["tail-unsigned"]
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    log.append([draft(items=("LATER",))], recorded_at=at(1), random_bytes=nonces)
    assert open_log(folder).history("LATER") == (entered,)
    assert not (folder / "set-aside").exists()
    log.close()


def test_a_disk_that_is_full_for_the_index_only(tmp_path: Path, small_files: int) -> None:
    """The entries are in; who holds what is worked out again when there is room."""
    folder = tmp_path / "log"
    log = new_log(folder, draft(items=("EX-0",)))
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (small_files, hard))
    with pytest.raises(CustodyError, match="make room"):
        for number in range(1, 20):
            log.append([draft(items=(f"EX-{number}",))], recorded_at=at(1), random_bytes=nonces)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    log.close()
    again = open_log(folder)
    assert set(again.items()) == {entry.items[0].id for entry in again.entries()}
    assert again.size > 1
    again.close()


def test_a_torn_tail_of_every_length(tmp_path: Path) -> None:
    """Whatever a crash leaves of the next entry, the log opens and goes on where it stood."""
    folder = tmp_path / "log"
    new_log(folder, draft(items=("A",))).close()
    head = (folder / "head.json").read_bytes()
    log = open_log(folder)
    log.append([draft(items=("B",))], recorded_at=at(1), random_bytes=nonces)
    log.close()
    entries, ends = (folder / "entries.jsonl").read_bytes(), (folder / "ends").read_bytes()
    first = entries.index(b"\n") + 1
    for length in range(first, len(entries) + 1, 37):
        (folder / "entries.jsonl").write_bytes(entries[:length])
        (folder / "ends").write_bytes(ends[: 8 + length % 9])
        (folder / "head.json").write_bytes(head)
        again = open_log(folder)
        (entry,) = again.append([draft(items=("C",))], recorded_at=at(1), random_bytes=nonces)
        assert (entry.number, again.history("B"), again.history("C")) == (1, (), (1,))
        again.close()
