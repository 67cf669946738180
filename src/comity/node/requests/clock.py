"""The one clock: what a request's dates are now, and the columns that lists read."""

from collections.abc import Iterable
from datetime import UTC, datetime

from comity import docket
from comity.docket import AlarmPolicy, State, Waits, Watched, alarms, waits, watch
from comity.docket.clock import Deadline, Usual
from comity.docket.statistics import usual_time
from comity.node.requests.history import recorded_few
from comity.node.requests.models import NOT_BEGUN, Alarm, Request
from comity.node.requests.period import Given, key_of

USUAL_OF = 200
"""How many of the newest answered requests of the same measure to the same state tell how long an answer takes."""
POLICY = AlarmPolicy()
_EVER = datetime(9999, 1, 1, tzinfo=UTC)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def watched(request: Request, *, now: datetime) -> Watched:
    """The request with its dates, at a moment."""
    asked = request.docketed()
    return watch(asked, request.happened(), now=now, usual=usual_of(asked))


def watched_many(rows: Iterable[Request], *, now: datetime) -> list[Watched]:
    """Requests with their dates, in the same order; usual times of answers are left out."""
    ids = [row.pk for row in rows]
    known = {one.request.id: one for one in recorded_few(ids)}
    return [watch(known[pk].request, known[pk].events, now=now, usual=None) for pk in ids]


def usual_of(asked: docket.Request) -> Usual | None:
    """How long the answer to such a request usually takes, by the agency's own experience."""
    done = Request.objects.filter(requested=asked.requested, measure=asked.measure, state__in=_ANSWERED)
    return usual_time(asked, recorded_few(list(done.order_by("-opened_at").values_list("pk", flat=True)[:USUAL_OF])))


class Experience:
    """How long answers usually take, asked once for each kind of request: for work on many at once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, str, str], Usual | None] = {}

    def watched(self, request: Request, *, now: datetime) -> Watched:
        """The request with its dates, at a moment."""
        asked = request.docketed()
        kind = asked.requesting, asked.requested, asked.measure.value, asked.instrument
        if kind not in self._known:
            self._known[kind] = usual_of(asked)
        return watch(asked, request.happened(), now=now, usual=self._known[kind])


def next_of(one: Watched) -> Deadline | None:
    """The live deadline that ends first."""
    # `watch` puts what ends first first, and what has no date last.
    return next((line for line in one.deadlines if line.is_live and line.ends_at is not None), None)


def next_change(one: Watched, now: datetime) -> datetime | None:
    """When the dates change next though nothing happens: an end passes."""
    return min((line.ends_at for line in one.deadlines if line.ends_at and line.ends_at > now), default=None)


def due_alarms(one: Watched, given: frozenset[Given]) -> list[docket.Alarm]:
    """The alarms of a request that were not given yet, in the order in which they are due."""
    every = alarms((one,), since=_NEVER, now=_EVER, policy=POLICY)
    return [alarm for alarm in every if key_of(alarm) not in given]


def given_to(request: Request) -> frozenset[Given]:
    """What was given of a request so far."""
    return frozenset(Alarm.objects.filter(request=request).values_list("kind", "level", "period"))


def set_columns(request: Request, one: Watched, now: datetime) -> None:
    """Write what lists read; the caller saves."""
    line = next_of(one)
    owed = waits(one.standing)
    request.state = one.standing.state.value if one.standing.state else NOT_BEGUN
    request.waits = owed.value
    request.is_over = one.standing.is_over and owed is Waits.FOR_NOBODY
    request.closed_at = one.standing.since if one.standing.is_over else None
    request.next_ends_at = line.ends_at if line else None
    request.next_kind = line.kind if line else ""
    request.next_what = line.what[:300] if line else ""
    request.changes_at = next_change(one, now)
    ahead = due_alarms(one, given_to(request))
    request.alarm_at = ahead[0].given_at if ahead else None


COLUMNS = (
    "state",
    "waits",
    "is_over",
    "closed_at",
    "next_ends_at",
    "next_kind",
    "next_what",
    "changes_at",
    "alarm_at",
)
_ANSWERED = (State.EXECUTED.value, State.PART_EXECUTED.value, State.REFUSED.value, State.CLOSED.value)
