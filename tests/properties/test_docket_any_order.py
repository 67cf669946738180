"""Whatever happens to a request in whatever order: its history stays one that can be read again."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from tests.samples.docket import NOON, event, promise, request

from comity.docket import (
    Act,
    ActError,
    Direction,
    Event,
    HistoryError,
    State,
    add,
    effective,
    possible_acts,
    standing,
)
from comity.docket.clock import DeadlineState, deadlines
from comity.docket.statistics import suppress
from comity.law import TimeUnit

PEOPLE = st.sampled_from(("asha", "meera", "ravi"))
PROMISES = (
    promise("production", 10, "receipt of EPOC", instrument="eu-e-evidence", moves=True),
    promise("production_emergency", 8, "receipt of EPOC in emergency", TimeUnit.HOURS, instrument="eu-e-evidence"),
    promise("minimum_duration", 60, "start of preservation"),
    promise("execution", 90, "decision", moves=True),
    promise("issuing_authority_reply", 5, "consultation request", TimeUnit.WORKING_DAYS),
)


class Life(RuleBasedStateMachine):
    """Somebody enters events, right and wrong ones."""

    direction = Direction.OUTGOING

    def __init__(self) -> None:
        super().__init__()
        self.events: tuple[Event, ...] = ()
        self.now = NOON

    @rule(data=st.data(), by=PEOPLE, minutes=st.integers(0, 100_000))
    def something_possible(self, data: st.DataObject, by: str, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        choices = [one for one in possible_acts(standing(self.direction, self.events)) if one.act is not Act.STRIKE]
        one = data.draw(st.sampled_from(choices))
        if by in one.not_by:
            with pytest.raises(ActError):
                add(self.direction, self.events, event(one.act, self.now, by=by))
            return
        self.events = add(self.direction, self.events, event(one.act, self.now, by=by))

    @rule(act=st.sampled_from(Act), by=PEOPLE)
    def anything(self, act: Act, by: str) -> None:
        possible = {one.act for one in possible_acts(standing(self.direction, self.events))}
        before = self.events
        try:
            self.events = add(self.direction, self.events, event(act, self.now, by=by))
        except (ActError, HistoryError):
            assert self.events == before
        else:
            assert act in possible

    @precondition(lambda self: self.events)
    @rule(data=st.data())
    def a_strike(self, data: st.DataObject) -> None:
        number = data.draw(st.integers(1, len(self.events)))
        kept = self.events
        try:
            self.events = add(self.direction, self.events, event(Act.STRIKE, self.now, of=number))
        except (ActError, HistoryError):
            assert self.events == kept

    @invariant()
    def nobody_approves_what_he_drafted(self) -> None:
        drafters: set[str] = set()
        for one in effective(self.events):
            if one.act in {Act.DRAFT, Act.REVISE}:
                drafters.add(one.by)
            assert one.act is not Act.APPROVE or one.by not in drafters

    @invariant()
    def what_was_sent_was_approved(self) -> None:
        acts = [one.act for one in effective(self.events)]
        sent = [n for n, act in enumerate(acts) if act is Act.SEND]
        assert all(acts[:n].count(Act.APPROVE) for n in sent)

    @invariant()
    def what_counts_tells_the_same_story(self) -> None:
        here = standing(self.direction, self.events)
        assert standing(self.direction, effective(self.events)) == here
        assert here.state is not State.CLARIFICATION or here.before is not None

    @invariant()
    def deadlines_never_fail(self) -> None:
        for emergency in (False, True):
            found = deadlines(
                request(direction=self.direction, promises=PROMISES, emergency=emergency), self.events, self.now
            )
            for one in found:
                begun = one.began_at is not None
                assert begun or one.state in {DeadlineState.NOT_BEGUN, DeadlineState.MOOT}
                assert one.ends_at is None or begun


class IncomingLife(Life):
    """The same for a request that came from abroad."""

    direction = Direction.INCOMING


TestLife = Life.TestCase
TestIncomingLife = IncomingLife.TestCase
TestLife.settings = TestIncomingLife.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=1), st.integers(0, 12), min_size=1))
def test_nothing_that_is_published_gives_a_small_count_away(counts: dict[str, int]) -> None:
    cells, total = suppress(counts)
    hidden = [name for name, cell in cells.items() if cell.count is None]
    assert all(cells[name].count is None for name, count in counts.items() if 0 < count < 5)
    shown = sum(cell.count for cell in cells.values() if cell.count is not None)
    rest = [name for name in counts if cells[name].count is not None and counts[name]]
    if hidden and rest:
        assert len(hidden) > 1
        assert total - shown >= 5
