"""All deadlines of a request, as they stand at a moment: started, stopped, extended, met, late or lapsed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from comity.docket.clock.deadline import Deadline, DeadlineState
from comity.docket.clock.moments import Moment, moment_of, stops
from comity.docket.clock.tables import Effect, KindRule, StopRule, Trigger, kind_rules, stop_rule, trigger_of
from comity.docket.event import Event
from comity.docket.life import effective, standing
from comity.docket.request import Promise, Request
from comity.docket.vocabulary import Act, Side, State
from comity.law import Channel, TimeUnit
from comity.law.clock import day_note, next_working_day, period_end, zone_of

_NEVER_WAITED_FOR = {State.WITHDRAWN, State.CLOSED, State.REFUSED}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """A request, what counts of its events, and the moment of the question."""

    request: Request
    events: tuple[Event, ...]
    state: State | None
    now: datetime

    def state_of(self, side: Side | None) -> str:
        return self.request.requesting if side is Side.REQUESTING else self.request.requested

    def subdivision_of(self, side: Side | None) -> str:
        return "" if side is Side.REQUESTING else self.request.subdivision


def deadlines(request: Request, events: tuple[Event, ...], now: datetime) -> tuple[Deadline, ...]:
    """Every period of a request at an aware moment, the first to end first; those without a date last.

    HistoryError where the events cannot have happened.
    """
    seen = tuple(event for event in events if event.recorded_at <= now)
    case = _Case(
        request=request,
        events=tuple(event for event in effective(seen) if event.at <= now),
        state=standing(request.direction, seen).state,
        now=now,
    )
    found = [_deadline(promise, rule, case) for promise, rule in _chosen(request)]
    return tuple(sorted(found, key=lambda one: (one.ends_at is None, one.ends_at or now, one.kind)))


def _chosen(request: Request) -> Iterator[tuple[Promise, KindRule]]:
    """The promises that run: in an emergency those for it stand instead of the ordinary ones."""
    known = [(promise, kind_rules().get(promise.limit.kind)) for promise in request.promises]
    urgent = {rule.instead_of for _, rule in known if rule is not None and rule.emergency and request.emergency}
    for promise, rule in known:
        if rule is None:
            yield promise, KindRule(id=promise.limit.kind, effect=Effect.NOTE, what=promise.limit.kind)
        elif (not rule.emergency or request.emergency) and rule.id not in urgent:
            yield promise, rule


def _deadline(promise: Promise, rule: KindRule, case: _Case) -> Deadline:
    zone = zone_of(case.state_of(rule.owed_by))
    bare = Deadline(
        kind=rule.id,
        what=rule.what,
        effect=rule.effect,
        owed_by=rule.owed_by,
        state=DeadlineState.NOT_BEGUN,
        zone=zone,
        computation=_waits(promise),
        source=promise.source,
        source_url=promise.source_url,
        confidence=promise.confidence,
    )
    trigger = trigger_of(promise.limit)
    if trigger is None or trigger is Trigger.TOLD or rule.effect is Effect.NOTE or not promise.limit.value:
        return bare
    moment = moment_of(trigger, case.events, direct=case.request.channel is Channel.DIRECT_TO_PROVIDER)
    if moment is None:
        return _moot(bare, case)
    return _judged(_counted(bare, promise, rule, moment, case), rule, case)


def _waits(promise: Promise) -> str:
    limit = promise.limit
    length = f"{limit.value} {limit.unit.value.replace('_', ' ')}" if limit.value else "no figure"
    return f"{length} from {limit.starts}"


def _moot(bare: Deadline, case: _Case) -> Deadline:
    over = case.state in _NEVER_WAITED_FOR or case.state is State.EXECUTED
    return msgspec.structs.replace(bare, state=DeadlineState.MOOT) if over else bare


def _counted(bare: Deadline, promise: Promise, rule: KindRule, moment: Moment, case: _Case) -> Deadline:
    """The same with its end: base, length, stops, extension, working days."""
    rule_of_stop = stop_rule(promise.instrument, rule.id)
    base, stopped, told = _base(moment, rule_of_stop, case)
    begun = msgspec.structs.replace(bare, began_at=base, assumes=moment.assumes)
    if stopped is None:
        return msgspec.structs.replace(begun, state=DeadlineState.STOPPED, computation=told)
    ended = _end_at(begun, promise, moment, base, stopped) if promise.limit.unit is TimeUnit.HOURS else None
    dated = ended or _end_on(begun, promise, moment, base, stopped, rule, case)
    if told:
        dated = msgspec.structs.replace(dated, computation=f"{dated.computation}; {told}")
    return _extended(dated, rule, case)


def _base(moment: Moment, rule: StopRule | None, case: _Case) -> tuple[datetime, timedelta | None, str]:
    """From when it runs, for how long it stood still since (None: it does now), and why."""
    none = timedelta()
    open_times = [stop for stop in stops(case.events) if stop.began_at >= moment.at] if rule else []
    if rule is None or not open_times:
        return moment.at, none, ""
    why = f"{rule.source}: {rule.note}"
    if open_times[-1].ended_at is None:
        return moment.at, None, f"does not run since {open_times[-1].began_at.date()}, a question is open ({why})"
    if rule.restarts:
        return open_times[-1].ended_at, none, f"begun anew by the answer ({why})"
    still = sum(((stop.ended_at or stop.began_at) - stop.began_at for stop in open_times), none)
    return moment.at, still, f"stood still while questions were open ({why})"


def _end_at(begun: Deadline, promise: Promise, moment: Moment, base: datetime, still: timedelta) -> Deadline:
    # counted on the absolute clock: local wall time would be an hour off where summer time begins or ends
    end = base.astimezone(UTC) + timedelta(hours=promise.limit.value) + still
    there = end.astimezone(ZoneInfo(begun.zone))
    stood = f" + {still} stopped" if still else ""
    return msgspec.structs.replace(
        begun,
        state=DeadlineState.RUNNING,
        on=there.date(),
        at=there,
        computation=f"{base.isoformat(timespec='minutes')} ({moment.name}) + {promise.limit.value} hours{stood}",
    )


def _end_on(
    begun: Deadline, promise: Promise, moment: Moment, base: datetime, still: timedelta, rule: KindRule, case: _Case
) -> Deadline:
    state, part = case.state_of(rule.owed_by), case.subdivision_of(rule.owed_by)
    first = base.astimezone(ZoneInfo(begun.zone)).date()
    limit = promise.limit
    end = period_end(limit.value, limit.unit, first, state) + timedelta(days=still.days)
    unit = limit.unit.value.replace("_", " ")
    stood = f" + {still.days} days stopped" if still.days else ""
    computation = f"{first} ({moment.name}) + {limit.value} {unit}{stood} = {end}"
    shift = next_working_day(state, end, part)
    if promise.moves and rule.effect is Effect.DUE and shift.on != end:
        computation += f"{shift.note} to {shift.on} (Regulation 1182/71 art. 3(4))"
        end = shift.on
    else:
        computation += day_note(state, end)
    return msgspec.structs.replace(begun, state=DeadlineState.RUNNING, on=end, computation=computation)


def _extended(dated: Deadline, rule: KindRule, case: _Case) -> Deadline:
    """The same with the last extension that the other side gave."""
    given = [event for event in case.events if event.act is Act.EXTEND]
    lapses = any(kind_rules()[p.limit.kind].renewable for p in case.request.promises if p.limit.kind in kind_rules())
    if not given or dated.on is None or lapses != rule.renewable or rule.effect not in {Effect.DUE, Effect.LAPSE}:
        return dated
    until = date.fromisoformat(given[-1].until[:10])
    if until <= dated.on or rule.owed_by is Side.REQUESTING:
        return dated
    text = f"{dated.computation}; extended to {until} on {given[-1].at.date()}"
    return msgspec.structs.replace(dated, on=until, at=None, computation=text)


def _judged(dated: Deadline, rule: KindRule, case: _Case) -> Deadline:
    """The same with its state at the moment."""
    if rule.effect is Effect.LAPSE:
        return msgspec.structs.replace(dated, state=_lapse_state(dated, case))
    began = dated.began_at
    done = [e.at for e in case.events if e.act in rule.ends and (began is None or e.at >= began)]
    if done and rule.effect is Effect.DUE:
        met = min(done)
        ends = dated.ends_at
        state = DeadlineState.MET_LATE if ends is not None and met >= ends else DeadlineState.MET
        return msgspec.structs.replace(dated, state=state, met_at=met)
    return msgspec.structs.replace(dated, state=_open_state(dated, case))


def _open_state(dated: Deadline, case: _Case) -> DeadlineState:
    if case.state in _NEVER_WAITED_FOR or (case.state is State.EXECUTED and dated.owed_by is Side.REQUESTED):
        return DeadlineState.MOOT
    ends = dated.ends_at
    if ends is None or case.now < ends:
        return dated.state
    return DeadlineState.OVER if dated.effect is Effect.WINDOW else DeadlineState.LATE


def _lapse_state(dated: Deadline, case: _Case) -> DeadlineState:
    ends = dated.ends_at
    followed = [event.at for event in case.events if event.act is Act.FOLLOW_UP]
    if followed and (ends is None or min(followed) < ends):
        return DeadlineState.HELD
    if case.state in {State.WITHDRAWN, State.REFUSED}:
        return DeadlineState.MOOT
    return DeadlineState.LAPSED if ends is not None and case.now >= ends else DeadlineState.RUNNING
