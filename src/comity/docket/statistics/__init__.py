"""Figures of a docket: how long each step took, why requests were refused, and what may be published of it."""

from comity.docket.statistics.durations import Duration, Leg, durations, usual_time
from comity.docket.statistics.eevidence import Figure, article_28
from comity.docket.statistics.recorded import Recorded
from comity.docket.statistics.refusals import ReasonCount, refusal_reasons
from comity.docket.statistics.suppress import Cell, suppress

__all__ = [
    "Cell",
    "Duration",
    "Figure",
    "Leg",
    "ReasonCount",
    "Recorded",
    "article_28",
    "durations",
    "refusal_reasons",
    "suppress",
    "usual_time",
]
