"""How one state stands to one instrument, day by day.

The whole life of a participation is worked out once, as a `Timeline`: steps that begin on a day and last until the
next begins. A question about a day is then a look-up, and a time line for people is the same steps read aloud.
"""

from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum

from comity.law.dates import span
from comity.law.instrument import EntryRule, ExitRule, Instrument, Participation, StateCode
from comity.law.vocabulary import Absence, Confidence, EndKind, InstrumentKind, TreatyStatus

ALWAYS = date.min

#: A network, an organisation or a scheme is joined; it does not enter into force.
_WITHOUT_ENTRY = frozenset({InstrumentKind.NETWORK, InstrumentKind.ORGANISATION, InstrumentKind.SCHEME})


class Bound(IntEnum):
    """Whether a state is bound; ordered, so that the weaker of two is the smaller."""

    NO = 0
    UNKNOWN = 1
    YES = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Standing:
    """How a state stands to an instrument from one day on; compared by identity, because it is shared."""

    bound: Bound
    why: str
    """A clause that follows the state's name: ``is bound since 2004-07-01``."""
    opens_on: date | None = None
    """Not bound yet, but known to be from this day."""
    closes_on: date | None = None
    """Bound now, but known to end on this day."""
    row: Participation | None = None
    saved: str = ""
    """Ended, but this rule keeps requests alive that were received before the end."""
    saved_unsure: bool = False
    """Whether `saved` keeps them alive was not sourced."""
    found: bool = False
    """Begins on the day for which a source speaks: the law did not change on it, our knowledge did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Standings in order of the day on which each begins; the first begins with time itself."""

    starts: tuple[date, ...]
    standings: tuple[Standing, ...]

    def on(self, day: date) -> Standing:
        """The standing on a day."""
        return self.standings[bisect_right(self.starts, day) - 1]


def _steps(*steps: tuple[date, Standing]) -> Timeline:
    """A timeline out of steps; a later step with an earlier or equal day replaces what it overtakes."""
    kept: list[tuple[date, Standing]] = []
    for day, standing in steps:
        while kept and kept[-1][0] >= day:
            kept.pop()
        kept.append((day, standing))
    if kept[0][0] != ALWAYS:
        kept.insert(0, (ALWAYS, kept[0][1]))
    return Timeline(starts=tuple(day for day, _ in kept), standings=tuple(standing for _, standing in kept))


