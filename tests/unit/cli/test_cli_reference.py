"""`comity law show`, `state`, `compare` in the terminal."""

import json

import pytest
from click.testing import CliRunner, Result

from comity.cli.law import law
from comity.cli.law.page import Page
from comity.cli.law.show import show_sheet
from comity.law import load_registry
from comity.law.errors import UnknownTermError


def run(*words: str) -> Result:
    return CliRunner().invoke(law, list(words), env={"COLUMNS": "200"})


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("budapest", ["Convention on Cybercrime", "Art. 29  preservation", "Parties on 2026-11-24", "Denmark"]),
        ("in-ru-mlat-1998", ["in-ru-mlat-2000", "also known as: in-ru-mlat-1998"]),
        ("hk-us-mlat-1997", ["assumed from bilateral-mlat", "suspended"]),
        ("letters-rogatory", ["any two states"]),
        ("coe-extradition-1957", ["not between"]),
        ("coe-mla-ap1", ["offences: not read"]),
        ("eu-eio", ["Sources", "takes the place of"]),
        ("phishing", ["rests on:", "Punished on 2026-11-24", "India"]),
        ("un-gge-norms", ["(k) Do not harm response teams", "in a case:", "cannot"]),
        ("itu-gci-2024", ["IN: tier 1"]),
        ("zoho_in", ["controlled by:", "(IN)"]),
        ("HK", ["Hong Kong SAR China on 2026-11-24", "through CN, region"]),
    ],
)
def test_show_tells(name: str, told: list[str]) -> None:
    result = run("show", name, "--on", "2026-11-24")
    assert result.exit_code == 0, result.output
    assert [text for text in told if text not in result.output] == []


@pytest.mark.parametrize("name", ["budapest", "phishing", "zoho_in", "un-oewg-2021-2025", "IN"])
def test_show_as_json(name: str) -> None:
    assert json.loads(run("show", name, "--json").stdout)


def test_a_sheet_of_no_kind_is_a_broken_promise() -> None:
    with pytest.raises(NotImplementedError):
        show_sheet(object(), Page())  # type: ignore[arg-type]  # no sheet


def test_an_unknown_name_is_one_error() -> None:
    result = run("show", "in-us-mlat-2003")
    assert isinstance(result.exception, UnknownTermError)
    assert "did you mean in-us-mlat-2001" in str(result.exception)


def test_state_tells_bonds_gaps_and_reasons() -> None:
    result = run("state", "India", "--on", "2026-11-24")
    assert result.exit_code == 0
    gaps = result.output[result.output.index("Open to it, and not binding it") :]
    assert "budapest" in gaps
    assert "stays out: Art. 32(b)" in gaps
    assert "no reason was sourced" in gaps
    assert "Ministry of Home Affairs" in result.output


def test_state_tells_why_it_came_later_and_that_nothing_is_known() -> None:
    assert "joined later  budapest: Held back" in run("state", "BR", "--on", "2026-11-24").output
    assert "none in the data: ask before sending" in run("state", "NR").output
    assert "reservation to Art. 29(4)" in run("state", "AT").output
    assert "opens on" in run("state", "BR", "--on", "2023-02-01").output


def test_state_as_json() -> None:
    answer = json.loads(run("state", "RU", "--json", "--on", "2026-11-24").stdout)
    assert {bond["instrument"] for bond in answer["bonds"] if bond["state"] == "bound"} >= {"untoc"}


def test_compare_tells_the_differences_first() -> None:
    result = run("compare", "budapest", "uncc", "--on", "2026-11-24")
    assert result.exit_code == 0
    places = [result.output.index(text) for text in ("As a whole", "Given by budapest only", "Given by uncc only")]
    assert places == sorted(places)
    assert "are from memory" in result.output


def test_compare_of_one_measure_and_of_the_same() -> None:
    one = run("compare", "in-us-mlat-2001", "in-ru-mlat-1998", "--measure", "testimony")
    assert "search_seizure" not in one.output[one.output.index("Given by") :]
    same = run("compare", "budapest", "budapest", "--measure", "preservation")
    assert "the same in both" in same.output
    answer = json.loads(run("compare", "budapest", "uncc", "--measure", "preservation", "--json").stdout)
    assert [m["measure"] for m in answer["measures"]] == ["preservation"]
    assert "A request must say" not in run("compare", "coe-mla-ap1", "coe-mla-ap2").output
    assert "steps back" in run("compare", "untoc", "uncac", "--all").output


def test_harmonisation_of_all_states() -> None:
    result = run("harmonisation", "--on", "2026-11-24")
    assert "India (IN)" in result.output
    assert "Every other state: not in the data, so unknown." in result.output
    documented = [law for law in load_registry().states.values() if law.offences]
    assert len(json.loads(run("harmonisation", "--json").stdout)) == len(documented) > 40


def test_harmonisation_of_one_state_unfolds_to_sources() -> None:
    folded = run("harmonisation", "IN", "--on", "2026-11-24", "--of", "budapest", "--measure", "extradition")
    assert "Budapest Art. 2 / UN Art. 7" in folded.output
    assert "3 years (asked by" not in folded.output
    unfolded = run("harmonisation", "IN", "--sections")
    assert "https://www.indiacode.nic.in" in unfolded.output
    assert "all of this is unknown" in run("harmonisation", "NR").output
    assert json.loads(run("harmonisation", "IN", "--json").stdout)["documented"]


def test_norms_tells_what_helps_and_what_does_not() -> None:
    listed = run("norms").output
    assert "cannot:  It is no network for criminal cases" in listed
    assert "GCI 2024" in run("norms", "--kind", "index").output
    assert "un-gge-norms" not in run("norms", "--measure", "preservation").output
    assert "None of it helps" in run("norms", "--measure", "controlled_delivery").output
    assert "(a) Cooperate for stability" in run("norms", "GGE norms").output
    assert len(json.loads(run("norms", "--json").stdout)) == 16
    assert isinstance(run("norms", "un-gge").exception, UnknownTermError)


def test_freshness_lists_counts_and_what_rests() -> None:
    result = run("freshness", "--confidence", "low", "--limit", "3", "--on", "2026-11-24")
    assert "national offence" in result.output
    assert "the first 3" in result.output
    assert result.output.count("rests on it:") == 3


def test_freshness_tells_what_would_change() -> None:
    result = run("freshness", "--instrument", "in-us-mlat-2001", "--kind", "instrument", "--effects")
    assert "questions would be answered otherwise" in result.output
    assert "from open to conditional" in result.output
    silent = run("freshness", "--state", "IN", "--kind", "position", "--effects", "--limit", "1")
    assert "no status would change" in silent.output
    answer = json.loads(run("freshness", "--older-than", "9000", "--limit", "2", "--json").stdout)
    assert len(answer["facts"]) == 2
    assert run("freshness", "--older-than", "99999").output.strip().endswith("0 facts fit")
