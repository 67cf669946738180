"""`comity leads` in the terminal: the page, the JSON, the errors."""

import sys
from io import StringIO
from pathlib import Path

import msgspec
import pytest
from rich.console import Console

from comity.cli import main
from comity.cli.leadspage import progress_on, show_leads
from comity.leads import Leads, Observable, ObservableKind

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


def test_all_is_shown_when_asked_for(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(1, 15):
        (case / f"m{number}.eml").write_bytes(_MAIL + b"%d" % number)
    assert run(monkeypatch, str(case)) == 0
    some = capsys.readouterr().out
    assert "and 3 more; --all shows them, --json lists all" in some
    assert "reply-to-differs: 7 more; --all shows them" in some
    assert run(monkeypatch, str(case), "--all") == 0
    out = capsys.readouterr().out
    assert "--all" not in out
    assert out.count("Mail a") == 15
    assert out.count("@ybl") >= 59


def test_what_many_ties_say_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("shop-one.com shop-two.com shop-three.com shop-four.com\n")
    monkeypatch.setenv("COLUMNS", "400")
    assert run(monkeypatch, str(tmp_path)) == 0
    out = capsys.readouterr().out
    assert out.count("RDAP service") == 1
    assert "(low) note 2\n" in out


def test_reasons_of_a_mail_are_not_said_again(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    assert run(monkeypatch, str(case / "m.eml")) == 0
    out = capsys.readouterr().out
    assert out.count("Each server writes its Received line on top") == 1
    assert "as told of mail a1" in out


def test_what_tells_most_is_kept_where_not_all_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    line = '{} - - [09/Nov/2026:22:14:31 +0000] "{} HTTP/1.1" 200 1 "-" "{}"\n'
    lines = [line.format(f"198.51.100.{number}", "GET /", "Googlebot") for number in range(1, 60)]
    (tmp_path / "access.log").write_text("".join(lines) + line.format("203.0.113.9", "POST /up/alfa.php", "Mozilla"))
    monkeypatch.setenv("COLUMNS", "200")
    assert run(monkeypatch, str(tmp_path)) == 0
    out = capsys.readouterr().out
    addresses = out[out.index("IPv4 addresses") :].splitlines()
    assert addresses[1].startswith("  203.0.113.9  web-shell")
    assert "2026-11-09T22:14:31+00:00 POST /up/alfa.php 200" in addresses[1]


def test_nothing_moves_the_cursor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a\x1b[2J\n\u202e.eml").write_bytes(_MAIL.replace(b"[red]hi", b"=?utf-8?q?a=1B=5B2Jb=E2=80=AEc?="))
    monkeypatch.setenv("COLUMNS", "400")
    assert run(monkeypatch, str(tmp_path)) == 0
    out = capsys.readouterr().out
    assert "a\\u001b[2Jb\\u202ec" in out
    assert "a\\u001b[2J\\u000a\\u202e.eml" in out
    assert "\x1b" not in out
    assert "\u202e" not in out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("",), "an empty path names nothing"),
        ((".", "--region", "ZZ"), "'ZZ' is no state or territory"),
        ((".", "--mmdb", "no-such.mmdb"), "no-such.mmdb' does not exist"),
        ((".", "--mmdb", __file__), "cannot be read as an MMDB file"),
    ],
)
def test_wrong_arguments_are_refused(
    arguments: tuple[str, ...],
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(monkeypatch, *arguments) == 2
    err = capsys.readouterr().err
    assert says in err
    assert err.count("\n") == 1


def test_observable_without_places_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    lone = Observable(kind=ObservableKind.DOMAIN, value="lone.example", places=())
    show_leads(Leads(artifacts=(), observables=(lone,), findings=()))
    assert "lone.example" in capsys.readouterr().out


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
