"""`find_routes` in the made-up world of `conftest`: each rule seen alone."""

from collections.abc import Callable
from datetime import date, timedelta

import msgspec
import pytest
from tests.unit.law.conftest import instrument, party, provision

from comity.law.errors import LawDataError, SameStateError, UnknownTermError
from comity.law.find import find_routes
from comity.law.instrument import Condition, Instrument, Provision
from comity.law.query import Query
from comity.law.registry import Registry
from comity.law.route import ConditionState, Route
from comity.law.vocabulary import Channel, Confidence, Fact, InstrumentKind, Measure, Status, TreatyStatus

TODAY = date(2026, 11, 24)
LISTED = date(2026, 1, 1)
"""The day for which the source of the treaty between India and the United Kingdom speaks."""
ONE = timedelta(days=1)


def ask(world: Registry, who: str, whom: str, measure: Measure, on: date = TODAY, **more: object) -> dict[str, Route]:
    query = Query(requesting=who, requested=whom, measure=measure, on=on, **more)  # type: ignore[arg-type]
    routes = find_routes(query, world).routes
    assert len({(r.instrument, r.channel, r.addressee.kind) for r in routes}) == len(routes)
    return {route.instrument: route for route in reversed(routes)}


def test_both_bound_is_open_with_its_reason_source_and_contents(world: Registry) -> None:
    route = ask(world, "US", "GB", Measure.PRESERVATION)["convention"]
    assert route.status is Status.OPEN
    assert route.article == "29"
    assert route.channel is Channel.CONTACT_POINTS_24_7
    assert route.binding and route.evidence
    assert [t.value for t in route.time_limits] == [60]
    assert [c.field for c in route.contents] == ["facts", "authority"]
    assert any("United Kingdom" in why for why in route.why)
    assert all(source.url for source in route.sources)
    assert route.refusal_risks == ()


def test_general_refusal_grounds_are_inherited_without_markers(world: Registry) -> None:
    route = ask(world, "US", "GB", Measure.CONTENT_DATA)["convention"]
    assert [risk.ground.value for risk in route.refusal_risks] == ["political_offence"]


@pytest.mark.parametrize("pair", [("IN", "US"), ("US", "IN"), ("US", "IE"), ("IE", "GB")])
def test_not_a_party_or_only_a_signatory_is_closed(world: Registry, pair: tuple[str, str]) -> None:
    route = ask(world, *pair, Measure.PRESERVATION)["convention"]
    assert route.status is Status.CLOSED
    assert route.opens_on is None


def test_of_two_that_are_no_parties_each_is_named(world: Registry) -> None:
    why = ask(world, "BR", "AR", Measure.PRESERVATION)["convention"].why
    assert [reason.split(":")[0] for reason in why] == ["Brazil", "Argentina"]


def test_unknown_participation_is_conditional(world: Registry) -> None:
    assert ask(world, "US", "ZA", Measure.PRESERVATION)["convention"].status is Status.CONDITIONAL


def test_before_entry_is_closed_and_says_when_it_opens(world: Registry) -> None:
    route = ask(world, "US", "JP", Measure.PRESERVATION)["convention"]
    assert (route.status, route.opens_on) == (Status.CLOSED, date(2027, 3, 1))
    assert ask(world, "US", "JP", Measure.PRESERVATION, date(2027, 3, 1))["convention"].status is Status.OPEN


def test_consent_and_rule_give_the_day(world: Registry) -> None:
    assert ask(world, "US", "DE", Measure.PRESERVATION, date(2009, 12, 31))["convention"].status is Status.CLOSED
    assert ask(world, "US", "DE", Measure.PRESERVATION, date(2010, 1, 1))["convention"].status is Status.OPEN


def test_exclusion_closes_both_ways_and_only_in_its_time(world: Registry) -> None:
    for pair in (("GB", "RU"), ("RU", "GB")):
        assert ask(world, *pair, Measure.PRESERVATION, date(2022, 6, 1))["convention"].status is Status.CLOSED
    assert ask(world, "GB", "RU", Measure.PRESERVATION, date(2021, 12, 31))["convention"].status is Status.OPEN
    assert ask(world, "GB", "RU", Measure.PRESERVATION, date(2024, 1, 1))["convention"].status is Status.OPEN


