"""Steps: read, refused, taken; what they change, which do most, and which would open one measure."""

import gc
from collections.abc import Callable
from datetime import date
from weakref import ref

import msgspec
import pytest
from tests.unit.law.conftest import instrument, provision, world_data

from comity.law import Measure, Query, Registry, Status, find_routes, load_registry
from comity.law.atlas import (
    FORMS,
    Accession,
    ChangeKind,
    Denunciation,
    EntryIntoForce,
    NewTreaty,
    TreatyKind,
    Withdrawal,
    parse_step,
    rank_reforms,
    unlock,
    what_if,
)
from comity.law.atlas.enact import enact
from comity.law.atlas.openness import Openness, clauses_of, openness_to
from comity.law.errors import StepError, UnknownTermError
from comity.law.instrument import Reservation
from comity.law.registry import build_registry
from comity.law.vocabulary import (
    Absence,
    Confidence,
    EndKind,
    InstrumentKind,
    ReservationEffect,
    TreatyStatus,
)

ON = date(2026, 11, 24)
DAY = date(2027, 1, 1)
PRESERVE = (Measure.PRESERVATION,)


@pytest.fixture(scope="module")
def law() -> Registry:
    """The made-up world with models of the shipped names, a network, reservations, and a treaty that waits."""
    data = world_data()
    mlat = msgspec.structs.replace(
        data.models[0], id="bilateral-mlat", provisions=(provision("1", Measure.PRESERVATION),)
    )
    reserved = Reservation(
        state="GB",
        article="29",
        kind="reservation",
        summary="does not preserve",
        effect=ReservationEffect.EXCLUDES,
        measures=PRESERVE,
        source_url="https://example.org",
        as_of="2026-01-01",
        confidence=Confidence.HIGH,
    )
    gone = msgspec.structs.replace(reserved, state="RU", article="30", withdrawn_on="2020-01-01")
    convention = msgspec.structs.replace(data.instruments[0], reservations=(reserved, gone), open_to="all States")
    network = instrument(
        "night-desk",
        InstrumentKind.NETWORK,
        parent="convention",
        binding=False,
        open_to="Parties to convention",
        provisions=(provision("practice", Measure.POLICE_INFORMATION),),
    )
    waiting = instrument(
        "fr-in-mlat-2020",
        InstrumentKind.MLAT,
        states=("FR", "IN"),
        in_force_on="",
        signed_on="2020-01-01",
        status=TreatyStatus.SIGNED_ONLY,
        assistance=True,
        provisions=(provision("1", Measure.PRESERVATION),),
    )
    circle = instrument("circle", InstrumentKind.CONVENTION, eligible=("FR", "DE"), open_to="Circle members")
    undated = instrument(
        "undated",
        InstrumentKind.CONVENTION,
        in_force_on="",
        absence=Absence.UNKNOWN,
        open_to="any State by agreement",
        provisions=(provision("1", Measure.PRESERVATION),),
    )
    return build_registry(
        msgspec.structs.replace(
            data,
            instruments=(convention, *data.instruments[1:], network, waiting, circle, undated),
            models=(*data.models, mlat),
        )
    )


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("IN accedes convention on 2027-01-01", Accession(state="IN", instrument="convention", on=DAY)),
        ("india JOINS to the convention", Accession(state="IN", instrument="convention", on=ON)),
        ("South Africa ratifies the future on 2027-01-01", Accession(state="ZA", instrument="future", on=DAY)),
        ("RU leaves convention on 2027-01-01", Denunciation(state="RU", instrument="convention", on=DAY)),
        (
            "IN signs-mlat with South Africa on 2027-01-01",
            NewTreaty(state="IN", other="ZA", kind=TreatyKind.MLAT, on=DAY),
        ),
        ("RU leaves convention 2027-01-01", Denunciation(state="RU", instrument="convention", on=DAY)),
        ("IN signs-extradition JP", NewTreaty(state="IN", other="JP", kind=TreatyKind.EXTRADITION, on=ON)),
        (
            "GB withdraws-reservation convention 29 on 2027-01-01",
            Withdrawal(state="GB", instrument="convention", article="29", on=DAY),
        ),
        ("instrument future enters-into-force on 2027-01-01", EntryIntoForce(instrument="future", on=DAY)),
        ("future enters-into-force", EntryIntoForce(instrument="future", on=ON)),
    ],
)
def test_sentences_are_read(law: Registry, text: str, step: object) -> None:
    assert parse_step(text, law, today=ON) == step


