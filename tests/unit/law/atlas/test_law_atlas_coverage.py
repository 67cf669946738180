"""Grades, counts, cells and maps over a small made-up world."""

import re
from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree

import pytest
from tests.unit.law.conftest import instrument, party, provision, world_data

from comity.law import Measure, Query, Registry, Status, find_routes
from comity.law.atlas import (
    STRONGEST_FIRST,
    Atlas,
    Strength,
    coverage,
    draw_coverage,
    load_world,
    open_to,
    strength_of,
)
from comity.law.errors import UnknownTermError
from comity.law.instrument import Instrument, Reservation
from comity.law.lawdata import LawData
from comity.law.ranking import is_evidence
from comity.law.vocabulary import Channel, Confidence, InstrumentKind, ReservationEffect

ON = date(2026, 11, 24)
STATES = ("DE", "FR", "GB", "IE", "IN", "JP", "RU", "US", "ZA")


@pytest.fixture
def atlas(world: Registry) -> Atlas:
    return Atlas(world, on=ON, states=STATES)


def engine(registry: Registry, query: Query) -> Strength:
    options = find_routes(query, registry).options
    grades = [
        strength_of(o.status, binding=o.binding, evidence=is_evidence(o.way.channel, o.way.measure)) for o in options
    ]
    return max(grades, default=Strength.CLOSED)


@pytest.mark.parametrize(
    ("status", "binding", "evidence", "strength"),
    [
        (Status.OPEN, True, True, Strength.OWED),
        (Status.OPEN, False, True, Strength.OFFERED),
        (Status.OPEN, True, False, Strength.POLICE),
        (Status.CONDITIONAL, True, True, Strength.CONDITIONAL),
        (Status.CONDITIONAL, False, True, Strength.COURTESY),
        (Status.CONDITIONAL, True, False, Strength.COURTESY),
        (Status.CLOSED, True, True, Strength.CLOSED),
    ],
)
def test_a_route_has_a_grade(status: Status, binding: bool, evidence: bool, strength: Strength) -> None:
    assert strength_of(status, binding=binding, evidence=evidence) is strength
    assert strength.status is status
    assert strength.words


@pytest.mark.parametrize("on", [ON, date(2022, 6, 1), date(2009, 12, 31), date(2027, 3, 1), date(1999, 1, 1)])
@pytest.mark.parametrize("offences", [(), ("fraud",), ("gambling", "phishing"), ("access", "laundering")])
def test_every_cell_is_the_engines(world: Registry, on: date, offences: tuple[str, ...]) -> None:
    atlas = Atlas(world, on=on, offences=offences, states=STATES)
    for measure in Measure:
        for a in STATES:
            for b in STATES:
                if a != b:
                    query = Query(requesting=a, requested=b, measure=measure, on=on, offences=offences)
                    assert atlas.strength(a, b, measure) is engine(world, query), (a, b, measure)


