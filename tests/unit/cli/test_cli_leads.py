"""`comity leads` in the terminal: the page, the JSON, the errors."""

import sys
from io import StringIO
from pathlib import Path

import msgspec
import pytest
from rich.console import Console

from comity.cli import main
from comity.cli.leadspage import progress_on
from comity.leads import Leads

_STATEMENT = (
    "Account: 50100123456789\n\nDate,Narration,Ref,Debit,Credit\n"
    + "".join(f"05/01/2025,UPI user{number}@ybl,,{number}.00,\n" for number in range(1, 60))
    + "06/01/2025,[bold]x[/] bücher.de,,,7.00\n"
)
_MAIL = (
    b"Received: from x (mail.sender.example [198.51.100.7]) by mx.bank.example (Postfix); 1 Oct 2026 10:00:00 +0000\n"
    b"From: Bank <info@bank.example>\nReply-To: b@other.example\nTo: you@victim.example\nSubject: [red]hi\n\nx\n"
)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    (tmp_path / "t.csv").write_text(_STATEMENT)
    (tmp_path / "m.eml").write_bytes(_MAIL)
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["comity", "leads", *arguments])
    with pytest.raises(SystemExit) as caught:
        main()
    return int(caught.value.code or 0)


def test_page(case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, str(case)) == 0
    out = capsys.readouterr().out
    for words in (
        "Artifacts",
        "[red]hi",
        "198.51.100.7",
        "UPI addresses (59)",
        "and 19 more",
        "Transfers (60)",
        "bücher.de",
        "Findings",
    ):
        assert words in out


def test_page_with_little_to_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("nothing here")
    assert run(monkeypatch, str(tmp_path / "a.txt")) == 0
    assert "0 observables" in capsys.readouterr().out


def test_json_is_the_whole_record(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, str(case), "--json", "--region", "in") == 0
    out = capsys.readouterr().out
    assert list(msgspec.json.decode(out)) == ["artifacts", "observables", "findings", "mails", "transfers"]
    leads = msgspec.json.decode(out, type=Leads)
    assert len(leads.transfers) == 60
    assert next(one for one in leads.observables if one.kind.value == "upi-address").nexus[0].state == "IN"


@pytest.mark.parametrize(("name", "words"), [("missing", "does not exist"), ("", "holds no artifact")])
def test_errors_are_one_line(
    name: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, str(tmp_path / name)) == 2
    err = capsys.readouterr().err
    assert words in err
    assert err.count("\n") == 1
    assert "Traceback" not in err


def test_progress_is_shown_only_on_a_terminal(case: Path) -> None:
    terminal = Console(file=StringIO(), force_terminal=True)
    with progress_on((case, case / "m.eml", case / "missing"), console=terminal) as progress:
        progress("x", 5)
    assert terminal.file.getvalue() == ""  # type: ignore[attr-defined]
    with (case / "big.txt").open("wb") as stream:
        stream.truncate(9_000_000)
    with progress_on((case,), console=Console(file=StringIO())) as progress:
        progress("x", 5)
    with progress_on((case,), console=terminal) as progress:
        progress("[big].txt", 9_000_000)
    assert "[big].txt" in terminal.file.getvalue()  # type: ignore[attr-defined]
