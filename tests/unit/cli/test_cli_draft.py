"""`comity draft` in the terminal: what it writes, what it says, what it refuses."""

import sys
from pathlib import Path

import msgspec
import pytest
from tests.samples.letters import complete, text

from comity.cli import main
from comity.cli.draftwrite import Target, Version, write_letters
from comity.cli.files import FileError
from comity.cli.gaphints import hints
from comity.letters import FontsError, Kind, checked, from_json
from comity.letters.checks import Finding, Report, State, requirements
from comity.letters.render.fonts import FontShelf

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
        "-".join(path.name.split("-")[:2])
        for path in sorted(whole.iterdir())
        if kind.value.replace("_", "-") in path.stem
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
    assert "DRAFT: NOT READY" in (tmp_path / f"{step}-mla-request.txt").read_text()
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
    assert f"{step.upper()} is not ready: " in error
    assert "(missing)" in error
    assert not path.exists()
    assert run(monkeypatch, str(FOLDER), "--strict", "-o", str(path), *DAY) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "with gaps) is not ready: " in error
    assert not path.exists()


def test_an_ending_that_is_no_form(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "letter.xyz"
    assert run(monkeypatch, str(FOLDER), "--step", "s1", "-o", str(path), *DAY) == 2
    assert "no letter is written in this form; end it in .pdf, .docx, .json, .txt" in capsys.readouterr().err
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


def test_every_form_of_one_letter(
    whole: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    step = step_of(whole, Kind.MLA_REQUEST)
    path = tmp_path / "letter.pdf"
    assert run(monkeypatch, str(FOLDER), "--step", step, "-o", str(path), *DAY) == 0
    assert path.read_bytes().startswith(b"%PDF-1.7")
    forms = [word for form in ("pdf", "docx", "json", "text", "pdf") for word in ("--format", form)]
    assert run(monkeypatch, str(FOLDER), "--step", step, "-o", str(tmp_path / "all.docx"), *forms, *DAY) == 0
    assert {one.name for one in tmp_path.iterdir()} == {
        "letter.pdf", "all.pdf", "all.docx", "all.json", "all.txt",
    }  # fmt: skip
    said = capsys.readouterr().out
    lines = [line for line in said.splitlines() if not line.startswith("  to fill")]
    hands = [line for line in lines if line.startswith(("  1. ", "  2. ", "  3. "))]
    assert len(lines) - len(hands) == 4
    assert ": Prepares the request" in hands[0]
    assert "all.pdf, " in said
    assert (tmp_path / "all.docx").read_bytes().startswith(b"PK")
    assert run(monkeypatch, str(FOLDER), "--step", step, "-o", str(tmp_path / "v1.2"), *forms[:4], *DAY) == 0
    assert (tmp_path / "v1.2.docx").is_file()
    assert run(monkeypatch, str(FOLDER), "--step", step, "-o", str(tmp_path / "odd"), "--format", "pdf", *DAY) == 0
    assert (tmp_path / "odd").read_bytes() == path.read_bytes()


def test_what_the_terminal_takes(
    whole: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    step = step_of(whole, Kind.MLA_REQUEST)
    assert run(monkeypatch, str(FOLDER), "--step", step, "-o", "-", "--format", "docx", *DAY) == 0
    assert capfdbinary.readouterr().out.startswith(b"PK")
    assert run(monkeypatch, str(FOLDER), "-o", "-", "--format", "pdf", *DAY) == 2
    assert b"name a folder" in capfdbinary.readouterr().err
    assert run(monkeypatch, str(FOLDER), "--step", step, "-o", "-", "--format", "text", "--format", "json", *DAY) == 2


def test_nothing_is_left_half_written(
    whole: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    step = step_of(whole, Kind.MLA_REQUEST)
    (tmp_path / "letter.docx").mkdir()
    assert run(monkeypatch, str(FOLDER), "--step", step, "-o", str(tmp_path / "letter.docx" / "x" / "y.pdf"), *DAY) == 2
    assert "cannot be written" in capsys.readouterr().err
    forms = ("--format", "pdf", "--format", "docx")
    assert run(monkeypatch, str(FOLDER), "--step", step, "-o", str(tmp_path / "letter.pdf"), *forms, *DAY) == 2
    assert {one.name for one in tmp_path.iterdir()} <= {"letter.pdf", "letter.docx"}
    assert list((tmp_path / "letter.docx").iterdir()) == []


def test_a_script_without_a_font_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    letter, expected = complete(Kind.MLA_REQUEST)
    letter = msgspec.structs.replace(letter, facts=(text("The account is held by 李华, as exhibit 4 shows."),))
    versions = (Version.choose(checked(letter, expected), "en", beside=False),)
    target = Target.parse(str(tmp_path / "letter.pdf"), ("pdf", "docx"), single=True)
    bare = FontShelf(folders=())
    write_letters(versions, target, strict=False, shelf=bare)
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "fonts-noto-cjk" in error
    assert "by their codes" in error
    (tmp_path / "letter.pdf").unlink()
    with pytest.raises(FontsError, match="fonts-noto-cjk"):
        write_letters(versions, target, strict=True, shelf=bare)
    assert not (tmp_path / "letter.pdf").exists()


def test_a_language_without_a_font_gives_way_unless_it_was_asked_for(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    letter, expected = complete(Kind.REFUSAL)
    letter = msgspec.structs.replace(letter, addressee=msgspec.structs.replace(letter.addressee, languages=("ar",)))
    drafted = checked(letter, expected)
    target = Target.parse(str(tmp_path / "letter.pdf"), (), single=True)
    bare = FontShelf(folders=())
    write_letters((Version.choose(drafted, "", beside=True),), target, strict=False, shelf=bare)
    assert "in English, not Arabic: " in capsys.readouterr().out
    with pytest.raises(FontsError, match="Arabic"):
        write_letters((Version.choose(drafted, "ar", beside=True),), target, strict=False, shelf=bare)


def test_a_draft_is_written_again_in_other_forms(
    whole: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    source = next(path for path in whole.iterdir() if "mla-request" in path.name)
    arguments = ["letter", "write", str(source), "-o", str(tmp_path / "again.pdf"), "--language", "fr", "--beside"]
    monkeypatch.setattr(sys, "argv", ["comity", *arguments, "--format", "pdf", "--format", "docx"])
    with pytest.raises(SystemExit) as caught:
        main()
    assert not caught.value.code
    assert (tmp_path / "again.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert (tmp_path / "again.docx").read_bytes().startswith(b"PK")
    assert "again.docx" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["letter.pdf", "letter.docx", "letter.json", "letter.txt"])
def test_only_an_earlier_letter_is_written_over(name: str, tmp_path: Path) -> None:
    letter, expected = complete(Kind.REFUSAL)
    versions = (Version.choose(checked(letter, expected), "en", beside=False),)
    target = Target.parse(str(tmp_path / "letter"), ("pdf", "docx", "json", "text"), single=True)
    shelf = FontShelf(folders=())
    write_letters(versions, target, strict=False, shelf=shelf)
    write_letters(versions, target, strict=False, shelf=shelf)
    (tmp_path / name).write_bytes(b"%PDF-1.4 evidence")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    assert len(before) == 4
    with pytest.raises(FileError, match="not overwritten"):
        write_letters(versions, target, strict=False, shelf=shelf)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_terminal_says_where_each_gap_is_filled(
    whole: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    step = step_of(whole, Kind.MLA_REQUEST)
    assert run(monkeypatch, str(FOLDER), "--step", step, "-o", str(tmp_path / "x.txt"), *DAY) == 0
    told = capsys.readouterr().out
    assert "to fill: " in told
    assert "[[statements]] field =" in told


def test_every_requirement_has_a_place_in_the_case_file() -> None:
    """What the chain of hands gives is no matter of the case file."""
    for requirement in requirements():
        gap = Finding(
            id=requirement.id,
            field=requirement.field,
            state=State.MISSING,
            required=True,
            title=requirement.title,
            articles="",
            why="",
            example="",
            confidence=requirement.confidence,
        )
        assert len(list(hints(Report(ready=False, findings=(gap,))))) == (requirement.field != "chain")


def test_the_law_may_be_laid_over(
    whole: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A correction of the law reaches the letter and not the plan alone."""
    step = step_of(whole, Kind.MLA_REQUEST)
    drafted = from_json(next(path for path in whole.iterdir() if path.name.startswith(f"{step}-")).read_bytes())
    state = drafted.letter.addressee.state
    folder = tmp_path / "own" / "states" / state
    folder.mkdir(parents=True)
    row = "role,name,instrument,measures,city,languages,public_url,source_url,as_of,confidence\n"
    basis = drafted.letter.basis[0].instrument
    row += f"central_authority,Office of Our Own Finding,{basis},,Sometown,en,,https://example.org/a,2026-11-01,high\n"
    (folder / "authorities.csv").write_text(row, encoding="utf-8")
    out = tmp_path / "x.json"
    over = ("--over", str(tmp_path / "own"))
    assert run(monkeypatch, str(FOLDER), "--step", step, "-o", str(out), *over, *DAY) == 0
    assert "Office of Our Own Finding" in out.read_text(encoding="utf-8")
    capsys.readouterr()


@pytest.mark.parametrize("form", ["pdf", "docx", "json", "text"])
def test_another_letter_is_not_written_over(form: str, tmp_path: Path) -> None:
    import msgspec

    letter, expected = complete(Kind.REFUSAL)
    path = tmp_path / f"letter.{'txt' if form == 'text' else form}"
    target = Target.parse(str(path), (), single=True)
    shelf = FontShelf(folders=())
    write_letters((Version.choose(checked(letter, expected), "en", beside=False),), target, strict=False, shelf=shelf)
    before = path.read_bytes()
    other = checked(msgspec.structs.replace(letter, reference="Another case 7"), expected)
    with pytest.raises(FileError, match="another letter is not overwritten"):
        write_letters((Version.choose(other, "en", beside=False),), target, strict=False, shelf=shelf)
    assert path.read_bytes() == before


def test_a_signed_letter_is_not_written_over(tmp_path: Path) -> None:
    letter, expected = complete(Kind.REFUSAL)
    versions = (Version.choose(checked(letter, expected), "en", beside=False),)
    shelf = FontShelf(folders=())
    for name, mark in (("a.pdf", b"% /ByteRange"), ("b.txt", b"")):
        path = tmp_path / name
        target = Target.parse(str(path), (), single=True)
        write_letters(versions, target, strict=False, shelf=shelf)
        path.write_bytes(path.read_bytes() + mark)
        if not mark:
            (tmp_path / "b.txt.p7s").touch()
        with pytest.raises(FileError, match="signed"):
            write_letters(versions, target, strict=False, shelf=shelf)
