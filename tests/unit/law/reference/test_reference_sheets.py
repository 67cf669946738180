"""Sheets of instruments, states and offences, over the law data that ship."""

from datetime import date

import pytest

from comity.law import load_registry
from comity.law.cooperation import Cooperation
from comity.law.errors import UnknownTermError
from comity.law.instrument import Instrument
from comity.law.reference import (
    BondState,
    StateFound,
    find_anything,
    find_instrument,
    instrument_sheet,
    offence_sheet,
    state_sheet,
)
from comity.law.standing import Bound
from comity.law.state import Offence, Provider, Stance
from comity.law.vocabulary import ReservationEffect

REGISTRY = load_registry()
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("budapest", "budapest"),
        ("in-ru-mlat-1998", "in-ru-mlat-2000"),
        ("IN-RU-MLAT-2000", "in-ru-mlat-2000"),
        ("gb-us-executive-agreement-2019", "cloud-act-uk"),
        ("Budapest Convention", "budapest"),
    ],
)
def test_an_instrument_is_found_by_id_alias_or_short_title(text: str, found: str) -> None:
    assert find_instrument(text, REGISTRY).id == found


@pytest.mark.parametrize("text", ["in-us-mlat-2004", "in-us-mlat", "IN-US-MLAT"])
def test_an_unknown_instrument_names_the_nearest(text: str) -> None:
    with pytest.raises(UnknownTermError, match="did you mean in-us-mlat-2001"):
        find_instrument(text, REGISTRY)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("phishing", Offence),
        ("SHERLOC", Cooperation),
        ("google_us", Provider),
        ("untoc", Instrument),
        ("IN", StateFound),
        ("india", StateFound),
    ],
)
def test_anything_is_found_by_what_people_call_it(text: str, kind: type) -> None:
    if kind is Provider:
        text = next(iter(REGISTRY.providers))
    assert isinstance(find_anything(text, REGISTRY), kind)


def test_an_unknown_name_names_the_nearest_of_every_kind() -> None:
    with pytest.raises(UnknownTermError, match="did you mean"):
        find_anything("phising", REGISTRY)


def test_the_sheet_of_an_instrument_tells_its_parties_by_status() -> None:
    sheet = instrument_sheet(REGISTRY.instrument("budapest"), REGISTRY, TODAY)
    lines = {line.state: line for line in sheet.parties}
    assert (lines["FR"].bound, lines["GG"].bound, lines["IE"].bound) == ("yes", "unknown", "no")
    assert lines["IE"].why.startswith("signed and not bound")
    assert sheet.counted(Bound.YES) == sum(line.bound == "yes" for line in sheet.parties) > 80
    assert sheet.missing_means.startswith("not a party")
    assert sheet.life.endswith("in force since 2004-07-01")
    assert {r.state for r in sheet.reservations} >= {"AT", "DK"}
    assert all(source.url for source in sheet.sources)


def test_the_sheet_of_a_treaty_with_a_group_tells_its_members() -> None:
    sheet = instrument_sheet(REGISTRY.instrument("eu-us-mlat-2003"), REGISTRY, TODAY)
    bound = {line.state for line in sheet.parties if line.bound == "yes"}
    assert {"US", "FR", "DE"} <= bound
    assert "GB" not in bound


def test_every_instrument_has_a_sheet_whose_provisions_or_note_say_what_it_is() -> None:
    for instrument in REGISTRY.instruments.values():
        sheet = instrument_sheet(instrument, REGISTRY, TODAY)
        assert sheet.scope
        assert sheet.life
        assert sheet.provisions or sheet.note


def test_what_is_universal_has_no_parties_and_says_so() -> None:
    sheet = instrument_sheet(REGISTRY.instrument("letters-rogatory"), REGISTRY, TODAY)
    assert sheet.parties == ()
    assert "any two states" in sheet.missing_means


