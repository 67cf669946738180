"""`comity custody` in the terminal: two agencies, a border, and whatever can go wrong at the keyboard."""

import json
import os
import re
import shutil
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.samples.keys import PASSPHRASE, make_identity

from comity.cli import main
from comity.evidence.custody import Act, Authorisation, Draft, Item, Party, open_log
from comity.evidence.keys import number_to_compare, remember

PUNE = ("--by", "A. Rao (Pune Police)", "--role", "investigator", "--place", "Pune", "--reason", "search")
BERLIN = ("--by", "K. Weber (LKA Berlin)", "--role", "custodian", "--place", "Berlin", "--reason", "request 7")
ORDER = (
    "--under",
    "Warrant 12/2026",
    "--issued-by",
    "JMFC Pune",
    "--issued-on",
    "2026-11-20",
    "--legal-basis",
    "s. 94",
)


class Terminal:
    """Runs commands in a folder with two identities that know each other."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._monkeypatch, self._capsys = monkeypatch, capsys
        monkeypatch.chdir(folder)
        monkeypatch.setenv("COLUMNS", "200")
        (folder / "pw").write_bytes(PASSPHRASE)
        (folder / "pw").chmod(0o600)

    def __call__(self, *arguments: str, status: int = 0) -> str:
        self._monkeypatch.setattr(sys, "argv", ["comity", "custody", *arguments])
        with pytest.raises(SystemExit) as caught:
            main()
        out, err = self._capsys.readouterr()
        assert (caught.value.code or 0) == status, out + err
        assert "Traceback" not in err
        if status == 2:
            assert len(err.splitlines()) == 1 or "Usage:" in err
        return out + err

    def json(self, *arguments: str, status: int = 0) -> Any:
        return json.loads(self(*arguments, "--json", status=status))


@pytest.fixture(scope="module")
def _identities(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("identities")
    pune, berlin = make_identity(folder / "pune"), make_identity(folder / "berlin", name="lka.berlin.example")
    remember(pune.folder, berlin.bundle, number=number_to_compare(berlin.public))
    remember(berlin.folder, pune.bundle, number=number_to_compare(pune.public))
    return folder


@pytest.fixture
def terminal(
    _identities: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    shutil.copytree(_identities, tmp_path / "work")
    return Terminal(tmp_path / "work", monkeypatch, capsys)


def signed(identity: str) -> tuple[str, ...]:
    return ("--identity", identity, "--passphrase-file", "pw")


def sender(terminal: Terminal) -> None:
    """Pune's log, with a phone given to Berlin, signed, and the extract."""
    (terminal.folder / "image").write_bytes(b"bits")
    terminal("new", "log", "--origin", "cyber.pune.example/custody")
    terminal("add", "log", "--act", "collected", "--item", "EX-1=image", "--describe", "phone", *PUNE, *ORDER)
    given = ("--act", "transferred", "--item", "EX-1", "--given-to", "K. Weber (LKA Berlin)")
    terminal("add", "log", *given, "--condition", "sealed", "--condition-note", "seal 77", *PUNE, *ORDER)
    terminal("sign", "log", *signed("pune"))
    terminal("prove", "log", "--item", "EX-1", "-o", "extract.json", "--identity", "pune")


def receive(terminal: Terminal, *more: str, status: int = 0) -> str:
    received = ("--act", "received", "--bound-to", "extract.json", "--given-by", "A. Rao (Pune Police)")
    return terminal("add", "theirs", *received, "--identity", "berlin", *BERLIN, *ORDER, *more, status=status)


def test_across_a_border(terminal: Terminal) -> None:
    sender(terminal)
    assert terminal.json("check", "extract.json", "--identity", "berlin")["verdict"] == "passed"
    terminal("new", "theirs", "--origin", "lka.berlin.example/custody")
    receive(terminal, "--condition", "sealed", "--remarks", "seal whole")
    terminal("sign", "theirs", *signed("berlin"))
    terminal("cosign", "extract.json", "--log", "theirs", *signed("berlin"), "-o", "back.note")
    assert "lka.berlin.example" in terminal("accept", "log", "back.note", "--identity", "pune")
    terminal("prove", "theirs", "--item", "EX-1", "-o", "theirs.json")
    passed = terminal("check", "theirs.json", "--sender", "extract.json", "--identity", "pune")
    assert "passed" in passed
    assert "lka.berlin.example/custody" in passed
    assert terminal("cosign", "theirs.json", "--log", "log", *signed("pune")).count("\u2014") == 4
    for log, identity, witness in (("log", "pune", "lka.berlin.example"), ("theirs", "berlin", "cyber.pune.example")):
        expected = 0 if log == "log" else 1  # Berlin has not taken in Pune's cosignature yet
        terminal("check", log, "--identity", identity, "--witness", witness, status=expected)
    page = terminal("show", "theirs", "--item", "EX-1")
    for words in ("received", "K. Weber, custodian, LKA Berlin", "bound to", "seal whole", "JMFC Pune", "sha256"):
        assert words in page
    assert "on its way from A. Rao (Pune Police) to K. Weber (LKA Berlin)" in terminal("show", "log")


