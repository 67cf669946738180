"""Operations on cases."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from comity.node.api.pages import Cursor, cut
from comity.node.api.rules import Call, holding, within_case
from comity.node.cases import actions
from comity.node.cases.models import Case, CaseKind, CaseStatus
from comity.node.errors import InvalidError
from comity.node.people.models import User
from comity.node.people.roles import Right

router = Router(tags=["cases"])
Text = Annotated[str, Field(max_length=200)]
Title = Annotated[str, Field(min_length=1, max_length=300)]


class CaseOut(Schema):
    """A case."""

    id: str
    reference: str
    title: str
    kind: CaseKind
    status: CaseStatus
    opened_at: datetime
    closed_at: datetime | None
    version: int


class CasePage(Schema):
    """A page of cases, newest first."""

    items: list[CaseOut]
    next: str


class CaseIn(Schema):
    """A new case."""

    reference: Annotated[str, Field(min_length=1, max_length=100)]
    title: Title
    kind: CaseKind = CaseKind.OWN


class Renaming(Schema):
    """A new title for the case as it stood at `version`."""

    title: Title
    version: int


class Turn(Schema):
    """The version of the case that the caller has seen."""

    version: int


class MemberOut(Schema):
    """Somebody who may see the case."""

    username: str
    name: str
    added_at: datetime
    reason: str


class MemberIn(Schema):
    """Whom to let see the case, and why."""

    username: Annotated[str, Field(min_length=1, max_length=150)]
    reason: Annotated[str, Field(max_length=300)] = ""


@router.get("", response=CasePage, operation_id="list_cases")
@holding(Right.CASE_READ)
def list_cases(
    request: Call, cursor: Query[Cursor], status: CaseStatus | None = None, text: Text = ""
) -> dict[str, Any]:
    """The cases that you may see, newest first; `text` is looked for in reference and title."""
    rows = Case.objects.open_to(request.user)
    if status:
        rows = rows.filter(status=status)
    if text:
        rows = rows.matching(text)
    return cut(rows, cursor, by="opened_at", shown=lambda case: case)


@router.post("", response={201: CaseOut}, operation_id="open_case")
@holding(Right.CASE_OPEN)
def open_case(request: Call, new: CaseIn) -> Status[Case]:
    """Open a case; you are its first member."""
    return Status(201, actions.open_case(request.user, reference=new.reference, title=new.title, kind=new.kind))


@router.get("/{case_id}", response=CaseOut, operation_id="read_case")
@within_case(Right.CASE_READ)
def read_case(request: Call, case_id: str) -> Case:
    """One case."""
    return request.case


@router.post("/{case_id}/rename", response=CaseOut, operation_id="rename_case")
@within_case(Right.CASE_WORK)
def rename_case(request: Call, case_id: str, new: Renaming) -> Case:
    """Give the case another title."""
    return actions.rename_case(request.user, case=request.case, title=new.title, version=new.version)


@router.post("/{case_id}/close", response=CaseOut, operation_id="close_case")
@within_case(Right.CASE_CLOSE)
def close_case(request: Call, case_id: str, turn: Turn) -> Case:
    """Close the case: it can be read, and nothing is added to it."""
    return actions.close_case(request.user, case=request.case, version=turn.version)


@router.post("/{case_id}/reopen", response=CaseOut, operation_id="reopen_case")
@within_case(Right.CASE_CLOSE)
def reopen_case(request: Call, case_id: str, turn: Turn) -> Case:
    """Open a closed case again."""
    return actions.reopen_case(request.user, case=request.case, version=turn.version)


@router.get("/{case_id}/members", response=list[MemberOut], operation_id="list_members")
@within_case(Right.CASE_READ)
def list_members(request: Call, case_id: str) -> list[dict[str, Any]]:
    """Who may see the case."""
    rows = request.case.memberships.filter(ended_at=None).select_related("user").order_by("added_at")
    return [
        {"username": row.user.username, "name": str(row.user), "added_at": row.added_at, "reason": row.reason}
        for row in rows
    ]


@router.post("/{case_id}/members", response={201: MemberOut}, operation_id="add_member")
@within_case(Right.CASE_MEMBERS)
def add_member(request: Call, case_id: str, new: MemberIn) -> Status[dict[str, Any]]:
    """Let another person see the case."""
    user = _person(new.username)
    row = actions.add_member(request.user, case=request.case, user=user, reason=new.reason)
    shown = {"username": user.username, "name": str(user), "added_at": row.added_at, "reason": row.reason}
    return Status(201, shown)


@router.delete("/{case_id}/members/{username}", response={204: None}, operation_id="end_membership")
@within_case(Right.CASE_MEMBERS)
def end_membership(request: Call, case_id: str, username: str) -> Status[None]:
    """Let a person see the case no longer."""
    actions.end_membership(request.user, case=request.case, user=_person(username))
    return Status(204, None)


def _person(username: str) -> User:
    found = User.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise InvalidError({"username": "nobody here has this name"})
    return found
