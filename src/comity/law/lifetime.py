"""The whole life of a participation, worked out once: before entry, perhaps in force, in force, ended."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from comity.law.dates import span
from comity.law.entry import End, Entry, end_of, end_of_party, entry_of_instrument, entry_of_party, later, provisionally
from comity.law.instrument import Instrument, Participation, StateCode
from comity.law.standing import ALWAYS, Bound, Standing, Timeline, constant, timeline_of
from comity.law.vocabulary import Absence, Confidence, TreatyStatus


def _life(*, before: str, entry: Entry, end: End | None, row: Participation | None, low: bool) -> Timeline:
    """Before entry, perhaps in force, in force, ended."""
    steps: list[tuple[date, Standing]] = []
    closes_on = end.on if end else None
    opening = entry.latest if entry.latest is not None and not low else None
    start = Standing(bound=Bound.NO, why=before, opens_on=opening, row=row)
    perhaps = Standing(bound=Bound.UNKNOWN, why=f"{entry.text}: check it", closes_on=closes_on, row=row)
    if entry.earliest is None:
        steps.append((ALWAYS, perhaps))
    else:
        steps.append((ALWAYS, start))
        if entry.latest is None or entry.earliest < entry.latest:
            steps.append((entry.earliest, perhaps))
    if entry.latest is not None:
        certain = Bound.UNKNOWN if low else Bound.YES
        why = f"{entry.text}, by one weak source or memory: source it before relying on it" if low else entry.text
        standing = Standing(bound=certain, why=why, closes_on=closes_on, row=row, found=entry.found)
        steps.append((entry.latest, standing))
    if end is not None:
        steps += _ending(end, found=entry.latest if entry.found else None, row=row)
    return timeline_of(*steps)


def _ending(end: End, *, found: date | None, row: Participation | None) -> Iterator[tuple[date, Standing]]:
    """The end, and before it the days on which it may have come, but those on which a source found it in force."""
    doubtful = end.on if found is None else max(end.on, found + timedelta(days=1))
    if doubtful < end.surely_on:
        why = f"{end.text}; on which day was not sourced: check it"
        yield doubtful, Standing(bound=Bound.UNKNOWN, why=why, row=row)
    yield end.surely_on, Standing(bound=Bound.NO, why=end.text, row=row, saved=end.saved, saved_unsure=end.unsure)


def participation_timeline(instrument: Instrument, state: StateCode, row: Participation | None) -> Timeline:
    """The life of a state's participation in a multilateral instrument; `row` None: the table has no such row."""
    if row is None:
        return _without_row(instrument, state)
    if row.how == "unknown":
        return _unknown_until(end_of_party(instrument, row), row)
    if row.how == "excluded":
        return constant(Bound.NO, f"excluded by declaration (as of {row.as_of})", row)
    if not row.how:
        signed = f"signed on {row.signed_on}" if row.signed_on else "signed"
        return constant(Bound.NO, f"{signed} and not bound (as of {row.as_of})", row)
    if not instrument.in_force_on and instrument.not_in_force_as_of:
        return constant(Bound.NO, f"consented, but the instrument {_not_in_force(instrument)}", row)
    entry = later(entry_of_instrument(instrument), entry_of_party(instrument, row))
    return _life(
        before="not bound yet",
        entry=entry,
        end=end_of_party(instrument, row),
        row=row,
        low=Confidence.LOW in (row.confidence, instrument.confidence),
    )


def _unknown_until(end: End | None, row: Participation) -> Timeline:
    """Whether it is bound is not known, but perhaps from which day on it surely is not."""
    why = f"whether it is bound is not known (as of {row.as_of}): check it"
    unknown = Standing(bound=Bound.UNKNOWN, why=why, closes_on=end.on if end else None, row=row)
    if end is None:
        return timeline_of((ALWAYS, unknown))
    over = Standing(bound=Bound.NO, why=end.text, row=row, saved=end.saved, saved_unsure=end.unsure)
    return timeline_of((ALWAYS, unknown), (end.surely_on, over))


