"""`comity docket`: a request from its letter, what happens to it, and what is owed by when."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import vobject
from click.testing import CliRunner, Result
from tests.samples.docket import NOON

from comity.cli import comity
from comity.cli.docket.moments import StoppedClock

CASE = Path(__file__).parents[3] / "examples" / "phishing"


TODAY = StoppedClock(at=datetime.fromisoformat("2026-11-26T12:00+05:30"))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(comity, [*arguments], obj=TODAY)


def done(*arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.output


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two letters of the shipped case to the United States: keep the mailboxes, then give the log-ins."""
    folder = tmp_path_factory.mktemp("letters")
    plan = json.loads(done("plan", str(CASE), "--on", "2026-11-24", "--json"))
    found = {}
    for measure in ("preservation", "traffic_data"):
        step = next(s for s in plan["steps"] if s["state"] == "US" and s["measure"] == measure)
        found[measure] = folder / f"{measure}.json"
        done("draft", str(CASE), "--step", step["id"], "--on", "2026-11-24", "-o", str(found[measure]))
    return found


@pytest.fixture
def book(tmp_path: Path) -> str:
    return str(tmp_path / "docket.jsonl")


def opened(book: str, letter: Path, *more: str) -> str:
    return done("docket", "open", book, str(letter), "--by", "asha", "--at", "2026-11-24T10:00+05:30", *more).split()[0]


def act(book: str, request: str, name: str, at: str, *more: str, by: str = "asha") -> Result:
    return run("docket", "act", book, request, name, "--at", f"2026-11-{at}+05:30", "--by", by, *more)


def sent(book: str, request: str) -> None:
    for name, at, more, by in (
        ("check", "24T10:01", (), "asha"),
        ("approve", "24T10:02", (), "meera"),
        ("send", "24T10:03", ("--means", "mail"), "asha"),
    ):
        assert act(book, request, name, at, *more, by=by).exit_code == 0


def shown(book: str, request: str, at: str = "2026-11-26T12:00+05:30") -> Any:
    return json.loads(done("docket", "show", book, request, "--json", "--at", at))


def test_a_request_from_its_letter_to_its_dates(book: str, letters: dict[str, Path]) -> None:
    keep = opened(book, letters["preservation"])
    refused = act(book, keep, "approve", "24T10:05")
    assert refused.exit_code == 1
    assert "possible now: revise, check" in str(refused.exception)
    sent(book, keep)
    assert "it is delivered" in act(book, keep, "take_effect", "25T08:00").output
    found = shown(book, keep)
    # 18 USC 2703(f)(2): 90 days from 2026-11-24 in Washington; renewal a fortnight before, Monday 2027-02-08
    dates = {line["kind"]: line.get("on") for line in found["deadlines"]}
    assert dates["retention"] == "2027-02-22"
    assert dates["renew_by"] == "2027-02-08"
    assert found["state"] == "delivered"
    page = done("docket", "show", book, keep)
    assert "nobody has asked for them" in " ".join(page.split())


def test_what_follows_holds_what_was_preserved(book: str, letters: dict[str, Path]) -> None:
    keep = opened(book, letters["preservation"])
    sent(book, keep)
    act(book, keep, "take_effect", "25T08:00")
    ask = opened(book, letters["traffic_data"], "--follows", keep)
    sent(book, ask)
    assert "the request that it prepared has arrived" in act(book, ask, "deliver", "26T09:00").output
    states = {line["kind"]: line["state"] for line in shown(book, keep)["deadlines"]}
    assert states["retention"] == "held"
    assert "renew_by" not in states
    assert act(book, ask, "acknowledge", "26T10:00").output.count("\n") == 1  # it is entered once


def test_who_drafted_does_not_approve_and_nothing_is_entered(book: str, letters: dict[str, Path]) -> None:
    keep = opened(book, letters["preservation"])
    act(book, keep, "check", "24T10:01")
    before = Path(book).read_bytes()
    refused = act(book, keep, "approve", "24T10:02")
    assert "asha drafted it; let another person approve it" in str(refused.exception)
    assert Path(book).read_bytes() == before


def test_the_same_is_not_asked_twice_without_a_word(book: str, letters: dict[str, Path], tmp_path: Path) -> None:
    keep = opened(book, letters["preservation"])
    assert "is open already" in run("docket", "open", book, str(letters["preservation"])).output
    other = tmp_path / "again.json"
    other.write_bytes(letters["preservation"].read_bytes() + b"\n")
    twice = run("docket", "open", book, str(other))
    assert twice.exit_code == 3
    assert f"same: {keep}" in twice.output
    assert len(Path(book).read_text().splitlines()) == 2
    assert opened(book, other, "--again") != keep
    assert "is the reference of 2 requests" in str(
        run("docket", "show", book, shown(book, keep)["request"]["reference"]).exception
    )


def test_an_incoming_request_waits_for_us(book: str, letters: dict[str, Path]) -> None:
    came = opened(book, letters["traffic_data"], "--incoming")
    found = shown(book, came)
    assert found["state"] == "delivered"
    assert found["request"]["reference"] == f"IN-{came}"
    lists = json.loads(done("docket", "list", book, "--json", "--at", "2026-11-26"))
    assert lists["for_us"] == [came]
    assert "Waiting for us" in done("docket", "list", book, "--at", "2026-11-26")


