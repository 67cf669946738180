"""The life of a request: which acts can happen when, and where they leave it.

Events are only ever added. What was entered wrongly is struck by a later event, and the rest must still make sense.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from comity.docket.errors import ActError, HistoryError
from comity.docket.event import Event
from comity.docket.tables import OPEN, ActRule, Doer, Need, act_rules, reasons
from comity.docket.vocabulary import Act, Direction, State

_PAUSES = frozenset({State.CLARIFICATION, State.POSTPONED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a request stands after its events."""

    direction: Direction
    state: State | None = None
    """None: nothing has happened yet."""
    since: datetime | None = None
    """When it came to this state."""
    before: State | None = None
    """The state to which an answer or a resumption returns."""
    last_open: State = State.DELIVERED
    drafters: frozenset[str] = field(default_factory=frozenset)
    """Who drafted or changed it."""
    approved_by: str = ""
    began_at: datetime | None = None
    sent_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Nothing more is owed by either side."""
        return self.state in {State.EXECUTED, State.REFUSED, State.WITHDRAWN, State.CLOSED}


@dataclass(frozen=True, slots=True, kw_only=True)
class PossibleAct:
    """An act that can happen now."""

    act: Act
    needs: tuple[Need, ...]
    not_by: frozenset[str]
    """Who may not do it: four eyes."""


def standing(direction: Direction, events: Iterable[Event]) -> Standing:
    """Where a request stands after its events; HistoryError where they cannot have happened so."""
    events = tuple(events)
    struck = struck_numbers(events)
    now = Standing(direction=direction)
    entered: datetime | None = None
    for number, event in enumerate(events, start=1):
        try:
            _check_entry(event, entered, number, events)
            entered = event.recorded_at
            if number not in struck and event.act is not Act.STRIKE:
                now = _after(now, event)
        except ActError as error:
            raise HistoryError(number=number, cause=error) from None
    return now


def add(direction: Direction, events: tuple[Event, ...], event: Event) -> tuple[Event, ...]:
    """The events with one more; ActError where it cannot happen now, HistoryError where a strike breaks the rest."""
    longer = (*events, event)
    try:
        standing(direction, longer)
    except HistoryError as error:
        if error.number == len(longer):
            raise error.cause from None
        raise
    return longer


def effective(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events that count: neither struck nor strikes."""
    events = tuple(events)
    struck = struck_numbers(events)
    return tuple(e for n, e in enumerate(events, start=1) if n not in struck and e.act is not Act.STRIKE)


def struck_numbers(events: Iterable[Event]) -> frozenset[int]:
    """The numbers, from 1, of events that were taken out."""
    return frozenset(event.of for event in events if event.act is Act.STRIKE)


def possible_acts(now: Standing) -> tuple[PossibleAct, ...]:
    """What can happen to a request that stands so, in the table's order."""
    return tuple(
        PossibleAct(act=rule.id, needs=rule.needs, not_by=now.drafters if rule.four_eyes else frozenset())
        for rule in act_rules().values()
        if _can(rule, now)
    )


def _can(rule: ActRule, now: Standing) -> bool:
    return now.direction in rule.starts if now.state is None else now.state in rule.states


def _after(now: Standing, event: Event) -> Standing:
    rule = act_rules()[event.act]
    if not _can(rule, now):
        raise ActError(act=event.act, problem=f"the request {_stands(now)}", remedy=_instead(now))
    _check_event(rule, event, now)
    state = _next_state(rule, now)
    moved = state is not now.state
    return replace(
        now,
        state=state,
        since=event.at if moved else now.since,
        before=_before(now, state),
        last_open=state if state in OPEN - _PAUSES else now.last_open,
        drafters=_drafters(now, event),
        approved_by=event.by if event.act is Act.APPROVE else _still_approved(now, state),
        began_at=now.began_at or event.at,
        sent_at=event.at if event.act is Act.SEND else now.sent_at,
    )


