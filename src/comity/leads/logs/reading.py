"""Reads a log into a collector: what it names, with the event of each line, and what its clients did."""

from comity.leads.artifacts.decode import DecodedText
from comity.leads.collect import Collector
from comity.leads.extract import find_in_text
from comity.leads.logs.flow import OUTFLOW
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
    visitors = Visitors(artifact=artifact)
    passage = LogPassage(decoded, form, visitors)
    for seen in find_in_text(passage.text, regions=regions):
        collector.add_sighting(seen, passage, artifact=artifact)
    passage.finish()
    close_log(visitors, form.name, collector=collector, confirms=confirms)


def close_log(visitors: Visitors, form: str, *, collector: Collector, confirms: bool) -> None:
    """Tell what the clients of a log did."""
    for client, tags in visitors.tags():
        kind = ObservableKind.IPV6 if ":" in client else ObservableKind.IPV4
        collector.tag(kind, client, tags, logged=confirms)
    for target in visitors.outflows.targets():
        collector.tag(ObservableKind.IPV6 if ":" in target else ObservableKind.IPV4, target, (OUTFLOW,))
    collector.findings.extend(visitors.findings(form=form))
    collector.deeds.extend(visitors.deeds if confirms else ())
