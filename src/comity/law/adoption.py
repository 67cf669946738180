"""Nothing binds before it was there: a treaty whose days of entry are not known is still known to be younger."""

from comity.law.dates import span
from comity.law.instrument import Instrument
from comity.law.standing import ALWAYS, Bound, Standing, Timeline


def since_adoption(instrument: Instrument, timeline: Timeline) -> Timeline:
    """The time line, but not bound on any day before the instrument was adopted or, failing that, signed."""
    first = instrument.adopted_on or instrument.signed_on
    if not first or timeline.standings[0].bound is Bound.NO:
        return timeline
    day = span(first)[0]
    before = Standing(bound=Bound.NO, why=f"there was no such instrument before {first}")
    later = tuple((start, s) for start, s in zip(timeline.starts, timeline.standings, strict=True) if start > day)
    steps = ((ALWAYS, before), (day, timeline.on(day)), *later)
    return Timeline(starts=tuple(start for start, _ in steps), standings=tuple(standing for _, standing in steps))
