"""Participations against the instrument's own rules."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from comity.law.checks.dates import in_order, is_real
from comity.law.dates import span
from comity.law.entry import computed_entry
from comity.law.finding import Finding, error, warning
from comity.law.instrument import Instrument, Participation, is_consent
from comity.law.reading import Placed, Reading
from comity.law.vocabulary import Absence, EndKind

#: Treaty offices count the day of deposit or not, and move a day that falls on a holiday.
ENTRY_TOLERANCE_DAYS = 3

Row = Placed[Participation]


def check_parties(reading: Reading) -> Iterator[Finding]:
    """Parties may take part, entered when the rule says, and are parties of the parent too."""
    instruments = {place.record.id: place.record for place in reading.instruments}
    tables: dict[str, list[Row]] = defaultdict(list)
    for row in reading.participations:
        tables[row.owner].append(row)
    for owner, rows in tables.items():
        instrument = instruments.get(owner)
        if instrument is None:
            continue
        parent = instruments.get(instrument.parent)
        for row in rows:
            yield from _row(row, instrument)
            if parent is not None:
                yield from _parent(row, parent, tables.get(parent.id, []))
        yield from _periods(rows)
    yield from _groups(reading)


def _row(row: Row, instrument: Instrument) -> Iterator[Finding]:
    party = row.record
    if instrument.eligible and party.how != "excluded" and party.state not in instrument.eligible:
        yield error(
            row.file, row.row, "not-eligible", f"{party.state} is not among eligible", "mend the one or the other"
        )
    if party.in_force_on and party.in_force_by:
        yield error(row.file, row.row, "in-force-twice", "in_force_on is known", "take in_force_by out")
    if (party.in_force_on or party.in_force_by) and not is_consent(party):
        remedy = "say how it consented, or leave the day empty"
        yield error(row.file, row.row, "no-consent", f"in force for {party.state} without consent", remedy)
    if not in_order(instrument.in_force_on, party.in_force_on):
        problem = (
            f"in force for {party.state} on {party.in_force_on}, before the instrument on {instrument.in_force_on}"
        )
        yield error(row.file, row.row, "before-instrument", problem, "mend the wrong one of the two")
    if bool(party.ended_on) != (party.end_kind is not EndKind.NONE):
        yield error(row.file, row.row, "ending", "ended_on and end_kind belong together", "give both or neither")
    yield from _entry(row, instrument)


def _entry(row: Row, instrument: Instrument) -> Iterator[Finding]:
    party, rule = row.record, instrument.entry_rule
    bound, stated, own = _day(party.bound_on), _day(party.in_force_on), _day(instrument.in_force_on)
    if rule is None or not (rule.days or rule.months) or bound is None or stated is None or own is None:
        return
    expected = max(computed_entry(bound, rule), own)
    if abs((stated - expected).days) <= (ENTRY_TOLERANCE_DAYS if rule.days else 0):
        return
    problem = f"in force for {party.state} on {stated}; the rule gives {expected} for a consent of {bound}"
    yield warning(row.file, row.row, "entry-rule", problem, "check both dates in the source")


def _day(text: str) -> date | None:
    """The day, where the text names one."""
    return span(text)[0] if len(text) == 10 and is_real(text) else None


def _parent(row: Row, parent: Instrument, rows: list[Row]) -> Iterator[Finding]:
    if not is_consent(row.record):
        return
    state = row.record.state
    found = [item.record for item in rows if item.record.state == state and is_consent(item.record)]
    if not found:
        tell = error if parent.absence is Absence.NOT_PARTY else warning
        yield tell(
            row.file, row.row, "no-parent", f"{state} is no party to {parent.id}", "add it there, or mend it here"
        )
    elif not any(in_order(item.in_force_on, row.record.in_force_on) for item in found):
        problem = f"in force for {state} before {parent.id} ({found[0].in_force_on})"
        yield error(row.file, row.row, "before-parent", problem, "mend the wrong one of the two")


def _periods(rows: list[Row]) -> Iterator[Finding]:
    last: dict[str, Row] = {}
    for row in rows:
        state = row.record.state
        before = last.get(state)
        if before is not None and not _follows(before.record.ended_on, row.record.in_force_on):
            problem = f"{state} stands here since {before.row} already"
            yield error(row.file, row.row, "duplicate", problem, "keep one row for each period")
        last[state] = row


def _follows(ended: str, begins: str) -> bool:
    return bool(ended and begins) and in_order(ended, begins) and ended <= begins


def _groups(reading: Reading) -> Iterator[Finding]:
    last: dict[tuple[str, str], tuple[str, str]] = {}
    for row in reading.memberships:
        key = (row.owner, row.record.state)
        if key in last and not _follows(last[key][1], row.record.from_on):
            problem = f"{row.record.state} stands here since {last[key][0]} already"
            yield error(row.file, row.row, "duplicate", problem, "keep one row for each period, in their order")
        last[key] = (row.row, row.record.to_on)
