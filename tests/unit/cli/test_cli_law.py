"""`comity law check` and `comity law build` on a small folder."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from comity.cli.law import law

GROUP = (
    "state,from_on,to_on,source_url,as_of,confidence\n"
    "GB,1973-01-01,2020-01-31,https://example.org/members,2026-01-01,high\n"
)
OFFENCES = "id,title,description,elements,source_url,as_of,confidence\n"
PROVIDERS = "id,name,legal_entity,jurisdiction,source_url,as_of,confidence\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "groups").mkdir()
    (tmp_path / "groups" / "EU.csv").write_text(GROUP, encoding="utf-8")
    (tmp_path / "offences.csv").write_text(OFFENCES, encoding="utf-8")
    (tmp_path / "providers.csv").write_text(PROVIDERS, encoding="utf-8")
    return tmp_path


def break_it(folder: Path) -> None:
    (folder / "groups" / "EU.csv").write_text(GROUP.replace("GB", "UK"), encoding="utf-8")


def test_check_of_good_data_ends_well(folder: Path) -> None:
    result = CliRunner().invoke(law, ["check", "--data", str(folder)])
    assert result.exit_code == 0
    assert result.output.startswith("0 errors, 0 warnings in 0 instruments")


def test_check_names_file_row_and_remedy(folder: Path) -> None:
    break_it(folder)
    result = CliRunner().invoke(law, ["check", "--data", str(folder)])
    assert result.exit_code == 1
    assert "error: groups/EU.csv line 2: 'UK' is no state; write an ISO 3166-1" in result.output
    assert "1 errors" in result.output


def test_check_as_json(folder: Path) -> None:
    break_it(folder)
    result = CliRunner().invoke(law, ["check", "--json", "--data", str(folder)])
    answer = json.loads(result.output)
    assert result.exit_code == 1
    assert answer["counts"]["memberships"] == 1
    assert answer["findings"][0]["code"] == "state-code"


def test_build_writes_once_and_then_agrees(folder: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(law, ["build", "--check", "--data", str(folder)]).exit_code == 1
    built = runner.invoke(law, ["build", "--data", str(folder)])
    assert built.exit_code == 0
    assert (folder / "registry.msgpack").exists()
    again = runner.invoke(law, ["build", "--check", "--data", str(folder)])
    assert (again.exit_code, again.output) == (0, "registry.msgpack is up to date\n")


def test_build_tells_when_the_folder_has_changed(folder: Path, tmp_path: Path) -> None:
    runner = CliRunner()
    out = tmp_path / "out.msgpack"
    assert runner.invoke(law, ["build", "--data", str(folder), "--out", str(out)]).exit_code == 0
    (folder / "groups" / "EU.csv").write_text(GROUP.replace("1973", "1974"), encoding="utf-8")
    result = runner.invoke(law, ["build", "--check", "--data", str(folder), "--out", str(out)])
    assert result.exit_code == 1
    assert "out of date" in result.output


def test_build_refuses_data_with_errors(folder: Path) -> None:
    break_it(folder)
    result = CliRunner().invoke(law, ["build", "--data", str(folder)])
    assert result.exit_code == 1
    assert "not built" in result.output
    assert not (folder / "registry.msgpack").exists()


def test_a_folder_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    assert CliRunner().invoke(law, ["check", "--data", str(tmp_path / "none")]).exit_code == 2
