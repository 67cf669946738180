"""Operations on the facts and plans of a case."""

from datetime import date, datetime
from typing import Annotated, Any

import msgspec
from django.http import HttpResponse
from ninja import Field, Router, Schema, Status

from comity.node.api.rules import Call, within_case
from comity.node.errors import HiddenError
from comity.node.people.roles import Right
from comity.node.plans.actions import FACTS_CHARS_MAX, ask_plan, save_facts
from comity.node.plans.models import Facts, PlanState, PlanVersion
from comity.node.plans.reads import find_done_plan, find_plan, newest_facts

router = Router(tags=["plans"])


class FactsOut(Schema):
    """The facts of a case: a case file (TOML)."""

    number: int
    text: str
    at: datetime
    note: str


class FactsIn(Schema):
    """New facts, in place of version `version` (0: the first)."""

    text: Annotated[str, Field(min_length=1, max_length=FACTS_CHARS_MAX)]
    version: Annotated[int, Field(ge=0)]
    note: Annotated[str, Field(max_length=300)] = ""


class PlanOut(Schema):
    """A plan, and how far it is."""

    number: int
    on: date
    state: PlanState
    asked_at: datetime
    done_at: datetime | None
    problem: str
    read_bytes: int
    total_bytes: int


@router.get("/{case_id}/facts", response=FactsOut, operation_id="read_facts")
@within_case(Right.CASE_READ)
def read_facts(request: Call, case_id: str) -> Facts:
    """The facts as they are now."""
    found = newest_facts(request.case)
    if found is None:
        raise HiddenError
    return found


@router.post("/{case_id}/facts", response={201: FactsOut}, operation_id="save_facts")
@within_case(Right.CASE_WORK)
def write_facts(request: Call, case_id: str, new: FactsIn) -> Status[Facts]:
    """Keep a new version of the facts."""
    made = save_facts(request.user, case=request.case, text=new.text, version=new.version, note=new.note)
    return Status(201, made)


@router.get("/{case_id}/plans", response=list[PlanOut], operation_id="list_plans")
@within_case(Right.CASE_READ)
def list_plans(request: Call, case_id: str) -> list[PlanVersion]:
    """The newest plans of the case."""
    return list(PlanVersion.objects.filter(case=request.case).defer("packed_plan", "packed_leads")[:100])


@router.post("/{case_id}/plans", response={202: PlanOut}, operation_id="ask_plan")
@within_case(Right.CASE_WORK)
def new_plan(request: Call, case_id: str) -> Status[PlanVersion]:
    """Have a plan made in the background; one that is under way is given back."""
    return Status(202, ask_plan(request.user, case=request.case))


@router.get("/{case_id}/plans/{number}", response=PlanOut, operation_id="read_plan")
@within_case(Right.CASE_READ)
def read_plan(request: Call, case_id: str, number: int) -> PlanVersion:
    """How far a plan is."""
    return find_plan(request.case, number)


@router.get("/{case_id}/plans/{number}/document", response={200: dict[str, Any]}, operation_id="read_plan_document")
@within_case(Right.CASE_READ)
def read_plan_document(request: Call, case_id: str, number: int) -> HttpResponse:
    """The plan itself, as `comity plan --json` prints it (schema: docs/formats.md)."""
    plan = find_done_plan(request.case, number).plan()
    return HttpResponse(msgspec.json.encode(plan), content_type="application/json")
