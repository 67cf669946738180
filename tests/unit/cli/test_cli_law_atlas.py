"""`comity law coverage`, `what-if`, `reforms` and `unlock` over the law data that ships."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from comity.cli.law import law

ON = ("--on", "2026-11-24")


def run(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "100"}).invoke(law, list(arguments))


def good(*arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.output


def test_coverage_of_all_measures_is_counted() -> None:
    text = good("coverage", *ON)
    assert "every state → every other state  as of 2026-11-24" in text
    assert "transborder_access" in text
    assert "owed: open to evidence, owed" in text
    assert "No offence is named" in text


def test_coverage_of_one_measure_names_the_states_that_reach_most() -> None:
    short, whole = (
        good("coverage", "--measure", "preservation", *ON),
        good("coverage", "--measure", "preservation", "--all", *ON),
    )
    assert "more: --all" in short
    assert "more: --all" not in whole
    assert whole.count("\n") > 250


def test_coverage_from_one_state() -> None:
    text = good("coverage", "--measure", "preservation", "--from", "india", "--offence", "computer_fraud", *ON)
    assert "preservation  IN → every other state  as of 2026-11-24  for computer_fraud" in text
    assert "in-us-mlat-2001" in text
    assert "No offence is named" not in text


def test_coverage_to_one_state_and_between_two() -> None:
    assert "every state → US" in good("coverage", "--measure", "preservation", "--to", "US", *ON)
    assert "controlled_delivery" in good("coverage", "--from", "IN", "--to", "US", *ON)


def test_coverage_as_json() -> None:
    answer = json.loads(good("coverage", "--measure", "preservation", "--from", "IN", "--json", *ON))
    assert answer["as_of"] == "2026-11-24"
    assert [grade["id"] for grade in answer["scale"]] == [
        "owed",
        "offered",
        "police",
        "conditional",
        "courtesy",
        "closed",
    ]
    cells = {cell["requested"]: cell for cell in answer["cells"]}
    assert cells["US"]["strength"] == "offered"
    assert sum(answer["counts"][0]["pairs"].values()) == len(cells)
    whole = json.loads(good("coverage", "--measure", "preservation", "--json", *ON))
    reach = {row["requesting"]: row["requested"] for row in whole["reach"]}
    assert "US" in reach["IN"]["offered"]


def test_the_map_is_written(tmp_path: Path) -> None:
    target = tmp_path / "map.svg"
    text = good("coverage", "--measure", "preservation", "--from", "IN", "--svg", str(target), *ON)
    assert "the map is in" in text
    assert target.read_text(encoding="utf-8").startswith("<svg ")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("coverage", "--measure", "preservasion"), "unknown measure 'preservasion'; did you mean preservation"),
        (("coverage", "--svg", "x.svg"), "a map shows one measure"),
        (
            ("coverage", "--measure", "preservation", "--from", "IN", "--to", "US", "--svg", "x"),
            "a map shows one measure",
        ),
        (("coverage", "--from", "IN", "--to", "IN"), "IN asks itself"),
        (("coverage", "--measure", "preservation", "--svg", "/no/such/folder/x.svg"), "cannot write"),
        (("coverage", "--offence", "fraudd"), "unknown offence"),
        (("what-if",), "Missing argument"),
        (("what-if", "IN accedes budapst"), "did you mean budapest"),
        (("what-if", "IN accedes budapest", "--on", "tomorrow"), "is not a date"),
        (("what-if", "IN accedes eu-eio"), "eu-eio is not open to India"),
        (("what-if", "IN accedes budapest", "--state", "Indya"), "unknown state 'Indya'"),
        (("reforms", "IN", "--with", "IN"), "name two different states"),
        (("unlock", "IN", "IN", "preservation"), "IN asks itself"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(arguments: tuple[str, ...], says: str) -> None:
    result = run(*arguments)
    assert result.exit_code != 0
    assert says in result.output + str(result.exception)


BUDAPEST = "IN accedes budapest on 2027-01-01"


def test_what_if_india_joins_budapest() -> None:
    text = good("what-if", BUDAPEST)
    assert "what if  as of 2027-05-01" in text
    assert "bound from 2027-05-01 by the instrument's own rule (Art. 36(4), 37(2))" in text
    assert "preservation  courtesy → owed  through budapest" in text
    assert "The rest: --all" in text
    assert "The rest" not in good("what-if", BUDAPEST, "--all", "--measure", "preservation", "--state", "IN")


def test_what_if_of_what_is_so_already() -> None:
    text = good("what-if", "US accedes budapest on 2027-01-01")
    assert "the law is so already: nothing changes" in text
    assert "Nothing changes." in text


def test_what_if_before_it_works_says_when_to_ask() -> None:
    assert "ask again with --on 2027-05-01" in good("what-if", BUDAPEST, "--on", "2027-02-01")


def test_what_if_of_much_is_shortened() -> None:
    text = good("what-if", "instrument uncc enters-into-force on 2027-06-01", "--measure", "partial_disclosure")
    assert "and others: " in text
    assert "those that signed are taken to have consented" in " ".join(text.split())


def test_what_if_as_json() -> None:
    answer = json.loads(good("what-if", BUDAPEST, "--json", "--measure", "preservation", "--offence", "computer_fraud"))
    assert answer["as_of"] == "2027-05-01"
    assert answer["steps"][0]["works_from"] == "2027-05-01"
    assert answer["counts"]["opens"] > 100
    first = answer["changes"][0]
    assert first["kind"] == "opens"
    assert first["after"]["strength"] == "owed"
    assert "IN" in (first["requesting"], *first["requested"])


def test_reforms_of_india() -> None:
    text = good("reforms", "IN", "--measure", "preservation", *ON)
    assert "1. IN accedes budapest" in text
    assert "who: India deposits its consent" in text
    assert "providers that we know hold data under their law" in text
    assert "would change nothing yet" in text
    assert "steps more: --all" in text
    assert "steps more" not in good("reforms", "IN", "--measure", "takedown", "--all", *ON)


def test_reforms_that_do_nothing() -> None:
    text = good("reforms", "IN", "--measure", "takedown", "--with", "RU", "--offence", "computer_fraud", *ON)
    assert "No single step would change anything." in text
    assert "India with Russia  takedown" in text


def test_reforms_as_json() -> None:
    answer = json.loads(good("reforms", "IN", "--with", "US", "--json", *ON))
    assert answer["reforms"][0]["step"] == "IN accedes budapest"
    assert answer["partner"] == "US"


def test_unlock_between_two_states() -> None:
    text = good("unlock", "IN", "RU", "preservation", *ON)
    assert "No single step would better the answer." in text
    assert "IN accedes budapest; RU accedes budapest  → owed" in text
    assert "Russia: not a party" in text
    opens = good("unlock", "IN", "US", "interception", *ON)
    assert "1. IN accedes budapest  → conditional" in opens
    assert "by budapest, Art. 34" in opens


def test_unlock_as_json() -> None:
    answer = json.loads(good("unlock", "IN", "US", "interception", "--json", *ON))
    assert answer["keys"][0]["instrument"] == "budapest"
    assert answer["strength"] == "courtesy"