def excluding(world: Registry, change: Callable[..., Registry], **changes: object) -> Registry:
    """The world with the exclusion between the United Kingdom and Russia changed."""

    def changed(i: Instrument) -> Instrument:
        if i.id != "convention":
            return i
        return msgspec.structs.replace(i, exclusions=(msgspec.structs.replace(i.exclusions[0], **changes),))

    return change(instruments=tuple(map(changed, world.data.instruments)))


def test_an_exclusion_of_one_way_leaves_the_other(world: Registry, changed_world: Callable[..., Registry]) -> None:
    struck_down = excluding(world, changed_world, one_way=True)
    day = date(2022, 6, 1)
    closed = ask(struck_down, "GB", "RU", Measure.PRESERVATION, day)["convention"]
    assert (closed.status, closed.closed_by) == (Status.CLOSED, ("suspended between them",))
    assert closed.sources[-1].url
    assert ask(struck_down, "RU", "GB", Measure.PRESERVATION, day)["convention"].status is Status.OPEN


def test_an_exclusion_that_is_not_sure_is_to_be_checked(
    world: Registry, changed_world: Callable[..., Registry]
) -> None:
    reported = excluding(world, changed_world, unsure=True)
    for pair in (("GB", "RU"), ("RU", "GB")):
        route = ask(reported, *pair, Measure.PRESERVATION, date(2022, 6, 1))["convention"]
        assert route.status is Status.CONDITIONAL
        assert "suspended between them: check it" in route.why
    assert ask(reported, "GB", "RU", Measure.PRESERVATION, date(2021, 12, 31))["convention"].status is Status.OPEN
    never = ask(reported, "GB", "RU", Measure.PRESERVATION, date(2003, 6, 1))["convention"]
    assert never.status is Status.CLOSED


def test_of_two_exclusions_the_sure_one_counts(world: Registry, changed_world: Callable[..., Registry]) -> None:
    def both(i: Instrument) -> Instrument:
        if i.id != "convention":
            return i
        doubt = msgspec.structs.replace(i.exclusions[0], unsure=True, reason="reported")
        return msgspec.structs.replace(i, exclusions=(doubt, *i.exclusions))

    told = changed_world(instruments=tuple(map(both, world.data.instruments)))
    route = ask(told, "GB", "RU", Measure.PRESERVATION, date(2022, 6, 1))["convention"]
    assert (route.status, route.closed_by) == (Status.CLOSED, ("suspended between them",))


def with_hub(world: Registry, change: Callable[..., Registry]) -> Registry:
    """The convention ties all others to Germany."""
    rows = {
        **world.data.participations,
        "convention": tuple(
            msgspec.structs.replace(row, how="membership") if row.state == "DE" else row
            for row in world.data.participations["convention"]
        ),
    }
    changed = tuple(
        msgspec.structs.replace(i, hub="membership", hub_note="partners are tied to members")
        if i.id == "convention"
        else i
        for i in world.data.instruments
    )
    return change(instruments=changed, participations=rows)


def test_a_hub_ties_all_others_to_itself_alone(world: Registry, changed_world: Callable[..., Registry]) -> None:
    wheel = with_hub(world, changed_world)
    for pair in (("US", "DE"), ("DE", "US")):
        assert ask(wheel, *pair, Measure.PRESERVATION)["convention"].status is Status.OPEN
    spokes = ask(wheel, "US", "GB", Measure.PRESERVATION)["convention"]
    assert (spokes.status, spokes.closed_by) == (Status.CLOSED, ("partners are tied to members",))