@pytest.mark.parametrize(
    ("name", "life"),
    [
        ("hk-us-mlat-1997", "(suspended)"),
        ("uncc", "not in force when last checked"),
        ("oas-mla-1993-op", "not sourced"),
    ],
)
def test_the_life_of_an_instrument(name: str, life: str) -> None:
    assert life in instrument_sheet(REGISTRY.instrument(name), REGISTRY, TODAY).life


def test_the_sheet_of_a_state_tells_bonds_treaties_authorities_and_gaps_with_reasons() -> None:
    sheet = state_sheet("IN", REGISTRY, TODAY)
    assert {bond.instrument for bond in sheet.of(BondState.BOUND)} >= {"untoc", "uncac", "interpol"}
    gap = next(bond for bond in sheet.gaps if bond.instrument == "budapest")
    assert gap.state is BondState.OPEN
    assert {reason.stance for reason in gap.reasons} == {Stance.STAYS_OUT}
    assert all(reason.source_url.startswith("https://") for reason in gap.reasons)
    us = {t.instrument: t.bound for t in sheet.treaties if t.partner == "US"}
    assert us["in-us-mlat-2001"] == "yes"
    assert any(authority.role.value == "central_authority" for authority in sheet.authorities)
    assert sheet.offences_known > 100


def test_protocols_wait_for_their_parent_and_circles_exclude() -> None:
    states = {bond.instrument: bond.state for bond in state_sheet("IN", REGISTRY, TODAY).bonds}
    assert states["budapest-ap2"] is BondState.AFTER_PARENT
    assert states["budapest-ap1"] is BondState.AFTER_PARENT
    assert states["eu-eio"] is BondState.NOT_FOR_IT
    assert states["asean-mlat-2004"] is BondState.NOT_FOR_IT


@pytest.mark.parametrize(
    ("state", "on", "instrument", "expected"),
    [
        ("IE", TODAY, "budapest", BondState.SIGNED),
        ("BR", date(2023, 2, 1), "budapest", BondState.COMING),
        ("BR", TODAY, "budapest", BondState.BOUND),
        ("FO", TODAY, "budapest", BondState.EXCLUDED),
        ("GG", TODAY, "budapest", BondState.UNKNOWN),
        ("GB", TODAY, "eu-eio", BondState.ENDED),
        ("QA", date(2026, 5, 21), "uncc", BondState.CONSENTED),
    ],
)
def test_how_a_state_stands_in_one_word(state: str, on: date, instrument: str, expected: BondState) -> None:
    bonds = {bond.instrument: bond.state for bond in state_sheet(state, REGISTRY, on).bonds}
    assert bonds[instrument] is expected


def test_a_state_of_which_nothing_is_known_still_has_a_sheet() -> None:
    sheet = state_sheet("NR", REGISTRY, TODAY)
    assert (sheet.authorities, sheet.offences_known) == ((), 0)
    assert len(sheet.bonds) == len(state_sheet("IN", REGISTRY, TODAY).bonds)


def test_the_sheet_says_what_the_law_says_of_nationals() -> None:
    russia = state_sheet("RU", REGISTRY, TODAY).nationals
    assert russia is not None and russia.effect is ReservationEffect.NATIONALITY
    assert state_sheet("RU", REGISTRY, date(1993, 12, 24)).nationals is None
    assert state_sheet("NR", REGISTRY, TODAY).nationals is None


def test_a_territory_says_through_whom() -> None:
    sheet = state_sheet("HK", REGISTRY, TODAY)
    assert sheet.territory is not None
    assert sheet.territory.through == "CN"
    assert "HK" in state_sheet("CN", REGISTRY, TODAY).territories
    assert "EU" in state_sheet("FR", REGISTRY, TODAY).groups
    assert "EU" not in state_sheet("GB", REGISTRY, TODAY).groups


def test_the_sheet_of_an_offence_never_says_no() -> None:
    sheet = offence_sheet(REGISTRY.offence("phishing"), REGISTRY, TODAY)
    by_state = {cover.state: cover for cover in sheet.covered}
    assert by_state["IN"].sections
    assert not set(by_state) & set(sheet.not_found)
