"""From paths to leads: the front of this package."""

from collections.abc import Iterable
from pathlib import Path

from comity.leads.artifacts.folder import list_sources
from comity.leads.collect import Collector
from comity.leads.errors import UnreadableInputError
from comity.leads.extract.phones import DEFAULT_REGIONS
from comity.leads.limits import DEFAULT_LIMITS, Limits
from comity.leads.model import ArtifactKind, Leads
from comity.leads.nexus import TieSources, tie
from comity.leads.read import EvidenceReader, Progress


def find_leads(
    paths: Iterable[Path],
    *,
    sources: TieSources | None = None,
    limits: Limits = DEFAULT_LIMITS,
    regions: tuple[str, ...] = DEFAULT_REGIONS,
    progress: Progress = lambda label, size: None,
) -> Leads:
    """Everything that the files and folders at `paths` lead to.

    `sources` are the data that tie observables to states; without them nothing is tied. `regions` are the states
    (ISO 3166) where telephone numbers without a country code are tried, in order. Raises UnreadableInputError where a
    path is missing or holds nothing to read, LimitError and other LeadsErrors for input that is too large or made to
    harm.
    """
    given = tuple(paths)
    collector = Collector(limits)
    reader = EvidenceReader(collector=collector, limits=limits, regions=regions, progress=progress)
    for source in list_sources(given):
        reader.read(source)
    _check_readable(collector, given)
    collector.close()
    observables = tuple(collector.observables())
    mails, transfers = tuple(collector.mails), tuple(collector.transfers)
    if sources is not None:
        observables = tie(observables, sources=sources, mails=mails, transfers=transfers)
    return Leads(
        artifacts=tuple(collector.artifacts),
        observables=observables,
        findings=tuple(collector.findings),
        mails=mails,
        transfers=transfers,
    )


def _check_readable(collector: Collector, paths: tuple[Path, ...]) -> None:
    if all(artifact.kind is ArtifactKind.OTHER for artifact in collector.artifacts):
        raise UnreadableInputError(
            path=", ".join(str(path) for path in paths),
            problem="holds no artifact of a kind that can be read",
            remedy="give mails, texts, tables, web pages, PDFs, STIX bundles or zip archives of these",
        )