def test_a_receiver_of_its_own_is_not_the_channels(world: Registry, changed_world: Callable[..., Registry]) -> None:
    def received(i: Instrument) -> Instrument:
        if i.id != "convention":
            return i
        assert i.general is not None
        return msgspec.structs.replace(
            i, general=msgspec.structs.replace(i.general, receiver="the liaison bureau there")
        )

    told = changed_world(instruments=tuple(map(received, world.data.instruments)))
    addressee = ask(told, "US", "GB", Measure.PRESERVATION)["convention"].addressee
    assert (addressee.name, addressee.note) == ("", "the liaison bureau there")


@pytest.mark.parametrize("early", [True, False])
def test_a_request_received_before_stays_with_what_is_replaced(
    world: Registry, changed_world: Callable[..., Registry], early: bool
) -> None:
    """What replaces leaves it alone where its rule says so, and takes it where none does."""
    act = instrument(
        "act", InstrumentKind.EU_ACT, replaces=("convention",), spares_pending=early, sparing_note="Art. 35",
        provisions=(provision("1", Measure.PRESERVATION),),
    )  # fmt: skip
    rows = {**world.data.participations, "act": (party("US", in_force_on="2020-05-22"), party("GB"))}
    there = changed_world(instruments=(*world.data.instruments, act), participations=rows)
    found = ask(there, "US", "GB", Measure.PRESERVATION, received_on=date(2020, 5, 21))
    assert found["convention"].status is (Status.OPEN if early else Status.CLOSED)
    assert found["act"].status is (Status.CLOSED if early else Status.OPEN)
    assert any("Art. 35" in why for why in found["act"].why) is early
    for received_on in (date(2020, 5, 22), None):
        found = ask(there, "US", "GB", Measure.PRESERVATION, received_on=received_on)
        assert (found["convention"].status, found["act"].status) == (Status.CLOSED, Status.OPEN)


@pytest.mark.parametrize("fact", ["", Fact.FOLLOW_UP_INTENDED])
def test_a_condition_can_keep_a_provision_from_being_open(
    world: Registry, changed_world: Callable[..., Registry], fact: Fact
) -> None:
    """Though its fact would not, and where no fact decides it."""

    def gated(i: Instrument) -> Instrument:
        if i.id != "convention":
            return i
        condition = Condition(text="as far as its law allows", fact=fact or Fact.NONE, gate=True)
        first = msgspec.structs.replace(i.provisions[0], conditions=(condition,))
        return msgspec.structs.replace(i, provisions=(first, *i.provisions[1:]))

    hanging = changed_world(instruments=tuple(map(gated, world.data.instruments)))
    route = ask(hanging, "US", "GB", Measure.PRESERVATION)["convention"]
    assert route.status is Status.CONDITIONAL
    assert any("as far as its law allows" in why for why in route.why)
    if fact:
        for known, status in ((True, Status.OPEN), (False, Status.CLOSED)):
            route = ask(hanging, "US", "GB", Measure.PRESERVATION, facts={fact.value: known})["convention"]
            assert route.status is status


def test_a_protocol_needs_its_parent(world: Registry) -> None:
    assert ask(world, "US", "GB", Measure.SUBSCRIBER_INFORMATION)["protocol"].status is Status.OPEN
    closed = ask(world, "IN", "US", Measure.SUBSCRIBER_INFORMATION)["protocol"]
    assert closed.status is Status.CLOSED
    assert any("convention" in why for why in closed.why)


def test_subsidiary_steps_back_where_a_treaty_binds(world: Registry, changed_world: Callable[..., Registry]) -> None:
    assert ask(world, "US", "GB", Measure.BANK_INFORMATION)["convention"].status is Status.OPEN
    both = changed_world(
        participations={
            **world.data.participations,
            "convention": (*world.parties("convention"), *_copies("IN", world)),
        }
    )
    assert ask(both, "IN", "US", Measure.BANK_INFORMATION)["convention"].status is Status.CLOSED
    agreed = ask(both, "IN", "US", Measure.BANK_INFORMATION, facts={"joint_agreement": True})
    assert agreed["convention"].status is Status.OPEN
    # Whether the unread treaty between IN and GB was in force before it was listed is unknown, and so is whether
    # article 27 stepped back.
    assert ask(both, "IN", "GB", Measure.BANK_INFORMATION, LISTED - ONE)["convention"].status is Status.CONDITIONAL
    assert ask(both, "IN", "GB", Measure.BANK_INFORMATION, LISTED)["convention"].status is Status.CLOSED


