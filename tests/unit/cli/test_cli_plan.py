"""`comity new` and `comity plan` in the terminal: the pages, the JSON, the report, and every error in one line."""

import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from comity.cli import main
from comity.cli.shorten import middle
from comity.plan import Plan
from comity.plan.model import Step
from comity.plan.phrases import count

EXAMPLE = Path(__file__).parents[3] / "examples/phishing"
ON = ("--on", "2026-11-24")
CASE = """
reference = "T-1"
title = "Test"
requesting_state = "IN"
currency = "INR"
facts = "On 1 November 2026 a mail led a customer to a page."

[authority]
name = "Unit"

[[offences]]
id = "phishing"
"""


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["comity", *arguments])
    with pytest.raises(SystemExit) as caught:
        main()
    return int(caught.value.code or 0)


def a_case(folder: Path, *, case: str = CASE) -> Path:
    folder.mkdir()
    (folder / "case.toml").write_text(case, encoding="utf-8")
    (folder / "note.txt").write_text("The money went to IBAN AE48 0339 9990 0000 0004 711.", encoding="utf-8")
    return folder


def _nothing(folder: Path) -> None:
    """No folder at all."""


def _bare(folder: Path) -> None:
    folder.mkdir()


def _empty(folder: Path) -> None:
    a_case(folder, case='artifacts = ["mails/*"]\n' + CASE)


def _file(folder: Path) -> None:
    folder.write_text("x")


def _changed(old: str, new: str) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        assert old in CASE
        a_case(folder, case=CASE.replace(old, new))

    return make


def _added(text: str) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        a_case(folder, case=CASE + text)

    return make


def _huge_mail(folder: Path) -> None:
    a_case(folder)
    with (folder / "huge.eml").open("wb") as stream:
        stream.truncate(2 * 1024**3)  # sparse: nothing is written


def _bomb(folder: Path) -> None:
    a_case(folder)
    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.txt", b"\0" * 30_000_000)


def _climbing(folder: Path) -> None:
    a_case(folder)
    with zipfile.ZipFile(folder / "climb.zip", "w") as archive:
        archive.writestr("../../evil.txt", "8.8.8.8")


STEP = """
[[earlier_steps]]
measure = "freezin"
state = "AE"
sent = 2026-11-20
"""
ERRORS = {
    "no folder": (_nothing, "there is no such folder"),
    "a file": (_file, "name the folder that holds case.toml"),
    "no case.toml": (_bare, "run `comity new "),
    "no evidence": (_empty, "artifacts names mails/*, and there is no such file"),
    "not TOML": (_added("\n[[\n"), "not TOML"),
    "unknown key": (_changed("title =", "titel ="), "did you mean title"),
    "unknown state": (_changed('"IN"', '"India"'), "did you mean IN (India)"),
    "unknown offence": (_changed('"phishing"', '"phishin"'), "did you mean phishing?"),
    "unknown measure": (_added(STEP), "did you mean freezing"),
    "unknown currency": (_changed('"INR"', '"INX"'), "did you mean INR"),
    "huge mail": (_huge_mail, "artifact_bytes"),
    "zip bomb": (_bomb, "unpack_ratio"),
    "climbing zip": (_climbing, "climbs out of the archive"),
}


@pytest.mark.parametrize("kind", ERRORS)
def test_each_fault_is_one_line_and_status_2(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make, words = ERRORS[kind]
    make(tmp_path / "case")
    assert run(monkeypatch, "plan", str(tmp_path / "case"), "--html", str(tmp_path / "r.html")) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("comity: ")
    assert words in told.err
    assert told.err.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) in ([], ["case"])


