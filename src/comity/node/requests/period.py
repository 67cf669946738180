"""Which period of a request an alarm is about, so that each is told once, also where its end moves from day to day."""

from hashlib import sha256

from comity import docket
from comity.docket.clock import Deadline

Given = tuple[str, str, str]
"""Kind of deadline, level, period."""


def period_of(line: Deadline) -> str:
    """A digest of the period's sum: it stays the same while the period does, and changes with an extension.

    The end itself does not do: what should have been renewed last week is due today, and tomorrow again.
    """
    return sha256(line.computation.encode()).hexdigest()[:16]


def key_of(alarm: docket.Alarm) -> Given:
    """What must not be told twice."""
    return alarm.deadline.kind, alarm.level.value, period_of(alarm.deadline)