def _copies(state: str, world: Registry) -> list[object]:
    import msgspec

    return [msgspec.structs.replace(world.parties("convention")[0], state=state)]


def test_conditions_apply_to_the_requested_state_they_name(world: Registry) -> None:
    texts = [c.text for c in ask(world, "IN", "US", Measure.CONTENT_DATA)["in-us-mlat-2005"].conditions]
    assert texts == ["probable cause"]
    texts = [c.text for c in ask(world, "US", "IN", Measure.CONTENT_DATA)["in-us-mlat-2005"].conditions]
    assert texts == ["magistrate's order"]


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({}, Status.OPEN),
        ({"probable_cause_shown": True}, Status.OPEN),
        ({"probable_cause_shown": False}, Status.CLOSED),
    ],
)
def test_a_known_fact_decides(world: Registry, facts: dict[str, bool], status: Status) -> None:
    assert ask(world, "IN", "US", Measure.CONTENT_DATA, facts=facts)["in-us-mlat-2005"].status is status


def test_a_treaty_without_known_entry_works_since_it_was_listed_and_its_articles_are_assumed(world: Registry) -> None:
    route = ask(world, "IN", "GB", Measure.TESTIMONY, LISTED - ONE)["gb-in-mlat-1992"]
    assert route.status is Status.CONDITIONAL
    assert ask(world, "IN", "GB", Measure.TESTIMONY, LISTED)["gb-in-mlat-1992"].status is Status.OPEN
    assert route.assumed
    assert any("check" in why for why in route.why)


def test_a_treaty_of_the_union_binds_its_members_while_they_are(world: Registry) -> None:
    assert ask(world, "JP", "DE", Measure.TESTIMONY)["eu-jp-mlat-2009"].status is Status.OPEN
    assert ask(world, "GB", "JP", Measure.TESTIMONY, date(2020, 12, 30))["eu-jp-mlat-2009"].status is Status.OPEN
    assert ask(world, "GB", "JP", Measure.TESTIMONY, date(2021, 1, 1))["eu-jp-mlat-2009"].status is Status.CLOSED
    assert "eu-jp-mlat-2009" not in ask(world, "IN", "JP", Measure.TESTIMONY)


@pytest.mark.parametrize(
    ("offences", "facts", "day", "status"),
    [
        (("fraud",), {"organised_group": True}, TODAY, Status.OPEN),
        (("fraud",), {"organised_group": True}, date(2024, 6, 30), Status.CLOSED),
        (("fraud",), {}, TODAY, Status.CONDITIONAL),
        (("fraud",), {"organised_group": False}, TODAY, Status.CLOSED),
        (("access",), {"organised_group": True}, TODAY, Status.CLOSED),
        (("access", "fraud"), {"organised_group": True}, TODAY, Status.OPEN),
        (("forgery",), {"organised_group": True}, TODAY, Status.CONDITIONAL),
        (("phishing",), {"organised_group": True}, TODAY, Status.OPEN),
        ((), {"organised_group": True}, TODAY, Status.OPEN),
    ],
)
def test_serious_crime_by_an_organised_group(
    world: Registry, offences: tuple[str, ...], facts: dict[str, bool], day: date, status: Status
) -> None:
    route = ask(world, "IN", "US", Measure.TESTIMONY, day, offences=offences, facts=facts)["crime-convention"]
    assert route.status is status


