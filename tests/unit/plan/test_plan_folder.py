"""What in a case folder is evidence, what Comity wrote there, and what may be written over."""

from pathlib import Path

import pytest
from tests.samples.planned import REGISTRY, case_of

from comity.leads.find import find_leads
from comity.leads.model import Leads
from comity.plan import (
    CaseFileError,
    PlanDayError,
    case_text,
    check_day,
    check_report,
    check_told,
    find_artifacts,
    new_case,
    new_case_text,
    open_case,
    read_case,
)
from comity.plan.days import FIRST, LAST, odd_day
from comity.plan.outputs import is_output

REPORT = '<!DOCTYPE html>\n<html><head><meta charset="utf-8">\n<meta name="generator" content="Comity 0.1.0">\n'


def folder_with(tmp_path: Path, **files: str) -> Path:
    folder = tmp_path / "case"
    new_case(folder)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        '{\n  "schema": "comity-plan-1",\n  "case": {}}',
        '{"schema":"comity-draft-1"}',
        '{\n  "id": "s12",\n  "order": 12,\n  "measure": "freezing"}',
        '{\n  "artifacts": [\n    {\n      "id": "a1",\n      "path": "x"}]}',
        "a page\n" * 900 + "Made by Comity 0.1.0 for 2026-11-24: a plan, no evidence\n",
    ],
)
def test_what_comity_wrote_is_known_by_its_marks(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.txt"
    path.write_text(text, encoding="utf-8")
    assert is_output(path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        '<html><head><meta name="generator" content="WordPress 6">',
        '{"schema": "x"}',
        "Made by Comity 0.1.0, wrote the victim.\nAnd more.",
    ],
)
def test_other_files_are_not(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.txt"
    path.write_text(text, encoding="utf-8")
    assert not is_output(path)
    assert not is_output(tmp_path / "none")


def test_a_report_beside_the_evidence_is_passed_over(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, report__html=REPORT, note__txt="text")
    found = find_artifacts(folder, open_case(folder, REGISTRY))
    assert [path.name for path in found.evidence] == ["note.txt"]
    assert [path.name for path in found.outputs] == ["report.html"]
    assert found.readable


def test_a_file_that_the_case_file_names_is_read_whatever_it_is(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, report__html=REPORT)
    text = (folder / "case.toml").read_text().replace("# artifacts =", 'artifacts = ["report.html"] #')
    (folder / "case.toml").write_text(text)
    found = find_artifacts(folder, open_case(folder, REGISTRY))
    assert [path.name for path in found.evidence] == ["report.html"]


def test_only_a_report_is_written_over(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, report__html=REPORT, mail__eml="From: x\n")
    check_report(folder / "report.html")
    check_report(folder / "new.html")
    for name in ("mail.eml", "case.toml"):
        with pytest.raises(CaseFileError, match="not overwritten"):
            check_report(folder / name)


def test_a_link_to_evidence_is_not_written_over(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, mail__eml="From: x\n")
    (folder / "report.html").symlink_to(folder / "mail.eml")
    with pytest.raises(CaseFileError, match="not overwritten"):
        check_report(folder / "report.html")


def test_a_case_with_nothing_to_read_rests_on_its_file(tmp_path: Path) -> None:
    folder = folder_with(tmp_path)
    (folder / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    found = find_artifacts(folder, open_case(folder, REGISTRY))
    assert [path.name for path in found.evidence] == ["photo.png"]
    assert not found.readable
    case = case_of(
        rest='\n[[suspects]]\nname = "S"\nidentifiers = ["+442079460123"]\n'
        '\n[[events]]\nat = 2026-11-18\nwhat = "paid"\nobjects = ["AE480339999000000004711"]\n'
        '\n[[earlier_steps]]\nmeasure = "preservation"\nstate = "US"\nobjects = ["x_y@gmail.com"]\nsent = 2026-11-18\n'
    )
    leads: Leads = find_leads(found.evidence, texts=(case_text(case),))
    assert {o.value for o in leads.observables} >= {"+442079460123", "AE480339999000000004711", "x_y@gmail.com"}


def test_days_have_bounds() -> None:
    for day in (FIRST, LAST):
        check_day(day)
    with pytest.raises(PlanDayError, match="choose one from 1990-01-01 to 2100-12-31"):
        check_day(LAST.replace(year=9999))


def test_days_that_do_not_fit_the_evidence_are_odd() -> None:
    seen = FIRST.replace(year=2026)
    assert not odd_day(seen, None)
    assert not odd_day(seen, seen)
    assert "goes on until" in odd_day(seen.replace(year=2025), seen)
    assert "days after" in odd_day(seen.replace(year=2028), seen)


@pytest.mark.parametrize(
    "told",
    [
        '[[victims]]\nstate = "IN"\nnumber = 1\n',
        '[[events]]\nat = 2026-11-18\nwhat = "paid"\n',
        "[money]\nreported = 2026-11-18\n",
    ],
)
def test_whoever_tells_something_may_leave_the_facts_for_later(told: str) -> None:
    template = new_case_text()
    with pytest.raises(CaseFileError, match="tells nothing yet"):
        check_told(read_case(template, path="c", registry=REGISTRY), path="c", template=template)
    check_told(read_case(f"{template}\n{told}", path="c", registry=REGISTRY), path="c", template=template)


def test_only_what_stands_as_it_was_written_is_named() -> None:
    template = new_case_text()
    named = read_case(template.replace("CASE-0001", "FIR 1"), path="c", registry=REGISTRY)
    with pytest.raises(CaseFileError, match=r"fill in title, facts, authority\.name, or"):
        check_told(named, path="c", template=template)
