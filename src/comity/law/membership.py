"""What a treaty of a group (the EU) is to a state while it is a member."""

from collections.abc import Iterable
from datetime import date, timedelta

from comity.law.dates import span
from comity.law.standing import Bound, Standing, Timeline
from comity.law.state import Membership


def while_member(treaty: Timeline, group: str, rows: Iterable[Membership]) -> Timeline:
    """The treaty's life in the periods in which a state is a member; it may have been one more than once."""
    periods = [
        (span(row.from_on)[0] if row.from_on else date.min, _day_after(row.to_on) if row.to_on else date.max)
        for row in rows
    ]
    days = sorted({date.min, *treaty.starts, *(day for period in periods for day in period)})
    outside = Standing(bound=Bound.NO, why=f"not a member of the {group} on that day")
    standings = tuple(
        treaty.on(day) if any(joins <= day < leaves for joins, leaves in periods) else outside for day in days
    )
    return Timeline(starts=tuple(days), standings=standings)


def _day_after(partial: str) -> date:
    return span(partial)[1] + timedelta(days=1)