def test_a_witness_follows_a_log_by_proofs_of_growth(terminal: Terminal) -> None:
    sender(terminal)
    terminal("new", "theirs", "--origin", "lka.berlin.example/custody")
    terminal("cosign", "extract.json", "--log", "theirs", *signed("berlin"))
    terminal("add", "log", "--act", "collected", "--item", "EX-2", *PUNE, *ORDER)
    terminal("sign", "log", *signed("pune"), "-o", "new.note")
    refused = terminal("cosign", "new.note", "--log", "theirs", *signed("berlin"), status=2)
    assert "not shown to extend" in refused
    (terminal.folder / "growth.json").write_text(terminal("prove", "log", "--since", "2"))
    assert "lka.berlin.example" in terminal("cosign", "growth.json", "--log", "theirs", *signed("berlin"))


def test_signing_shows_who_signed_what_and_not_kilobytes(terminal: Terminal) -> None:
    sender(terminal)
    told = terminal("sign", "log", *signed("pune"), "-o", "own.note").splitlines()
    assert told[0] == "cyber.pune.example/custody: checkpoint of 2 entries, signed by cyber.pune.example/custody"
    assert re.fullmatch("root [0-9a-f]{64}", told[1])
    assert told[2:] == ["own.note: written"]
    terminal("new", "theirs", "--origin", "lka.berlin.example/custody")
    terminal("cosign", "own.note", "--log", "theirs", *signed("berlin"), "-o", "back.note")
    told = terminal("accept", "log", "back.note", "--identity", "pune", "-o", "both.note").splitlines()
    assert told[0].endswith("signed by cyber.pune.example/custody, lka.berlin.example")
    assert (terminal.folder / "both.note").read_text().count("\n\u2014 ") == 4
    assert max(map(len, told)) < 120


def test_what_is_shown(terminal: Terminal) -> None:
    sender(terminal)
    assert terminal.json("show", "log")["items"]["EX-1"]["status"] == "in_transit"
    history = terminal.json("show", "log", "--item", "EX-1")["entries"]
    assert [one["act"] for one in history] == ["collected", "transferred"]
    assert "transferred" in terminal("show", "log", "--entry", "1")
    assert "no entry 7" in terminal("show", "log", "--entry", "7", status=2)
    assert "is not in this log" in terminal("show", "log", "--item", "EX-9", status=2)
    assert "no such file" in terminal("show", "nowhere", status=2)


def test_verdicts_are_exit_statuses(terminal: Terminal) -> None:
    sender(terminal)
    assert "passed" in terminal("check", "log", "--identity", "pune")
    assert "signer-unknown" in terminal("check", "log", status=3)
    path = terminal.folder / "log" / "entries.jsonl"
    path.write_bytes(path.read_bytes().replace(b"search", b"rescue"))
    report = terminal.json("check", "log", "--identity", "pune", status=1)["report"]
    assert {finding["code"] for finding in report["findings"]} >= {"entry-altered", "history-rewritten"}
    assert "entry 0 is not what was signed" in terminal("check", "log", "--identity", "pune", status=1)
    assert "--sender is for" in terminal("check", "log", "--sender", "extract.json", status=2)


def test_whom_to_trust(terminal: Terminal) -> None:
    sender(terminal)
    terminal("check", "extract.json", "--trust", "pune/identity.json")
    terminal("check", "extract.json", "--trust", "berlin/identity.json", status=3)
    value = msgspec.json.decode((terminal.folder / "extract.json").read_bytes())
    (terminal.folder / "keys.txt").write_text("# from their web page\n\n" + "\n".join(value["keys"]) + "\n")
    terminal("check", "extract.json", "--trust", "keys.txt")
    (terminal.folder / "bad.txt").write_text("not a key")
    assert "not name+id+key" in terminal("check", "extract.json", "--trust", "bad.txt", status=2)


