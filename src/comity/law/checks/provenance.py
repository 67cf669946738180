"""Where a fact comes from: every record has a source, a date and a confidence that agree."""

import re
from collections.abc import Iterator

import msgspec

from comity.law.cooperation import Cooperation
from comity.law.finding import Finding, error
from comity.law.instrument import Instrument, Record
from comity.law.reading import Reading
from comity.law.vocabulary import Confidence

MEMORY = "memory"
_URL = re.compile(r"https?://[^\s/?#<>\"{}|\\^`]+\.[^\s/?#<>\"{}|\\^`]{2,}(?:[/?#][^\s<>\"]*)?", re.ASCII)


def check_provenance(reading: Reading) -> Iterator[Finding]:
    """No record without source and date; what comes from memory says so and is of low confidence."""
    for place in reading.instruments:
        yield from _instrument(place.file, place.record)
    for work in reading.cooperation:
        yield from _cooperation(work.file, work.record)
    for row in reading.rows:
        yield from _sourced(row.file, row.row, row.record)
    for authority in reading.authorities:
        yield from _address(authority.file, authority.row, authority.record.public_url)
    for provider in reading.providers:
        for address in (provider.record.law_enforcement_url, provider.record.guidelines_url):
            yield from _address(provider.file, provider.row, address)


def _cooperation(file: str, work: Cooperation) -> Iterator[Finding]:
    yield from _document(file, work)
    for name in ("norms", "ratings"):
        for index, record in enumerate(getattr(work, name), 1):
            yield from _sourced(file, f"{name}[{index}]", record)


def _document(file: str, record: Instrument | Cooperation) -> Iterator[Finding]:
    if not record.source_urls:
        yield error(file, "source_urls", "no-source", "no source", "name the page or publication it comes from")
    for source in record.source_urls:
        yield from _source(file, "source_urls", source)
    if record.source_urls == (MEMORY,) and record.confidence is not Confidence.LOW:
        yield error(file, "confidence", "memory", "recalled, yet not of low confidence", "write confidence low")
    if not record.as_of:
        yield error(file, "as_of", "no-date", "no date", "say for which day the source speaks")


def _instrument(file: str, instrument: Instrument) -> Iterator[Finding]:
    yield from _document(file, instrument)
    for name in ("provisions", "reservations", "exclusions"):
        for index, record in enumerate(getattr(instrument, name), 1):
            yield from _sourced(file, f"{name}[{index}]", record)


def _sourced(file: str, row: str, record: Record) -> Iterator[Finding]:
    values = msgspec.structs.asdict(record)
    source = values["source_url"]
    yield from _source(file, row, source)
    if source == MEMORY and values["confidence"] is not Confidence.LOW:
        yield error(file, row, "memory", "recalled, yet not of low confidence", "write confidence low")
    if "as_of" in values and not values["as_of"]:
        yield error(file, row, "no-date", "no date", "say for which day the source speaks")


def _source(file: str, row: str, source: str) -> Iterator[Finding]:
    if not source:
        yield error(file, row, "no-source", "no source", "name the page or publication, or write 'memory'")
    elif source != MEMORY:
        yield from _address(file, row, source)


def _address(file: str, row: str, address: str) -> Iterator[Finding]:
    if address and not _URL.fullmatch(address):
        yield error(file, row, "address", f"{address!r} is no web address", "write it whole, with https://")