@pytest.mark.parametrize("form", FORMS)
def test_the_examples_can_be_read(form: str) -> None:
    assert str(parse_step(form, load_registry(), today=ON))


def test_an_instrument_is_known_by_its_titles() -> None:
    step = parse_step("IN accedes to the Budapest Convention on 2027-01-01", load_registry(), today=ON)
    assert step == Accession(state="IN", instrument="budapest", on=DAY)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "it has no verb; the verbs are accedes, denounces"),
        ("IN acceeds convention", "'acceeds' is no verb of ours, did you mean 'accedes'?"),
        ("accedes convention", "accedes lacks who acts"),
        ("IN accedes", "accedes lacks its object"),
        ("IN accedes convention on 2027-02-31", "'2027-02-31' is not a date; write the day as YYYY-MM-DD at the end"),
        ("IN accedes convention 2027-13-01", "'2027-13-01' is not a date"),
        ("IN withdraws-reservation", "write, for example, 'NZ withdraws-reservation"),
    ],
)
def test_what_is_wrong_with_a_sentence_is_said(law: Registry, text: str, says: str) -> None:
    with pytest.raises(StepError) as raised:
        parse_step(text, law, today=ON)
    assert says in str(raised.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("IN accedes convension", "unknown instrument 'convension'; did you mean convention"),
        ("IN accedes xyzzy", "unknown instrument 'xyzzy'; known are: "),
        ("Indya accedes convention", "unknown state 'Indya'; did you mean India"),
    ],
)
def test_unknown_terms_name_the_nearest(law: Registry, text: str, says: str) -> None:
    with pytest.raises(UnknownTermError) as raised:
        parse_step(text, law, today=ON)
    assert says in str(raised.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("IN accedes in-us-mlat-2005", "has no accession; name a multilateral instrument"),
        ("IN accedes letters", "has no accession"),
        ("IN accedes circle", "circle is not open to India; it is open to: Circle members"),
        ("IN denounces convention", "India is not a party to convention"),
        ("IE denounces convention", "Ireland is not a party to convention"),
        ("JP denounces in-us-mlat-2005", "Japan is not a party to in-us-mlat-2005"),
        ("IN signs-mlat IN", "a state concludes no treaty with itself"),
        ("IN signs-extradition JP", "the law data have no model 'bilateral-extradition'"),
        ("GB withdraws-reservation convention 31", "it reserved: 29"),
        ("US withdraws-reservation convention", "our data have no reservation of that state there"),
        ("letters enters-into-force", "letters needs no entry into force"),
    ],
)
def test_what_nobody_can_do_is_refused(law: Registry, text: str, says: str) -> None:
    with pytest.raises(StepError) as raised:
        enact(parse_step(text, law, today=ON), law)
    assert says in str(raised.value)


@pytest.mark.parametrize(
    "text",
    [
        "US accedes convention",
        "JP accedes convention on 2027-01-01",  # bound from 2027-03-01 already, before a new consent would bind
        "RU withdraws-reservation convention 30",
        "convention enters-into-force",
        "in-us-mlat-2005 enters-into-force",
    ],
)
def test_what_is_so_already_changes_nothing(law: Registry, text: str) -> None:
    step = parse_step(text, law, today=ON)
    assert enact(step, law) is law
    found = what_if(law, (step,))
    assert (found.changes, found.counts) == ((), {})
    assert found.steps[0].note == "the law is so already: nothing changes"


@pytest.mark.parametrize("text", ["RU denounces convention", "IN denounces in-us-mlat-2005", "ZA denounces undated"])
def test_what_ended_cannot_end_later(law: Registry, text: str) -> None:
    once = enact(parse_step(text, law, today=ON), law)
    assert once is not law
    assert enact(parse_step(f"{text} on 2027-01-01", law, today=ON), once) is once