def test_kept_checkpoints_show_a_rewritten_past(terminal: Terminal) -> None:
    sender(terminal)
    shutil.copy(next((terminal.folder / "log" / "checkpoints").iterdir()), terminal.folder / "kept.note")
    shutil.rmtree(terminal.folder / "log")
    terminal("new", "log", "--origin", "cyber.pune.example/custody")
    terminal("add", "log", "--act", "collected", "--item", "OTHER", *PUNE, *ORDER)
    terminal("sign", "log", *signed("pune"))
    terminal("check", "log", "--identity", "pune")
    assert "entries-cut-off" in terminal("check", "log", "--identity", "pune", "--kept", "kept.note", status=1)


def test_many_acts_from_a_file(terminal: Terminal) -> None:
    schema = json.loads(terminal("add", "--schema"))
    assert "Draft" in json.dumps(schema)
    acts = [
        {
            "act": "collected",
            "at": "2026-11-25T09:30:00+05:30",
            "by": {"name": "A. Rao", "role": "investigator"},
            "items": [{"id": f"EX-{number}"}],
            "place": "Pune",
            "reason": "search",
            "authorisation": {"reference": "W 1"},
        }
        for number in range(3)
    ]
    (terminal.folder / "acts").write_text("\n\n".join(json.dumps(act) for act in acts))
    terminal("new", "log", "--origin", "cyber.pune.example")
    assert "3 entries entered" in terminal("add", "log", "--acts", "acts")
    assert terminal.json("show", "log", "--entry", "2")["entries"][0]["at"] == "2026-11-25T04:00:00Z"
    (terminal.folder / "acts").write_text(json.dumps(acts[0]) + '\n{"act":"eaten"}')
    assert "acts line 2: " in terminal("add", "log", "--acts", "acts", status=2)
    assert open_log(terminal.folder / "log").size == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--act", "collected", *PUNE, *ORDER), "--item is missing"),
        (("--act", "collected", "--item", "A", *PUNE), "--under is missing"),
        (("--item", "A", *PUNE, *ORDER), "--act is missing"),
        (("--act", "eaten"), "is not one of"),
        (("--act", "examined", "--item", "A", *PUNE, *ORDER), "never collected or received"),
        (("--act", "collected", "--item", "A=nowhere", *PUNE, *ORDER), "no such file"),
        (("--act", "collected", "--item", "A", "--at", "yesterday", *PUNE, *ORDER), "is not an instant"),
        (("--act", "collected", "--item", "A", "--at", "2026-11-25T09:30:00", *PUNE, *ORDER), "is not an instant"),
        (("--act", "collected", "--item", "A", "--at", "2999-01-01T00:00:00Z", *PUNE, *ORDER), "which is after now"),
        (("--act", "received", "--item", "A", *PUNE, *ORDER), "received from nobody"),
        (("--acts", "nowhere"), "no such file"),
        (("--act", "received", "--bound-to", "nowhere", *PUNE, *ORDER), "no such file"),
        (("--act", "received", "--bound-to", "pw", *PUNE, *ORDER), "custody extract"),
    ],
)
def test_acts_that_are_not_entered(terminal: Terminal, words: tuple[str, ...], said: str) -> None:
    terminal("new", "log", "--origin", "cyber.pune.example")
    assert said in " ".join(terminal("add", "log", *words, status=2).split())
    assert open_log(terminal.folder / "log").size == 0


def test_receipts_that_are_not_entered(terminal: Terminal) -> None:
    sender(terminal)
    terminal("new", "theirs", "--origin", "lka.berlin.example/custody")
    assert "SHA-256" in receive(terminal, "--item", "EX-1=pw", status=2)
    assert "gave it" in receive(terminal, "--by", "Somebody", status=2)
    path = terminal.folder / "extract.json"
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"search", b"rescue"))
    assert "nothing was entered" in receive(terminal, status=2)
    path.write_bytes(whole)
    received = ("--act", "received", "--bound-to", "extract.json", "--given-by", "A. Rao (Pune Police)")
    assert "indeterminate" in terminal("add", "theirs", *received, *BERLIN, *ORDER, status=2)
    assert open_log(terminal.folder / "theirs").size == 0
    receive(terminal, "--item", "B-7=image")
    assert terminal.json("show", "theirs")["items"].keys() == {"B-7"}


