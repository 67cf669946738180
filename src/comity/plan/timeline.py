"""The time line: moments in the evidence and the case file, and the dates of the plan, in one order."""

from collections.abc import Iterator

from comity.plan.instants import instant
from comity.plan.model import Deadline, Event, Step
from comity.plan.moments import Moments

_DATES = ("start_by", "due", "expires")


def find_events(moments: Moments, steps: tuple[Step, ...]) -> tuple[Event, ...]:
    """Every moment and date, in order of time."""
    found = [*_seen(moments), *(event for step in steps for event in _planned(step))]
    return tuple(
        sorted(found, key=lambda event: (instant(event.at, moments.zone), event.kind, event.step, event.title))
    )


def _seen(moments: Moments) -> Iterator[Event]:
    for moment in moments.all:
        yield Event(at=moment.at, kind=moment.kind, title=moment.title, detail=moment.detail, artifact=moment.artifact)


def _planned(step: Step) -> Iterator[Event]:
    for deadline in (step.start_by, step.due, step.expires, *step.other_dates):
        if deadline is not None and deadline.kind != "note":
            yield Event(
                at=deadline.at or deadline.on.isoformat(),
                kind=_kind(deadline),
                title=step.title,
                detail=deadline.what,
                state=step.state,
                step=step.id,
            )


def _kind(deadline: Deadline) -> str:
    if deadline.kind in _DATES:
        return deadline.kind
    return "expires" if deadline.kind in ("renew_by", "recall_window") else "due"
