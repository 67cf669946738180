"""Alarms: who must be told that a deadline comes near or has passed; each is given once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from comity.docket.clock import Deadline, DeadlineState, Effect
from comity.docket.lists import Watched, is_ours
from comity.docket.request import Request
from comity.docket.vocabulary import Direction


class Level(StrEnum):
    """How near the end is."""

    NEAR = "near"
    URGENT = "urgent"
    PASSED = "passed"


class Audience(StrEnum):
    """Who is told."""

    HANDLER = "handler"
    """Who works on the request."""
    DUTY_OFFICER = "duty_officer"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmPolicy:
    """How long before an end an alarm is given."""

    near_hours: int = 72
    urgent_hours: int = 24
    near_share: float = 0.5
    """Of a period shorter than twice `near_hours`: the part of it that is left when the first alarm is given."""
    urgent_share: float = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One thing to tell."""

    request: Request
    deadline: Deadline
    level: Level
    audience: Audience
    given_at: datetime
    """The moment for which it is due."""


def alarms(watched: Iterable[Watched], *, since: datetime, now: datetime, policy: AlarmPolicy) -> tuple[Alarm, ...]:
    """The alarms whose moment lies after `since` and not after `now`, in time order.

    Called with the last `now` as `since`, it gives each alarm once, however long nobody asked.
    """
    found = [alarm for one in watched for line in one.deadlines for alarm in _of(one.request, line, policy)]
    return tuple(sorted((a for a in found if since < a.given_at <= now), key=lambda a: a.given_at))


def _of(request: Request, line: Deadline, policy: AlarmPolicy) -> Iterator[Alarm]:
    ends = line.ends_at
    told = line.effect in {Effect.DUE, Effect.LAPSE}
    live = line.state in {DeadlineState.RUNNING, DeadlineState.LATE, DeadlineState.LAPSED}
    if ends is None or not told or not live:
        return
    ours = (line.effect is Effect.LAPSE and request.direction is Direction.OUTGOING) or is_ours(
        line.owed_by, request.direction
    )
    if ours:
        yield _alarm(request, line, Level.NEAR, ends - _before(line, policy.near_hours, policy.near_share))
        yield _alarm(request, line, Level.URGENT, ends - _before(line, policy.urgent_hours, policy.urgent_share))
    yield _alarm(request, line, Level.PASSED, ends)


def _before(line: Deadline, hours: int, share: float) -> timedelta:
    """How long before the end; of a short period a part of it."""
    usual = timedelta(hours=hours)
    ends = line.ends_at
    if line.began_at is None or ends is None:
        return usual
    return min(usual, (ends - line.began_at) * share)


def _alarm(request: Request, line: Deadline, level: Level, at: datetime) -> Alarm:
    audience = Audience.HANDLER if level is Level.NEAR else Audience.DUTY_OFFICER
    return Alarm(request=request, deadline=line, level=level, audience=audience, given_at=at)