@pytest.mark.parametrize("kind", ERRORS)
def test_each_fault_as_a_process(kind: str, tmp_path: Path) -> None:
    make, words = ERRORS[kind]
    make(tmp_path / "case")
    command = [str(Path(sys.executable).with_name("comity")), "plan", str(tmp_path / "case")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--step", "s99"), "there is no step 's99'; the plan has s1 to s"),
        (("--on", "2026-13-01"), "write YYYY-MM-DD"),
        (("--on", "tomorrow"), "write YYYY-MM-DD"),
        (("--mmdb", "none.mmdb"), "does not exist"),
        (("--html", "missing/report.html"), "there is no such folder"),
        (("--html", "."), "is a directory"),
    ],
)
def test_options_that_are_wrong(
    arguments: tuple[str, ...],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    a_case(tmp_path / "case")
    monkeypatch.chdir(tmp_path)
    assert run(monkeypatch, "plan", "case", *arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert words in told.err
    assert told.err.count("\n") == 1


def test_step_of_a_plan_without_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    a_case(tmp_path / "case")
    (tmp_path / "case/note.txt").write_text("nothing here")
    assert run(monkeypatch, "plan", str(tmp_path / "case"), "--step", "s1") == 2
    assert "the plan has no steps" in capsys.readouterr().err
    assert run(monkeypatch, "plan", str(tmp_path / "case")) == 0
    assert "nothing in the evidence leads to a holder" in capsys.readouterr().out


def test_new_writes_a_case_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "new", str(tmp_path / "case")) == 0
    assert "comity plan" in capsys.readouterr().out
    assert run(monkeypatch, "new", str(tmp_path / "case")) == 2
    assert "not overwritten" in capsys.readouterr().err
    (tmp_path / "case/mail.txt").write_text("8.8.8.8")
    assert run(monkeypatch, "plan", str(tmp_path / "case")) == 0


@pytest.mark.parametrize("columns", ["80", "120"])
def test_page_fits(columns: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert run(monkeypatch, "plan", str(EXAMPLE), *ON) == 0
    told = capsys.readouterr()
    assert told.err == ""
    lines = told.out.splitlines()
    assert max(map(len, lines)) <= int(columns)
    assert not [line for line in lines if line.endswith(" ")]
    assert "\x1b" not in told.out
    for words in (
        "States involved",
        "Steps, in order",
        "Obstacles",
        "With nearly every",
        "Who may claim",
        "Not pursued",
    ):
        assert words.casefold() in told.out.casefold()
    # people compare an account or address letter by letter: none is cut
    joined = re.sub(r"\s*\n\s*", "", told.out)
    assert "tron:TAkhzBdLkssZxECDhhnNA7FVbkjBc3d6hp" in joined
    assert "bitcoin:bc1qujklwevtcp4w5nwa5k2w8dt4j2jrtg6q9r6wa6" in joined
    assert "In short" in told.out
    assert "INR 24,44,998" in told.out
    for token in ("contact points 24 7", "interpol practice", "positive conflict", "territory effect", "o1, o2, o3"):
        assert token not in told.out


def test_all_names_every_trace_that_was_left_out_for_its_weight_and_every_warning(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "2000")
    assert run(monkeypatch, "plan", str(EXAMPLE), *ON) == 0
    short = capsys.readouterr().out
    assert run(monkeypatch, "plan", str(EXAMPLE), *ON, "--all") == 0
    whole = capsys.readouterr().out
    told = {
        name: next(line for line in text.splitlines() if "too weak:" in line)
        for name, text in (("short", short), ("whole", whole))
    }
    assert told["short"].endswith(" more")
    assert not told["whole"].endswith(" more")
    assert "more warnings" in short
    assert "more warnings" not in whole


def test_later_steps_are_folded_unless_all_is_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert run(monkeypatch, "plan", str(EXAMPLE), *ON) == 0
    short = capsys.readouterr().out
    assert run(monkeypatch, "plan", str(EXAMPLE), *ON, "--all") == 0
    whole = capsys.readouterr().out
    assert re.search(r"s\d+–s\d+  from 2027-01-27  Return the money from: Mashreqbank \(AE\)", short)
    assert "Return the money from Mashreqbank" not in short
    assert "Return the money from Mashreqbank" in whole
    assert len(short.splitlines()) + 100 < len(whole.splitlines())


def test_a_way_without_a_treaty_names_whom_to_ask(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert run(monkeypatch, "plan", str(EXAMPLE), *ON, "--all") == 0
    out = capsys.readouterr().out
    assert "ask OVHcloud, abuse contact" in out
    assert "or directly Telegram Messenger Inc." in out
    step = re.search(r"(s\d+) .*Have taken off line by OVHcloud", out)
    assert step
    assert run(monkeypatch, "plan", str(EXAMPLE), *ON, "--step", step[1]) == 0
    assert "Directly, without any legal basis: nobody owes an answer" in capsys.readouterr().out


def test_json_follows_the_record(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(monkeypatch, "plan", str(EXAMPLE), *ON, "--json") == 0
    plan = msgspec.json.decode(capsysbinary.readouterr().out, type=Plan)
    assert plan.schema == "comity-plan-1"
    assert run(monkeypatch, "plan", str(EXAMPLE), *ON, "--json", "--step", "S2") == 0
    assert msgspec.json.decode(capsysbinary.readouterr().out, type=Step) == plan.steps[1]


def test_step_unfolds(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "plan", str(EXAMPLE), *ON, "--step", "s3") == 0
    out = capsys.readouterr().out
    for words in ("Why", "Dates", "Recommended:", "Otherwise:", "In the way", "12:00+04:00 (13:30+05:30 here)"):
        assert words in out
    assert run(monkeypatch, "plan", str(EXAMPLE), *ON, "--step", "s2") == 0
    assert "At home" in capsys.readouterr().out


def test_report_is_written_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "report.html"
    assert run(monkeypatch, "plan", str(EXAMPLE), *ON, "--html", str(target)) == 0
    assert f"The report is in {target}" in capsys.readouterr().err
    assert target.read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_a_report_in_the_case_folder_changes_no_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    folder = a_case(tmp_path / "case")
    assert run(monkeypatch, "plan", str(folder), *ON, "--json") == 0
    first = capsysbinary.readouterr().out
    for _ in range(2):
        assert run(monkeypatch, "plan", str(folder), *ON, "--html", str(folder / "report.html")) == 0
    (folder / "page.txt").write_bytes(capsysbinary.readouterr().out)
    (folder / "plan.json").write_bytes(first)
    assert run(monkeypatch, "plan", str(folder), *ON, "--json") == 0
    plan = msgspec.json.decode(capsysbinary.readouterr().out, type=Plan)
    told = [finding.where for finding in plan.findings if finding.code == "own-output"]
    assert sorted(told) == ["page.txt", "plan.json", "report.html"]
    assert plan.steps == msgspec.json.decode(first, type=Plan).steps


@pytest.mark.parametrize("name", ["note.txt", "case.toml"])
def test_evidence_is_never_written_over(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = a_case(tmp_path / "case")
    before = (folder / name).read_bytes()
    assert run(monkeypatch, "plan", str(folder), *ON, "--html", str(folder / name)) == 2
    assert "not overwritten" in capsys.readouterr().err
    assert (folder / name).read_bytes() == before


def test_a_mere_complaint_is_planned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = CASE.replace("led a customer to a page.", "asked for money to IBAN AE48 0339 9990 0000 0004 711.")
    (a_case(tmp_path / "case", case=told) / "note.txt").unlink()
    assert run(monkeypatch, "plan", str(tmp_path / "case"), *ON) == 0
    assert "AE48 0339 9990 0000 0004 711" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("9999-12-31", "9999-12-31 is not between 1950 and 2100"),
        ("1989-12-31", "choose one from 1990-01-01 to 2100-12-31"),
    ],
)
def test_a_day_out_of_bounds_is_one_line(
    day: str, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "plan", str(EXAMPLE), "--on", day) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1


def test_paths_of_evidence_begin_at_the_case_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    folder = a_case(tmp_path / "case")
    for name in (str(folder), f"{folder}/"):
        assert run(monkeypatch, "plan", name, *ON, "--json") == 0
        plan = msgspec.json.decode(capsysbinary.readouterr().out, type=Plan)
        assert [artifact.path for artifact in plan.case.artifacts] == ["note.txt"]


def test_values_are_shortened_in_the_middle() -> None:
    assert middle("abcdefghij", 10) == "abcdefghij"
    assert middle("abcdefghij", 7) == "abc…hij"
    assert middle("abcdefghij", 6) == "abc…ij"
    assert middle("abcdefghij", 2) == "abcdefghij"


def test_words_for_figures() -> None:
    assert (count(1, "step"), count(2000, "step")) == ("1 step", "2,000 steps")


def test_a_case_in_which_nothing_was_filled_in_is_an_error_that_says_what_to_fill_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "case"
    assert run(monkeypatch, "new", str(folder)) == 0
    assert run(monkeypatch, "plan", str(folder), *ON) == 2
    said = capsys.readouterr().err
    assert "fill in reference, title, facts, authority.name, or put the evidence" in said
    assert len(said.splitlines()) == 1


def test_a_case_whose_facts_are_all_it_has_is_planned_and_its_file_is_no_artifact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "case"
    assert run(monkeypatch, "new", str(folder)) == 0
    case = folder / "case.toml"
    text = case.read_text(encoding="utf-8")
    case.write_text(re.sub("(?m)^On 1 January.*", "A victim paid to AE480339999000000004711.", text), encoding="utf-8")
    capsys.readouterr()
    assert run(monkeypatch, "plan", str(folder), *ON, "--json") == 0
    made = msgspec.json.decode(capsys.readouterr().out.encode(), type=Plan)
    assert (made.counts.artifacts, made.counts.artifacts_by_kind) == (0, {})
    assert {thing.value for step in made.steps for thing in step.objects} == {"AE480339999000000004711"}


def test_the_list_says_of_each_route_whether_it_is_open_or_conditional(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert run(monkeypatch, "plan", str(EXAMPLE), *ON, "--json") == 0
    made = msgspec.json.decode(capsys.readouterr().out.encode(), type=Plan)
    statuses = {step.recommended.status.value for step in made.steps if step.recommended}
    assert statuses == {"open", "conditional"}
    assert run(monkeypatch, "plan", str(EXAMPLE), *ON) == 0
    listed = capsys.readouterr().out
    for step in made.steps:
        route = step.recommended
        if route is not None and step.urgency.level.value == "hours":
            assert re.search(rf"{re.escape(route.called)}[^\n]*, {route.status.value}", listed)
    assert "(conditional)" in listed
