"""When the triggers of periods happened, by the events of a request."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from comity.docket.clock.tables import Trigger
from comity.docket.event import Event
from comity.docket.vocabulary import Act, Side

_ACTS: Mapping[Trigger, tuple[Act, ...]] = {
    Trigger.NOTIFIED: (Act.NOTIFY,),
    Trigger.DECIDED: (Act.DECIDE,),
    Trigger.SERVED: (Act.SERVE,),
    Trigger.CONSENTED: (Act.CONSENT,),
    Trigger.FOLLOWED: (Act.FOLLOW_UP,),
}
_NO_ARRIVAL = frozenset({Act.NOTE, Act.CLOSE, Act.REOPEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When a trigger happened."""

    at: datetime
    name: str
    """Of the event: ``delivered``."""
    assumes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A time during which a question was open."""

    began_at: datetime
    ended_at: datetime | None
    """None: it is open."""


def moment_of(trigger: Trigger, events: tuple[Event, ...], *, direct: bool = False) -> Moment | None:
    """When a trigger happened; None: not yet. `events`: those that count. `direct`: the provider itself was asked."""
    if trigger is Trigger.SERVED and direct:
        return delivery(events)
    if trigger in _FOUND:
        return _FOUND[trigger](events)
    return _first(events, _ACTS.get(trigger, ()), trigger.value)


def _issue(events: tuple[Event, ...]) -> Moment | None:
    """The last approval: an earlier one was of another text."""
    approved = [event.at for event in events if event.act is Act.APPROVE]
    return Moment(at=approved[-1], name="issued") if approved else _first(events, (Act.SEND,), "sent")


def _question(events: tuple[Event, ...]) -> Moment | None:
    asked = stops(events)
    return Moment(at=asked[-1].began_at, name="asked") if asked else None


def delivery(events: tuple[Event, ...]) -> Moment | None:
    """When the request arrived: by its receipt, else by what the other side first did, else taken to be when sent."""
    receipt = _first(events, (Act.DELIVER,), "delivered")
    if receipt is not None:
        return receipt
    arrived = [e for e in events if e.side is Side.REQUESTED and e.act not in _NO_ARRIVAL]
    if arrived:
        first = min(arrived, key=lambda e: e.at)
        what = f"its delivery is not registered: counted from what was first heard ({first.act.replace('_', ' ')})"
        return Moment(at=first.at, name="first heard of", assumes=what)
    sent = [e for e in events if e.act is Act.SEND]
    if not sent:
        return None
    return Moment(at=sent[-1].at, name="sent", assumes="taken to have arrived when it was sent: register its receipt")


def _effect(events: tuple[Event, ...]) -> Moment | None:
    real = _first(events, (Act.TAKE_EFFECT,), "took effect")
    if real is not None:
        return real
    # a preservation that is answered has taken effect by then at the latest
    answered = _first(events, (Act.EXECUTE,), "executed")
    arrived = delivery(events)
    if arrived is None or (answered is None and arrived.name == "sent"):
        return None
    assumes = "taken to have taken effect on arrival, the earliest day: register the day that the other side confirms"
    return Moment(at=arrived.at, name=arrived.name, assumes=assumes)


def stops(events: tuple[Event, ...]) -> tuple[Stop, ...]:
    """The times during which questions were open, in order; a second question in an open one adds nothing."""
    found: list[Stop] = []
    began: datetime | None = None
    for event in events:
        if event.act is Act.ASK and began is None:
            began = event.at
        elif began is not None and event.act in {Act.ANSWER, Act.REFUSE, Act.WITHDRAW}:
            found.append(Stop(began_at=began, ended_at=max(event.at, began)))
            began = None
    if began is not None:
        found.append(Stop(began_at=began, ended_at=None))
    return tuple(found)


def _first(events: Iterable[Event], acts: tuple[Act, ...], name: str) -> Moment | None:
    found = [event.at for event in events if event.act in acts]
    return Moment(at=min(found), name=name) if found else None


_FOUND: Mapping[Trigger, Callable[[tuple[Event, ...]], Moment | None]] = {
    Trigger.ISSUED: _issue,
    Trigger.DELIVERED: delivery,
    Trigger.TOOK_EFFECT: _effect,
    Trigger.ASKED: _question,
}
