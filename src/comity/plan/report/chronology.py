"""The chronology of the report: every moment, and the steps that go out on one day in one row."""

from dataclasses import dataclass
from itertools import groupby

from comity.plan.model import Event, Plan

GOES_OUT = "start_by"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One moment, or several steps that go out at the same time."""

    event: Event
    steps: tuple[str, ...] = ()
    """Ids of the steps that go out then; empty: the event stands for itself."""


def chronology(plan: Plan) -> tuple[Row, ...]:
    """The rows in order of time; on a day the steps that go out stand where the first of them stands."""
    rows: list[Row] = []
    for (_, leaving), group in groupby(plan.events, key=lambda event: (event.at, event.kind == GOES_OUT)):
        events = list(group)
        if leaving:
            rows.append(Row(event=events[0], steps=tuple(event.step for event in events)))
        else:
            rows += [Row(event=event) for event in events]
    return tuple(rows)
