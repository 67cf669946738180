"""`comity letter read`, `check` and `answer` in the terminal."""

import json
import sys
from pathlib import Path

import msgspec
import pytest
from tests.samples import hostile
from tests.samples.letterfiles import data_of, docx_of, plain_pdf, sample, sample_pdf, shown_lines
from tests.samples.strangers import EN, RU

from comity.cli import main
from comity.letters import Kind, from_json
from comity.letters.incoming import Examination, Received
from comity.letters.schemas import SCHEMAS

DAY = ("--as-of", "2026-11-25")
DESK = ("--by", "Office of International Affairs", "--contact", "oia@desk.example", "--contact", "+1 202 555 0100")


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["comity", "letter", *arguments])
    with pytest.raises(SystemExit) as caught:
        main()
    return int(caught.value.code or 0)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("arrived")
    made = {
        "ours.pdf": sample_pdf(),
        "ours.json": data_of(sample()),
        "ours.docx": docx_of(shown_lines(sample()), data=data_of(sample())),
        "theirs.pdf": plain_pdf(EN.splitlines()),
        "theirs.docx": docx_of(EN.splitlines()),
        "theirs.txt": EN.encode(),
        "russian.txt": RU.encode(),
        "nothing.txt": b"qwzx plokm",
        "evil.pdf": hostile.pdf({}, catalog=b"/OpenAction << /S /JavaScript /JS (x) >>"),
        "files.pdf": hostile.pdf(hostile.embedded(b"list.csv", b"1,2")),
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def here(files: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(files)
    monkeypatch.setenv("COLUMNS", "200")
    return files


@pytest.mark.parametrize("name", ["ours.pdf", "ours.json", "ours.docx"])
def test_ours(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert run(monkeypatch, "read", name) == 0
    page = capsys.readouterr().out
    assert "read from the data inside" in page
    assert "email-addr: settle.desk@mail.example" in page
    assert run(monkeypatch, "read", name, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["letter"]["reference"] == sample().reference
    assert found["by_data"] is True


@pytest.mark.parametrize("name", ["theirs.pdf", "theirs.docx", "theirs.txt"])
def test_theirs(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert run(monkeypatch, "read", name) == 0
    page = capsys.readouterr().out
    assert "recognised from its words: look it over" in page
    assert "25016/31/2026-LC" in page
    assert run(monkeypatch, "read", name, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["letter"]["assistance"][0]["measure"] == "subscriber_information"
    assert found["recognition"]["language"] == "en"


def test_what_is_not_recognised_is_named(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "read", "nothing.txt") == 0
    assert "measures: say what is asked for" in capsys.readouterr().out
    assert run(monkeypatch, "check", "nothing.txt", *DAY) == 3
    assert "CANNOT TELL" in capsys.readouterr().out


def test_hostile(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("read", "check"):
        assert run(monkeypatch, command, "evil.pdf") == 2
        assert "comity: evil.pdf: PDF: it holds a script" in capsys.readouterr().err
    assert run(monkeypatch, "read", "files.pdf") == 2
    assert "the file 'list.csv'" in capsys.readouterr().err
    assert run(monkeypatch, "read", "files.pdf", "--files-inside") == 0
    assert "file inside, not opened: list.csv" in capsys.readouterr().out
    assert run(monkeypatch, "read", "absent.pdf") == 2
    capsys.readouterr()


def test_check(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "check", "theirs.pdf", *DAY) == 3
    page = capsys.readouterr().out
    assert "India → United States" in page
    assert "open  Treaty on Mutual Legal Assistance in Criminal Matters" in page
    assert "right desk" in page
    assert "to ask back" in page
    assert run(monkeypatch, "check", "theirs.pdf", "--as-of", "2001-01-01", "--json") in {1, 3}
    found = json.loads(capsys.readouterr().out)
    assert found["measures"][0]["ways"][0]["status"] == "closed"
    assert run(monkeypatch, "check", "russian.txt", *DAY, "--json") == 3
    assert json.loads(capsys.readouterr().out)["requested"] == "KZ"


def test_states_that_the_user_names(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "check", "nothing.txt", "--from", "India", "--to", "US", *DAY, "--json") == 3
    found = json.loads(capsys.readouterr().out)
    assert (found["requesting"], found["requested"], found["outcome"]) == ("IN", "US", "cannot_tell")
    assert run(monkeypatch, "check", "nothing.txt", "--from", "Atlantis", *DAY) == 2
    assert "Atlantis" in capsys.readouterr().err


def test_answers(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    common = (*DAY, *DESK, "--signatory", "Director", "--officer", "A. Trial Attorney")
    receipt = tmp_path / "receipt.json"
    assert run(monkeypatch, "answer", "theirs.pdf", "--acknowledge", *common, "-o", str(receipt)) == 0
    assert "ready for signature" in capsys.readouterr().out
    assert from_json(receipt.read_bytes()).letter.kind is Kind.ACKNOWLEDGEMENT
    asked = tmp_path / "asked.txt"
    more = ("--ask", "--question", "Is the mailbox still in use?", "--reference", "OIA-1")
    assert run(monkeypatch, "answer", "theirs.pdf", *more, *common, "-o", str(asked)) == 0
    text = " ".join(asked.read_text().split())
    assert "REQUEST FOR SUPPLEMENTARY INFORMATION" in text
    assert "Is the mailbox still in use?" in text
    capsys.readouterr()
    refused = ("--refuse", "political_offence", "--refuse", "The conduct was a protest, as the facts say themselves.")
    assert run(monkeypatch, "answer", "theirs.pdf", *refused, *common) == 0
    assert "Political offence" in capsys.readouterr().out
    assert run(monkeypatch, "answer", "theirs.pdf", "--refuse", "list") == 0
    assert "de_minimis" in capsys.readouterr().out


def test_an_answer_in_the_form_that_its_name_says(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name, head in (("a.pdf", b"%PDF-"), ("a.docx", b"PK"), ("a.json", b"{"), ("a.txt", b"*")):
        path = tmp_path / name
        assert run(monkeypatch, "answer", "theirs.pdf", "--acknowledge", *DAY, "-o", str(path)) == 0
        assert path.read_bytes().startswith(head)
    capsys.readouterr()
    assert run(monkeypatch, "answer", "theirs.pdf", "--acknowledge", *DAY, "-o", str(tmp_path / "a.xyz")) == 2
    assert "end it in .pdf, .docx, .json, .txt" in " ".join(capsys.readouterr().err.split())
    assert not (tmp_path / "a.xyz").exists()


def test_questions_about_what_was_not_recognised(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "answer", "theirs.txt", "--ask", "--question", "Which mailbox?", *DAY) == 0
    told = capsys.readouterr()
    assert "look first whether they are in the request (not asked for" in told.err
    assert "[ ] Nature and stage of the case" in told.err
    assert "Requested authority" in told.out
    assert "stage of the case" not in told.out
    assert run(monkeypatch, "answer", "theirs.txt", "--ask", "--all", *DAY) == 0
    assert "stage of the case" in capsys.readouterr().out


def test_what_is_no_kind_of_letter_is_not_called_one(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "mail.txt").write_text("Give all details of fraudster99@gmail.com. Regards")
    assert run(monkeypatch, "read", str(tmp_path / "mail.txt")) == 0
    told = capsys.readouterr().out
    assert "Kind of letter not recognised" in told
    assert "mutual legal assistance" not in told


def test_answers_that_cannot_be(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(monkeypatch, "answer", "theirs.pdf") == 2
    assert "choose one" in capsys.readouterr().err
    assert run(monkeypatch, "answer", "theirs.pdf", "--refuse", "because", *DAY) == 2
    assert "no ground is named" in capsys.readouterr().err
    (tmp_path / "there.json").touch()
    assert run(monkeypatch, "answer", "theirs.pdf", "--acknowledge", "-o", str(tmp_path / "there.json")) == 2
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["ours.pdf", "theirs.txt", "nothing.txt"])
def test_what_is_printed_is_what_the_published_schemas_say(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], name: str
) -> None:
    """The schemas are derived from these records, which refuse what they do not know."""
    assert run(monkeypatch, "read", name, "--json") == 0
    read = msgspec.json.decode(capsysbinary.readouterr().out, type=Received)
    assert read.schema == "comity-received-1"
    run(monkeypatch, "check", name, "--json", *DAY)
    checked = msgspec.json.decode(capsysbinary.readouterr().out, type=Examination)
    assert checked.schema == "comity-examination-1"
    assert {"received.schema.json", "examination.schema.json"} <= set(SCHEMAS.records)