def crowded() -> LawData:
    """What the world lacks: exclusions of a parent and a treaty, needs, replacement, reservations, subsidiarity."""
    import msgspec

    data = world_data()
    exclusion = data.instruments[0].exclusions[0]
    lasting = msgspec.structs.replace(exclusion, to_on="")

    def change(i: Instrument) -> Instrument:
        if i.id == "convention":
            reserved = Reservation(
                state="US",
                article="29",
                kind="reservation",
                summary="not for small offences",
                effect=ReservationEffect.LEAST_PENALTY,
                measures=(Measure.PRESERVATION,),
                min_years=2,
                source_url="https://example.org",
                as_of="2026-01-01",
                confidence=Confidence.HIGH,
            )
            excluded = msgspec.structs.replace(reserved, state="DE", effect=ReservationEffect.EXCLUDES)
            aimed = msgspec.structs.replace(excluded, state="US", toward=("GB",))
            one_way = msgspec.structs.replace(lasting, states=("FR",), toward=("DE",), one_way=True)
            unsure = msgspec.structs.replace(lasting, states=("US",), toward=("FR",), unsure=True)
            return msgspec.structs.replace(
                i, exclusions=(lasting, one_way, unsure), reservations=(reserved, excluded, aimed)
            )
        if i.id == "protocol":
            return msgspec.structs.replace(
                i,
                assistance=True,
                provisions=(*i.provisions, provision("9", Measure.TESTIMONY, needs="in-us-mlat-2005")),
            )
        if i.id == "in-us-mlat-2005":
            barred = msgspec.structs.replace(
                lasting, states=("IN",), toward=("US",), from_on="2025-01-01", one_way=True
            )
            doubted = msgspec.structs.replace(barred, from_on="2024-01-01", to_on="2024-12-31", unsure=True)
            subsidiary = provision("20", Measure.BANK_INFORMATION, subsidiary=True)
            return msgspec.structs.replace(i, exclusions=(barred, doubted), provisions=(*i.provisions, subsidiary))
        return i

    union = instrument(
        "union-act",
        InstrumentKind.EU_ACT,
        replaces=("crime-convention",),
        replaces_kinds=(InstrumentKind.MLAT,),
        provisions=(provision("1", Measure.TESTIMONY), provision("2", Measure.BANK_INFORMATION)),
    )
    grandchild = instrument(
        "grandchild",
        InstrumentKind.PROTOCOL,
        parent="protocol",
        assistance=True,
        provisions=(provision("1", Measure.VIDEO_HEARING, needs="protocol", channel=Channel.POLICE),),
    )
    wheel = instrument(
        "wheel",
        InstrumentKind.ORGANISATION,
        hub="membership",
        hub_note="it ties partners to members",
        provisions=(provision("1", Measure.POLICE_INFORMATION, channel=Channel.POLICE),),
    )
    rows = {
        **data.participations,
        "wheel": (
            party("DE", how="membership"),
            party("GB", how="membership", ended_on="2024-03-01"),
            party("US"),
            party("IN"),
            party("ZA", how="unknown"),
        ),
        "union-act": (party("DE"), party("IN"), party("GB"), party("ZA", how="unknown")),
        "grandchild": (party("GB"), party("RU"), party("US")),
        "protocol": (*data.participations["protocol"], party("RU")),
    }
    return msgspec.structs.replace(
        data, instruments=(*map(change, data.instruments), union, grandchild, wheel), participations=rows
    )


@pytest.mark.parametrize("on", [ON, date(2024, 6, 1), date(2011, 5, 1)])
@pytest.mark.parametrize("offences", [(), ("access",), ("forgery", "fraud")])
def test_every_cell_is_the_engines_in_a_crowded_world(on: date, offences: tuple[str, ...]) -> None:
    from comity.law.registry import build_registry

    registry = build_registry(crowded())
    atlas = Atlas(registry, on=on, offences=offences, states=STATES)
    for measure in Measure:
        for a in STATES:
            for b in STATES:
                if a != b:
                    query = Query(requesting=a, requested=b, measure=measure, on=on, offences=offences)
                    assert atlas.strength(a, b, measure) is engine(registry, query), (a, b, measure)


def test_offences_and_states_are_checked(world: Registry, atlas: Atlas) -> None:
    with pytest.raises(UnknownTermError, match="unknown offence 'frau'; did you mean fraud"):
        Atlas(world, on=ON, offences=("frau",))
    with pytest.raises(UnknownTermError, match="unknown state 'XX'"):
        atlas.place("XX")


def test_counts_are_of_the_pairs_asked_about(atlas: Atlas) -> None:
    whole = coverage(atlas, measures=(Measure.PRESERVATION,))
    assert sum(whole.counts[0].pairs.values()) == len(STATES) * (len(STATES) - 1)
    assert list(whole.counts[0].pairs) == [grade.id for grade in STRONGEST_FIRST]
    assert len(whole.reach) == len(STATES)
    assert not whole.cells
    india = next(reach for reach in whole.reach if reach.requesting == "IN")
    assert sum(map(len, india.requested.values())) == len(STATES) - 1
    assert "No offence is named" in whole.note


