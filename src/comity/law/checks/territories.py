"""Territories: each through one state, and only where that state takes part itself."""

from collections.abc import Iterator

from comity.law.finding import Finding, error
from comity.law.instrument import is_consent
from comity.law.reading import Placed, Reading
from comity.law.territory import Reach, Territory

_OF_A_TERRITORY = frozenset({"extension", "excluded"})


def check_territories(reading: Reading) -> Iterator[Finding]:
    """Every territory stands through a state that is none; every row for one agrees with its state's row."""
    territories = {place.record.code: place.record for place in reading.territories}
    for place in reading.territories:
        yield from _territory(place, territories)
    yield from _rows(reading, territories)


def _territory(place: Placed[Territory], territories: dict[str, Territory]) -> Iterator[Finding]:
    record = place.record
    if bool(record.through) == (record.reach is Reach.OWN):
        problem = f"reach {record.reach} through {record.through or 'nobody'}"
        yield error(place.file, place.row, "reach", problem, "name the state it belongs to, or write reach own")
    if record.through in territories:
        problem = f"{record.through} is a territory itself"
        yield error(place.file, place.row, "reach", problem, "name the state that answers for it")


def _rows(reading: Reading, territories: dict[str, Territory]) -> Iterator[Finding]:
    parties = {(row.owner, row.record.state) for row in reading.participations if is_consent(row.record)}
    for row in reading.participations:
        if row.record.how not in _OF_A_TERRITORY:
            continue
        through = territories[row.record.state].through if row.record.state in territories else ""
        if not through:
            problem = f"{row.record.how} of {row.record.state}, which territories.csv gives to no state"
            yield error(row.file, row.row, "through", problem, "add it there, or mend how it consented")
        elif (row.owner, through) not in parties:
            problem = f"{through} has not consented itself"
            yield error(row.file, row.row, "through", problem, "add its row, or take this one out")
