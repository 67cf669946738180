"""What is asked of the engine."""

from datetime import date

import msgspec

from comity.law.instrument import StateCode
from comity.law.vocabulary import Measure


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """One question: may `requesting` obtain `measure` from `requested`, and how?"""

    requesting: StateCode
    requested: StateCode
    measure: Measure
    on: date
    """The day as of which the answer holds."""
    offences: tuple[str, ...] = ()
    """Canonical offence ids; empty: the offence is not told."""
    urgent: bool = False
    received_on: date | None = None
    """The day on which the request was received, where it is under way already: an instrument that ended since may
    still carry it."""
    facts: dict[str, bool] = msgspec.field(default_factory=dict)
    """Facts that are known, by id (`fact.FACTS`); a fact that is not here is unknown."""
