"""The words of figures as people read them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comity.node.cells import Cell
from comity.node.requests.labels import STATES
from comity.node.vocabulary import words

TABLES: dict[str, Promise | str] = {
    "by_state": _("Requests, by where they stand"),
    "by_measure": _("Requests, by what is asked"),
    "by_pair": _("Requests, by who asks whom"),
    "overdue": _("Late now, by who must act"),
    "durations": _("How long it took"),
    "refusals": _("Reasons given"),
    "notifications": _("Persons concerned"),
    "article_28": _("Regulation (EU) 2023/1543, article 28(2)"),
}
COLUMNS: dict[str, Promise | str] = {
    "direction": _("Direction"),
    "state": _("Status"),
    "measure": _("Measure"),
    "requesting": _("Requesting state"),
    "requested": _("Requested state"),
    "waits": _("Waits"),
    "count": _("Number"),
    "leg": _("Part of the way"),
    "instrument": _("Basis"),
    "median_days": _("Median, days"),
    "about": _("Of about"),
    "act": _("Act"),
    "reason": _("Reason"),
    "point": _("Point"),
    "what": _("What"),
    "kind": _("Order"),
    "data": _("Data"),
    "addressee": _("Addressee"),
    "emergency": _("Emergency"),
    "detail": _("Detail"),
    "value": _("Value"),
}


def words_of(cell: Cell) -> Promise | str | int | float:
    """A cell as people read it."""
    if cell is None:
        return _("hidden")
    return (STATES.get(cell) or words(cell)) if isinstance(cell, str) else cell
