"""The command line as a whole process: what is wrong becomes one line and exit status 2."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMITY = str(Path(sys.executable).with_name("comity"))


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMITY, *arguments],
        capture_output=True,
        encoding=environment.get("PYTHONIOENCODING", "utf-8"),
        errors="replace",  # click writes UTF-8 where the charset is ASCII
        timeout=60,
        check=False,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("routes", "IN", "ZZ", "preservation"), "unknown state 'ZZ'"),
        (("routes", "IN", "US", "presevation"), "did you mean preservation"),
        (("routes", "IN", "US", "preservation", "--on", "2026-13-01"), "write YYYY-MM-DD"),
        (("routes", "IN", "US", "preservation", "--offence", "fishing"), "phishing"),
        (("routes", "IN", "US", "preservation", "--fact", "organised_group=maybe"), "NAME=yes or NAME=no"),
        (("routes", "IN", "India", "preservation"), "two different states"),
        (("routes", "IN"), "Missing argument"),
        (("rotues",), "No such command"),
        (("plan", "no-such-folder"), "there is no such folder"),
    ],
)
def test_one_line_and_exit_status_two(arguments: tuple[str, ...], says: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_without_a_command_it_shows_its_help() -> None:
    done = run()
    assert done.returncode == 2
    assert "Commands" in done.stderr


def test_a_reader_that_stops_early_is_no_error() -> None:
    with subprocess.Popen(
        [COMITY, "routes", "IN", "US", "extradition", "--all"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


@pytest.mark.parametrize("charset", ["ascii", "latin-1"])
def test_a_terminal_that_lacks_signs_gets_others(charset: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("see https://bücher.example/ and +49 30 1234567; Владимир: t.me/vladimir_1\n")
    for arguments in (("leads", str(tmp_path)), ("routes", "IN", "US", "preservation")):
        done = run(*arguments, PYTHONIOENCODING=charset, PYTHONUTF8="0", LANG="C")
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr
    done = run("leads", str(tmp_path / "за.txt"), PYTHONIOENCODING=charset)
    assert done.returncode == 2
    assert "does not exist" in done.stderr
