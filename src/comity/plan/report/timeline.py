"""The steps on a time line, as numbers that a template prints as SVG.

The scale is wider for the first days (logarithm of days since the plan), because they decide and the
last months do not.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from math import log1p

from comity.plan.model import Deadline, Plan, Step, UrgencyClass
from comity.plan.report.words import day

WIDTH = 1000
ROW_HEIGHT = 46
HEAD = 34
PART_ROWS = 20
_LEFT, _RIGHT = 16, 84
_KNEE_DAYS = 2.0
"""Below so many days the scale is nearly even."""
_TICKS = (0, 1, 3, 7, 14, 30, 60, 90, 180, 365, 730, 1095, 1825)
_LEAST_TICK_GAP = 56


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    x: float
    days: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A date of a step."""

    x: float
    shape: str
    """``start``, ``due``, ``expires`` or ``other``: the template has a sign for each."""
    what: str
    on: date
    late: bool
    """True: before the day of the plan; drawn at its left edge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One step."""

    y: float
    step: Step
    bar_from: float
    bar_to: float
    marks: tuple[Mark, ...]
    level: UrgencyClass
    open_end: bool
    """True: no time limit is set for the answer; the bar runs to the day on which to ask."""
    end_text: str
    """The last date, to stand beside the bar."""
    end_x: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """As many rows as fit on half a printed page, with an axis of their own."""

    height: float
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLine:
    """The whole, in parts that no page break cuts."""

    width: int
    ticks: tuple[Tick, ...]
    parts: tuple[Part, ...]


def draw_timeline(plan: Plan, *, most: int) -> TimeLine:
    """The first ``most`` steps, each with its bar from start to answer and a sign for each of its dates."""
    steps = plan.steps[:most]
    last = max((d.on for step in steps for d in _dates(step)), default=plan.on)
    span_days = max((last - plan.on).days, 14)
    groups = [steps[i : i + PART_ROWS] for i in range(0, len(steps), PART_ROWS)]
    parts = tuple(_part(group, plan.on, span_days) for group in groups)
    return TimeLine(width=WIDTH, ticks=_ticks(plan.on, span_days), parts=parts)


def _part(steps: tuple[Step, ...], on: date, span_days: int) -> Part:
    rows = tuple(_row(step, HEAD + i * ROW_HEIGHT, on, span_days) for i, step in enumerate(steps))
    return Part(height=HEAD + len(rows) * ROW_HEIGHT + 8, rows=rows)


def _dates(step: Step) -> tuple[Deadline, ...]:
    return (step.start_by, *(d for d in (step.due, step.expires) if d), *step.other_dates)


def _x(days: int, span_days: int) -> float:
    share = log1p(min(max(days, 0), span_days) / _KNEE_DAYS) / log1p(span_days / _KNEE_DAYS)
    return round(_LEFT + share * (WIDTH - _LEFT - _RIGHT), 1)


def _ticks(on: date, span_days: int) -> tuple[Tick, ...]:
    ticks: list[Tick] = []
    for days in _TICKS:
        x = _x(days, span_days)
        if days <= span_days and (not ticks or x - ticks[-1].x >= _LEAST_TICK_GAP):
            ticks.append(Tick(x=x, days=days, on=on + timedelta(days=days)))
    return tuple(ticks)


def _row(step: Step, y: float, on: date, span_days: int) -> Row:
    def mark(deadline: Deadline, shape: str) -> Mark:
        days = (deadline.on - on).days
        return Mark(x=_x(days, span_days), shape=shape, what=deadline.what, on=deadline.on, late=days < 0)

    marks = [mark(d, "other") for d in step.other_dates]
    if step.expires:
        marks.append(mark(step.expires, "expires"))
    if step.due:
        marks.append(mark(step.due, "due"))
    marks.append(mark(step.start_by, "start"))
    reminders = [d for d in step.other_dates if d.on > step.start_by.on]
    answered = step.due or step.expires or max(reminders, key=lambda d: d.on, default=step.start_by)
    end = max(marks, key=lambda m: (m.x, m.on))
    return Row(
        y=y,
        step=step,
        bar_from=mark(step.start_by, "start").x,
        bar_to=max(mark(answered, "due").x, mark(step.start_by, "start").x),
        marks=tuple(marks),
        level=step.urgency.level,
        open_end=not (step.due or step.expires),
        end_text=day(end.on),
        end_x=end.x + 13,
    )