def computed_entry(deposit: date, rule: EntryRule) -> date:
    """The day on which a later party is bound after its deposit (for example CETS 185 art. 36(4), UNTOC art. 38(2))."""
    if rule.months:
        month = deposit.month - 1 + rule.months
        # "the first day of the month following the expiration of a period of three months after the date of deposit"
        return date(deposit.year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return deposit + timedelta(days=rule.days)


def computed_exit(notice: date, rule: ExitRule) -> date:
    """The first day on which a party is bound no more after its notice (for example CETS 185 art. 47(2))."""
    month = notice.month - 1 + rule.months
    year, month = notice.year + month // 12, month % 12 + 1
    if rule.next_month:
        return date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(notice.day, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """When a participation begins: not before `earliest`, surely from `latest` on; None: not known."""

    earliest: date | None
    latest: date | None
    text: str
    found: bool = False
    """`latest` is the day for which a source speaks, not one on which the law changed."""


def _entry_of_instrument(instrument: Instrument) -> _Entry:
    if instrument.in_force_on:
        earliest, latest = span(instrument.in_force_on)
        return _Entry(earliest=earliest, latest=latest, text=f"in force since {instrument.in_force_on}")
    if instrument.in_force_by:
        return _found_in_force(instrument.in_force_by)
    if instrument.kind in _WITHOUT_ENTRY:
        return _Entry(earliest=date.min, latest=date.min, text="works without entry into force")
    return _Entry(earliest=None, latest=None, text="its entry into force was not sourced")


def _found_in_force(by: str) -> _Entry:
    text = f"in force on {by} by what the source says; the day of entry was not sourced"
    return _Entry(earliest=None, latest=span(by)[1], text=text, found=True)


def _provisionally(instrument: Instrument, entry: _Entry) -> _Entry:
    """Provisional application counts as being bound (Vienna Convention on the Law of Treaties art. 25)."""
    if not instrument.provisional_on:
        return entry
    first, last = span(instrument.provisional_on)
    text = f"applied provisionally since {instrument.provisional_on}; {entry.text}"
    return _Entry(earliest=first, latest=last, text=text)


def _entry_of_party(instrument: Instrument, row: Participation) -> _Entry:
    if row.in_force_on:
        earliest, latest = span(row.in_force_on)
        return _Entry(earliest=earliest, latest=latest, text=f"bound since {row.in_force_on}")
    rule = instrument.entry_rule
    if row.bound_on and rule is not None and (rule.days or rule.months):
        first, last = span(row.bound_on)
        earliest, latest = computed_entry(first, rule), computed_entry(last, rule)
        text = f"bound since {latest} (computed from the consent of {row.bound_on} by the instrument's own rule)"
        return _Entry(earliest=earliest, latest=latest, text=text)
    if row.in_force_by:
        found = _found_in_force(row.in_force_by)
        return replace(found, earliest=span(row.bound_on)[0]) if row.bound_on else found
    if row.bound_on:
        first, last = span(row.bound_on)
        listed = span(row.as_of)[0] if row.as_of else None
        text = f"consented on {row.bound_on}; the day from which it is bound was not sourced"
        return _Entry(earliest=first, latest=max(last, listed) if listed else None, text=text, found=True)
    listed = span(row.as_of)[1] if row.as_of else None
    text = f"listed as a party on {row.as_of}; the day from which it is bound was not sourced"
    return _Entry(earliest=None, latest=listed, text=text, found=True)


def _later(first: _Entry, second: _Entry) -> _Entry:
    """Both must have begun."""
    earliest = max((d for d in (first.earliest, second.earliest) if d), default=None)
    if first.latest is None or second.latest is None:
        unknown = first if first.latest is None else second
        return _Entry(earliest=earliest, latest=None, text=unknown.text)
    winner = first if first.latest > second.latest else second
    return _Entry(earliest=earliest, latest=winner.latest, text=winner.text, found=winner.found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _End:
    """When and how a participation ends, and the rule that saves what was received before."""

    on: date
    text: str
    saved: str
    unsure: bool = False


_PENDING_UNKNOWN = "whether requests received before are still dealt with was not sourced: ask the other side"


def _end(ended_on: str, kind: EndKind, *, saves_pending: bool, note: str, unknown: bool = False) -> _End | None:
    if not ended_on:
        return None
    verb = "suspended" if kind is EndKind.SUSPENDED else "ended"
    how = "" if kind in (EndKind.NONE, EndKind.SUSPENDED) else f" ({kind.value})"
    saved = (note or "requests received before are still dealt with") if saves_pending else ""
    if unknown:
        return _End(
            on=span(ended_on)[0],
            text=f"{verb} on {ended_on}{how}; {_PENDING_UNKNOWN}",
            saved=_PENDING_UNKNOWN,
            unsure=True,
        )
    return _End(on=span(ended_on)[0], text=f"{verb} on {ended_on}{how}", saved=saved)


def _life(*, before: str, entry: _Entry, end: _End | None, row: Participation | None, low: bool) -> Timeline:
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
        why = f"{entry.text}, from memory only: source it before relying on it" if low else entry.text
        standing = Standing(bound=certain, why=why, closes_on=closes_on, row=row, found=entry.found)
        steps.append((entry.latest, standing))
    if end is not None:
        ended = Standing(bound=Bound.NO, why=end.text, row=row, saved=end.saved, saved_unsure=end.unsure)
        steps.append((end.on, ended))
    return _steps(*steps)


def constant(bound: Bound, why: str, row: Participation | None = None) -> Timeline:
    """A standing that never changes."""
    return _steps((ALWAYS, Standing(bound=bound, why=why, row=row)))


def followed_by(first: Timeline, second: Timeline) -> Timeline:
    """A later period after an earlier one: the second's from the day on which it begins."""
    begins = second.starts[1] if len(second.starts) > 1 else ALWAYS
    kept = tuple((day, standing) for day, standing in zip(first.starts, first.standings, strict=True) if day < begins)
    later = tuple(zip(second.starts[1:], second.standings[1:], strict=True))
    return _steps(*kept, *later)


def weaker(first: Timeline, second: Timeline) -> Timeline:
    """On each day the weaker of two standings; the first's where they are equal."""
    days = tuple(sorted({*first.starts, *second.starts}))
    return Timeline(
        starts=days, standings=tuple(min(first.on(day), second.on(day), key=lambda s: s.bound) for day in days)
    )


def participation_timeline(instrument: Instrument, state: StateCode, row: Participation | None) -> Timeline:
    """The life of a state's participation in a multilateral instrument; `row` None: the table has no such row."""
    if row is None:
        return _without_row(instrument, state)
    if row.how == "unknown":
        return _unknown_until(_end_of_party(instrument, row), row)
    if row.how == "excluded":
        return constant(Bound.NO, f"excluded by declaration (as of {row.as_of})", row)
    if not row.how:
        signed = f"signed on {row.signed_on}" if row.signed_on else "signed"
        return constant(Bound.NO, f"{signed} and not bound (as of {row.as_of})", row)
    if not instrument.in_force_on and instrument.not_in_force_as_of:
        return constant(Bound.NO, f"consented, but the instrument {_not_in_force(instrument)}", row)
    entry = _later(_entry_of_instrument(instrument), _entry_of_party(instrument, row))
    return _life(
        before="not bound yet",
        entry=entry,
        end=_end_of_party(instrument, row),
        row=row,
        low=Confidence.LOW in (row.confidence, instrument.confidence),
    )


def _unknown_until(end: _End | None, row: Participation) -> Timeline:
    """Whether it is bound is not known, but perhaps from which day on it surely is not."""
    why = f"whether it is bound is not known (as of {row.as_of}): check it"
    unknown = Standing(bound=Bound.UNKNOWN, why=why, closes_on=end.on if end else None, row=row)
    if end is None:
        return _steps((ALWAYS, unknown))
    over = Standing(bound=Bound.NO, why=end.text, row=row, saved=end.saved, saved_unsure=end.unsure)
    return _steps((ALWAYS, unknown), (end.on, over))


def _end_of_party(instrument: Instrument, row: Participation) -> _End | None:
    """The party's own end, or the instrument's."""
    if row.ended_on:
        saves = row.saves_pending or instrument.saves_pending
        return _end(row.ended_on, row.end_kind, saves_pending=saves, note=instrument.saving_note)
    return _end_of(instrument)


def _end_of(instrument: Instrument) -> _End | None:
    return _end(
        instrument.ended_on,
        instrument.end_kind,
        saves_pending=instrument.saves_pending,
        note=instrument.saving_note,
        unknown=instrument.pending_unknown,
    )


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
    return _steps(*(s for s in steps if s[0] < day), (day, doubt), *(s for s in steps if s[0] > day))


def treaty_timeline(instrument: Instrument) -> Timeline:
    """The life of a bilateral treaty, which is the same for both of its parties."""
    end = _end_of(instrument)
    signed = f"signed on {instrument.signed_on}" if instrument.signed_on else "signed"
    never = instrument.not_in_force_as_of and not (instrument.in_force_on or instrument.in_force_by)
    if instrument.status is TreatyStatus.NOT_IN_FORCE or never:
        return constant(
            Bound.NO, f"not in force when last checked ({instrument.not_in_force_as_of or instrument.as_of})"
        )
    if instrument.status is TreatyStatus.SIGNED_ONLY and not instrument.in_force_on:
        return constant(Bound.NO, f"{signed} and not known to be in force (as of {instrument.as_of})")
    low = instrument.confidence is Confidence.LOW
    if instrument.in_force_on:
        entry = _provisionally(instrument, _entry_of_instrument(instrument))
        return _within_term(instrument, _life(before="not in force yet", entry=entry, end=end, row=None, low=low))
    start = span(instrument.signed_on)[0] if instrument.signed_on else None
    before = "not signed yet"
    if instrument.not_in_force_as_of:
        start = span(instrument.not_in_force_as_of)[0] + timedelta(days=1)
        before = f"not in force on {instrument.not_in_force_as_of} by what the source says"
    listed = instrument.status in (TreatyStatus.IN_FORCE, TreatyStatus.IN_FORCE_LISTED)
    known = f"listed as in force (on {instrument.in_force_by or instrument.as_of})" if listed else "known to exist"
    text = f"{known}, but the date of its entry into force was not sourced"
    # what a source found in force on a day was in force later on too, until an end is known
    found = span(instrument.in_force_by or instrument.as_of)[1] if listed else None
    entry = _Entry(earliest=start, latest=found, text=text, found=True)
    return _life(before=before, entry=entry, end=end, row=None, low=low)


def own_law_timeline(instrument: Instrument) -> Timeline:
    """The life of a state's own law: none before it was made, not known until a source found it in force."""
    if not (instrument.in_force_on or instrument.in_force_by):
        return constant(Bound.YES, "its own law gives it")
    entry = _entry_of_instrument(instrument)
    if instrument.adopted_on and not instrument.in_force_on:
        entry = replace(entry, earliest=span(instrument.adopted_on)[0])
    return _life(before="its law did not give it yet", entry=entry, end=_end_of(instrument), row=None, low=False)
