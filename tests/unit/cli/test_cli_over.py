"""`--over`: a user's corrections in `comity law check` and `comity routes`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from comity.cli.law import law
from comity.cli.plan import plan
from comity.cli.routes import routes
from comity.law.errors import LawDataError

URL = "https://example.org/source"
EXAMPLE = Path(__file__).parents[3] / "examples/bec"
ASK = ["IN", "US", "preservation", "--on", "2027-06-01", "--json", "--all"]


@pytest.fixture
def over(tmp_path: Path) -> Path:
    folder = tmp_path / "ours"
    (folder / "instruments" / "multilateral").mkdir(parents=True)
    return folder


def write(folder: Path, state: str) -> None:
    (folder / "instruments" / "multilateral" / "budapest.csv").write_text(
        f"state,how,in_force_on,source_url,as_of,confidence\n{state},accession,2027-01-01,{URL},2026-01-01,high\n",
        encoding="utf-8",
    )


def status(answer: str) -> str:
    return str(next(r["status"] for r in json.loads(answer)["routes"] if r["instrument"] == "budapest"))


def test_a_correction_changes_an_answer_and_says_so(over: Path) -> None:
    write(over, "IN")
    assert status(CliRunner().invoke(routes, ASK).stdout) == "closed"
    corrected = CliRunner().invoke(routes, [*ASK, "--over", str(over)])
    assert status(corrected.stdout) == "open"
    assert corrected.stderr == f"with corrections from {over}\n"


def test_a_correction_that_breaks_a_rule_is_one_error(over: Path) -> None:
    write(over, "UK")
    result = CliRunner().invoke(routes, [*ASK, "--over", str(over)])
    assert isinstance(result.exception, LawDataError)
    assert str(result.exception).startswith("ours/instruments/multilateral/budapest.csv line 2: 'UK' is no state")


def test_check_names_the_place_in_the_corrections(over: Path) -> None:
    write(over, "UK")
    result = CliRunner().invoke(law, ["check", "--over", str(over)])
    assert result.exit_code == 1
    assert "error: ours/instruments/multilateral/budapest.csv line 2: 'UK' is no state" in result.output


def test_check_of_good_corrections(over: Path) -> None:
    write(over, "IN")
    assert CliRunner().invoke(law, ["check", "--over", str(over)]).exit_code == 0


def test_a_correction_changes_plan_coverage_and_what_if(over: Path) -> None:
    write(over, "IN")
    map_ask = ["coverage", "--measure", "preservation", "--from", "IN", "--to", "US", "--on", "2027-06-01", "--json"]
    what_ask = ["what-if", "SG accedes budapest on 2027-01-01", "--measure", "preservation", "--state", "IN", "--json"]
    for command, ask in ((law, map_ask), (law, what_ask)):
        plain = CliRunner().invoke(command, ask)
        corrected = CliRunner().invoke(command, [*ask, "--over", str(over)])
        assert (plain.exit_code, corrected.exit_code) == (0, 0), (plain.output, corrected.output)
        assert plain.stdout != corrected.stdout
        assert corrected.stderr == f"with corrections from {over}\n"
    planned = CliRunner().invoke(plan, [str(EXAMPLE), "--on", "2027-06-01", "--over", str(over)])
    assert planned.exit_code == 0
    assert f"with corrections from {over}" in planned.stderr