def test_drafts_from_a_file_can_be_bound(terminal: Terminal) -> None:
    sender(terminal)
    terminal("new", "theirs", "--origin", "lka.berlin.example/custody")
    act = {
        "act": "received",
        "at": "2099-01-01T00:00:00Z",
        "by": {"name": "K. Weber", "agency": "LKA Berlin", "role": "custodian"},
        "given_by": {"name": "A. Rao", "agency": "Pune Police"},
        "items": [{"id": "EX-1"}],
        "place": "Berlin",
        "reason": "request",
        "authorisation": {"reference": "MLA 7"},
    }
    act["at"] = msgspec.json.decode(terminal("show", "log", "--entry", "1", "--json"))["entries"][0]["at"]
    (terminal.folder / "acts").write_text(json.dumps(act))
    (entry,) = terminal.json("add", "theirs", "--acts", "acts", "--bound-to", "extract.json", "--identity", "berlin")[
        "entries"
    ]
    assert entry["binding"]["log"] == "cyber.pune.example/custody"
    assert msgspec.json.decode((terminal.folder / "acts").read_bytes(), type=Draft).binding is None


def test_an_edited_log_is_not_signed(terminal: Terminal) -> None:
    """An entry under a checkpoint too."""
    sender(terminal)
    terminal("sign", "log", *signed("pune"))
    path = terminal.folder / "log" / "entries.jsonl"
    path.write_bytes(path.read_bytes().replace(b"A. Rao", b"B. Rao", 1))
    told = terminal("sign", "log", *signed("pune"), status=2)
    assert "entry 0: its bytes are not those that the tree was built from" in told


def test_what_cannot_be_proven_or_signed(terminal: Terminal) -> None:
    terminal("new", "log", "--origin", "cyber.pune.example/custody")
    assert "is not empty" in terminal("new", "log", "--origin", "x", status=2)
    assert "with a space" in terminal("new", "other", "--origin", "two words", status=2)
    terminal("add", "log", "--act", "collected", "--item", "EX-1", *PUNE, *ORDER)
    assert "name items" in terminal("prove", "log", status=2)
    assert "sign the log first" in terminal("prove", "log", "--item", "EX-1", status=2)
    assert "sign it first" in terminal("prove", "log", "--since", "0", status=2)
    assert "cannot sign for the log" in terminal("sign", "log", *signed("berlin"), status=2)
    terminal("sign", "log", *signed("pune"))
    assert json.loads(terminal("prove", "log", "--item", "EX-1"))["items"] == ["EX-1"]
    terminal("sign", "log", *signed("pune"), "-o", "own.note")
    assert "no signature by a key" in terminal("accept", "log", "own.note", status=2)


def test_a_note_that_is_none(terminal: Terminal) -> None:
    terminal("new", "log", "--origin", "cyber.pune.example/custody")
    assert "note" in terminal("accept", "log", "pw", status=2)
    assert "note" in terminal("cosign", "pw", "--log", "log", *signed("pune"), status=2)


def test_long_reports_are_cut_on_the_page_only(terminal: Terminal) -> None:
    terminal("new", "log", "--origin", "cyber.pune.example/custody")
    (terminal.folder / "log" / "entries.jsonl").write_bytes(b"x\n" * 300)
    (terminal.folder / "log" / "head.json").unlink()
    assert "more: see --json" in terminal("check", "log", status=1)


def test_a_place_where_nothing_can_be_made(terminal: Terminal) -> None:
    assert "comity: /proc/nothing" in terminal("new", "/proc/nothing/log", "--origin", "cyber.pune.example", status=2)


def test_show_prints_when_it_was_done_and_when_it_was_entered(terminal: Terminal) -> None:
    terminal("new", "log", "--origin", "cyber.pune.example/custody")
    add = ("add", "log", "--act", "collected", *PUNE, *ORDER, "--item")
    terminal(*add, "OLD", "--at", "2019-01-01T10:00:00Z")
    shown = terminal("show", "log")
    assert "entry 0, done 2019-01-01, entered 20" in shown
    assert "1 entry, 1 item" in shown
    terminal(*add, "NEW")
    assert "entry 1, 20" in terminal("show", "log")


def collected(terminal: Terminal, log: str, item: str) -> None:
    terminal("add", log, "--act", "collected", "--item", item, *PUNE, *ORDER)