def test_a_consent_binds_when_the_rule_says(law: Registry) -> None:
    """World's convention: the first day of the month after three months, as in CETS 185 art. 36(4)."""
    found = what_if(law, (Accession(state="IN", instrument="convention", on=DAY),), measures=PRESERVE)
    assert found.as_of == found.steps[0].works_from == date(2027, 5, 1)
    assert found.steps[0].note.startswith("bound from 2027-05-01 by the instrument's own rule")
    opened = {(c.requesting, o) for c in found.changes if c.kind is ChangeKind.OPENS for o in c.requested}
    assert {("IN", "US"), ("US", "IN"), ("IN", "JP")} <= opened
    assert all("IN" in pair for pair in opened)
    before = what_if(law, (Accession(state="IN", instrument="convention", on=DAY),), on=date(2027, 4, 30))
    assert not before.changes


def test_a_step_after_the_day_counts_for_nothing(law: Registry) -> None:
    assert not what_if(law, (Denunciation(state="US", instrument="convention", on=DAY),), on=ON).changes


def test_a_signatory_ratifies(law: Registry) -> None:
    after = enact(Accession(state="IE", instrument="convention", on=DAY), law)
    row = next(row for row in after.parties("convention") if row.state == "IE")
    assert (row.how, row.signed_on) == ("ratification", "2002-02-28")


def test_the_network_comes_with_its_convention(law: Registry) -> None:
    found = what_if(
        law, (Accession(state="IN", instrument="convention", on=DAY),), measures=(Measure.POLICE_INFORMATION,)
    )
    joined = enact(Accession(state="IN", instrument="convention", on=DAY), law)
    assert any(row.state == "IN" for row in joined.parties("night-desk"))
    assert found.steps[0].changes_law


def test_a_protocol_waits_for_its_parent(law: Registry) -> None:
    found = what_if(law, (Accession(state="ZA", instrument="protocol", on=DAY),))
    assert found.steps[0].works_from is None
    assert "it needs The convention (convention), which does not bind the state" in found.steps[0].note
    both = (
        Accession(state="FR", instrument="protocol", on=DAY),
        Accession(state="FR", instrument="convention", on=DAY),
    )
    found = what_if(law, both, measures=(Measure.SUBSCRIBER_INFORMATION,))
    assert found.counts[ChangeKind.OPENS] > 0


def test_an_instrument_not_in_force_binds_nobody_until_it_is(law: Registry) -> None:
    accedes = Accession(state="IN", instrument="future", on=DAY)
    alone = what_if(law, (accedes,))
    assert not alone.changes
    assert alone.steps[0].note == "The future was not in force when last checked (2026-05-21)"
    enters = EntryIntoForce(instrument="future", on=date(2027, 6, 1))
    also = Accession(state="JP", instrument="future", on=DAY)
    found = what_if(law, (accedes, also, enters), measures=PRESERVE)
    assert found.as_of == date(2027, 6, 1)
    assert {(c.requesting, c.requested) for c in found.changes} == {("IN", ("JP",)), ("JP", ("IN",))}
    assert "between those who consented" in found.steps[2].note
    twice = enact(accedes, enact(accedes, law))
    assert twice.parties("future") == enact(accedes, law).parties("future")


def test_an_undated_instrument_is_to_be_checked(law: Registry) -> None:
    found = what_if(law, (Accession(state="IN", instrument="undated", on=DAY),), measures=PRESERVE)
    assert found.steps[0].works_from is None
    assert "the day on which The undated entered into force was not sourced" in found.steps[0].note
    entered = what_if(law, (EntryIntoForce(instrument="undated", on=DAY),), measures=PRESERVE, states=("IN",))
    assert "a state without a row counts as perhaps bound" in entered.steps[0].note


def test_what_ends_closes(law: Registry) -> None:
    found = what_if(law, (Denunciation(state="US", instrument="convention", on=DAY),), measures=PRESERVE)
    closed = [c for c in found.changes if c.kind is ChangeKind.CLOSES]
    assert {"US"} < {state for c in closed for state in (c.requesting, *c.requested)}
    assert all(c.after.status is not Status.OPEN and c.before.status is Status.OPEN for c in closed)
    assert not {ChangeKind.OPENS, ChangeKind.STRONGER, ChangeKind.FASTER} & set(found.counts)


