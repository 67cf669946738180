"""Reading the folder, compiling it, and getting the same back."""

from pathlib import Path

import msgspec
import pytest

from comity.law.compile import compile_law_data, decode_law_data, load_compiled
from comity.law.errors import LawDataError
from comity.law.lawdata import LawData, StateLaw
from comity.law.reader import read_law_data
from comity.law.vocabulary import Confidence, Fact, Measure


def test_tables_become_records(folder: Path) -> None:
    data = read_law_data(folder).data
    germany, france = data.participations["conv"]
    assert (germany.state, germany.in_force_on, germany.confidence) == ("DE", "2009-07-01", Confidence.HIGH)
    assert (france.in_force_on, france.in_force_by, france.note) == ("", "2010", "two\nlines, one cell")
    assert data.offences[1].maps_to == ("illegal_access",)
    assert data.offences[0].elements == ("act", "intent")
    assert data.providers[0].asn == (64500,)
    assert data.states["IN"].offences[0].max_penalty_years == 3.0
    assert [member.state for member in data.groups["EU"]] == ["GB"]


def test_a_row_is_named_by_its_first_line(folder: Path) -> None:
    rows = [row for row in read_law_data(folder).participations if row.owner == "conv"]
    assert [row.row for row in rows] == ["line 2", "line 3"]


def test_files_become_instruments_and_models_stay_apart(folder: Path) -> None:
    data = read_law_data(folder).data
    assert [item.id for item in data.instruments] == ["conv", "prot", "fr-in-mlat-2005", "comity"]
    assert [item.id for item in data.models] == ["bilateral-mlat"]
    (provision,) = data.instruments[0].provisions
    assert provision.measure is Measure.PRESERVATION
    assert provision.refusal_grounds == ()
    assert provision.conditions[0].fact is Fact.FOLLOW_UP_INTENDED
    assert data.models[0].provisions[0].refusal_grounds is None


def test_an_instrument_without_a_table_has_no_parties(folder: Path) -> None:
    (folder / "instruments/multilateral/prot.csv").unlink()
    assert read_law_data(folder).data.participations["prot"] == ()


def test_a_state_may_lack_one_of_its_tables(folder: Path) -> None:
    (folder / "states/IN/offences.csv").unlink()
    reading = read_law_data(folder)
    assert reading.findings == ()
    assert len(reading.data.states["IN"].authorities) == 1
    assert reading.data.states["IN"].offences == ()


def test_compiling_loses_nothing(folder: Path) -> None:
    data = read_law_data(folder).data
    assert decode_law_data(compile_law_data(data)) == data


def test_the_order_of_mappings_does_not_change_the_bytes() -> None:
    empty: dict[str, object] = {"instruments": (), "participations": {}, "groups": {}, "offences": (), "providers": ()}
    one = LawData(states={"DE": StateLaw(), "IN": StateLaw()}, **empty)  # type: ignore[arg-type]
    other = LawData(states={"IN": StateLaw(), "DE": StateLaw()}, **empty)  # type: ignore[arg-type]
    assert compile_law_data(one) == compile_law_data(other)


def test_a_compiled_file_is_loaded(folder: Path, tmp_path: Path) -> None:
    data = read_law_data(folder).data
    path = tmp_path / "registry.msgpack"
    path.write_bytes(compile_law_data(data))
    assert load_compiled(path) == data


@pytest.mark.parametrize("packed", [b"", b"\xc1", msgspec.msgpack.encode({"instruments": 3})])
def test_a_compiled_file_of_another_kind_says_how_to_mend_it(tmp_path: Path, packed: bytes) -> None:
    path = tmp_path / "registry.msgpack"
    path.write_bytes(packed)
    with pytest.raises(LawDataError, match="comity law build"):
        load_compiled(path)


def test_a_missing_compiled_file_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(LawDataError, match="comity law build"):
        load_compiled(tmp_path / "registry.msgpack")
