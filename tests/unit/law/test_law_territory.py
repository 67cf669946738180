"""How a territory without a row of its own is reached, in a made-up world."""

from datetime import date

import msgspec
import pytest
from tests.unit.law.conftest import provision

from comity.law.find import find_routes
from comity.law.instrument import Instrument, Participation
from comity.law.lawdata import LawData
from comity.law.pair import pair_standing
from comity.law.query import Query
from comity.law.registry import Registry, build_registry, load_registry
from comity.law.standing import Bound
from comity.law.state import Membership
from comity.law.territory import Reach, Territory
from comity.law.vocabulary import Absence, Confidence, EndKind, InstrumentKind, Measure, Status

URL = "https://example.org/source"
HIGH = Confidence.HIGH
ON = date(2020, 1, 1)


def territory(code: str, through: str, reach: Reach, confidence: Confidence = HIGH) -> Territory:
    return Territory(code=code, through=through, reach=reach, source_url=URL, as_of="2020", confidence=confidence)


def party(state: str, **changes: object) -> Participation:
    facts: dict[str, object] = {"how": "ratification", "in_force_on": "2010-01-01", **changes}
    return Participation(state=state, source_url=URL, as_of="2020", confidence=HIGH, **facts)  # type: ignore[arg-type]


def instrument(name: str, **changes: object) -> Instrument:
    facts: dict[str, object] = {"kind": InstrumentKind.CONVENTION, "in_force_on": "2004-07-01", **changes}
    return Instrument(
        id=name,
        title=name,
        absence=Absence.NOT_PARTY,
        source_urls=(URL,),
        as_of="2020",
        confidence=HIGH,
        **facts,  # type: ignore[arg-type]
    )


DATA = LawData(
    instruments=(
        instrument("conv"),
        instrument("fr-us-mlat", kind=InstrumentKind.MLAT, states=("FR", "US")),
        instrument("eu-us-mlat", kind=InstrumentKind.MLAT, states=("EU", "US")),
        instrument("cn-us-mlat", kind=InstrumentKind.MLAT, states=("CN", "US")),
    ),
    participations={"conv": (party("FR", ended_on="2021-01-01", end_kind=EndKind.DENOUNCED), party("US"), party("CN"))},
    states={},
    groups={"EU": (Membership(state="FR", from_on="1958", source_url=URL, as_of="2020", confidence=HIGH),)},
    offences=(),
    providers=(),
    territories=(
        territory("GP", "FR", Reach.WHOLE),
        territory("MQ", "FR", Reach.WHOLE, Confidence.LOW),
        territory("NC", "FR", Reach.EXTENSION),
        territory("HK", "CN", Reach.REGION),
        territory("TW", "", Reach.OWN),
    ),
)


@pytest.fixture
def world() -> Registry:
    return build_registry(DATA)


@pytest.mark.parametrize(
    ("state", "name", "bound"),
    [
        ("GP", "conv", Bound.YES),
        ("MQ", "conv", Bound.UNKNOWN),
        ("NC", "conv", Bound.UNKNOWN),
        ("HK", "conv", Bound.UNKNOWN),
        ("TW", "conv", Bound.NO),
        ("GP", "fr-us-mlat", Bound.YES),
        ("GP", "eu-us-mlat", Bound.YES),
        ("NC", "fr-us-mlat", Bound.UNKNOWN),
        ("HK", "cn-us-mlat", Bound.NO),
        ("TW", "cn-us-mlat", Bound.NO),
    ],
)
def test_reach(world: Registry, state: str, name: str, bound: Bound) -> None:
    assert world.standing(world.instrument(name), state, ON).bound is bound


def test_it_says_through_whom_and_ends_with_the_state(world: Registry) -> None:
    conv = world.instrument("conv")
    assert world.standing(conv, "GP", ON).why.endswith("(through FR)")
    assert "not in our data" in world.standing(conv, "NC", ON).why
    assert world.standing(conv, "GP", date(2021, 1, 1)).bound is Bound.NO
    assert world.standing(conv, "NC", date(2009, 1, 1)).bound is Bound.NO


def test_a_row_of_its_own_decides_but_never_beyond_the_state() -> None:
    rows = (
        *DATA.participations["conv"],
        party("NC", how="extension", in_force_on="2012-01-01"),
        party("HK", how="excluded", in_force_on=""),
    )
    world = build_registry(msgspec.structs.replace(DATA, participations={"conv": rows}))
    conv = world.instrument("conv")
    assert world.standing(conv, "NC", ON).bound is Bound.YES
    assert world.standing(conv, "NC", date(2011, 1, 1)).bound is Bound.NO
    assert world.standing(conv, "NC", date(2021, 1, 1)).bound is Bound.NO
    assert world.standing(conv, "HK", ON).why == "excluded by declaration (as of 2020)"


def test_treaties_between_a_state_and_its_territory_are_none(world: Registry) -> None:
    assert world.is_one_state("GP", "FR")
    assert not world.is_one_state("TW", "CN")
    assert world.treaties_between("GP", "FR") == ()
    assert [t.id for t in world.treaties_between("GP", "US")] == ["fr-us-mlat", "eu-us-mlat"]


def test_no_instrument_between_parties_works_between_a_state_and_its_territory() -> None:
    conv = msgspec.structs.replace(DATA.instruments[0], provisions=(provision("1", Measure.PRESERVATION),))
    world = build_registry(msgspec.structs.replace(DATA, instruments=(conv, *DATA.instruments[1:])))

    def status(requested: str) -> Status:
        query = Query(requesting="GP", requested=requested, measure=Measure.PRESERVATION, on=ON)
        (option,) = find_routes(query, world).options
        return option.status

    assert status("US") is Status.OPEN
    assert status("FR") is Status.CLOSED


def test_no_diplomatic_channel_runs_within_one_state() -> None:
    registry = load_registry()
    for requesting, requested in (("CN", "HK"), ("MO", "HK"), ("US", "PR")):
        query = Query(requesting=requesting, requested=requested, measure=Measure.EXTRADITION, on=date(2024, 6, 1))
        found = {o.instrument.id: o for o in find_routes(query, registry).options}
        assert found["diplomatic-consular"].status is Status.CLOSED
        standing = pair_standing(registry, "diplomatic-consular", requesting, requested, query.on)
        assert standing.why == ("no diplomatic or consular channel runs between a state and a part of it",)


def test_a_place_of_disputed_statehood_is_party_to_no_convention_without_a_row() -> None:
    registry = load_registry()
    convention, network = registry.instrument("un-opsc-2000"), registry.instrument("egmont")
    for state in ("TW", "XK"):
        assert registry.standing(convention, state, ON).bound is Bound.NO
        assert registry.standing(network, state, ON).bound is not Bound.NO
