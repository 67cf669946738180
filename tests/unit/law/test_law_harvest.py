"""Nothing of the first harvest was lost: every row of it is in the data, changed only where that is written down.

Runs where the harvest lies beside the repository, in ``../shared/data``.
"""

import csv
import tomllib
from pathlib import Path

import pytest

from comity.law.instrument import Instrument
from comity.law.lawdata import LawData
from comity.law.reader import read_law_data

HARVEST = Path(__file__).parents[4] / "shared" / "data"
pytestmark = pytest.mark.skipif(not HARVEST.is_dir(), reason="the first harvest does not lie beside the repository")

#: Treaties whose status or dates were mended from a source, or moved to another field.
MENDED_TREATIES = {
    "ae-au-extradition-2007",
    "ae-au-mlat-2007",
    "de-hk-extradition",
    "fi-hk-extradition",
    "fr-hk-extradition-2017",
    *(f"{code}-us-mlat" for code in ("dk", "fi", "mt", "pt", "si", "sk")),
}
#: Participations whose dates or form of consent were mended from a source.
MENDED_PARTIES = {
    *(("budapest", state) for state in ("GB", "US", "TR", "LU")),
    *(("saarc-mla-2008", state) for state in ("AF", "BD", "BT", "IN", "LK", "MV", "NP", "PK")),
    *(("eu-eaw", state) for state in ("AT", "BG", "HR", "RO")),
    ("eu-mla-2000", "GB"),
    ("egmont", "RU"),
}
#: Articles that give no measure: they joined a provision or the note of the instrument.
JOINED = {
    ("eu-eio", "16(1)"),
    ("eu-e-evidence", "17"),
    ("coe-extradition-1957", "6"),
    ("coe-extradition-1957", "18"),
    ("diplomatic-consular", "VCCR 36"),
}
#: Conditions that now stand in a fuller sentence, or that the engine works out itself.
SAID_ANEW = {
    "actual treaty contains proceeds articles",
    "actual treaty or domestic law provides",
    "declaration defining nationals",
    "domestic power only",
    "in force between both States",
    "in the US: conduct punishable by more than 1 year if done there (18 USC 3512(e))",
    "may also be refused if not authorised in a similar domestic case (Art. 28(1))",
    "may also be refused if not authorised in a similar domestic case;"
    " domestic conditions may be attached (Art. 30(5))",
    "may be refused if not authorised in a similar domestic case",
}


def rows(name: str) -> list[dict[str, str]]:
    with (HARVEST / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def data() -> LawData:
    return read_law_data().data


@pytest.fixture(scope="module")
def instruments(data: LawData) -> dict[str, Instrument]:
    everything = (*data.instruments, *data.models)
    return {name: item for item in everything for name in (item.id, *item.aliases)}


def test_every_instrument_is_there(instruments: dict[str, Instrument]) -> None:
    for row in rows("law/instruments.csv"):
        instrument = instruments[row["id"]]
        assert (instrument.title, instrument.kind.value) == (row["title"], row["kind"])
        assert instrument.adopted_on == row["adopted"]


def test_every_treaty_is_there(instruments: dict[str, Instrument]) -> None:
    for row in rows("law/bilateral.csv"):
        treaty = instruments[row["id"]]
        status, _, note = row["scope_note"].removeprefix("[status:").partition("]")
        assert treaty.states == (row["a"], row["b"])
        assert note.strip() in treaty.note
        if row["id"] not in MENDED_TREATIES:
            # a treaty known to be signed long ago is unknown, not out of force
            assert treaty.status.value == status or (status, treaty.status.value) == ("signed_only", "unknown")
            dates = (treaty.signed_on, treaty.in_force_on, treaty.ended_on)
            assert dates == (row["signed"], row["in_force"], row["ended"]), row["id"]


def test_every_participation_is_there(data: LawData) -> None:
    for path in sorted((HARVEST / "law/multilateral").glob("*.csv")):
        parties = {party.state: party for party in data.participations[path.stem]}
        for row in rows(f"law/multilateral/{path.name}"):
            party = parties[row["state"]]
            if (path.stem, row["state"]) in MENDED_PARTIES or path.stem in {"coe-24-7", "oas-mla-1992"}:
                continue
            assert (party.signed_on, party.bound_on) == (row["signed"], row["bound"]), (path.stem, row)
            assert party.in_force_on == row["in_force"], (path.stem, row)
            assert party.how in {row["how"], "unknown"}


def test_every_provision_and_content_is_there(instruments: dict[str, Instrument]) -> None:
    for path in sorted((HARVEST / "law/provisions").glob("*.toml")):
        harvested = tomllib.loads(path.read_text(encoding="utf-8"))
        instrument = instruments[harvested["id"]]
        given = {(item.measure.value, item.summary) for item in instrument.provisions}
        notes = " ".join([instrument.note, *(item.note for item in instrument.provisions)])
        for row in harvested["provision"]:
            if (harvested["id"], row["article"]) in JOINED:
                assert row["measure"] in {item.measure.value for item in instrument.provisions} | {"police_information"}
                continue
            assert (row["measure"], row["summary"]) in given, (path.stem, row["article"])
        contents = {(item.field, item.requirement) for item in instrument.contents}
        for row in harvested.get("request_contents", []):
            assert (row["field"], row["requirement"]) in contents
        assert notes or instrument.provisions


def test_every_condition_is_a_condition_or_a_note(instruments: dict[str, Instrument]) -> None:
    lost: list[str] = []
    for path in sorted((HARVEST / "law/provisions").glob("*.toml")):
        harvested = tomllib.loads(path.read_text(encoding="utf-8"))
        instrument = instruments[harvested["id"]]
        texts = [item.note for item in instrument.provisions]
        texts += [condition.text for item in instrument.provisions for condition in item.conditions]
        written = " | ".join(texts)
        for row in harvested["provision"]:
            lost += [text for text in row.get("conditions", []) if text.removeprefix("in the US: ") not in written]
    assert set(lost) <= SAID_ANEW


def test_every_reservation_is_there(instruments: dict[str, Instrument]) -> None:
    for row in rows("law/reservations.csv"):
        instrument = instruments[row["instrument"]]
        named = {(item.state, item.article) for item in instrument.reservations}
        excluded = {state for item in instrument.exclusions for state in item.states}
        assert (row["state"], row["article"]) in named or row["state"] in excluded


def test_every_national_row_is_there(data: LawData) -> None:
    authorities = {(code, item.name) for code, law in data.states.items() for item in law.authorities}
    assert {(row["state"], row["name"]) for row in rows("law/central_authorities.csv")} <= authorities
    offences = {
        (code, item.law, item.section, item.offence_id, item.max_penalty_years)
        for code, law in data.states.items()
        for item in law.offences
    }
    for row in rows("law/national_offences.csv"):
        years = float(row["max_penalty_years"]) if row["max_penalty_years"] else None
        assert (row["state"], row["law"], row["section"], row["offence_id"], years) in offences
    assert {row["id"] for row in rows("law/offences.csv")} <= {item.id for item in data.offences}
    assert {row["id"] for row in rows("providers.csv")} <= {item.id for item in data.providers}