def test_a_treaty_works_between_its_two_states(law: Registry) -> None:
    step = NewTreaty(state="ZA", other="IN", kind=TreatyKind.MLAT, on=DAY)
    found = what_if(law, (step, step))
    assert {(c.requesting, c.requested) for c in found.changes} == {("IN", ("ZA",)), ("ZA", ("IN",))}
    after = enact(step, enact(step, law))
    assert {"in-za-mlat-2027", "in-za-mlat-2027-2"} <= set(after.instruments)


def test_a_treaty_that_waits_enters_into_force(law: Registry) -> None:
    found = what_if(law, (EntryIntoForce(instrument="fr-in-mlat-2020", on=DAY),), measures=PRESERVE)
    assert found.counts == {ChangeKind.OPENS: 2}
    query = Query(requesting="IN", requested="FR", measure=Measure.PRESERVATION, on=DAY)
    after = enact(EntryIntoForce(instrument="fr-in-mlat-2020", on=DAY), law)
    assert find_routes(query, after).options[0].instrument.id == "fr-in-mlat-2020"


def test_a_reservation_withdrawn_opens(law: Registry) -> None:
    found = what_if(law, (Withdrawal(state="GB", instrument="convention", on=DAY),), measures=PRESERVE)
    assert found.counts[ChangeKind.OPENS] > 0
    assert all("GB" in (c.requesting, *c.requested) for c in found.changes)


def test_every_kind_of_change_has_its_opposite(law: Registry) -> None:
    """What one law gains over another, the other loses."""
    from comity.law.atlas import Atlas
    from comity.law.atlas.change import changes

    opposite = {
        ChangeKind.OPENS: ChangeKind.CLOSES,
        ChangeKind.POSSIBLE: ChangeKind.CLOSES,
        ChangeKind.STRONGER: ChangeKind.WEAKER,
        ChangeKind.FASTER: ChangeKind.SLOWER,
        ChangeKind.MORE: ChangeKind.FEWER,
    }
    shipped = load_registry()
    before = Atlas(shipped, on=date(2027, 6, 1), states=("IN", "US", "DE", "JP", "RU", "TO"))
    after = before.under(enact(Accession(state="IN", instrument="budapest", on=DAY), shipped))
    there = {
        (c.requesting, r, c.measure): c.kind for c in changes(before, after, measures=Measure) for r in c.requested
    }
    back = {(c.requesting, r, c.measure): c.kind for c in changes(after, before, measures=Measure) for r in c.requested}
    assert set(there.values()) == set(opposite)
    assert {key: opposite[kind] for key, kind in there.items()} == back


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("Council of Europe members; other States by invitation", (Openness.CLOSED, Openness.INVITATION)),
        ("Parties to budapest", (Openness.PARENT,)),
        ("all States; regional economic integration organisations", (Openness.OPEN,)),
        ("EU members except Denmark and Ireland", (Openness.CLOSED,)),
        ("whoever likes", ()),
    ],
)
def test_words_on_who_may_join(words: str, says: tuple[Openness, ...]) -> None:
    assert clauses_of(words) == says


def test_every_shipped_instrument_says_to_whom_it_is_open() -> None:
    """A new phrase in the data must be understood, or the reforms would offer what is not open."""
    registry = load_registry()
    for one in registry.shared:
        if one.basis.value == "parties" and not one.eligible:
            assert clauses_of(one.open_to), one.id
    assert openness_to(registry.instrument("eu-eio"), "IN", registry) is Openness.CLOSED
    assert openness_to(registry.instrument("budapest"), "IN", registry) is Openness.INVITATION
    assert openness_to(registry.instrument("harare-scheme"), "US", registry) is Openness.CLOSED
    assert openness_to(registry.instrument("saarc-mla-2008"), "IN", registry) is Openness.OPEN


def test_reforms_are_ranked_by_what_they_open(law: Registry) -> None:
    found = rank_reforms(law, "IN", on=ON, measures=PRESERVE)
    steps = [reform.step for reform in found.reforms]
    assert steps[0] == "IN accedes convention"
    assert found.reforms[0].asking.opens > found.reforms[1].asking.opens
    assert "instrument fr-in-mlat-2020 enters-into-force" in steps
    assert "IN signs-mlat FR" not in steps
    assert "IN signs-mlat JP" in steps
    assert not any("circle" in step for step in steps)
    assert {waiting.step for waiting in found.waiting} == {"IN accedes future"}


