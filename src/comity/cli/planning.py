"""A case folder to its plan: what `comity plan` and `comity draft` do first."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from comity.law import Registry, load_registry
from comity.leads.model import Leads
from comity.plan import Case, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A case with its leads and its plan."""

    case: Case
    leads: Leads
    plan: Plan
    registry: Registry


def plan_folder(folder: Path, *, on: date, mmdb: Path | None) -> Planned:
    """Reads the case and its evidence, with progress on the terminal where there is much of it, and plans it."""
    from rich.console import Console

    from comity.cli.leadspage import progress_on
    from comity.leads.extract.phones import DEFAULT_REGIONS
    from comity.leads.find import find_leads
    from comity.leads.nexus import TieSources
    from comity.plan import artifact_paths, make_plan, open_case

    registry = load_registry()
    case = open_case(folder, registry)
    paths = artifact_paths(folder, case)
    regions = tuple(dict.fromkeys((case.requesting_state, *DEFAULT_REGIONS)))
    sources = TieSources(providers=registry.data.providers, user_database=mmdb)
    with progress_on(paths, console=Console(stderr=True)) as progress:
        found = find_leads(paths, sources=sources, regions=regions, progress=progress)
    made = make_plan(case, found, on=on, registry=registry)
    return Planned(case=case, leads=found, plan=made, registry=registry)
