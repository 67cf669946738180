"""The life of a request: what can happen when, who may not do it, and what was entered wrongly."""

import pytest
from tests.samples.docket import LEFT, NOON, day, entered, event, history, sent_and

from comity.docket import (
    Act,
    ActError,
    Direction,
    HistoryError,
    Side,
    State,
    Waits,
    act_rules,
    add,
    effective,
    possible_acts,
    reasons,
    standing,
    waits,
)

OUT, IN = Direction.OUTGOING, Direction.INCOMING


def state_of(*acts: Act, direction: Direction = OUT) -> State | None:
    return standing(direction, history(*acts)).state


def test_every_act_has_a_rule_and_says_what_it_is() -> None:
    assert set(act_rules()) == set(Act)
    assert all(rule.says for rule in act_rules().values())


def test_an_outgoing_request_from_draft_to_closed() -> None:
    whole = (*LEFT, Act.DELIVER, Act.ACKNOWLEDGE, Act.ASSIGN, Act.PART_EXECUTE, Act.EXECUTE, Act.CLOSE)
    states = [state_of(*whole[:n]) for n in range(1, len(whole) + 1)]
    assert [s.value for s in states if s] == [
        "draft", "checked", "approved", "sent", "delivered", "acknowledged", "assigned", "part_executed",
        "executed", "closed",
    ]  # fmt: skip


def test_an_incoming_request_begins_when_it_arrives() -> None:
    assert state_of(Act.DELIVER, direction=IN) is State.DELIVERED
    assert state_of(Act.DELIVER, Act.ASSIGN, Act.REFUSE, Act.CLOSE, direction=IN) is State.CLOSED
    with pytest.raises(ActError, match="has not begun; possible now: draft"):
        add(OUT, (), event(Act.DELIVER))
    with pytest.raises(ActError, match="has not begun; possible now: deliver"):
        add(IN, (), event(Act.DRAFT))


def test_who_drafted_does_not_approve() -> None:
    checked = history(Act.DRAFT, Act.CHECK)
    with pytest.raises(ActError, match="asha drafted it; let another person approve it"):
        add(OUT, checked, event(Act.APPROVE, day(1), by="asha"))
    assert standing(OUT, add(OUT, checked, event(Act.APPROVE, day(1), by="meera"))).approved_by == "meera"


def test_who_changed_it_is_a_drafter_too_and_approval_is_lost() -> None:
    approved = history(Act.DRAFT, Act.CHECK, Act.APPROVE)
    changed = add(OUT, approved, event(Act.REVISE, day(1), by="ravi"))
    assert standing(OUT, changed).approved_by == ""
    checked = add(OUT, changed, event(Act.CHECK, day(2), by="asha"))
    with pytest.raises(ActError, match="ravi drafted it"):
        add(OUT, checked, event(Act.APPROVE, day(3), by="ravi"))
    assert [one.not_by for one in possible_acts(standing(OUT, checked)) if one.act is Act.APPROVE] == [{"asha", "ravi"}]


@pytest.mark.parametrize(
    ("after", "act"),
    [
        ((Act.DRAFT,), Act.SEND),
        ((Act.DRAFT, Act.CHECK), Act.SEND),
        ((*LEFT, Act.DELIVER), Act.SEND),
        ((*LEFT,), Act.ASSIGN),
        ((*LEFT, Act.WITHDRAW), Act.EXECUTE),
        ((*LEFT, Act.EXECUTE), Act.REFUSE),
        ((*LEFT, Act.DELIVER), Act.ANSWER),
        ((*LEFT, Act.DELIVER), Act.RESUME),
    ],
)
def test_what_cannot_happen_is_refused_and_says_what_can(after: tuple[Act, ...], act: Act) -> None:
    with pytest.raises(ActError, match="possible now: ") as raised:
        add(OUT, history(*after), event(act, day(9), by="meera"))
    assert act not in raised.value.remedy.removeprefix("possible now: ").split(", ")


def test_a_question_returns_to_where_it_was_asked() -> None:
    assigned = (*LEFT, Act.DELIVER, Act.ASSIGN)
    assert state_of(*assigned, Act.ASK) is State.CLARIFICATION
    assert state_of(*assigned, Act.ASK, Act.ASK) is State.CLARIFICATION
    assert state_of(*assigned, Act.ASK, Act.ASK, Act.ANSWER) is State.ASSIGNED
    assert state_of(*assigned, Act.PART_EXECUTE, Act.POSTPONE, Act.RESUME) is State.PART_EXECUTED
    # a question that comes before any receipt proves that the request arrived
    assert state_of(*LEFT, Act.ASK, Act.ANSWER) is State.DELIVERED
    assert state_of(*LEFT, Act.TAKE_EFFECT) is State.DELIVERED


def test_a_receipt_that_is_registered_late_sets_nothing_back() -> None:
    assert state_of(*LEFT, Act.ACKNOWLEDGE, Act.DELIVER) is State.ACKNOWLEDGED
    assert state_of(*LEFT, Act.DELIVER, Act.ASSIGN, Act.ACKNOWLEDGE) is State.ASSIGNED


def test_what_did_not_arrive_can_be_sent_again() -> None:
    assert state_of(*LEFT, Act.FAIL) is State.APPROVED
    assert state_of(*LEFT, Act.FAIL, Act.SEND) is State.SENT


