"""The shipped case with its plan, and the briefs from which letters of it are drafted."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from comity.law import Registry, load_registry
from comity.leads.find import find_leads
from comity.leads.model import Leads
from comity.leads.nexus import TieSources
from comity.letters import Brief, Kind, brief_for
from comity.plan import Case, Plan, artifact_paths, make_plan, open_case

ON = date(2026, 11, 24)
FOLDER = Path(__file__).parents[2] / "examples" / "phishing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """The shipped case with its plan."""

    case: Case
    leads: Leads
    plan: Plan
    registry: Registry

    def step(self, measure: str, state: str, *, of: str = "") -> str:
        """The id of the first step that asks for a measure there; `of`: part of a value that it asks about."""
        return next(
            s.id
            for s in self.plan.steps
            if s.measure == measure and s.state == state and any(of in thing.value for thing in s.objects)
        )

    def brief_of(
        self, name: str, *, on: date = ON, instrument: str = "", kind: Kind | None = None, **changed: Any
    ) -> Brief:
        """The brief of a step by its id, or the mark of its reference, with other contents of the case file."""
        return brief_for(
            (name,),
            case=msgspec.structs.replace(self.case, **changed),
            plan=self.plan,
            registry=self.registry,
            on=on,
            transfers=self.leads.transfers,
            instrument=instrument,
            kind=kind,
        )

    def brief(
        self,
        measure: str,
        state: str,
        *,
        of: str = "",
        instrument: str = "",
        kind: Kind | None = None,
        **changed: Any,
    ) -> Brief:
        """The brief of the first step that asks for a measure there."""
        return self.brief_of(self.step(measure, state, of=of), instrument=instrument, kind=kind, **changed)


@cache
def shipped() -> Shipped:
    """Read and planned once."""
    registry = load_registry()
    case = open_case(FOLDER, registry)
    sources = TieSources(providers=registry.data.providers, user_database=None)
    leads = find_leads(artifact_paths(FOLDER, case), sources=sources, regions=("IN", "US", "GB"))
    return Shipped(case=case, leads=leads, plan=make_plan(case, leads, on=ON, registry=registry), registry=registry)
