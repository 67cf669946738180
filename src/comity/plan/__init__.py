"""The case meets the law: who holds what, what to ask of each, in which order, by when, and what stands in the way.

A case is a folder with ``case.toml`` and evidence; its leads come from `comity.leads`, the law from `comity.law`:

>>> from datetime import date
>>> from comity.law import load_registry
>>> from comity.leads.model import Leads
>>> from comity.plan import make_plan, new_case_text, read_case
>>> registry = load_registry()
>>> case = read_case(new_case_text(), path="case.toml", registry=registry)
>>> plan = make_plan(case, Leads(artifacts=(), observables=(), findings=()), on=date(2026, 11, 24), registry=registry)
>>> plan.case.state, len(plan.steps)
('IN', 0)
"""

from comity.plan.case import Case
from comity.plan.casefile import CASE_FILE, read_case
from comity.plan.casetext import case_text
from comity.plan.days import check_day
from comity.plan.errors import CaseFileError, PlanDataError, PlanDayError, PlanError
from comity.plan.folder import (
    artifact_paths,
    check_report,
    check_writable,
    find_artifacts,
    new_case,
    new_case_text,
    open_case,
    write_whole,
)
from comity.plan.make import make_plan
from comity.plan.model import Plan
from comity.plan.placeholders import check_told
from comity.plan.planned import Planned, plan_folder

__all__ = [
    "CASE_FILE",
    "Case",
    "CaseFileError",
    "Plan",
    "PlanDataError",
    "PlanDayError",
    "PlanError",
    "Planned",
    "artifact_paths",
    "case_text",
    "check_day",
    "check_report",
    "check_told",
    "check_writable",
    "find_artifacts",
    "make_plan",
    "new_case",
    "new_case_text",
    "open_case",
    "plan_folder",
    "read_case",
    "write_whole",
]