def noted(terminal: Terminal, log: str, note: str) -> None:
    terminal("sign", log, *signed("pune"), "-o", note)


def test_kept_checkpoints_are_held_against_an_extract(terminal: Terminal) -> None:
    """A third agency has no log, only the extract and what it kept: a fork must not pass."""
    terminal("new", "log", "--origin", "cyber.pune.example/custody")
    collected(terminal, "log", "EX-1")
    noted(terminal, "log", "one.note")
    shutil.copytree(terminal.folder / "log", terminal.folder / "fork")
    for log in ("log", "fork"):
        collected(terminal, log, f"EX-{log}")
        noted(terminal, log, f"{log}.note")
        collected(terminal, log, "EX-3")
        noted(terminal, log, f"{log}3.note")
        terminal("prove", log, "--item", "EX-1", "-o", f"{log}.json")
    check = ("check", "log.json", "--identity", "pune", "--kept")
    assert "passed" in terminal(*check, "log3.note", "--kept", "one.note", "--kept", "log.note")
    for note in ("fork.note", "fork3.note"):
        assert "history-rewritten" in terminal(*check, note, status=1)
    collected(terminal, "log", "EX-4")
    noted(terminal, "log", "four.note")
    assert "growth-unshown" in terminal(*check, "four.note", status=3)
    (terminal.folder / "garbage").write_bytes(b"\x00\xff no note")
    assert "checkpoint-unreadable" in terminal(*check, "garbage", status=1)
    assert "checkpoint-unreadable" in terminal("check", "log", "--identity", "pune", "--kept", "garbage", status=1)
    terminal("new", "other", "--origin", "cyber.pune.example/other")
    collected(terminal, "other", "EX-1")
    noted(terminal, "other", "other.note")
    assert "signer-unknown" in terminal(*check, "other.note", status=3)  # its keys are not asked for here
    assert "no such file" in terminal(*check, "nowhere", status=2)


def test_a_kept_checkpoint_of_a_size_without_proof_is_not_passed(terminal: Terminal) -> None:
    terminal("new", "log", "--origin", "cyber.pune.example/custody")
    for number in range(12):
        collected(terminal, "log", f"EX-{number}")
        noted(terminal, "log", f"{number}.note")
    terminal("prove", "log", "--item", "EX-1", "-o", "log.json")
    told = terminal("check", "log.json", "--identity", "pune", "--kept", "1.note", status=3)
    assert "growth-unshown" in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--item", "EX-1  held by J. Doe\n   EX-2"), "item id 'EX-1 held by J. Doe\\\\u{000A} EX-2'"),
        (("--item", "EX-1", "--reason", "r\n   by           Somebody"), "reason, 'r\\\\u{000A} by Somebody'"),
        (("--item", "EX-1", "--place", "a\u2028b"), "place, "),
        (("--item", "EX-1", "--by", "A. Rao\tB"), "by.name, "),
        (("--item", "EX-1", "--describe", "a\nb"), "items.description, "),
        (("--item", "EX-1", "--under", "a\nb"), "authorisation.reference, "),
        (("--item", "EX-1 "), "begins or ends with a blank"),
        (("--item", "E\u00a0X"), "not seen as it is"),
        (("--item", "E\u200bX"), "not seen as it is"),
        (("--item", "E" * 201), "201 characters, more than 200"),
    ],
)
def test_texts_that_would_make_lines_are_not_entered(terminal: Terminal, words: tuple[str, ...], said: str) -> None:
    terminal("new", "log", "--origin", "cyber.pune.example")
    told = terminal("add", "log", "--act", "collected", *PUNE, *ORDER, *words, status=2)
    assert said.replace("\\\\", "\\") in " ".join(told.replace("\\\\", "\\").split())
    assert open_log(terminal.folder / "log").size == 0


def test_texts_that_people_write_are_entered(terminal: Terminal) -> None:
    terminal("new", "log", "--origin", "cyber.pune.example")
    names = ("--by", "क्\u200dष (पुणे\u00a0पोलिस)", "--role", "i", "--place", "Pune", "--reason", "r")
    item = ("--item", "क्\u200dष-1", "--remarks", "first\nsecond")
    terminal("add", "log", "--act", "collected", *names, *ORDER, *item)
    terminal("add", "log", "--act", "collected", *names, *ORDER, "--item", "E" * 200)
    assert terminal.json("show", "log", "--entry", "0")["entries"][0]["remarks"] == "first\nsecond"


