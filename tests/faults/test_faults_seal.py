"""Killed while it seals with custody, at each touch of the disk: running again completes it, and hands over once."""

import json
import os
import shutil
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from comity import cli
from comity.evidence.custody import Act, Authorisation, Draft, Item, Party, create_log, open_log
from comity.evidence.keys import PublicIdentity, create_identity

STEP = int(os.environ.get("STEP", "4"))
TOUCHES = ("fsync", "link", "rename", "replace", "unlink", "mkdir", "ftruncate")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli.comity, [str(one) for one in arguments])


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An agency with one exhibit in its log, that seals for itself."""
    folder = tmp_path_factory.mktemp("sealing")
    (folder / "image").write_bytes(b"image" * 1000)
    (folder / "pass").write_text("a passphrase\n")
    (folder / "pass").chmod(stat.S_IRUSR)
    before = datetime.now(UTC) - timedelta(days=1)
    public = PublicIdentity(name="pune.example", display_name="pune", agency="Police", keys=())
    create_identity(folder / "id", public, passphrase=b"a passphrase", now=before, random_bytes=os.urandom)
    log = create_log(folder / "log", origin="pune.example/custody")
    who = Party(name="pune", role="evidence custodian", agency="Police", identity="pune.example")
    said: dict[str, Any] = {"place": "Pune", "reason": "search", "authorisation": Authorisation(reference="W 1")}
    log.append(
        [Draft(act=Act.COLLECTED, at=before, by=who, items=(Item(id="EX-1"),), **said)],
        recorded_at=datetime.now(UTC),
        random_bytes=os.urandom,
    )
    log.close()
    return folder


def seal(folder: Path, *more: object) -> Result:
    (folder / "out").mkdir(exist_ok=True)
    return run(
        "seal", folder / "image", "--case", "C", "--authorised-by", "W", "-o", folder / "out" / "x.age",
        "--for", folder / "id" / "identity.json", "--identity", folder / "id", "--passphrase-file", folder / "pass",
        "--custody", folder / "log", "--exhibit", "EX-1", "--handed-over", *more,
    )  # fmt: skip


def killed_at(touch: int, act: Callable[[], object]) -> bool:
    """The act in a process of its own, which ends at once before that touch of the disk; False: it went through."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    left = touch

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            nonlocal left
            if left == 0:
                os._exit(9)
            left -= 1
            return real(*arguments, **named)

        return call

    for name in TOUCHES:
        setattr(os, name, counted(getattr(os, name)))
    act()
    os._exit(0)


def acts(folder: Path) -> list[str]:
    log = open_log(folder / "log")
    found = [entry.act.value for entry in log.entries()]
    log.close()
    return found


def test_killed_while_it_seals_with_custody(place: Path, tmp_path: Path) -> None:
    touch, late, through = 0, 0, False
    while not through:
        folder = tmp_path / str(touch)
        shutil.copytree(place, folder)
        through = not killed_at(touch, lambda: seal(folder))  # noqa: B023
        whole = (folder / "out" / "x.age").exists()
        pending = (folder / "out" / ".x.age.pending").exists()
        if whole and pending:
            late += 1
            data = (folder / "out" / "x.age").read_bytes()
        if not whole or pending:
            result = seal(folder)
            assert result.exit_code == 0, (touch, result.output, result.exception)
        if whole and pending:
            assert (folder / "out" / "x.age").read_bytes() == data, "it is not sealed a second time"
        assert acts(folder) == ["collected", "copied", "transferred"], touch
        names = {path.name for path in (folder / "out").iterdir()}
        assert names == {"x.age", "x.age.custody.json", "x.age.tsq"}, touch
        result = run("custody", "check", folder / "out" / "x.age.custody.json", "--identity", folder / "id")
        assert result.exit_code == 0, (touch, result.output)
        assert "is there already" in str(seal(folder).exception)
        touch += STEP if not whole else max(1, STEP // 2)
    assert late >= 2, "no kill came late enough"


@pytest.fixture
def stopped(place: Path, tmp_path: Path) -> Path:
    """Sealed, and killed before it was entered."""
    folder = tmp_path / "stopped"
    shutil.copytree(place, folder)
    for touch in range(60):
        shutil.rmtree(folder / "out", ignore_errors=True)
        assert killed_at(touch, lambda: seal(folder))
        if (folder / "out" / "x.age").exists():
            return folder
    raise AssertionError("it was never sealed")


def test_only_the_same_command_finishes_it(stopped: Path) -> None:
    said = str(seal(stopped, "--place", "Goa", "--purpose", "court").exception)
    assert "was another command (--place, --purpose); give the same again" in said
    kept = (stopped / "out" / "x.age").read_bytes()
    (stopped / "out" / "x.age").write_bytes(b"another")
    assert "is another than the one that was sealed here" in str(seal(stopped).exception)
    assert acts(stopped) == ["collected"]
    (stopped / "out" / "x.age").write_bytes(kept)
    result = seal(stopped, "--json")
    assert result.exit_code == 0, (result.output, result.exception)
    assert json.loads(result.stdout)["file_count"] == 1


def test_a_package_that_was_entered_and_is_gone_is_not_made_again(stopped: Path) -> None:
    pending = (stopped / "out" / ".x.age.pending").read_bytes()
    assert seal(stopped).exit_code == 0
    (stopped / "out" / ".x.age.pending").write_bytes(pending)
    (stopped / "out" / "x.age").rename(stopped / "sent.age")
    assert "but is not there any more; put it back" in str(seal(stopped).exception)
    assert acts(stopped) == ["collected", "copied", "transferred"]


def test_a_log_that_changed_meanwhile(stopped: Path) -> None:
    """What was sealed stays: whether it was sent by now, nobody here knows."""
    by = ("--by", "pune (Police)", "--role", "custodian", "--place", "Pune", "--reason", "r", "--under", "W")
    gone = run("custody", "add", stopped / "log", "--act", "destroyed", "--item", "EX-1", *by)
    assert gone.exit_code == 0, (gone.output, gone.exception)
    said = str(seal(stopped).exception)
    assert "is whole, but is not entered in" in said
    assert (stopped / "out" / "x.age").exists()


def test_two_at_once(stopped: Path) -> None:
    import fcntl

    with (stopped / "out" / ".x.age.pending").open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert "is being sealed by another" in str(seal(stopped).exception)
    assert seal(stopped).exit_code == 0
