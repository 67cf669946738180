"""A request as it stands at a moment, with its dates."""

from datetime import datetime

from comity.docket.clock import Deadline, Prudence, Usual, deadlines, reminder, renewal
from comity.docket.event import Event
from comity.docket.life import standing
from comity.docket.lists import Watched
from comity.docket.request import Request
from comity.docket.vocabulary import Direction


def watch(
    request: Request, events: tuple[Event, ...], *, now: datetime, usual: Usual | None, prudence: Prudence | None = None
) -> Watched:
    """A request as it stands at a moment, with our own dates beside those of its instruments; what ends first first.

    `usual`: how long an answer to such a request usually takes; None: not known. Entries made after `now` do not count.
    """
    prudence = prudence or Prudence()
    known = tuple(event for event in events if event.recorded_at <= now)
    found = deadlines(request, known, now)
    ours = [renewal(request, line, now=now, usual=usual, prudence=prudence) for line in found]
    if request.direction is Direction.OUTGOING and known:
        ours.append(reminder(request, known, found, now=now, prudence=prudence))
    return Watched(
        request=request,
        standing=standing(request.direction, known),
        deadlines=tuple(sorted((*found, *filter(None, ours)), key=lambda line: _order(line, now))),
    )


def _order(line: Deadline, now: datetime) -> tuple[bool, datetime]:
    """What has no date stands last."""
    return line.ends_at is None, line.ends_at or now
