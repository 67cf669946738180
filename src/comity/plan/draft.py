"""A `Draft`: a step before its route, its dates and its place in the order are known."""

from dataclasses import dataclass

from comity.law import Measure
from comity.plan.holding import Held
from comity.plan.model import DirectRequest, Holder


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Draft:
    """One act before it is routed, dated and numbered; compared by identity."""

    key: str
    """Unique among drafts; what `after` refers to."""
    measure: Measure
    state: str
    holder: Holder | None
    title: str
    what: str
    pace: str
    weight: int
    objects: tuple[Held, ...] = ()
    after: tuple[str, ...] = ()
    """Keys of the drafts that come first; keys of drafts that do not exist are passed over."""
    period: bool = False
    informal: str = ""
    expectation: str = ""
    only: str = ""
    """``informal``: only police and FIU routes; ``formal``: only routes whose product is evidence; ``direct``: no route
    is looked for, as none is needed; empty: any."""
    direct: tuple[DirectRequest, ...] = ()
    """Whom to ask without any legal basis, beside the holder's own desks."""
    desk: str = ""
    """Which desk of the holder acts without any legal basis; empty: none."""
    home: str = ""
    """What it is at home; empty: as the table of acts says."""
    why: tuple[str, ...] = ()
    nationality: str = ""
    """Of the person asked for, where that is known."""