def test_acts_in_a_file_make_no_lines_either(terminal: Terminal) -> None:
    terminal("new", "log", "--origin", "cyber.pune.example")
    act = {
        "act": "collected",
        "at": "2026-11-25T09:30:00+05:30",
        "by": {"name": "A. Rao", "role": "investigator"},
        "items": [{"id": "EX-1"}],
        "place": "Pune",
        "reason": "search",
        "authorisation": {"reference": "W 1"},
    }
    other = {**act, "items": [{"id": "EX-2", "condition_note": "a\nb"}]}
    (terminal.folder / "acts").write_text(f"{json.dumps(act)}\n{json.dumps(other)}\n")
    assert "act 2: items.condition_note, " in terminal("add", "log", "--acts", "acts", status=2)
    assert open_log(terminal.folder / "log").size == 0


def test_a_listing_shows_what_would_make_lines_by_number(terminal: Terminal) -> None:
    """A log that others keep may hold it; an item that is known by such an id can still be given away."""
    terminal("new", "log", "--origin", "cyber.pune.example")
    forged = "EX-1  held by J. Doe\n   EX-2"
    by = Party(name="A. Rao", agency="Pune Police\n   to  X", role="r")
    one = Draft(
        act=Act.COLLECTED, at=datetime.now(UTC), by=by, items=(Item(id=forged),), place="P\nQ", reason="r\n   by  Y",
        authorisation=Authorisation(reference="W\n   why  Z"), remarks="a\n   under  W 2",
    )  # fmt: skip
    open_log(terminal.folder / "log").append([one], recorded_at=datetime.now(UTC), random_bytes=os.urandom)
    listed = terminal("show", "log")
    assert len(listed.splitlines()) == 2
    assert "held by J. Doe\\u{000A}   EX-2" in listed
    page = terminal("show", "log", "--entry", "0").splitlines()
    assert [line.split()[0] for line in page if line.strip()] == ["0", "by", "item", "under", "why", "remarks"]
    assert forged in terminal.json("show", "log")["items"]


def recorded(terminal: Terminal, ago: timedelta) -> None:
    """A log whose only entry was recorded so long ago, or ahead."""
    terminal("new", "log", "--origin", "cyber.pune.example")
    at = datetime.now(UTC) - ago
    by = Party(name="A. Rao", agency="Pune Police", role="r")
    order = Authorisation(reference="W")
    one = Draft(
        act=Act.COLLECTED, at=at, by=by, items=(Item(id="EX-1"),), place="P", reason="r", authorisation=order
    )  # fmt: skip
    open_log(terminal.folder / "log").append([one], recorded_at=at, random_bytes=os.urandom)


ADD = ("add", "log", "--act", "collected", "--item", "EX-2", *PUNE, *ORDER)


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(days=40), "40 days after the entry before, by the clock"),
        (timedelta(minutes=-1), "the last entry was recorded at "),
    ],
)
def test_a_clock_that_may_be_wrong_is_told(terminal: Terminal, ago: timedelta, said: str) -> None:
    recorded(terminal, ago)
    assert said in terminal(*ADD)
    assert "see that the clock" not in terminal("show", "log")


def test_an_act_that_is_ahead_of_the_clock_is_told(terminal: Terminal) -> None:
    recorded(terminal, timedelta(days=1))
    assert "see that the clock" not in terminal(*ADD)
    at = (datetime.now(UTC) + timedelta(minutes=1)).isoformat()
    assert "the act was done at " in terminal(*ADD[:5], "EX-3", *ADD[6:], "--at", at)


def test_the_way_out_of_a_log_that_a_fast_clock_stopped(terminal: Terminal) -> None:
    recorded(terminal, timedelta(days=-30))
    refused = terminal(*ADD, status=2)
    assert "but entry 0 was recorded at " in refused
    assert "go on in a new log (docs/custody.md" in refused
    assert "entry-in-future" in terminal("check", "log", status=3)
    terminal("new", "log2", "--origin", "cyber.pune.example/custody/2")
    again = (
        "--act",
        "received",
        "--item",
        "EX-1",
        "--given-by",
        "A. Rao (Pune Police)",
        "--remarks",
        "log: 1 entry, root",
    )
    terminal("add", "log2", *again, *PUNE, *ORDER)
    terminal("sign", "log2", *signed("pune"))
    assert "passed" in terminal("check", "log2", "--identity", "pune")
