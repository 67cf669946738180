"""Corrections laid over law data."""

from pathlib import Path

import pytest

from comity.law.check import check_law_data, has_errors
from comity.law.compile import load_compiled
from comity.law.errors import LawDataError
from comity.law.overlay import overlay, overlay_reading
from comity.law.reader import read_law_data
from comity.law.reading import placed
from comity.law.vocabulary import Confidence

URL = "https://example.org/source"
BUDAPEST = "instruments/multilateral/budapest.csv"
SHIPPED = load_compiled()


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def party(state: str, in_force_on: str) -> str:
    header = "state,how,in_force_on,source_url,as_of,confidence"
    return f"{header}\n{state},accession,{in_force_on},{URL},2026-01-01,high\n"


def test_placed_data_are_the_data_again() -> None:
    assert placed(SHIPPED).data == SHIPPED
    assert [p.path for p in placed(SHIPPED).instruments] == [p.path for p in read_law_data().instruments]


def test_nothing_laid_over_changes_nothing(tmp_path: Path) -> None:
    assert overlay(SHIPPED, tmp_path) == SHIPPED


def test_a_row_replaces_the_row_of_its_key_in_its_place(tmp_path: Path) -> None:
    write(
        tmp_path,
        BUDAPEST,
        party("US", "2027-01-01"),
    )
    before = SHIPPED.participations["budapest"]
    after = overlay(SHIPPED, tmp_path).participations["budapest"]
    assert [row.state for row in after] == [row.state for row in before]
    assert next(row for row in after if row.state == "US").in_force_on == "2027-01-01"
    assert [row for row in after if row.state != "US"] == [row for row in before if row.state != "US"]


def test_a_new_row_a_new_table_and_a_new_state_are_added(tmp_path: Path) -> None:
    write(tmp_path, BUDAPEST, party("IN", "2027-01-01"))
    write(
        tmp_path,
        "states/VA/authorities.csv",
        f"role,name,source_url,as_of,confidence\ncentral_authority,Office,{URL},2026,high\n",
    )
    after = overlay(SHIPPED, tmp_path)
    assert after.participations["budapest"][-1].state == "IN"
    assert [a.name for a in after.states["VA"].authorities] == ["Office"]
    assert sorted(after.states) == list(after.states)


def test_a_document_replaces_the_whole_document_and_a_new_one_finds_its_place(tmp_path: Path) -> None:
    text = f"""
kind = "mlat"
states = ["IN", "RU"]
status = "in_force"
in_force_on = "2000"
note = "corrected"
provisions_of = "bilateral-mlat"
source_urls = ["{URL}"]
as_of = "2026"
confidence = "high"
"""
    write(tmp_path, "instruments/bilateral/in-ru-mlat-2000.toml", f'id = "in-ru-mlat-2000"\ntitle = "T"{text}')
    write(tmp_path, "instruments/bilateral/aa-in-mlat.toml", f'id = "aa-in-mlat"\ntitle = "T"{text}')
    after = overlay(SHIPPED, tmp_path)
    ids = [i.id for i in after.instruments]
    assert ids.index("aa-in-mlat") == ids.index("ae-au-extradition-2007") - 1
    assert [i.note for i in after.instruments if i.id == "in-ru-mlat-2000"] == ["corrected"]
    assert len(ids) == len(SHIPPED.instruments) + 1


def test_deletions_take_out_a_row_and_a_file(tmp_path: Path) -> None:
    write(
        tmp_path,
        "deletions.csv",
        "file,key,reason,source_url,as_of,confidence\n"
        f"instruments/multilateral/budapest.csv,US,wrong,{URL},2026,high\n"
        f"instruments/bilateral/in-ru-mlat-2000.toml,,wrong,{URL},2026,high\n",
    )
    after = overlay(SHIPPED, tmp_path)
    assert "US" not in {row.state for row in after.participations["budapest"]}
    assert "in-ru-mlat-2000" not in {i.id for i in after.instruments}


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("instruments/multilateral/budapst.csv,US", "did you mean 'instruments/multilateral/budapest.csv'?"),
        ("qqqqqqqq,US", "write the path below the data folder"),
        ("offences.csv,fishing", "did you mean 'phishing'?"),
        ("offences.csv,xx", "write the key of a row"),
    ],
)
def test_a_deletion_of_nothing_is_an_error(tmp_path: Path, line: str, remedy: str) -> None:
    write(tmp_path, "deletions.csv", f"file,key,reason,source_url,as_of,confidence\n{line},r,{URL},2026,high\n")
    with pytest.raises(LawDataError) as caught:
        overlay(SHIPPED, tmp_path)
    assert remedy in caught.value.remedy
    assert caught.value.file == f"{tmp_path.name}/deletions.csv"


def test_what_cannot_be_read_names_file_and_row_and_counts_the_rest(tmp_path: Path) -> None:
    write(tmp_path, BUDAPEST, party("XX", "tomorrow"))
    write(tmp_path, "stray.toml", "")
    with pytest.raises(LawDataError) as caught:
        overlay(SHIPPED, tmp_path)
    assert caught.value.where == "line 2 in_force_on"
    assert "and 1 more" in caught.value.remedy


def test_the_result_is_checked_as_a_whole(tmp_path: Path) -> None:
    write(tmp_path, BUDAPEST, party("XX", "2010-01-01"))
    findings = check_law_data(overlay_reading(read_law_data(), tmp_path))
    assert has_errors(findings)
    assert [f.code for f in findings if f.file.startswith(f"{tmp_path.name}/")] == ["state-code"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LawDataError, match="no such folder"):
        overlay(SHIPPED, tmp_path / "none")


def test_one_overlay_over_another(tmp_path: Path) -> None:
    for name, on in (("a", "2027-01-01"), ("b", "2028-01-01")):
        write(
            tmp_path / name,
            BUDAPEST,
            party("IN", on),
        )
    after = overlay(overlay(SHIPPED, tmp_path / "a"), tmp_path / "b")
    rows = [row for row in after.participations["budapest"] if row.state == "IN"]
    assert [(row.in_force_on, row.confidence) for row in rows] == [("2028-01-01", Confidence.HIGH)]
