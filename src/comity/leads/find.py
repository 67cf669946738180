"""From paths to leads: the front of this package."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from comity.leads.artifacts.folder import Refused, list_sources
from comity.leads.artifacts.source import data_source, unreadable
from comity.leads.collect import Collector
from comity.leads.errors import UnreadableInputError
from comity.leads.extract.phones import DEFAULT_REGIONS
from comity.leads.limits import DEFAULT_LIMITS, Limits
from comity.leads.logs.sending import match_mails
from comity.leads.model import (
    Artifact,
    ArtifactKind,
    Finding,
    Leads,
    MailReading,
    Observable,
    ObservableKind,
    Severity,
    Transfer,
)
from comity.leads.nexus import TieSources, tie
from comity.leads.read import EvidenceReader, Progress

NOTHING_FOUND = "artifact-tells-nothing"
_READ = frozenset({ArtifactKind.TEXT, ArtifactKind.TABLE, ArtifactKind.CHAT, ArtifactKind.LOG, ArtifactKind.HTML})


def find_leads(
    paths: Iterable[Path],
    *,
    texts: Iterable[tuple[str, str]] = (),
    sources: TieSources | None = None,
    limits: Limits = DEFAULT_LIMITS,
    regions: tuple[str, ...] = DEFAULT_REGIONS,
    progress: Progress = lambda label, size: None,
) -> Leads:
    """Everything that the files and folders at `paths` lead to, and `texts`, each with its label, as if each were one.

    `sources` are the data that tie observables to states; without them nothing is tied. `regions` are the states
    (ISO 3166) where telephone numbers without a country code are tried, in order. What cannot be read is a finding, and
    the rest is read; where there is no rest, its UnreadableInputError is raised, as it is for a path that is missing or
    holds nothing to read. LimitError and other LeadsErrors are raised for input that is too large or made to harm, so
    that nobody takes for read what an attacker kept from being read.
    """
    given = tuple(paths)
    collector = Collector(limits)
    reader = EvidenceReader(collector=collector, limits=limits, regions=regions, progress=progress)
    told = tuple(texts)
    _read_all(reader, given, alone=not told)
    for label, text in told:
        reader.read(data_source(text.encode(), label=label, name="text.txt"))
    _check_readable(collector, given)
    _match_logs(collector)
    collector.close()
    observables = tuple(collector.observables())
    mails, transfers = tuple(collector.mails), tuple(collector.transfers)
    silent = tuple(_silent(collector.artifacts, observables, mails=mails, transfers=transfers))
    if sources is not None:
        observables = tie(observables, sources=sources, mails=mails, transfers=transfers)
    return Leads(
        artifacts=tuple(collector.artifacts),
        observables=observables,
        findings=(*collector.findings, *silent),
        mails=mails,
        transfers=transfers,
    )


def _read_all(reader: EvidenceReader, paths: tuple[Path, ...], *, alone: bool) -> None:
    """Reads what can be read, and tells what cannot; where that is all there is (`alone`), its error is raised."""
    refused: list[Refused] = []
    read = 0
    for source in list_sources(paths):
        if isinstance(source, Refused):
            refused.append(source)
            continue
        try:
            reader.read(source)
            read += 1
        except UnreadableInputError as error:
            refused.append(Refused(label=source.label, error=error))
        except OSError as error:
            refused.append(Refused(label=source.label, error=unreadable(source.label, error)))
    if refused and alone and not read:
        raise refused[0].error
    collector = reader.collector
    for one in refused:
        artifact = next((known.id for known in collector.artifacts if known.path == one.label), "")
        message = f"Not (wholly) read; the rest was: {one.error}."
        collector.add_finding("artifact-unreadable", Severity.WARNING, artifact, one.label, message)


def _silent(
    artifacts: list[Artifact],
    observables: tuple[Observable, ...],
    *,
    mails: tuple[MailReading, ...],
    transfers: tuple[Transfer, ...],
) -> Iterator[Finding]:
    """What was read and told nothing: a person must look at it, lest it be taken for empty."""
    telling = {place.artifact for one in observables for place in one.places}
    telling |= {mail.artifact for mail in mails} | {transfer.artifact for transfer in transfers}
    telling |= {one.parent for one in artifacts if one.parent}
    for one in artifacts:
        if one.kind in _READ and not one.parent and not one.duplicate_of and one.id not in telling and one.size_bytes:
            message = (
                f"Read as {one.kind.value}, and no address, account, number or name was found in it: look at it "
                "yourself, for its layout may not be known."
            )
            yield Finding(code=NOTHING_FOUND, severity=Severity.WARNING, artifact=one.id, where="", message=message)


def _match_logs(collector: Collector) -> None:
    """Which clients of a server's log did something right before a mail was sent."""
    for sent in match_mails(collector.deeds, collector.mails):
        kind = ObservableKind.IPV6 if ":" in sent.deed.client else ObservableKind.IPV4
        collector.tag(kind, sent.deed.client, ("log-matches-mail",))
        collector.findings.append(sent.finding())


def _check_readable(collector: Collector, paths: tuple[Path, ...]) -> None:
    if all(artifact.kind is ArtifactKind.OTHER for artifact in collector.artifacts):
        raise UnreadableInputError(
            path=", ".join(str(path) for path in paths),
            problem="holds no artifact of a kind that can be read",
            remedy="give mails, texts, tables, web pages, PDFs, STIX bundles or zip archives of these",
        )
