"""The one clock: what a request's dates are now, and the columns that lists read."""

from datetime import datetime

from comity.docket import Request as Docketed
from comity.docket import State, Waits, Watched, waits, watch
from comity.docket.clock import Deadline, Usual
from comity.docket.statistics import Recorded, usual_time
from comity.node.requests.models import Request

USUAL_OF = 200
"""How many of the newest answered requests of the same measure to the same state tell how long an answer takes."""


def watched(request: Request, *, now: datetime) -> Watched:
    """The request with its dates, at a moment."""
    asked = request.docketed()
    return watch(asked, request.happened(), now=now, usual=usual_of(asked))


def usual_of(asked: Docketed) -> Usual | None:
    """How long the answer to such a request usually takes, by the agency's own experience."""
    done = (
        Request.objects.filter(requested=asked.requested, measure=asked.measure, state__in=_ANSWERED)
        .prefetch_related("events")
        .order_by("-opened_at")[:USUAL_OF]
    )
    recorded = (
        Recorded(
            request=one.docketed(),
            events=tuple(row.docketed() for row in sorted(one.events.all(), key=lambda row: row.number)),
        )
        for one in done
    )
    return usual_time(asked, recorded)


def next_of(one: Watched) -> Deadline | None:
    """The live deadline that ends first."""
    # `watch` puts what ends first first, and what has no date last.
    return next((line for line in one.deadlines if line.is_live and line.ends_at is not None), None)


def set_columns(request: Request, one: Watched) -> None:
    """Write what lists read; the caller saves."""
    line = next_of(one)
    request.state = (one.standing.state or State.DRAFT).value
    request.waits = waits(one.standing).value
    request.is_over = one.standing.is_over and waits(one.standing) is Waits.FOR_NOBODY
    request.next_ends_at = line.ends_at if line else None
    request.next_kind = line.kind if line else ""
    request.next_what = line.what[:300] if line else ""


COLUMNS = ("state", "waits", "is_over", "next_ends_at", "next_kind", "next_what")
_ANSWERED = (State.EXECUTED.value, State.PART_EXECUTED.value, State.REFUSED.value, State.CLOSED.value)
