"""A case file that is wrong says so in one sentence: where, what, and how to mend it."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.samples.planned import REGISTRY

from comity.plan import CaseFileError, artifact_paths, check_writable, new_case, new_case_text, open_case, read_case
from comity.plan import write_whole as write
from comity.plan.keyline import line_of
from comity.plan.schemas import SCHEMAS

GOOD = new_case_text()


def error(text: str) -> str:
    with pytest.raises(CaseFileError) as caught:
        read_case(text, path="case.toml", registry=REGISTRY)
    return str(caught.value)


def with_(tail: str) -> str:
    return GOOD + "\n" + tail


def test_the_commented_example_is_a_case() -> None:
    assert read_case(GOOD, path="case.toml", registry=REGISTRY).requesting_state == "IN"


def test_every_commented_line_of_the_example_is_right() -> None:
    lines = [
        line[2:] if line.startswith("# ") and ("=" in line or "[" in line[:4]) else line for line in GOOD.splitlines()
    ]
    text = "\n".join(line for line in lines if not line.startswith("A case for"))
    case = read_case(text, path="case.toml", registry=REGISTRY)
    assert case.victims
    assert case.earlier_steps[0].lapses
    assert case.suspects[0].identifiers


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a = [", "not TOML"),
        ("a = " + "[" * 5000, "case.toml: "),
        (GOOD.replace("reference =", "referense ="), "line 5: unknown key 'referense'; did you mean reference"),
        (GOOD.replace('currency = "INR"', 'currency = "inr"'), "unknown currency 'inr'; write INR"),
        (GOOD.replace('currency = "INR"', 'currency = "Rupee"'), "write an ISO 4217 code such as INR"),
        (GOOD.replace('currency = "INR"', 'currency = "QQQ"'), "unknown currency 'QQQ'"),
        (GOOD.replace('"IN" ', '"in" '), "unknown state 'in'; write IN"),
        (GOOD.replace('"IN" ', '"Atlantis" '), "unknown state 'Atlantis'"),
        (GOOD.replace('"IN" ', '"Qqqqqq" '), "write an ISO 3166 code such as IN"),
        (GOOD.replace('"IN" ', '"QQ" '), "unknown state 'QQ'"),
        (GOOD.replace('"IN" ', '"ZZZ" '), "unknown state 'ZZZ'"),
        (GOOD.replace('title = "A short name for the case"', ""), "'title' is missing; add it"),
        (
            GOOD.replace('title = "A short name for the case"', "title = 7"),
            "'title' must be text in quotes and is a whole",
        ),
        (GOOD.replace('title = "A short name for the case"', 'title = ""'), "'title' is empty"),
        (GOOD.replace('id = "computer_fraud"', 'id = "computer_froud"'), "did you mean computer_fraud"),
        (GOOD.replace('id = "computer_fraud"', 'id = "zzzz"'), "write one of "),
        (with_("[authorities]"), "unknown key 'authorities'; did you mean authority"),
        (with_("[urgency]\nlevel = 'high'"), "'urgency.level' is 'high'; write one of routine, urgent, emergency"),
        (with_("[confidentiality]\nlevel = 'opn'"), "did you mean open?"),
        (with_("[money]\nreported = '20 Nov'"), "is no day or instant"),
        (with_("[money]\nreported = '2026-02-30'"), "'2026-02-30' is no day or instant; write YYYY-MM-DD"),
        (with_("[[victims]]\nstate = 'IN'\nnumber = -1"), "is below zero; write 0 or more"),
        (with_("[[victims]]\nstate = 'IN'\nnumber = 1\nloss = 'much'"), "is not an amount"),
        (with_("[[victims]]\nstate = 'IN'\nnumber = 1\nloss = -5"), "the loss -5 is not an amount"),
        (with_("[[victims]]\nstate = 'IN'\nnumber = 1\nloss = nan"), "is not an amount"),
        (with_("[[victims]]\nstate = 'IN'\nnumber = 'two'"), "'victims[1].number' must be a whole number"),
        (
            with_("[[victims]]\nstate = 'IN'\nnumbers = 2"),
            "unknown key 'numbers' in 'victims[1]'; did you mean number?",
        ),
        (with_("[legal_facts]\norganized_group = true"), "did you mean organised_group?"),
        (with_("[legal_facts]\norganised_group = 'yes'"), "must be true or false"),
        (with_("[[earlier_steps]]\nmeasure = 'freezing'\nstate = 'US'\nsent = 'May'"), "is not a date"),
        (
            with_("[[earlier_steps]]\nmeasure='freezing'\nstate='US'\nsent=2026-05-02\neffective=2026-05-01"),
            "it took effect before it was sent",
        ),
        (
            with_("[[earlier_steps]]\nmeasure='freezing'\nstate='US'\nsent=2026-05-02\ninstrument='budapset'"),
            "did you mean budapest",
        ),
        (
            with_("[[earlier_steps]]\nmeasure='freezing'\nstate='US'\nsent=2026-05-02\ninstrument='%%'"),
            "leave it out where it is not known",
        ),
        (
            with_("[[earlier_steps]]\nmeasure='freezing'\nstate='US'\nsent=2026-05-02\nlapses='2026-13-01'"),
            "is no day or instant",
        ),
        (GOOD.replace('# time_zone = "Asia/Kolkata"', 'time_zone = "Asia/Calcuta"'), "did you mean Asia/Calcutta"),
        (GOOD.replace('# time_zone = "Asia/Kolkata"', 'time_zone = "%%"'), "write an IANA zone such as Asia/Kolkata"),
        (GOOD.replace("# artifacts =", "artifacts = ['../x'] #"), "leaves the case folder"),
        (GOOD.replace("# artifacts =", "artifacts = ['/etc/*'] #"), "leaves the case folder"),
        (GOOD.replace("# artifacts =", "artifacts = ['C:/x'] #"), "leaves the case folder"),
    ],
)
def test_what_is_wrong_is_told_with_its_remedy(text: str, words: str) -> None:
    told = error(text)
    assert words in told
    assert "\n" not in told


def test_a_case_without_offences_says_what_to_do() -> None:
    head = GOOD.partition("[[offences]]")[0]
    assert "'offences' is missing" in error(head)
    assert "'offences' is empty" in error("offences = []\n" + head)


def test_lines_of_keys() -> None:
    text = 'a = 1\nb = """\nc = 2\n"""\n[t]\nc.d = 3\n[[l]]\nx = 1\n[[l]]\nx = 2\n[l.sub]\ny = 1\n'
    assert line_of(text, ("a",)) == 1
    assert line_of(text, ("c",)) == 0
    assert line_of(text, ("t", "c", "d")) == 6
    assert line_of(text, ("l", 1, "x")) == 10
    assert line_of(text, ("l", 1, "sub", "y")) == 12
    assert line_of(text, ("l", 1, "z")) == 9


def test_folders_that_are_none(tmp_path: Path) -> None:
    for make, words in (
        (lambda p: None, "there is no such folder"),
        (lambda p: p.write_text("x"), "this is a file"),
        (lambda p: p.mkdir(), "there is no case.toml"),
        (lambda p: (p.mkdir(), (p / "case.toml").write_bytes(b"\xff")), "not UTF-8 at byte 0"),
        (lambda p: (p.mkdir(), (p / "case.toml").write_bytes(b"#" * 1_100_000)), "too many for a case file"),
    ):
        folder = tmp_path / words[:9].replace(" ", "")
        make(folder)
        with pytest.raises(CaseFileError, match=words):
            open_case(folder, REGISTRY)


def test_evidence_is_what_the_patterns_match(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    new_case(folder)
    case = open_case(folder, REGISTRY)
    (folder / ".hidden").write_text("x")
    (folder / "mails").mkdir()
    (folder / "mails/.git").mkdir()
    (folder / "mails/.git/x.eml").write_text("x")
    (tmp_path / "outside.eml").write_text("x")
    (folder / "link.eml").symlink_to(tmp_path / "outside.eml")
    assert artifact_paths(folder, case) == ()
    (folder / "mails/a.eml").write_text("x")
    assert [path.name for path in artifact_paths(folder, case)] == ["a.eml"]


def test_patterns_that_are_none(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    new_case(folder)
    text = (folder / "case.toml").read_text().replace("# artifacts =", "artifacts = ['**mails'] #")
    (folder / "case.toml").write_text(text)
    with pytest.raises(CaseFileError, match=r"is not a pattern|there is no such file"):
        artifact_paths(folder, open_case(folder, REGISTRY))


def test_new_case_is_not_overwritten(tmp_path: Path) -> None:
    new_case(tmp_path / "case")
    (tmp_path / "file").write_text("x")
    for folder, words in ((tmp_path / "case", "exists already"), (tmp_path / "file", "exists already")):
        with pytest.raises(CaseFileError, match=words):
            new_case(folder)
    with pytest.raises(CaseFileError, match="cannot be written"):
        new_case(tmp_path / "file/under")


def test_files_are_written_whole_or_not_at_all(tmp_path: Path) -> None:
    write(tmp_path / "r.html", "whole")
    assert (tmp_path / "r.html").read_text() == "whole"
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/x").write_text("x")
    for target in (tmp_path / "none/r.html", tmp_path / "folder"):
        with pytest.raises(CaseFileError, match="cannot be written"):
            write(target, "whole")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "r.html"]


def test_targets_are_looked_at_before_the_work(tmp_path: Path) -> None:
    check_writable(tmp_path / "r.html")
    for target, words in ((tmp_path, "this is a folder"), (tmp_path / "none/r.html", "no such folder")):
        with pytest.raises(CaseFileError, match=words):
            check_writable(target)


def test_published_schemas_are_current(tmp_path: Path) -> None:
    assert SCHEMAS.stale() == ()
    assert SCHEMAS.main([]) == 0
    elsewhere = replace(SCHEMAS, folder=tmp_path / "schema")
    assert elsewhere.main([]) == 1
    assert elsewhere.main(["--write"]) == 0
    assert elsewhere.main([]) == 0