def _not_in_force(instrument: Instrument) -> str:
    return f"was not in force when last checked ({instrument.not_in_force_as_of})"


def _without_row(instrument: Instrument, state: StateCode) -> Timeline:
    if instrument.eligible and state not in instrument.eligible:
        return constant(Bound.NO, "not among the states that can take part")
    if not instrument.in_force_on and instrument.not_in_force_as_of:
        return constant(Bound.NO, f"not known to be a party, and the instrument {_not_in_force(instrument)}")
    if instrument.absence is Absence.NOT_PARTY:
        return constant(Bound.NO, f"not a party (as of {instrument.as_of})")
    return constant(Bound.UNKNOWN, f"not in our table, which is not complete (as of {instrument.as_of}): check it")


def _within_term(instrument: Instrument, timeline: Timeline) -> Timeline:
    """The same, but to be checked from the day on which its term ends."""
    if not instrument.term_ends_on:
        return timeline
    day = span(instrument.term_ends_on)[0]
    then = timeline.on(day)
    if then.bound is not Bound.YES:
        return timeline
    why = f"{then.why}; concluded for a term that ends on {instrument.term_ends_on} unless it is extended: check it"
    steps = tuple(zip(timeline.starts, timeline.standings, strict=True))
    doubt = Standing(bound=Bound.UNKNOWN, why=why, closes_on=then.closes_on, row=then.row)
    return timeline_of(*(s for s in steps if s[0] < day), (day, doubt), *(s for s in steps if s[0] > day))


def treaty_timeline(instrument: Instrument) -> Timeline:
    """The life of a bilateral treaty, which is the same for both of its parties."""
    end = end_of(instrument)
    signed = f"signed on {instrument.signed_on}" if instrument.signed_on else "signed"
    seen = instrument.in_force_on or instrument.in_force_by or instrument.status is TreatyStatus.UNKNOWN
    if instrument.status is TreatyStatus.NOT_IN_FORCE or (instrument.not_in_force_as_of and not seen):
        return constant(
            Bound.NO, f"not in force when last checked ({instrument.not_in_force_as_of or instrument.as_of})"
        )
    if instrument.status is TreatyStatus.SIGNED_ONLY and not instrument.in_force_on:
        return constant(Bound.NO, f"{signed} and not known to be in force (as of {instrument.as_of})")
    low = instrument.confidence is Confidence.LOW
    if instrument.in_force_on:
        entry = provisionally(instrument, entry_of_instrument(instrument))
        return _within_term(instrument, _life(before="not in force yet", entry=entry, end=end, row=None, low=low))
    start = span(instrument.signed_on)[0] if instrument.signed_on else None
    before = "not signed yet"
    if instrument.not_in_force_as_of:
        start = span(instrument.not_in_force_as_of)[0] + timedelta(days=1)
        before = f"not in force on {instrument.not_in_force_as_of} by what the source says"
    listed = bool(instrument.in_force_by) or instrument.status in (TreatyStatus.IN_FORCE, TreatyStatus.IN_FORCE_LISTED)
    known = f"listed as in force (on {instrument.in_force_by or instrument.as_of})" if listed else "known to exist"
    text = f"{known}, but the date of its entry into force was not sourced"
    # what a source found in force on a day was in force later on too, until an end is known
    found = span(instrument.in_force_by or instrument.as_of)[1] if listed else None
    entry = Entry(earliest=start, latest=found, text=text, found=True)
    if instrument.provisional_on:
        entry, before = provisionally(instrument, entry), "not applied yet"
    return _life(before=before, entry=entry, end=end, row=None, low=low)


def own_law_timeline(instrument: Instrument) -> Timeline:
    """The life of a state's own law: none before it was made, not known until a source found it in force."""
    if not (instrument.in_force_on or instrument.in_force_by):
        return constant(Bound.YES, "its own law gives it")
    entry = entry_of_instrument(instrument)
    if instrument.adopted_on and not instrument.in_force_on:
        entry = replace(entry, earliest=span(instrument.adopted_on)[0])
    return _life(before="its law did not give it yet", entry=entry, end=end_of(instrument), row=None, low=False)