def test_reforms_with_one_partner_look_at_both(law: Registry) -> None:
    found = rank_reforms(law, "US", on=ON, measures=PRESERVE, partner="GB")
    assert found.reforms[0].step in ("GB withdraws-reservation convention 29", "US signs-mlat GB")
    withdrawn = next(r for r in found.reforms if r.step.startswith("GB withdraws"))
    assert withdrawn.actors == ("United Kingdom withdraws its reservation to Art. 29: does not preserve",)
    assert rank_reforms(law, "US", on=ON, measures=(Measure.TAKEDOWN,), partner="GB").reforms == ()


def test_reforms_know_the_reservations_of_others(law: Registry) -> None:
    steps = {r.step: r for r in rank_reforms(law, "US", on=ON, measures=PRESERVE).reforms}
    assert steps["GB withdraws-reservation convention 29"].asking.opened == ("GB", "US")


def test_a_key_says_who_acts_and_what_is_in_the_way(law: Registry) -> None:
    found = unlock(Query(requesting="IN", requested="US", measure=Measure.PRESERVATION, on=ON), law)
    keys = {key.step: key for key in found.keys}
    assert keys["IN accedes convention"].actors == ("India deposits its consent",)
    assert keys["IN accedes convention"].instrument == "convention"
    assert any("a request will follow" in text for text in keys["IN accedes convention"].in_the_way)
    assert "IN signs-mlat US" not in keys
    assert found.status is not Status.OPEN


def test_what_one_cannot_open_alone_both_may(law: Registry) -> None:
    found = unlock(Query(requesting="IN", requested="ZA", measure=Measure.SUBSCRIBER_INFORMATION, on=ON), law)
    assert not found.keys
    found = unlock(Query(requesting="FR", requested="CN", measure=Measure.PRESERVATION, on=ON), law)
    assert "FR accedes convention; CN accedes convention" in [key.step for key in found.together]
    reasons = {step.step: step.why for step in found.not_enough}
    assert reasons["FR accedes convention"] == ("China: not a party (as of 2026-01-01)",)
    assert reasons["FR accedes future"][0] == "The future was not in force when last checked (2026-05-21)"


def test_once_open_a_better_way_is_a_key_too(law: Registry) -> None:
    found = unlock(Query(requesting="US", requested="RU", measure=Measure.PRESERVATION, on=ON), law)
    assert found.strength == "owed"
    assert [key.step for key in found.keys] == ["US signs-mlat RU"]


def test_ended_treaties_do_not_wait(changed_world: Callable[..., Registry]) -> None:
    ended = instrument(
        "fr-in-mlat-1950",
        InstrumentKind.MLAT,
        states=("FR", "IN"),
        in_force_on="",
        signed_on="1950-01-01",
        status=TreatyStatus.NOT_IN_FORCE,
        end_kind=EndKind.TERMINATED,
    )
    registry = changed_world(
        instruments=(*world_data().instruments, ended),
        models=(*world_data().models, msgspec.structs.replace(world_data().models[0], id="bilateral-mlat")),
    )
    found = rank_reforms(registry, "IN", on=ON, measures=(Measure.TESTIMONY,), partner="FR")
    assert "instrument fr-in-mlat-1950 enters-into-force" not in [reform.step for reform in found.reforms]
    assert "IN signs-mlat FR" in [reform.step for reform in found.reforms]


def test_a_supposed_law_is_forgotten(law: Registry) -> None:
    """A node that answers many such questions must not keep each of the laws that they suppose."""

    def suppose() -> ref[Registry]:
        after = enact(Accession(state="IN", instrument="convention", on=DAY), law)
        for measure in Measure:
            query = Query(requesting="IN", requested="US", measure=measure, on=DAY, offences=("fraud",))
            find_routes(query, after).record()
        return ref(after)

    gone = suppose()
    gc.collect()
    assert gone() is None
