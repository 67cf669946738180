"""One clock over every instrument: when each period of a request starts, stops, goes on, is met, late or over."""

from comity.docket.clock.deadline import Deadline, DeadlineState
from comity.docket.clock.forecast import OUR_RULE, Prudence, Usual, reminder, renewal
from comity.docket.clock.running import deadlines
from comity.docket.clock.tables import Effect, Trigger, kind_rules, trigger_of

__all__ = [
    "OUR_RULE",
    "Deadline",
    "DeadlineState",
    "Effect",
    "Prudence",
    "Trigger",
    "Usual",
    "deadlines",
    "kind_rules",
    "reminder",
    "renewal",
    "trigger_of",
]
