"""`comity draft` in the terminal: what it writes, what it says, what it refuses."""

import sys
from pathlib import Path

import pytest

from comity.cli import main
from comity.letters import Kind, from_json

FOLDER = Path(__file__).parents[3] / "examples" / "bec"
DAY = ("--on", "2026-11-24")


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["comity", "draft", *arguments])
    with pytest.raises(SystemExit) as caught:
        main()
    return int(caught.value.code or 0)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The letters of every step, as JSON."""
    folder = tmp_path_factory.mktemp("letters") / "all"
    patch = pytest.MonkeyPatch()
    assert run(patch, str(FOLDER), "--all", "-o", str(folder), "--format", "json", *DAY) == 0
    patch.undo()
    return folder


def test_every_step(whole: Path) -> None:
    written = sorted(whole.iterdir())
    assert len(written) > 3
    for path in written:
        drafted = from_json(path.read_bytes())
        assert drafted.report.findings
        assert path.stem.endswith(drafted.letter.kind.value.replace("_", "-"))


def step_of(whole: Path, kind: Kind) -> str:
    return next(
        path.name.split("-")[0] for path in sorted(whole.iterdir()) if kind.value.replace("_", "-") in path.stem
    )


def test_one_step_to_a_file(
    whole: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    step = step_of(whole, Kind.MLA_REQUEST)
    path = tmp_path / "letter.json"
    assert run(monkeypatch, str(FOLDER), "--step", step, "-o", str(path), *DAY) == 0
    assert from_json(path.read_bytes()).letter.kind is Kind.MLA_REQUEST
    assert "not ready:" in capsys.readouterr().out
    assert run(monkeypatch, str(FOLDER), "--step", step, "-o", str(tmp_path), *DAY) == 0
    text = (tmp_path / f"{step}-mla-request.txt").read_text()
    assert "DRAFT: NOT READY" in text
    assert run(monkeypatch, str(FOLDER), "--step", step, "--kind", "withdrawal", "-o", "-", *DAY) == 0
    assert "WITHDRAWAL OF A REQUEST" in capsys.readouterr().out


def test_strict_refuses_in_one_line(
    whole: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "letter.txt"
    step = step_of(whole, Kind.MLA_REQUEST)
    assert run(monkeypatch, str(FOLDER), "--step", step, "--strict", "-o", str(path), *DAY) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert f"{step} is not ready: " in error
    assert "(missing)" in error
    assert not path.exists()
    assert run(monkeypatch, str(FOLDER), "--strict", "-o", str(path), *DAY) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "with gaps) is not ready: " in error
    assert not path.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--step", "s1", "--all"), "not both"),
        (("--route", "untoc"), "name it with --step"),
        (("--step", "s1", "--kind", "withdrawl"), "did you mean withdrawal?"),
        (("--step", "s999"), "the plan has none"),
        (("--step", "s1", "--on", "soon"), "soon"),
    ],
)
def test_mistakes(
    arguments: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, str(FOLDER), *arguments, "-o", "-") == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_no_folder_can_be_made(
    whole: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x")
    assert run(monkeypatch, str(FOLDER), "-o", str(blocked), *DAY) == 2
    assert "cannot be made a folder" in capsys.readouterr().err
    step = step_of(whole, Kind.MLA_REQUEST)
    assert run(monkeypatch, str(FOLDER), "--step", step, "-o", str(tmp_path / "no" / "x.txt"), *DAY) == 2


def test_a_case_that_needs_no_letter(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    from comity.plan import new_case

    new_case(tmp_path)
    (tmp_path / "note.txt").write_text("nothing to see")
    assert run(monkeypatch, str(tmp_path), "-o", "-", *DAY) == 2
    assert "no step of it needs a letter" in capsys.readouterr().err