@pytest.mark.parametrize(
    ("measure", "offence", "status"),
    [
        (Measure.CONTENT_DATA, "gambling", Status.OPEN),  # electronic evidence of any offence
        (Measure.BANK_INFORMATION, "fraud", Status.OPEN),
        (Measure.BANK_INFORMATION, "gambling", Status.CLOSED),
        (Measure.BANK_INFORMATION, "phishing", Status.OPEN),
        (Measure.EXTRADITION, "gambling", Status.CLOSED),
        (Measure.EXTRADITION, "fraud", Status.CONDITIONAL),  # the penalty in GB is unknown
    ],
)
def test_scope_by_offence(world: Registry, measure: Measure, offence: str, status: Status) -> None:
    assert ask(world, "US", "GB", measure, offences=(offence,))["convention"].status is status


def test_extradition_needs_the_penalty_in_both_states(changed_world: Callable[..., Registry], world: Registry) -> None:
    rows = {**world.data.participations, "convention": (*world.parties("convention"), *_copies("IN", world))}
    both = changed_world(participations=rows)
    for offence, status in (("fraud", Status.OPEN), ("access", Status.OPEN), ("forgery", Status.CONDITIONAL)):
        assert ask(both, "IN", "US", Measure.EXTRADITION, offences=(offence,))["convention"].status is status


def test_not_in_force_is_closed_and_never_a_surprise(world: Registry) -> None:
    route = ask(world, "US", "GB", Measure.PRESERVATION)["future"]
    assert route.status is Status.CLOSED
    assert any("2026-05-21" in why for why in route.why)


def test_letters_rogatory_wait_for_reciprocity(world: Registry) -> None:
    assert ask(world, "IN", "RU", Measure.TESTIMONY)["letters"].status is Status.CONDITIONAL
    route = ask(world, "IN", "RU", Measure.TESTIMONY, facts={"reciprocity_assured": True})["letters"]
    assert route.status is Status.OPEN
    assert not route.binding


def test_own_law_of_the_requested_state_only(world: Registry) -> None:
    assert ask(world, "RU", "GB", Measure.CONTENT_DATA)["own-law"].status is Status.CLOSED
    route = ask(world, "RU", "US", Measure.CONTENT_DATA)["own-law"]
    assert (route.status, route.article) == (Status.CONDITIONAL, "2")  # remembered only; article 1 needs the protocol
    assert ask(world, "GB", "US", Measure.CONTENT_DATA)["own-law"].article == "1"


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({}, Status.CONDITIONAL),
        ({"emergency_to_life": True}, Status.OPEN),
        ({"emergency_to_life": False}, Status.CLOSED),
    ],
)
def test_what_leans_on_another_instrument_is_no_surer_than_it(
    changed_world: Callable[..., Registry], world: Registry, facts: dict[str, bool], status: Status
) -> None:
    given = Provision(
        article="9",
        measure=Measure.CONTENT_DATA,
        summary="Content.",
        duty=True,
        conditions=(Condition(text="danger to life", fact=Fact.EMERGENCY_TO_LIFE),),
        confidence=Confidence.HIGH,
        source_url="https://example.org",
    )
    leans = msgspec.structs.replace(given, conditions=(), needs="protocol")
    provisions = {"protocol": (given,), "own-law": (leans,)}
    instruments = tuple(
        msgspec.structs.replace(i, provisions=provisions.get(i.id, i.provisions)) for i in world.data.instruments
    )
    leaning = changed_world(instruments=instruments)
    route = ask(leaning, "GB", "US", Measure.CONTENT_DATA, facts=facts)["own-law"]
    assert route.status is status
    assert any(f"that route is {status}" in c.why for c in route.conditions) is (status is not Status.OPEN)


