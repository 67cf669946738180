"""References: every id that a record names is there."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from comity.law.declared import OF_NATIONALS
from comity.law.finding import Finding, error
from comity.law.instrument import Instrument
from comity.law.reading import Reading
from comity.law.vocabulary import Measure


def check_references(reading: Reading) -> Iterator[Finding]:
    """Parents, models, needed instruments, offences, measures and the instruments of authorities resolve."""
    ids = {place.record.id for place in reading.instruments if place.owner != "models"}
    models = {place.record.id for place in reading.instruments if place.owner == "models"}
    offences = {row.record.id for row in reading.offences}
    for place in reading.instruments:
        yield from _instrument(place.file, place.record, ids, models)
        yield from _confining(place.file, place.record, offences)
    for section in reading.national_offences:
        yield from _known(section.file, section.row, "offence", [section.record.offence_id], offences)
    for offence in reading.offences:
        yield from _known(offence.file, offence.row, "offence", offence.record.maps_to, offences)
    for authority in reading.authorities:
        record = authority.record
        yield from _known(authority.file, authority.row, "instrument", filter(None, [record.instrument]), ids)
        yield from _known(
            authority.file, authority.row, "measure", filter(None, record.measures.split(";")), set(Measure)
        )
    for rule in reading.grounds:
        yield from _known(rule.file, rule.row, "instrument", filter(None, [rule.record.instrument]), ids)
        yield from _known(rule.file, rule.row, "offence", rule.record.offences, offences)
    for duty in reading.consultations:
        yield from _known(duty.file, duty.row, "instrument", [duty.record.instrument], ids)
    for said in reading.positions:
        yield from _known(said.file, said.row, "instrument", [said.record.instrument], ids)
    for own in reading.nationals:
        yield from _known(own.file, own.row, "instrument", own.record.not_under, ids)
        yield from _known(own.file, own.row, "offence", own.record.not_offences, offences)
        yield from _known(own.file, own.row, "effect on nationals", [own.record.effect], OF_NATIONALS)
    yield from _texts(reading)
    for work in reading.cooperation:
        yield from _known(work.file, "instruments", "instrument", work.record.instruments, ids)
    yield from _circles(reading)
    yield from _leaning(reading)


def _texts(reading: Reading) -> Iterator[Finding]:
    sections = {(row.owner, row.record.law, row.record.section) for row in reading.national_offences}
    for text in reading.texts:
        if (text.owner, text.record.law, text.record.section) not in sections:
            problem = f"no offence of the state has the section {text.record.section!r} of {text.record.law!r}"
            yield error(text.file, text.row, "unknown-section", problem, "write law and section as offences.csv does")


def _instrument(file: str, instrument: Instrument, ids: set[str], models: set[str]) -> Iterator[Finding]:
    yield from _known(file, "parent", "instrument", filter(None, [instrument.parent]), ids - {instrument.id})
    yield from _known(file, "provisions_of", "model", filter(None, [instrument.provisions_of]), models)
    for index, provision in enumerate(instrument.provisions, 1):
        yield from _known(file, f"provisions[{index}].needs", "instrument", filter(None, [provision.needs]), ids)


def _confining(file: str, instrument: Instrument, offences: set[str]) -> Iterator[Finding]:
    for index, provision in enumerate(instrument.provisions, 1):
        yield from _known(file, f"provisions[{index}]", "offence", provision.only_offences, offences)


def _known(file: str, row: str, what: str, names: Iterable[str], known: Iterable[str]) -> Iterator[Finding]:
    choices = sorted(known)
    for name in names:
        if name not in choices:
            close = get_close_matches(name, choices, n=1)
            remedy = f"did you mean {close[0]!r}?" if close else f"add it, or name a {what} that is there"
            yield error(file, row, "reference", f"no {what} {name!r}", remedy)


def _circles(reading: Reading) -> Iterator[Finding]:
    """Offences that rest on each other, so that none rests on a treaty offence."""
    rests_on = {row.record.id: row.record.maps_to for row in reading.offences}
    for row in reading.offences:
        reached: set[str] = set()
        ahead = list(row.record.maps_to)
        while ahead:
            name = ahead.pop()
            if name not in reached:
                reached.add(name)
                ahead.extend(rests_on.get(name, ()))
        if row.record.id in reached:
            problem = f"{row.record.id!r} rests on itself through maps_to"
            yield error(row.file, row.row, "circle", problem, "take one link out")


def _leaning(reading: Reading) -> Iterator[Finding]:
    """Instruments that need each other for the same measure, so that neither could ever be judged."""
    leans_on: dict[tuple[str, str], set[str]] = {}
    for entry in reading.instruments:
        for provision in filter(lambda p: p.needs, entry.record.provisions):
            leans_on.setdefault((entry.record.id, provision.measure), set()).add(provision.needs)
    for entry in reading.instruments:
        for measure in dict.fromkeys(p.measure for p in entry.record.provisions if p.needs):
            if entry.record.id in _reached(entry.record.id, measure, leans_on):
                problem = f"{entry.record.id!r} needs itself for {measure}, through what it needs"
                yield error(entry.file, "provisions", "circle", problem, "take one `needs` out")


def _reached(start: str, measure: str, leans_on: dict[tuple[str, str], set[str]]) -> set[str]:
    reached: set[str] = set()
    ahead = list(leans_on.get((start, measure), ()))
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead.extend(leans_on.get((name, measure), ()))
    return reached
