"""Operations on what ties a case together, what changed between plans, and what people tell of both."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from django.http import HttpResponse
from ninja import Field, Query, Router, Schema, Status

from comity.leads import Role
from comity.node.api.evidence import ArtifactOut
from comity.node.api.fields import Version
from comity.node.api.plans import FactsOut
from comity.node.api.rules import Call, within_case
from comity.node.artifacts.actions import add_note
from comity.node.artifacts.models import Artifact
from comity.node.errors import HiddenError
from comity.node.people.roles import Right
from comity.node.plans import actions
from comity.node.plans.changes import compare
from comity.node.plans.models import Facts
from comity.node.plans.picture import draw
from comity.node.plans.reads import find_done_plan, plan_before
from comity.node.plans.relations import find
from comity.plan.report import render

router = Router(tags=["plans"])
State = Annotated[str, Field(pattern="^([A-Z]{2})?$")]
Short = Annotated[str, Field(max_length=300)]


class FactsVersion(Schema):
    """The facts as somebody told them."""

    number: int
    at: datetime
    by: str
    note: str

    @staticmethod
    def resolve_by(row: Facts) -> str:
        """The user name."""
        return row.by.username


class ChangedStep(Schema):
    """A step that two plans have and say something else of."""

    before: str
    """Its id in the plan before."""
    after: str
    title: str
    what: list[str]


class ChangesOut(Schema):
    """From the plan before to this one."""

    added: list[str]
    """Ids of steps."""
    removed: list[str]
    """Ids of steps of the plan before."""
    changed: list[ChangedStep]


class Sought(Schema):
    """What of the picture; empty: all of it."""

    of: Annotated[str, Field(max_length=2000, description="`id` of a mark")] = ""


class TieIn(Schema):
    """Who has a thing, as a person knows it."""

    value: Annotated[str, Field(min_length=1, max_length=400)]
    why: Annotated[str, Field(min_length=1, max_length=300)]
    state: State = ""
    """ISO 3166 code; empty: none can be told."""
    holder: Annotated[str, Field(max_length=200)] = ""
    role: Role | None = None


class UninvolvedIn(Schema):
    """Who has nothing to do with the offence."""

    value: Annotated[str, Field(min_length=1, max_length=400)]
    who: Annotated[str, Field(min_length=1, max_length=300)]


class EvidenceNote(Schema):
    """What a person knows and no file shows."""

    text: Annotated[str, Field(min_length=1, max_length=1_000_000)]


@router.get("/{case_id}/facts/versions", response=list[FactsVersion], operation_id="list_facts_versions")
@within_case(Right.CASE_READ)
def list_facts_versions(request: Call, case_id: str) -> list[Facts]:
    """Who told which facts, the newest first."""
    return list(Facts.objects.filter(case=request.case).select_related("by").order_by("-number").defer("text")[:500])


@router.get("/{case_id}/facts/versions/{number}", response=FactsOut, operation_id="read_facts_version")
@within_case(Right.CASE_READ)
def read_facts_version(request: Call, case_id: str, number: Version) -> Facts:
    """The facts as they were."""
    found = Facts.objects.filter(case=request.case, number=number).first()
    if found is None:
        raise HiddenError
    return found


@router.get("/{case_id}/plans/{number}/changes", response=ChangesOut, operation_id="read_plan_changes")
@within_case(Right.CASE_READ)
def read_plan_changes(request: Call, case_id: str, number: Version) -> dict[str, Any]:
    """What changed since the plan before; nothing where there is none."""
    found = find_done_plan(request.case, number)
    before = plan_before(request.case, number)
    if before is None:
        return {"added": [], "removed": [], "changed": []}
    changes = compare(before.plan(), found.plan())
    return {
        "added": [step.id for step in changes.added],
        "removed": [step.id for step in changes.removed],
        "changed": [
            {"before": one.before.id, "after": one.after.id, "title": one.after.title, "what": list(one.what)}
            for one in changes.changed
        ],
    }


@router.get("/{case_id}/plans/{number}/report", response={200: bytes}, operation_id="read_plan_report")
@within_case(Right.CASE_READ)
def read_plan_report(request: Call, case_id: str, number: Version) -> HttpResponse:
    """The whole plan as a page that stands alone (HTML)."""
    return HttpResponse(render(find_done_plan(request.case, number).plan()), content_type="application/octet-stream")


@router.get("/{case_id}/plans/{number}/relations", response={200: dict[str, Any]}, operation_id="read_relations")
@within_case(Right.CASE_READ)
def read_relations(request: Call, case_id: str, number: Version, sought: Query[Sought]) -> HttpResponse:
    """The marks and lines of the picture; with `of` one thing, holder or state, and all that rests on it."""
    version = find_done_plan(request.case, number)
    plan, leads = version.plan(), version.leads()
    found: object = find(plan, leads, sought.of) if sought.of else draw(plan, leads)
    if found is None:
        raise HiddenError
    return HttpResponse(msgspec.json.encode(found), content_type="application/json")


@router.post("/{case_id}/ties", response={201: FactsVersion}, operation_id="tell_tie")
@within_case(Right.CASE_WORK)
def tell_tie(request: Call, case_id: str, new: TieIn) -> Status[Facts]:
    """Say who has a thing of the evidence: it takes the place of what was found."""
    return Status(201, actions.tell_tie(request.user, case=request.case, **_told(new)))


@router.post("/{case_id}/leads", response={201: ArtifactOut}, operation_id="add_lead")
@within_case(Right.CASE_WORK)
def add_lead(request: Call, case_id: str, new: TieIn) -> Status[Artifact]:
    """Add a thing that no file shows."""
    return Status(201, actions.add_lead(request.user, case=request.case, **_told(new)))


@router.post("/{case_id}/uninvolved", response={201: FactsVersion}, operation_id="set_uninvolved")
@within_case(Right.CASE_WORK)
def set_uninvolved(request: Call, case_id: str, new: UninvolvedIn) -> Status[Facts]:
    """Say that somebody in the evidence has nothing to do with the offence."""
    return Status(201, actions.set_uninvolved(request.user, case=request.case, value=new.value, who=new.who))


@router.post("/{case_id}/evidence/notes", response={201: ArtifactOut}, operation_id="add_note")
@within_case(Right.CASE_WORK)
def new_note(request: Call, case_id: str, new: EvidenceNote) -> Status[Artifact]:
    """Add a note: text that is read for leads like any other file."""
    return Status(201, add_note(request.user, case=request.case, text=new.text))


def _told(new: TieIn) -> dict[str, str]:
    return {**new.dict(exclude={"role"}), "role": new.role.value if new.role else ""}