@pytest.mark.parametrize(
    ("listed_as", "status", "why"),
    [
        (None, Status.OPEN, "none is in our data"),
        (TreatyStatus.IN_FORCE, Status.CONDITIONAL, "other-treaty binds them: the request rests on it"),
        (TreatyStatus.UNKNOWN, Status.CONDITIONAL, "whether other-treaty binds them is to be checked"),
    ],
)
def test_what_yields_is_a_basis_of_its_own_where_no_treaty_binds(
    changed_world: Callable[..., Registry], world: Registry, listed_as: TreatyStatus | None, status: Status, why: str
) -> None:
    surrender = Provision(
        article="1",
        measure=Measure.EXTRADITION,
        summary="Surrender.",
        duty=True,
        confidence=Confidence.HIGH,
        source_url="https://example.org",
    )
    treaty = next(i for i in world.data.instruments if i.id == "in-us-mlat-2005")
    more = {"provisions": (surrender,), "assistance": False, "replaces": (), "replaces_kinds": (), "scope": None}
    yielding = msgspec.structs.replace(
        treaty,
        id="convention-of-old",
        states=("UA", "US"),
        status=TreatyStatus.IN_FORCE,
        **{**more, "provisions": (msgspec.structs.replace(surrender, yields=True),)},
    )
    other = msgspec.structs.replace(
        treaty, id="other-treaty", states=("UA", "US"), status=listed_as or TreatyStatus.IN_FORCE, **more
    )
    if listed_as is TreatyStatus.UNKNOWN:
        other = msgspec.structs.replace(other, in_force_on="")
    beside = (yielding, other) if listed_as else (yielding,)
    old = changed_world(instruments=(*world.data.instruments, *beside))
    route = ask(old, "UA", "US", Measure.EXTRADITION)["convention-of-old"]
    assert route.status is status
    assert [c.why for c in route.conditions if "goes before this one" in c.text] == [why]


def test_police_information_is_no_evidence_and_only_where_asked(world: Registry) -> None:
    route = ask(world, "IN", "US", Measure.POLICE_INFORMATION)["police"]
    assert route.status is Status.OPEN
    assert not route.evidence
    assert ask(world, "US", "IN", Measure.POLICE_INFORMATION)["police"].status is Status.CLOSED
    assert ask(world, "IN", "GB", Measure.POLICE_INFORMATION)["police"].status is Status.CONDITIONAL


def test_addressees_by_instrument_measure_and_confidence(world: Registry) -> None:
    bank = ask(world, "IN", "US", Measure.BANK_INFORMATION)["in-us-mlat-2005"]
    assert bank.addressee.name == "Office for the protocol"
    content = ask(world, "IN", "US", Measure.CONTENT_DATA)["in-us-mlat-2005"]
    assert content.addressee.name == "Office of International Affairs"
    contact = ask(world, "GB", "US", Measure.PRESERVATION)["convention"]
    assert contact.addressee.name == ""
    assert contact.addressee.note


def test_urgency_changes_the_order(world: Registry) -> None:
    def best(urgent: bool) -> Route:
        query = Query(requesting="GB", requested="US", measure=Measure.CONTENT_DATA, on=TODAY, urgent=urgent)
        return find_routes(query, world).routes[0]

    assert best(urgent=False).instrument == "convention"
    assert best(urgent=True).instrument == "own-law"
    assert best(urgent=True).rank.reasons


@pytest.mark.parametrize(
    ("field", "value"),
    [("requesting", "ZZ"), ("requested", "UK"), ("offences", ("fishing",)), ("facts", {"organised": True})],
)
def test_unknown_terms_are_refused_with_their_neighbours(world: Registry, field: str, value: object) -> None:
    terms: dict[str, object] = {"requesting": "IN", "requested": "US", field: value}
    with pytest.raises(UnknownTermError, match="unknown"):
        find_routes(Query(measure=Measure.TESTIMONY, on=TODAY, **terms), world)  # type: ignore[arg-type]


def test_a_state_does_not_ask_itself(world: Registry) -> None:
    with pytest.raises(SameStateError, match="domestic"):
        ask(world, "IN", "IN", Measure.TESTIMONY)


def test_conditions_carry_their_state(world: Registry) -> None:
    route = ask(world, "US", "GB", Measure.PRESERVATION, facts={"follow_up_intended": True})["convention"]
    assert [c.state for c in route.conditions] == [ConditionState.MET]


def test_a_missing_model_is_named(changed_world: Callable[..., Registry]) -> None:
    with pytest.raises(LawDataError, match=r"gb-in-mlat-1992.toml provisions_of"):
        changed_world(models=())
