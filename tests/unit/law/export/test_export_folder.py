"""The export of the law data that ship: whole, readable by others, and described."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from comity.cli.law import law
from comity.law import load_registry
from comity.law.cooperation import Cooperation
from comity.law.errors import LawDataError
from comity.law.export import CONTEXT, data_dictionary, export_law, read_jsonld, read_tables, to_jsonld, write_tables
from comity.law.instrument import Condition, Provision
from comity.law.key import KEY_COLUMNS

DATA = load_registry().data


def test_the_shipped_data_come_back_from_both_forms() -> None:
    assert read_jsonld(to_jsonld(DATA)) == DATA
    assert read_tables(write_tables(DATA)) == DATA


def test_the_document_is_json_ld_with_unique_nodes() -> None:
    document = json.loads(to_jsonld(DATA))
    ids = [node["@id"] for node in document["@graph"]]
    assert len(ids) == len(set(ids))
    assert document["@context"] == CONTEXT
    prefixes = {name for name, value in CONTEXT.items() if str(value).endswith(("/", "#"))}
    for term, iri in CONTEXT.items():
        assert term == "@vocab" or term in prefixes or str(iri).split(":")[0] in prefixes
    budapest = next(
        node for node in document["@graph"] if node["@id"] == "urn:comity:law:instruments:multilateral:budapest"
    )
    assert (budapest["@type"], budapest["title"]) == ("Instrument", "Convention on Cybercrime")


def test_tables_link_rows_to_what_they_belong_to() -> None:
    tables = {name: list(csv.DictReader(text.splitlines(keepends=True))) for name, text in write_tables(DATA).items()}
    instruments = {row["row"] for row in tables["instruments"]}
    assert {row["of"] for row in tables["instruments_provisions"]} <= instruments
    provisions = {row["row"] for row in tables["instruments_provisions"]}
    assert {row["of"] for row in tables["instruments_provisions_conditions"]} <= provisions
    assert len(tables["participations"]) == sum(map(len, DATA.participations.values()))
    grounds = {row["refusal_grounds"] for row in tables["instruments_provisions"]}
    assert {"", "-"} <= grounds


def test_the_dictionary_has_every_record_and_says_what_fields_mean() -> None:
    docs = {doc.name: doc for doc in data_dictionary()}
    kinds: tuple[type, ...] = (*KEY_COLUMNS, Provision, Condition, Cooperation)
    assert {kind.__name__ for kind in kinds} <= set(docs)
    fields = {field.name: field for field in docs["Provision"].fields}
    assert fields["refusal_grounds"].means.startswith("None: the instrument's general list")
    assert fields["measure"].holds.startswith("one of: preservation, ")
    assert fields["article"].required
    assert {field.name: field.holds for field in docs["Participation"].fields}["signed_on"].startswith("date: ")
    assert docs["Participation"].key == ("state",)
    assert all(doc.means for doc in docs.values())


def test_the_folder_holds_it_all(tmp_path: Path) -> None:
    written = export_law(DATA, tmp_path / "out")
    assert all(path.stat().st_size for path in written)
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (tmp_path / "out" / "csv").iterdir()}
    assert read_tables(texts) == DATA
    assert read_jsonld((tmp_path / "out" / "law.jsonld").read_bytes()) == DATA
    assert "| **article** | text |" in (tmp_path / "out" / "dictionary.md").read_text(encoding="utf-8")


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    for folder in (tmp_path, tmp_path / "mine.txt"):
        with pytest.raises(LawDataError, match="name a new folder"):
            export_law(DATA, folder)


@pytest.mark.parametrize("document", [b"{}", b"[", b'{"@graph": [{"@type": "Nothing"}]}', b'{"@graph": [{}]}'])
def test_another_document_is_one_error(document: bytes) -> None:
    with pytest.raises(LawDataError, match="not an export"):
        read_jsonld(document)


def test_another_table_is_one_error_with_its_row() -> None:
    tables = write_tables(DATA)
    broken = tables["offences"].replace("high", "sure").replace("medium", "sure")
    with pytest.raises(LawDataError, match=r"offences\.csv offences/1"):
        read_tables({**tables, "offences": broken})
    with pytest.raises(LawDataError, match="export it again"):
        read_tables({"offences": "row,of\noffences/1,offences\n"})


def test_the_command_writes_and_counts(tmp_path: Path) -> None:
    result = CliRunner().invoke(law, ["export", str(tmp_path / "out")])
    assert result.exit_code == 0
    assert result.output.startswith(f"{tmp_path / 'out'}: 28 files")
