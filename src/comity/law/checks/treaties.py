"""Treaties between two parties: id, parties, and a status that agrees with the dates."""

import re
from collections.abc import Iterator

from comity.law.checks.dates import is_real
from comity.law.dates import span
from comity.law.finding import Finding, error, warning
from comity.law.instrument import Instrument
from comity.law.reading import Reading
from comity.law.vocabulary import EndKind, TreatyStatus


def check_treaties(reading: Reading) -> Iterator[Finding]:
    """Ids name their two parties alphabetically, and the status says what the dates say."""
    for place in reading.instruments:
        if place.owner == "bilateral":
            yield from _parties(place.file, place.record)
            yield from _year(place.file, place.record)
            yield from _status(place.file, place.record)
        if place.owner != "models":
            yield from _life(place.file, place.record)


def _parties(file: str, treaty: Instrument) -> Iterator[Finding]:
    if len(set(treaty.states)) != 2 or list(treaty.states) != sorted(treaty.states):
        problem = f"states are {', '.join(treaty.states) or 'missing'}"
        yield error(file, "states", "treaty-parties", problem, "name the two parties, alphabetically")
        return
    prefix = "-".join(treaty.states).lower() + "-"
    if not any(name.startswith(prefix) for name in (treaty.id, *treaty.aliases)):
        problem = f"neither id nor alias begins with {prefix!r}"
        yield error(file, "id", "treaty-id", problem, f"call it {prefix}{treaty.kind.value.replace('_', '-')}-YEAR")


def _year(file: str, treaty: Instrument) -> Iterator[Finding]:
    year = re.search(r"-(\d{4})$", treaty.id)
    years = {text[:4] for text in (treaty.signed_on, treaty.provisional_on, treaty.in_force_on) if text}
    if year and years and year[1] not in years:
        problem = f"the id says {year[1]}, the dates say {', '.join(sorted(years))}"
        yield warning(file, "id", "treaty-year", problem, "check the dates; the id stays once it is published")


def _status(file: str, treaty: Instrument) -> Iterator[Finding]:
    wrong = _contradiction(treaty)
    if wrong:
        yield error(file, "status", "status", f"status {treaty.status}, but {wrong}", "mend the status or the dates")


def _contradiction(treaty: Instrument) -> str:
    rules = {
        TreatyStatus.IN_FORCE: (not treaty.in_force_on, "no day of entry into force"),
        TreatyStatus.IN_FORCE_LISTED: (not treaty.in_force_by, "no in_force_by"),
        TreatyStatus.SIGNED_ONLY: (bool(treaty.in_force_on), "a day of entry into force"),
        TreatyStatus.NOT_IN_FORCE: (not treaty.not_in_force_as_of, "no not_in_force_as_of"),
        TreatyStatus.SUSPENDED: (treaty.end_kind is not EndKind.SUSPENDED, "end_kind is not suspended"),
        TreatyStatus.NONBINDING: (treaty.binding, "it is called binding"),
    }
    broken, problem = rules.get(treaty.status, (False, ""))
    return problem if broken else ""


def _life(file: str, instrument: Instrument) -> Iterator[Finding]:
    if bool(instrument.ended_on) != (instrument.end_kind is not EndKind.NONE):
        problem = "ended_on and end_kind belong together"
        yield error(file, "ended_on", "ending", problem, "give both or neither")
    if instrument.in_force_on and instrument.in_force_by:
        yield error(file, "in_force_by", "in-force-twice", "in_force_on is known", "take in_force_by out")
    since, last = instrument.in_force_on, instrument.not_in_force_as_of
    if is_real(since) and is_real(last) and span(since)[0] <= span(last)[1]:
        problem = f"in force from {since} and not in force on {last}"
        yield error(file, "not_in_force_as_of", "status", problem, "keep the one that the better source says")
