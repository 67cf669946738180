"""Operations on standing in."""

from datetime import datetime
from typing import Annotated, Any

from django.db.models import Q
from ninja import Field, Query, Router, Schema, Status

from comity.node.access import find_case
from comity.node.api.fields import Moment, Number, UserName
from comity.node.api.pages import Cursor, cut
from comity.node.api.rules import Call, anybody, holding
from comity.node.cases.models import Case
from comity.node.errors import InvalidError
from comity.node.people.actions.delegations import delegate, revoke_delegation
from comity.node.people.models import Delegation
from comity.node.people.reads import colleagues
from comity.node.people.roles import Right

router = Router(tags=["people"])


class DelegationOut(Schema):
    """That somebody stands in for somebody."""

    id: int
    by: str
    to: str
    case_id: str | None
    """None: all cases, or one that you may not see now."""
    all_cases: bool
    starts_at: datetime
    ends_at: datetime
    reason: str
    revoked_at: datetime | None


class DelegationPage(Schema):
    """A page of delegations, what ends last first."""

    items: list[DelegationOut]
    next: str


class DelegationIn(Schema):
    """Who stands in for you, in which case, from when until when."""

    to: UserName
    case_id: Annotated[str, Field(max_length=20)] = ""
    """Empty: all your cases."""
    starts_at: Moment
    ends_at: Moment
    reason: Annotated[str, Field(min_length=1, max_length=500)]


@router.get("", response=DelegationPage, operation_id="list_delegations")
@anybody
def list_delegations(request: Call, cursor: Query[Cursor]) -> dict[str, Any]:
    """What you gave, and what was given to you."""
    rows = Delegation.objects.filter(Q(by=request.user) | Q(to=request.user)).select_related("by", "to")
    page = cut(rows, cursor, by="ends_at", shown=lambda row: row)
    cases = Case.objects.open_to(request.user).filter(pk__in={row.case_id for row in page["items"]})
    known = frozenset(cases.values_list("pk", flat=True))
    return {**page, "items": [_shown(row, known) for row in page["items"]]}


@router.post("", response={201: DelegationOut}, operation_id="delegate")
@holding(Right.CASE_READ)
def begin(request: Call, new: DelegationIn) -> Status[dict[str, Any]]:
    """Let a colleague see and work on one of your cases, or on all."""
    to = colleagues(request.user).filter(username=new.to).first()
    if to is None:
        raise InvalidError({"to": "no colleague who reads cases has this name"})
    made = delegate(
        request.user,
        to=to,
        case=find_case(request.user, new.case_id) if new.case_id else None,
        starts_at=new.starts_at,
        ends_at=new.ends_at,
        reason=new.reason,
    )
    return Status(201, _shown(made, frozenset({new.case_id})))


@router.delete("/{delegation_id}", response={204: None}, operation_id="revoke_delegation")
@anybody
def end(request: Call, delegation_id: Number) -> Status[None]:
    """End a delegation that you gave, or by which you stand in."""
    revoke_delegation(request.user, delegation_id=delegation_id)
    return Status(204, None)


def _shown(row: Delegation, known: frozenset[str]) -> dict[str, Any]:
    return {
        "id": row.pk,
        "by": row.by.username,
        "to": row.to.username,
        "case_id": row.case_id if row.case_id in known else None,
        "all_cases": row.case_id is None,
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "reason": row.reason,
        "revoked_at": row.revoked_at,
    }
