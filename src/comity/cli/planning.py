"""A case folder to its plan: what `comity plan` and `comity draft` do first."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from comity.law import Registry, load_registry
from comity.leads.model import Finding, Leads, Severity
from comity.plan import Case, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A case with its leads and its plan."""

    case: Case
    leads: Leads
    plan: Plan
    registry: Registry


def plan_folder(folder: Path, *, on: date, mmdb: Path | None, registry: Registry | None = None) -> Planned:
    """Reads the case and its evidence, with progress on the terminal where there is much of it, and plans it.

    ``registry``: the law to plan by; None: the data that ship.
    """
    from rich.console import Console

    from comity.cli.leadspage import progress_on
    from comity.leads.extract.phones import DEFAULT_REGIONS
    from comity.leads.find import find_leads
    from comity.leads.nexus import TieSources
    from comity.plan import case_text, check_day, check_told, find_artifacts, make_plan, new_case_text, open_case
    from comity.plan.casefile import CASE_FILE

    check_day(on)
    registry = registry or load_registry()
    case = open_case(folder, registry)
    found = find_artifacts(folder, case)
    if not found.readable:
        check_told(case, path=str(folder / CASE_FILE), template=new_case_text())
    regions = tuple(dict.fromkeys((case.requesting_state, *DEFAULT_REGIONS)))
    sources = TieSources(providers=registry.data.providers, user_database=mmdb)
    texts = () if found.readable else (case_text(case),)
    with progress_on(found.evidence, console=Console(stderr=True)) as progress:
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
