"""What is said of treaties that nobody has read, and what is not."""

from datetime import date

import msgspec
import pytest

from comity.law import Measure, Query, find_routes, load_registry
from comity.law.assumed import ASSUMED_TEXT, UNREAD, lent_by
from comity.law.instrument import General
from comity.law.route import ConditionKind, ConditionState, Route, TextBasis
from comity.law.vocabulary import Channel, DualCriminality, RefusalGround, Status

DAY = date(2026, 11, 16)
REGISTRY = load_registry()


def route(instrument: str, requesting: str, requested: str, measure: Measure, **facts: bool) -> Route:
    query = Query(
        requesting=requesting, requested=requested, measure=measure, on=DAY, offences=("computer_fraud",), facts=facts
    )
    return next(r for r in find_routes(query, REGISTRY).routes if r.instrument == instrument)


def test_an_unread_treaty_claims_no_article_period_or_ground() -> None:
    for treaty in REGISTRY.instruments.values():
        if not treaty.provisions_of:
            continue
        assert {p.article for p in treaty.provisions} <= {UNREAD}, treaty.id
        assert not any(p.time_limits or p.refusal_grounds for p in treaty.provisions), treaty.id
        assert {c.article for c in treaty.contents} <= {UNREAD}, treaty.id


def test_an_unread_treaty_in_force_stays_open_and_says_that_it_was_not_read() -> None:
    found = route("ae-in-extradition-1999", "IN", "AE", Measure.EXTRADITION)
    assert (found.status, found.assumed, found.basis) == (Status.OPEN, True, TextBasis.ASSUMED)
    said = next(c for c in found.conditions if c.kind is ConditionKind.ASSUMED)
    assert (said.text, said.state, said.gate) == (ASSUMED_TEXT, ConditionState.TO_CHECK, False)
    assert not found.refusal_risks
    assert not found.time_limits
    assert b'"basis":"assumed"' in msgspec.json.encode(found)
    assert any("not its own text" in source.what for source in found.sources)


@pytest.mark.parametrize(("facts", "status"), [({}, Status.OPEN), ({"person_is_national_there": True}, "conditional")])
def test_an_unread_treaty_does_not_promise_the_other_states_own_nationals(
    facts: dict[str, bool], status: Status
) -> None:
    assert route("in-my-extradition-2010", "IN", "MY", Measure.EXTRADITION, **facts).status == status


def test_a_treaty_that_was_read_has_its_own_articles() -> None:
    found = route("in-us-extradition-1997", "IN", "US", Measure.EXTRADITION)
    assert (found.article, found.basis, found.assumed) == ("1, 2; 12", TextBasis.READ, False)
    assert [(t.value, t.unit.value) for t in found.time_limits] == [(60, "days")]
    grounds = {risk.ground for risk in found.refusal_risks}
    assert RefusalGround.NATIONALITY not in grounds, "Art. 3"
    assert RefusalGround.POLITICAL_OFFENCE in grounds


def test_a_remembered_article_says_so() -> None:
    assert route("cloud-act-uk", "GB", "US", Measure.PRESERVATION).basis is TextBasis.RECALLED


@pytest.mark.parametrize("general", [None, General(dual_criminality=DualCriminality.DEPENDS, channel=Channel.POLICE)])
def test_a_model_lends_its_channel_and_no_ground(general: General | None) -> None:
    model = msgspec.structs.replace(REGISTRY.data.models[0], general=general)
    lent = lent_by(msgspec.structs.replace(REGISTRY.data, models=(model,)))[model.id]
    assert lent.general == general
