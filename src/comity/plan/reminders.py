"""When to ask again, and dates that are over: a hold without an order lasts hours or days, and none tells its end."""

from collections.abc import Iterator
from datetime import timedelta

import msgspec

from comity.law import Confidence, Measure
from comity.plan.counting import OUR_RULE, Clock
from comity.plan.draft import Draft
from comity.plan.model import Deadline

FIRST_DAY = 1
LAST_DAY = 3
_ASKED = (
    (FIRST_DAY, "ask whether the money is held, how much, on which account, and until when"),
    (
        LAST_DAY,
        "ask whether the hold stands, and have it extended or backed by an order: without one it ends by itself",
    ),
)
_OVER = {
    "recall_window": "the 72 hours in which a recall works best are over: ask all the same",
    "expires": "what was held or kept until then may be gone: ask at once whether it was extended",
    "renew_by": "the time to ask for renewal is over: ask at once whether it still stands",
    "due": "the answer was owed: ask where it is",
}


def hold_reminders(draft: Draft, start: Deadline, clock: Clock) -> Iterator[Deadline]:
    """For money that banks or police hold without an order: a reminder on the first day and one on the third."""
    without_order = draft.only == "informal" or draft.holder is None
    if draft.measure is not Measure.FREEZING or not without_order:
        return
    for days, what in _ASKED:
        on = start.on + timedelta(days=days)
        yield Deadline(
            kind="remind",
            what=what,
            on=on,
            zone=clock.requesting_zone,
            computation=f"{start.on} (sent) + {days} {'day' if days == 1 else 'days'} = {on}",
            source=OUR_RULE,
            confidence=Confidence.LOW,
        )


def told_as_past(deadline: Deadline, clock: Clock) -> Deadline:
    """The same date; one that lies before the day of the plan is said to be over, with what is left to do."""
    if deadline.on >= clock.on:
        return deadline
    return msgspec.structs.replace(deadline, past=True, what=_OVER.get(deadline.kind, f"over: {deadline.what}"))
