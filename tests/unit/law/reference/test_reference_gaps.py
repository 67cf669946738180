"""What the data lack, counted; and the page that tells it."""

from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from comity.cli.law import law
from comity.law import load_registry
from comity.law.errors import LawDataError
from comity.law.reference import FactKind, gaps, gaps_markdown, with_gaps
from comity.law.registry import build_registry
from comity.law.vocabulary import InstrumentKind

REGISTRY = load_registry()
PAGE = Path(__file__).parents[4] / "docs" / "law-data.md"


def test_the_page_says_what_the_data_say() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert with_gaps(page, gaps(REGISTRY)) == page, "run `comity law gaps --into docs/law-data.md`"


def test_every_row_has_a_cell_for_each_column() -> None:
    for table in gaps(REGISTRY):
        assert table.means
        assert all(len(row) == len(table.columns) for row in table.rows)


def test_the_counts_are_those_of_the_data() -> None:
    tables = {table.title: table for table in gaps(REGISTRY)}
    counts = {row[0]: sum(map(int, row[1:])) for row in tables["Facts by confidence"].rows}
    assert set(counts) == {kind.value.replace("_", " ") for kind in FactKind}
    assert counts["participation"] == sum(map(len, REGISTRY.data.participations.values()))
    unread = {row[0]: row for row in tables["Treaties between two parties"].rows}
    assert int(unread["mlat"][2]) == sum(
        i.kind is InstrumentKind.MLAT and bool(i.provisions_of) for i in REGISTRY.data.instruments
    )
    authorities = {row[0]: set(row[2].split(", ")) for row in tables["Authorities"].rows}
    assert "IN" in authorities["with a sourced authority"]
    assert "NR" in authorities["none"]


def test_what_is_mended_leaves_the_list() -> None:
    rows = {row[0] for row in _table(REGISTRY.data, "Tables of parties that are not complete")}
    assert "bimstec-mla" in rows
    less = tuple(i for i in REGISTRY.data.instruments if i.id != "bimstec-mla")
    data = msgspec.structs.replace(REGISTRY.data, instruments=less)
    assert "bimstec-mla" not in {row[0] for row in _table(data, "Tables of parties that are not complete")}


def _table(data, title: str):  # type: ignore[no-untyped-def]  # the types are those of gaps
    return next(table.rows for table in gaps(build_registry(data)) if table.title == title)


def test_a_page_without_marks_is_refused() -> None:
    with pytest.raises(LawDataError, match="no marks"):
        with_gaps("# A page\n", gaps(REGISTRY))


def test_the_command(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    written = CliRunner().invoke(law, ["gaps", "--into", str(page)])
    assert written.exit_code == 0
    assert page.read_text(encoding="utf-8") == PAGE.read_text(encoding="utf-8")
    assert CliRunner().invoke(law, ["gaps", "--markdown"]).output == gaps_markdown(gaps(REGISTRY))
    assert "Provisions from memory" in CliRunner().invoke(law, ["gaps"]).output
    assert CliRunner().invoke(law, ["gaps", "--json"]).output.startswith("[")