def test_a_refused_request_can_be_opened_again() -> None:
    assert state_of(*LEFT, Act.DELIVER, Act.ASSIGN, Act.REFUSE, Act.REOPEN) is State.ASSIGNED
    assert state_of(*LEFT, Act.EXECUTE, Act.CLOSE, Act.REOPEN) is State.DELIVERED


@pytest.mark.parametrize(
    ("act", "field", "empty"),
    [(Act.SEND, "means", ""), (Act.REFUSE, "reasons", ()), (Act.WITHDRAW, "note", ""), (Act.EXTEND, "until", "")],
)
def test_an_act_says_what_it_needs(act: Act, field: str, empty: object) -> None:
    before = history(*LEFT[:3]) if act is Act.SEND else sent_and(event(Act.DELIVER, day(1)))
    with pytest.raises(ActError, match=f"no {field}; give {field}"):
        add(OUT, before, event(act, day(2), **{field: empty}))


def test_reasons_are_those_of_the_act() -> None:
    arrived = sent_and(event(Act.DELIVER, day(1)))
    with pytest.raises(ActError, match="'translation' is no reason for it; known are: sovereignty_security"):
        add(OUT, arrived, event(Act.REFUSE, day(2), reasons=("translation",)))
    assert standing(OUT, add(OUT, arrived, event(Act.ASK, day(2), reasons=("translation",)))).state
    assert all(set(one.acts) <= {Act.REFUSE, Act.POSTPONE, Act.ASK} for one in reasons().values())


def test_sides_do_their_own_acts() -> None:
    with pytest.raises(ActError, match="the requesting side does not do it"):
        add(OUT, sent_and(), event(Act.DELIVER, day(1), side=Side.REQUESTING))


def test_times_must_be_possible() -> None:
    arrived = sent_and(event(Act.DELIVER, day(1)))
    with pytest.raises(ActError, match="after it was entered; enter it when it has happened"):
        add(OUT, arrived, event(Act.ACKNOWLEDGE, day(3), recorded_at=day(2)))
    with pytest.raises(ActError, match="before it was sent"):
        add(OUT, arrived, entered(event(Act.ACKNOWLEDGE, day(-1)), day(2)))
    with pytest.raises(ActError, match="before the entry above it"):
        add(OUT, arrived, event(Act.ACKNOWLEDGE, day(1, 11)))
    with pytest.raises(ActError, match="no time zone"):
        add(OUT, arrived, event(Act.ACKNOWLEDGE, day(2).replace(tzinfo=None), recorded_at=day(2)))
    # what came by post is entered days after it came
    late = add(OUT, arrived, entered(event(Act.ACKNOWLEDGE, day(2)), day(9)))
    assert standing(OUT, late).since == day(2)


def test_what_was_entered_wrongly_is_struck_and_stays() -> None:
    refused = sent_and(event(Act.DELIVER, day(1)), event(Act.REFUSE, day(2)))
    mended = add(OUT, refused, event(Act.STRIKE, day(3), of=6, note="another request's refusal"))
    assert len(mended) == 7
    assert standing(OUT, mended).state is State.DELIVERED
    assert [one.act for one in effective(mended)] == [*LEFT, Act.DELIVER]
    with pytest.raises(ActError, match="entry 6 was struck before"):
        add(OUT, mended, event(Act.STRIKE, day(4), of=6))
    with pytest.raises(ActError, match="entry 7 is a strike"):
        add(OUT, mended, event(Act.STRIKE, day(4), of=7))
    with pytest.raises(ActError, match="there is no entry 8 above it"):
        add(OUT, mended, event(Act.STRIKE, day(4), of=8))


def test_a_strike_that_breaks_what_follows_names_it() -> None:
    arrived = sent_and(event(Act.DELIVER, day(1)), event(Act.ASSIGN, day(2)))
    with pytest.raises(HistoryError, match="event 5: deliver: the request is approved") as raised:
        add(OUT, arrived, event(Act.STRIKE, day(3), of=4))
    assert raised.value.number == 5


@pytest.mark.parametrize(
    ("acts", "who"),
    [
        ((Act.DRAFT,), Waits.FOR_US),
        (LEFT, Waits.FOR_THEM),
        ((*LEFT, Act.DELIVER, Act.ASK), Waits.FOR_US),
        ((*LEFT, Act.DELIVER, Act.POSTPONE), Waits.FOR_THEM),
        ((*LEFT, Act.EXECUTE), Waits.FOR_US),
        ((*LEFT, Act.EXECUTE, Act.CLOSE), Waits.FOR_NOBODY),
    ],
)
def test_who_acts_next(acts: tuple[Act, ...], who: Waits) -> None:
    assert waits(standing(OUT, history(*acts))) is who


def test_of_an_incoming_request_the_other_side_is_we() -> None:
    assert waits(standing(IN, history(Act.DELIVER))) is Waits.FOR_US
    assert waits(standing(IN, history(Act.DELIVER, Act.ASK))) is Waits.FOR_THEM
    assert waits(standing(IN, ())) is Waits.FOR_NOBODY


def test_nothing_has_happened_yet() -> None:
    empty = standing(OUT, ())
    assert empty.state is None
    assert [one.act for one in possible_acts(empty)] == [Act.DRAFT]
    assert standing(OUT, history(Act.DRAFT)).began_at == NOON
