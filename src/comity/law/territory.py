"""Territories that treaties reach through another state, or not at all.

``data/territories.csv``. That a state is bound does not say that its overseas territory is: some treaties reach a
territory with the state (Vienna Convention on the Law of Treaties art. 29), others only where they were extended to
it. What was declared for a territory under one instrument is a row of that instrument's table (``through``).
"""

from enum import StrEnum

from comity.law.dates import PartialDate
from comity.law.instrument import Instrument, Record, StateCode
from comity.law.standing import Bound, Standing, Timeline, constant, weaker
from comity.law.vocabulary import Confidence, InstrumentKind


class Reach(StrEnum):
    """How the treaties of the state that answers for a territory reach it, where nothing was declared."""

    WHOLE = "whole"  # with the state, as part of it
    EXTENSION = "extension"  # only where extended to it, treaties between two states too
    REGION = "region"  # shared treaties only where extended; those between two states it makes itself
    OWN = "own"  # through no other state


class Territory(Record, frozen=True, kw_only=True):
    """A place with a code of its own that is no state to every treaty office, and who answers for it."""

    code: StateCode
    through: StateCode = ""
    """The state whose participations can reach it; empty where `reach` is ``own``."""
    reach: Reach
    note: str = ""
    source_url: str
    as_of: PartialDate
    confidence: Confidence


NO_PARTY = constant(Bound.NO, "not in our table, and conventions are open to what their depositaries take for a State")


def is_no_party(instrument: Instrument, territory: Territory) -> bool:
    """Whether a place of disputed statehood, with no row of its own, takes no part: in conventions, unlike networks."""
    return territory.reach is Reach.OWN and instrument.kind in {InstrumentKind.CONVENTION, InstrumentKind.PROTOCOL}


def reached_timeline(instrument: Instrument, territory: Territory, of_state: Timeline) -> Timeline:
    """The standing of a territory that has no row of its own: whole as the state's, else at most unknown."""
    if territory.reach is Reach.WHOLE and territory.confidence is not Confidence.LOW:
        return _told(of_state, f"through {territory.through}")
    name = instrument.short_title or instrument.title
    doubt = f"whether {territory.through}'s part in {name} reaches it is not in our data: check it"
    return _told(weaker(constant(Bound.UNKNOWN, doubt), of_state), f"through {territory.through}", but=doubt)


def _told(timeline: Timeline, how: str, *, but: str = "") -> Timeline:
    """The same steps, each saying through whom."""
    return Timeline(starts=timeline.starts, standings=tuple(_said(s, how, but) for s in timeline.standings))


def _said(standing: Standing, how: str, but: str) -> Standing:
    if standing.why == but:
        return standing
    return Standing(
        bound=standing.bound,
        why=f"{standing.why} ({how})",
        opens_on=None if but else standing.opens_on,
        closes_on=standing.closes_on,
        row=standing.row,
        saved=standing.saved,
    )