def test_cells_name_the_engines_first_route(world: Registry, atlas: Atlas) -> None:
    found = coverage(atlas, measures=(Measure.PRESERVATION,), requesting="US")
    assert {cell.requested for cell in found.cells} == set(STATES) - {"US"}
    for cell in found.cells:
        query = Query(requesting="US", requested=cell.requested, measure=Measure.PRESERVATION, on=ON)
        usable = [o for o in find_routes(query, world).options if o.status is not Status.CLOSED]
        assert cell.routes == len(usable)
        assert cell.instrument == (usable[0].instrument.id if usable else "")
        assert (cell.channel is None) is (not usable)
    assert {c.requesting for c in coverage(atlas, measures=(Measure.PRESERVATION,), requested="US").cells} == set(
        STATES
    ) - {"US"}


def test_one_pair_is_told_for_every_measure(atlas: Atlas) -> None:
    found = coverage(atlas, measures=tuple(Measure), requesting="IN", requested="US")
    assert [cell.measure for cell in found.cells] == list(Measure)
    assert coverage(atlas, measures=tuple(Measure), requesting="IN").cells == ()


def document(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)


SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("side", [{"requesting": "IN"}, {"requested": "US"}, {}])
@pytest.mark.parametrize("offences", [(), ("fraud",)])
def test_the_map_stands_alone_and_says_what_it_shows(
    world: Registry, side: dict[str, str], offences: tuple[str, ...]
) -> None:
    atlas = Atlas(world, on=ON, offences=offences)
    drawn = draw_coverage(atlas, coverage(atlas, measures=(Measure.PRESERVATION,), **side), load_world())
    root = document(drawn)
    assert root.get("role") == "img"
    named = (root.get("aria-labelledby") or "").split()
    assert [root.find(f"{SVG}title[@id='{named[0]}']"), root.find(f"{SVG}desc[@id='{named[1]}']")].count(None) == 0
    assert not re.findall(r"(?:href|src)=|url\((?!#)|@import|<script|<image|<foreignObject", drawn)
    assert re.findall(r"https?://[^\"]+", drawn) == ["http://www.w3.org/2000/svg"]
    text = " ".join("".join(node.itertext()) for node in root.iter(f"{SVG}text"))
    assert "no opinion on the legal status of any territory" in text
    assert "As of 2026-11-24" in text
    assert ("No offence is named" in text) is (not offences)
    titles = ["".join(node.itertext()) for node in root.iter(f"{SVG}title")]
    assert any(title.startswith("France: ") for title in titles)
    used = set(re.findall(r"url\(#([^)]+)\)", drawn))
    assert used <= {node.get("id") for node in root.iter() if node.get("id")}


def test_names_and_words_are_escaped_on_the_map(atlas: Atlas, changed_world: Callable[..., Registry]) -> None:
    import msgspec

    titled = tuple(
        msgspec.structs.replace(i, title='<b>&"quoted"') if i.id == "convention" else i
        for i in world_data().instruments
    )
    wicked = Atlas(changed_world(instruments=titled), on=ON, states=STATES)
    drawn = draw_coverage(wicked, coverage(wicked, measures=(Measure.PRESERVATION,), requesting="US"), load_world())
    assert "<b>" not in drawn
    assert any('<b>&"quoted"' in "".join(node.itertext()) for node in document(drawn).iter(f"{SVG}title"))


def test_reach_counts_open_routes_to_evidence_only(atlas: Atlas) -> None:
    reached = open_to(atlas, Measure.PRESERVATION)
    assert reached["US"] == sum(
        atlas.strength("US", other, Measure.PRESERVATION) >= Strength.OFFERED for other in STATES if other != "US"
    )
    assert reached["US"] > 0
