"""A case folder to its plan: its facts, the leads in its evidence, and what to do with both."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from comity.law import Registry
from comity.leads.model import Finding, Leads, Severity
from comity.plan.case import EVERYTHING, Case
from comity.plan.casefile import CASE_FILE
from comity.plan.casetext import case_text
from comity.plan.days import check_day
from comity.plan.folder import find_artifacts, new_case_text, open_case
from comity.plan.make import make_plan
from comity.plan.model import Plan
from comity.plan.placeholders import check_told

Progress = Callable[[str, int], None]
"""Told the name of what is read, and how many bytes of it were."""
Watching = Callable[[tuple[Path, ...]], AbstractContextManager[Progress]]
"""Given what will be read, it is told of the reading while it goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A case with its leads and its plan."""

    case: Case
    leads: Leads
    plan: Plan
    registry: Registry


def _unwatched(_evidence: tuple[Path, ...]) -> AbstractContextManager[Progress]:
    return nullcontext(lambda label, size: None)


def plan_folder(
    folder: Path,
    *,
    on: date,
    registry: Registry,
    mmdb: Path | None = None,
    watching: Watching = _unwatched,
    everything: bool = False,
) -> Planned:
    """The case in `folder`, its leads and its plan as of a day; nothing is written.

    `mmdb`: a database of networks that the user brings. `everything`: all files are read, whatever the case file names.
    What cannot be read raises the errors of `comity.plan` and
    `comity.leads`.
    """
    from comity.leads.extract.phones import DEFAULT_REGIONS
    from comity.leads.find import find_leads
    from comity.leads.nexus import TieSources

    check_day(on)
    case = open_case(folder, registry)
    if everything:
        case = msgspec.structs.replace(case, artifacts=EVERYTHING)
    found = find_artifacts(folder, case)
    if not found.readable:
        check_told(case, path=str(folder / CASE_FILE), template=new_case_text())
    regions = tuple(dict.fromkeys((case.requesting_state, *DEFAULT_REGIONS)))
    sources = TieSources(providers=registry.data.providers, user_database=mmdb)
    texts = () if found.readable else (case_text(case),)
    with watching(found.evidence) as progress:
        leads = find_leads(found.evidence, texts=texts, sources=sources, regions=regions, progress=progress)
    leads = _with_outputs(_within(leads, folder), found.outputs, folder)
    made = make_plan(case, leads, on=on, registry=registry)
    return Planned(case=case, leads=leads, plan=made, registry=registry)


def _within(leads: Leads, folder: Path) -> Leads:
    """The leads with paths below the case folder: where that stands on this machine is nobody's business."""
    above = f"{folder.as_posix().rstrip('/')}/"
    artifacts = tuple(
        msgspec.structs.replace(artifact, path=artifact.path.removeprefix(above)) for artifact in leads.artifacts
    )
    return msgspec.structs.replace(leads, artifacts=artifacts)


def _with_outputs(leads: Leads, outputs: tuple[Path, ...], folder: Path) -> Leads:
    """The leads with a finding for each file that was passed over because Comity wrote it."""
    findings = tuple(
        Finding(
            code="own-output",
            severity=Severity.NOTICE,
            artifact="",
            where=str(path.relative_to(folder)),
            message="Comity wrote this file: it is not read as evidence. Where it is evidence all the same, name it "
            "by its whole path in the case file's artifacts",
        )
        for path in outputs
    )
    return msgspec.structs.replace(leads, findings=(*leads.findings, *findings))