def _next_state(rule: ActRule, now: Standing) -> State:
    if now.state is None:
        return State(rule.to)
    match rule.to:
        case "same":
            return _arrived(now.state) if rule.side is Doer.REQUESTED else now.state
        case "back":
            return now.before or State.DELIVERED
        case "reopened":
            return now.last_open
        case _:
            return now.state if now.state in rule.keeps else State(rule.to)


def _before(now: Standing, state: State) -> State | None:
    if state not in _PAUSES:
        return None
    return now.before if now.state in _PAUSES or now.state is None else _arrived(now.state)


def _arrived(state: State) -> State:
    """Whatever the other side does proves that the request arrived."""
    return State.DELIVERED if state is State.SENT else state


def _drafters(now: Standing, event: Event) -> frozenset[str]:
    match event.act:
        case Act.DRAFT:
            return frozenset({event.by})
        case Act.REVISE:
            return now.drafters | {event.by}
        case _:
            return now.drafters


def _still_approved(now: Standing, state: State) -> str:
    return "" if state in {State.DRAFT, State.CHECKED} else now.approved_by


def _check_entry(event: Event, entered: datetime | None, number: int, events: tuple[Event, ...]) -> None:
    """What holds for every entry, struck or not."""
    for name, moment in (("at", event.at), ("recorded_at", event.recorded_at)):
        if moment.tzinfo is None:
            raise ActError(act=event.act, problem=f"{name} has no time zone", remedy="give it with its offset")
    if event.at > event.recorded_at:
        raise ActError(
            act=event.act,
            problem=f"it happened on {event.at.isoformat()}, after it was entered",
            remedy="enter it when it has happened",
        )
    if entered is not None and event.recorded_at < entered:
        raise ActError(
            act=event.act,
            problem=f"it was entered on {event.recorded_at.isoformat()}, before the entry above it",
            remedy="check the clock of this machine",
        )
    if event.act is Act.STRIKE:
        _check_strike(event, number, events)


def _check_strike(event: Event, number: int, events: tuple[Event, ...]) -> None:
    if not 1 <= event.of < number:
        raise ActError(act=event.act, problem=f"there is no entry {event.of} above it", remedy="name one by its number")
    if events[event.of - 1].act is Act.STRIKE:
        raise ActError(act=event.act, problem=f"entry {event.of} is a strike", remedy="enter the event anew")
    if any(one.act is Act.STRIKE and one.of == event.of for one in events[: number - 1]):
        raise ActError(act=event.act, problem=f"entry {event.of} was struck before", remedy="leave it")
    if not event.note:
        raise ActError(act=event.act, problem="no note", remedy="say why the entry is wrong")


def _check_event(rule: ActRule, event: Event, now: Standing) -> None:
    if rule.side not in {Doer.EITHER, Doer(event.side)}:
        raise ActError(
            act=event.act, problem=f"the {event.side} side does not do it", remedy=f"it is the {rule.side}'s"
        )
    for need in rule.needs:
        if not getattr(event, need):
            raise ActError(act=event.act, problem=f"no {need}", remedy=f"give {need}")
    for code in event.reasons:
        known = reasons().get(code)
        if known is None or event.act not in known.acts:
            choices = ", ".join(one.id for one in reasons().values() if event.act in one.acts) or "none"
            raise ActError(act=event.act, problem=f"{code!r} is no reason for it", remedy=f"known are: {choices}")
    if rule.four_eyes and event.by in now.drafters:
        raise ActError(act=event.act, problem=f"{event.by} drafted it", remedy="let another person approve it")
    earliest = now.sent_at or now.began_at
    if earliest is not None and event.at < earliest and event.act is not Act.NOTE:
        what = "it was sent" if now.sent_at else "the request began"
        raise ActError(
            act=event.act,
            problem=f"it happened on {event.at.isoformat()}, before {what} ({earliest.isoformat()})",
            remedy="give the right time, with its offset",
        )


def _stands(now: Standing) -> str:
    return f"is {now.state.value.replace('_', ' ')}" if now.state else "has not begun"


def _instead(now: Standing) -> str:
    return f"possible now: {', '.join(one.act for one in possible_acts(now))}"
