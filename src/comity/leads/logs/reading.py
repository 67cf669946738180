"""Reads a log into a collector: what it names, with the event of each line, and what its clients did."""

from collections.abc import Iterator

from comity.leads.artifacts.decode import DecodedText
from comity.leads.collect import Collector
from comity.leads.extract import find_in_text
from comity.leads.logs.format import LogFormat
from comity.leads.logs.passage import LogPassage
from comity.leads.logs.visitors import Visitors
from comity.leads.model import ObservableKind


def read_log(
    decoded: DecodedText,
    form: LogFormat,
    *,
    artifact: str,
    collector: Collector,
    regions: tuple[str, ...],
    confirms: bool,
) -> None:
    """`confirms`: the log is evidence by itself, and not what somebody attached to a mail."""
    passage = LogPassage(decoded, form)
    for seen in find_in_text(passage.text, regions=regions):
        collector.add_sighting(seen, passage, artifact=artifact)
    visitors = Visitors(artifact=artifact)
    for number, line in _lines(decoded.text):
        entry = form.read(line)
        if entry:
            visitors.add(entry, f"line {number}")
    close_log(visitors, form.name, collector=collector, confirms=confirms)


def close_log(visitors: Visitors, form: str, *, collector: Collector, confirms: bool) -> None:
    """Tell what the clients of a log did."""
    for client, tags in visitors.tags():
        kind = ObservableKind.IPV6 if ":" in client else ObservableKind.IPV4
        collector.tag(kind, client, tags, logged=confirms)
    collector.findings.extend(visitors.findings(form=form))
    collector.deeds.extend(visitors.deeds if confirms else ())


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines with their numbers, as `LinedPassage` counts them."""
    number = start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        number += 1
        yield number, text[start:end].rstrip("\r")
        start = end + 1
