"""Dates: real days, in order. A partial date is out of order only if no day that it can mean is in order."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from comity.law.dates import span
from comity.law.finding import Finding, error
from comity.law.instrument import Instrument, Record
from comity.law.reading import Reading

#: Fields that must not run backwards, in their order.
_INSTRUMENT = ("adopted_on", "signed_on", "provisional_on", "in_force_on", "in_force_by", "ended_on")
_PARTICIPATION = ("signed_on", "bound_on", "in_force_on", "in_force_by", "ended_on")
_PERIODS = {
    "Membership": ("from_on", "to_on"),
    "Exclusion": ("from_on", "to_on"),
    "Reservation": ("made_on", "withdrawn_on"),
    "NationalOffence": ("in_force_from", "in_force_to"),
    "SectionText": ("in_force_from", "in_force_to"),
    "NationalsRule": ("in_force_from", "in_force_to"),
}


def check_dates(reading: Reading) -> Iterator[Finding]:
    """Every date exists in the calendar, and no record's dates run backwards."""
    for place in reading.instruments:
        yield from _record_dates(place.file, "", place.record, _INSTRUMENT)
        for row, record in _nested(place.record):
            yield from _record_dates(place.file, row, record, _PERIODS.get(type(record).__name__, ()))
    for party in reading.participations:
        yield from _record_dates(party.file, party.row, party.record, _PARTICIPATION)
    for other in (*reading.memberships, *reading.national_offences, *reading.texts, *reading.nationals):
        yield from _record_dates(other.file, other.row, other.record, _PERIODS[type(other.record).__name__])
    for undated in (*reading.authorities, *reading.offences, *reading.providers, *reading.territories):
        yield from _record_dates(undated.file, undated.row, undated.record, ())
    for said in reading.positions:
        yield from _record_dates(said.file, said.row, said.record, ("said_on", "as_of"))
    for work in reading.cooperation:
        yield from _record_dates(work.file, "", work.record, ("since", "ended_on"))


def is_real(text: str) -> bool:
    """Whether a partial date exists in the calendar."""
    try:
        span(text)
    except ValueError:
        return False
    return True


def in_order(earlier: str, later: str) -> bool:
    """Whether some days that the two can mean stand in this order; empty or unreal dates never contradict."""
    if not (is_real(earlier) and is_real(later)):
        return True
    return span(earlier)[0] <= span(later)[1]


def _nested(instrument: Instrument) -> Iterator[tuple[str, Record]]:
    for index, reservation in enumerate(instrument.reservations, 1):
        yield f"reservations[{index}]", reservation
    for index, exclusion in enumerate(instrument.exclusions, 1):
        yield f"exclusions[{index}]", exclusion
    for index, provision in enumerate(instrument.provisions, 1):
        yield f"provisions[{index}]", provision


def _record_dates(file: str, row: str, record: Record, order: Sequence[str]) -> Iterator[Finding]:
    values = {name: value for name, value in msgspec.structs.asdict(record).items() if _is_date_field(name) and value}
    for name, value in values.items():
        if not is_real(value):
            problem = f"{name} {value!r} is not in the calendar"
            yield error(file, row, "date-unreal", problem, "write YYYY-MM-DD, YYYY-MM or YYYY")
    dated = [name for name in order if name in values]
    for earlier, later in pairwise(dated):
        if not in_order(values[earlier], values[later]):
            problem = f"{earlier} {values[earlier]} is after {later} {values[later]}"
            yield error(file, row, "date-order", problem, "mend the wrong one of the two, with its source")


def _is_date_field(name: str) -> bool:
    return name.endswith("_on") or name in {"since", "as_of", "in_force_by", "in_force_from", "in_force_to"}
