"""When a participation begins and ends: by its own day, by its instrument's, or by the rule that computes it."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from comity.law.dates import span
from comity.law.instrument import EntryRule, ExitRule, Instrument, Participation
from comity.law.vocabulary import EndKind, InstrumentKind

#: A network, an organisation or a scheme is joined; it does not enter into force.
_WITHOUT_ENTRY = frozenset({InstrumentKind.NETWORK, InstrumentKind.ORGANISATION, InstrumentKind.SCHEME})
_PENDING_UNKNOWN = "whether requests received before are still dealt with was not sourced: ask the other side"


def computed_entry(deposit: date, rule: EntryRule) -> date:
    """The day on which a later party is bound after its deposit (for example CETS 185 art. 36(4), UNTOC art. 38(2))."""
    if rule.months:
        # "the first day of the month following the expiration of a period of three months after the date of deposit"
        return _months_after(deposit, rule.months, next_month=not rule.same_day)
    return deposit + timedelta(days=rule.days)


def computed_exit(notice: date, rule: ExitRule) -> date:
    """The first day on which a party is bound no more after its notice (for example CETS 185 art. 47(2))."""
    return _months_after(notice, rule.months, next_month=rule.next_month)


def _months_after(day: date, months: int, *, next_month: bool) -> date:
    """The day of that number, or the last that the month has; or the first day of the month that follows."""
    over, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + over, month + 1
    if next_month:
        return date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """When a participation begins: not before `earliest`, surely from `latest` on; None: not known."""

    earliest: date | None
    latest: date | None
    text: str
    found: bool = False
    """`latest` is the day for which a source speaks, not one on which the law changed."""


def entry_of_instrument(instrument: Instrument) -> Entry:
    if instrument.in_force_on:
        earliest, latest = span(instrument.in_force_on)
        return Entry(earliest=earliest, latest=latest, text=f"in force since {instrument.in_force_on}")
    if instrument.in_force_by:
        return _found_in_force(instrument.in_force_by)
    if instrument.kind in _WITHOUT_ENTRY:
        return Entry(earliest=date.min, latest=date.min, text="works without entry into force")
    return Entry(earliest=None, latest=None, text="its entry into force was not sourced")


def _found_in_force(by: str) -> Entry:
    text = f"in force on {by} by what the source says; the day of entry was not sourced"
    return Entry(earliest=None, latest=span(by)[1], text=text, found=True)


def provisionally(instrument: Instrument, entry: Entry) -> Entry:
    """Provisional application counts as being bound (Vienna Convention on the Law of Treaties art. 25)."""
    if not instrument.provisional_on:
        return entry
    first, last = span(instrument.provisional_on)
    text = f"applied provisionally since {instrument.provisional_on}; {entry.text}"
    return Entry(earliest=first, latest=last, text=text)


def entry_of_party(instrument: Instrument, row: Participation) -> Entry:
    if row.in_force_on:
        earliest, latest = span(row.in_force_on)
        return Entry(earliest=earliest, latest=latest, text=f"bound since {row.in_force_on}")
    rule = instrument.entry_rule
    if row.bound_on and rule is not None and (rule.days or rule.months):
        first, last = span(row.bound_on)
        earliest, latest = computed_entry(first, rule), computed_entry(last, rule)
        text = f"bound since {latest} (computed from the consent of {row.bound_on} by the instrument's own rule)"
        return Entry(earliest=earliest, latest=latest, text=text)
    if row.in_force_by:
        found = _found_in_force(row.in_force_by)
        return replace(found, earliest=span(row.bound_on)[0]) if row.bound_on else found
    if row.bound_on:
        first, last = span(row.bound_on)
        listed = span(row.as_of)[0] if row.as_of else None
        text = f"consented on {row.bound_on}; the day from which it is bound was not sourced"
        return Entry(earliest=first, latest=max(last, listed) if listed else None, text=text, found=True)
    listed = span(row.as_of)[1] if row.as_of else None
    text = f"listed as a party on {row.as_of}; the day from which it is bound was not sourced"
    return Entry(earliest=None, latest=listed, text=text, found=True)


def later(first: Entry, second: Entry) -> Entry:
    """Both must have begun."""
    earliest = max((d for d in (first.earliest, second.earliest) if d), default=None)
    if first.latest is None or second.latest is None:
        unknown = first if first.latest is None else second
        return Entry(earliest=earliest, latest=None, text=unknown.text)
    winner = first if first.latest > second.latest else second
    return Entry(earliest=earliest, latest=winner.latest, text=winner.text, found=winner.found)


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """When and how a participation ends, and the rule that saves what was received before."""

    on: date
    """The first day on which it may have ended."""
    surely_on: date
    """The first day on which it has; later than `on` where the day was not sourced."""
    text: str
    saved: str
    unsure: bool = False


def _end(ended_on: str, kind: EndKind, *, saves_pending: bool, note: str, unknown: bool = False) -> End | None:
    if not ended_on:
        return None
    verb = "suspended" if kind is EndKind.SUSPENDED else "ended"
    how = "" if kind in (EndKind.NONE, EndKind.SUSPENDED) else f" ({kind.value})"
    saved = (note or "requests received before are still dealt with") if saves_pending else ""
    first, last = span(ended_on)
    text = f"{verb} {'on' if first == last else 'in'} {ended_on}{how}"
    if unknown:
        pending = f"{text}; {_PENDING_UNKNOWN}"
        return End(on=first, surely_on=last, text=pending, saved=_PENDING_UNKNOWN, unsure=True)
    return End(on=first, surely_on=last, text=text, saved=saved)


def end_of_party(instrument: Instrument, row: Participation) -> End | None:
    """The party's own end, or the instrument's."""
    if row.ended_on:
        saves = row.saves_pending or instrument.saves_pending
        return _end(row.ended_on, row.end_kind, saves_pending=saves, note=instrument.saving_note)
    return end_of(instrument)


def end_of(instrument: Instrument) -> End | None:
    return _end(
        instrument.ended_on,
        instrument.end_kind,
        saves_pending=instrument.saves_pending,
        note=instrument.saving_note,
        unknown=instrument.pending_unknown,
    )