def test_what_is_late_says_so(book: str, letters: dict[str, Path]) -> None:
    keep = opened(book, letters["preservation"])
    sent(book, keep)
    act(book, keep, "take_effect", "25T08:00")
    lists = json.loads(
        done("docket", "list", book, "--json", "--at", "2027-02-23T12:00+05:30", "--since", "2027-02-22")
    )
    assert [row["deadline"]["kind"] for row in lists["late"]] == ["retention"]
    assert [row["id"] for row in lists["just_late"]] == [keep]


def test_a_wrong_entry_is_struck_and_stays(book: str, letters: dict[str, Path]) -> None:
    keep = opened(book, letters["preservation"])
    sent(book, keep)
    act(book, keep, "refuse", "25T08:00", "--reason", "de_minimis", "--note", "too slight")
    assert shown(book, keep)["state"] == "refused"
    act(book, keep, "strike", "25T09:00", "--of", "5", "--note", "another request's")
    assert shown(book, keep)["state"] == "sent"
    assert len(shown(book, keep)["events"]) == 6


def test_the_calendar_is_read_and_no_foreign_file_is_written_over(
    book: str, letters: dict[str, Path], tmp_path: Path
) -> None:
    keep = opened(book, letters["preservation"])
    sent(book, keep)
    act(book, keep, "take_effect", "25T08:00")
    calendar = tmp_path / "dates.ics"
    for _ in range(2):
        assert "2 dates" in done("docket", "feed", book, "-o", str(calendar), "--at", "2026-11-26")
    assert {entry.uid.value for entry in vobject.readOne(calendar.read_text()).vevent_list} == {
        f"{keep}-retention-1@comity",
        f"{keep}-renew_by-1@comity",
    }
    calendar.write_text("mine")
    assert run("docket", "feed", book, "-o", str(calendar)).exit_code != 0
    assert calendar.read_text() == "mine"


def test_two_at_once_lose_nothing(book: str, letters: dict[str, Path]) -> None:
    keep = opened(book, letters["preservation"])
    program = [sys.executable, "-c", "from comity.cli import main; main()"]
    command = [*program, "docket", "act", book, keep, "note", "--note", "seen", "--by", "x"]
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(4)]
    assert [one.wait() for one in running] == [0, 0, 0, 0]
    assert [event["act"] for event in shown(book, keep, "2100-01-01")["events"]] == ["draft", *["note"] * 4]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda lines: [*lines[:1], lines[1][:-20]], "line 2: is cut"),
        (lambda lines: [*lines, lines[0]], "was opened before"),
        (lambda lines: [*lines, lines[1].replace('"draft"', '"execute"')], "line 3: event 2: execute"),
        (lambda lines: [lines[1]], "an event of no request"),
        (lambda lines: ['{"schema":"comity-docket-9"}\n'], "this program reads comity-docket-1"),
        (lambda lines: ["PDF\n"], "is it a docket of Comity?"),
    ],
)
def test_a_file_that_was_changed_is_refused_with_its_line(
    book: str, letters: dict[str, Path], change: Any, problem: str
) -> None:
    opened(book, letters["preservation"])
    lines = Path(book).read_text().splitlines(keepends=True)
    Path(book).write_text("".join(change(lines)))
    refused = run("docket", "list", book)
    assert refused.exit_code != 0
    assert problem in str(refused.exception)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("nobody", "note", "--note", "x"), "no request 'nobody'"),
        (("KEEP", "note", "--at", "yesterday", "--note", "x"), "is no moment"),
        (("KEEP", "note", "--at", f"{NOON.year + 50}-01-01", "--note", "x"), "after it was entered"),
        (("KEEP", "note"), "give note"),
        (("KEEP", "dance"), "Invalid value for"),
    ],
)
def test_what_cannot_be_is_told(book: str, letters: dict[str, Path], arguments: tuple[str, ...], problem: str) -> None:
    keep = opened(book, letters["preservation"])
    refused = run("docket", "act", book, *(keep if one == "KEEP" else one for one in arguments))
    assert refused.exit_code != 0
    assert problem in refused.output + str(refused.exception)


def test_nothing_is_opened_that_has_not_happened(book: str, letters: dict[str, Path]) -> None:
    refused = run("docket", "open", book, str(letters["preservation"]), "--at", "2100-01-01")
    assert "after it was entered" in str(refused.exception)
    assert not Path(book).read_bytes()


def test_a_letter_that_cannot_be_followed(book: str, tmp_path: Path) -> None:
    stranger = tmp_path / "letter.txt"
    stranger.write_text("Dear colleagues, please help us. Yours, a police station")
    assert "holds no data of ours" in run("docket", "open", book, str(stranger)).output
    assert not Path(book).exists() or not Path(book).read_bytes()
    assert run("docket", "open", book, str(stranger), "--incoming").exit_code != 0
