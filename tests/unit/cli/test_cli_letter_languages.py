"""Letters in other languages, and translators' files, in the terminal."""

import re
import sys
from pathlib import Path

import pytest

from comity.cli import main
from comity.letters import catalogue, from_json

FOLDER = Path(__file__).parents[3] / "examples" / "phishing"
DAY = ("--on", "2026-11-24")


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["comity", *arguments])
    with pytest.raises(SystemExit) as caught:
        main()
    return int(caught.value.code or 0)


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The letters of every step of the shipped case, as JSON."""
    folder = tmp_path_factory.mktemp("letters") / "all"
    patch = pytest.MonkeyPatch()
    assert run(patch, "draft", str(FOLDER), "--all", "-o", str(folder), "--format", "json", *DAY) == 0
    patch.undo()
    return folder


@pytest.fixture(scope="module")
def letter(drafts: Path) -> Path:
    """One whose addressee accepts Arabic only."""
    return next(p for p in sorted(drafts.iterdir()) if from_json(p.read_bytes()).letter.addressee.languages == ("ar",))


def test_the_language_is_the_addressees(
    letter: Path, drafts: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for path in drafts.iterdir():
        drafted = from_json(path.read_bytes())
        told = drafted.rendition.language if drafted.rendition else "en"
        accepted = drafted.letter.addressee.languages
        assert told in accepted or (told == "en" and not accepted)
    step = "-".join(letter.name.split("-")[:2])
    assert run(monkeypatch, "draft", str(FOLDER), "--step", step, "-o", str(tmp_path / "l.txt"), *DAY) == 0
    assert "in Arabic: the addressee accepts Arabic" in capsys.readouterr().out
    arabic = (tmp_path / "l.txt").read_text()
    assert f"[{catalogue('ar').say('label.to_translate')}]" in arabic
    assert run(monkeypatch, "draft", str(FOLDER), "--step", step, "-o", str(tmp_path / "s.txt"), "--strict", *DAY) == 2
    assert "Translation of every text" in capsys.readouterr().err
    assert not (tmp_path / "s.txt").exists()
    assert run(monkeypatch, "draft", str(FOLDER), "--step", step, "-o", "-", "--language", "en", *DAY) == 0
    assert "REQUEST FOR" in capsys.readouterr().out


def test_beside_the_original(
    letter: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(monkeypatch, "letter", "write", str(letter), "-o", "-", "--language", "fr", "--beside") == 0
    shown = capsys.readouterr().out
    assert "    | " in shown
    assert "[à traduire]" in shown
    target = tmp_path / "french.json"
    assert run(monkeypatch, "letter", "write", str(letter), "-o", str(target), "--language", "fr", "--beside") == 0
    made = from_json(target.read_bytes()).rendition
    assert made is not None
    assert made.language == "fr"
    assert all(one.original for one in made.texts)
    assert "in French: asked for" in capsys.readouterr().out
    assert run(monkeypatch, "letter", "write", str(letter), "-o", "-", "--language", "en", "--beside") == 0
    assert "    | " not in capsys.readouterr().out


def test_to_a_translator_and_back(
    letter: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file, done = tmp_path / "letter.xlf", tmp_path / "done.json"
    assert run(monkeypatch, "letter", "xliff", "export", str(letter), "-o", str(file)) == 0
    assert "texts to translate into Arabic" in capsys.readouterr().out
    told = file.read_text()
    unit = re.search(r'<segment state="initial"><source>([^<]*)</source>', told)
    assert unit is not None
    file.write_text(told.replace(unit[0], f"{unit[0]}<target>نص مترجم</target>", 1))
    assert run(monkeypatch, "letter", "xliff", "import", str(file), str(letter), "-o", str(done)) == 0
    shown = capsys.readouterr().out
    assert re.search(r"1 of \d+ texts in Arabic", shown)
    assert "still to be translated: /" in shown
    assert "and" in shown
    assert run(monkeypatch, "letter", "write", str(done), "-o", "-") == 0
    assert "نص مترجم" in capsys.readouterr().out
    assert run(monkeypatch, "letter", "xliff", "export", str(done), "-o", str(file)) == 0
    assert "<target>نص مترجم</target>" in file.read_text()


def test_a_whole_translation_leaves_nothing(
    letter: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file, done = tmp_path / "letter.xlf", tmp_path / "done.json"
    assert run(monkeypatch, "letter", "xliff", "export", str(letter), "-o", str(file), "--language", "ru") == 0
    segment = re.compile(r'<segment state="initial"><source>(.*?)</source>', re.DOTALL)
    file.write_text(segment.sub(r'<segment state="final"><source>\1</source><target>\1</target>', file.read_text()))
    capsys.readouterr()
    assert run(monkeypatch, "letter", "xliff", "import", str(file), str(letter), "-o", str(done)) == 0
    assert "still" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("letter", "write", "{letter}", "-o", "-", "--language", "tlh"), "'tlh': there is no wording in it"),
        (("letter", "write", "{other}", "-o", "-"), "not the JSON of a draft"),
        (("letter", "write", "{missing}", "-o", "-"), "no such file"),
        (
            ("letter", "xliff", "export", "{letter}", "-o", "{out}", "--language", "en"),
            "is in that language",
        ),
        (("letter", "xliff", "import", "{other}", "{letter}", "-o", "{out}"), "is no XLIFF 2.0 or 2.1"),
        (("letter", "xliff", "import", "{letter}", "{letter}", "-o", "{out}"), "is broken XML"),
    ],
)
def test_mistakes(
    arguments: tuple[str, ...],
    told: str,
    letter: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    other = tmp_path / "other.xml"
    other.write_text("<xliff/>")
    places = {"letter": letter, "other": other, "missing": tmp_path / "none", "out": tmp_path / "out"}
    assert run(monkeypatch, *(argument.format(**places) for argument in arguments)) == 2
    shown = capsys.readouterr()
    assert told in shown.err
    assert "Traceback" not in shown.err
    assert not (tmp_path / "out").exists()
