"""Operations on the audit trail."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse, StreamingHttpResponse
from ninja import Field, Query, Router, Schema, Status

from comity.evidence.custody import encode_growth
from comity.node.api.fields import Moment
from comity.node.api.pages import Cursor, cut, next_number, number_after
from comity.node.api.rules import Call, anybody, holding, tells_once, within_case
from comity.node.audit import reads
from comity.node.audit.actions import enter, sign_head
from comity.node.audit.models import Checkpoint
from comity.node.audit.proof import encode_proof
from comity.node.audit.record import Record
from comity.node.audit.signing import signers
from comity.node.audit.whole import export_trail
from comity.node.errors import HiddenError, InvalidError
from comity.node.people.reads import find_by_login
from comity.node.people.roles import Right

router = Router(tags=["audit"])
of_case = Router(tags=["audit"])
EntryNumber = Annotated[int, Field(ge=0, le=2**63 - 1)]
Login = Annotated[str, Field(max_length=254)]


class EntryOut(Schema):
    """One entry: who did or read what, when; no content of a case."""

    number: int
    at: datetime
    actor: str
    """User name; empty: nobody who was signed in, or the node itself."""
    acting_for: str
    act: str
    case: str
    """Id of the case."""
    reference: str
    """The case's own number, where you are a member."""
    about: str
    subject: str
    facts: dict[str, str | int | bool]


class EntryPage(Schema):
    """A page of entries, the newest first."""

    items: list[EntryOut]
    next: str


class EntriesWanted(Schema):
    """Which entries."""

    actor: Login = ""
    """User name or address."""
    about: Login = ""
    act: Annotated[str, Field(max_length=60)] = ""
    case: Annotated[str, Field(max_length=32)] = ""
    from_at: Moment | None = None
    to_at: Moment | None = None


class SeenOut(Schema):
    """That one person read or did something in a case."""

    username: str
    """Empty: the node itself."""
    name: str
    count: int
    first_at: datetime
    last_at: datetime


class CheckpointOut(Schema):
    """A signed head of the trail."""

    size: int
    at: datetime
    note: str
    """The signed note (C2SP tlog-checkpoint)."""


class CheckpointPage(Schema):
    """A page of signed heads, the newest first, and the keys that sign."""

    items: list[CheckpointOut]
    next: str
    keys: list[str]
    """Verifier keys; compare them with those that were handed to you."""


@router.get("/entries", response=EntryPage, operation_id="list_entries")
@holding(Right.AUDIT_READ)
def list_entries(request: Call, cursor: Query[Cursor], wanted: Query[EntriesWanted]) -> dict[str, Any]:
    """The trail, searched."""
    asked = reads.Asked(
        actor=_person(wanted.actor, "actor"),
        about=_person(wanted.about, "about"),
        act=wanted.act,
        case=wanted.case,
        from_at=wanted.from_at,
        to_at=wanted.to_at,
        before=number_after(cursor),
    )
    return _page(reads.page_of(request.user, reads.search(asked), count=cursor.limit))


@router.get("/mine", response=EntryPage, operation_id="list_own_entries")
@anybody
def list_own_entries(request: Call, cursor: Query[Cursor]) -> dict[str, Any]:
    """What you did, and what was done with your account."""
    return _page(reads.own_page(request.user, number_after(cursor), count=cursor.limit))


@router.get("/entries/{number}", response=EntryOut, operation_id="read_entry")
@holding(Right.AUDIT_READ)
def read_entry(request: Call, number: EntryNumber) -> dict[str, Any]:
    """One entry."""
    reads.find_entry(number)
    asked = reads.Asked(before=number + 1)
    return _shown(reads.page_of(request.user, reads.search(asked), count=1).rows[0])


@router.get("/entries/{number}/proof", response={200: dict[str, Any]}, operation_id="prove_entry")
@holding(Right.AUDIT_READ)
def prove_entry(request: Call, number: EntryNumber) -> HttpResponse:
    """The proof that an entry is in the trail, for `comity audit verify`."""
    return HttpResponse(encode_proof(reads.prove_entry(number)), content_type="application/json")


@router.get("/growth/{old_size}/{new_size}", response={200: dict[str, Any]}, operation_id="prove_growth")
@holding(Right.AUDIT_READ)
def prove_growth(request: Call, old_size: EntryNumber, new_size: EntryNumber) -> HttpResponse:
    """The proof that the trail only grew between two signed heads, for `comity audit verify`."""
    return HttpResponse(encode_growth(reads.prove_growth(old_size, new_size)), content_type="application/json")


@router.get("/checkpoints", response=CheckpointPage, operation_id="list_checkpoints")
@holding(Right.AUDIT_READ)
def list_checkpoints(request: Call, cursor: Query[Cursor]) -> dict[str, Any]:
    """The signed heads."""
    keys = [signer.key.vkey for signer in signers()]
    return {**cut(Checkpoint.objects.all(), cursor, by="size", shown=_head), "keys": keys}


@router.post("/checkpoints", response={201: CheckpointOut}, operation_id="sign_checkpoint")
@holding(Right.AUDIT_READ)
def sign_checkpoint(request: Call) -> Status[dict[str, Any]]:
    """Sign the trail as it stands."""
    enter(request.user, "audit.sign")
    return Status(201, _head(Checkpoint.objects.get(pk=sign_head(signers()))))


@router.get("/checkpoints/{size}", response=CheckpointOut, operation_id="read_checkpoint")
@holding(Right.AUDIT_READ)
def read_checkpoint(request: Call, size: EntryNumber) -> dict[str, Any]:
    """One signed head, to keep elsewhere."""
    found = Checkpoint.objects.filter(pk=size).first()
    if found is None:
        raise HiddenError
    return _head(found)


@router.post("/export", response={200: bytes}, operation_id="export_trail")
@tells_once
@holding(Right.AUDIT_READ, presence=True)
def export(request: Call) -> StreamingHttpResponse:
    """The whole trail as a file that proves itself (ZIP), for `comity audit verify`."""
    name, pieces = export_trail(request.user)
    response = StreamingHttpResponse(pieces, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@of_case.get("/{case_id}/trail", response=EntryPage, operation_id="list_case_entries")
@within_case(Right.CASE_MEMBERS, reads="case.read_trail")
def list_case_entries(request: Call, case_id: str, cursor: Query[Cursor]) -> dict[str, Any]:
    """What was done in the case, and who read it."""
    asked = reads.Asked(case=request.case.pk, before=number_after(cursor))
    return _page(reads.page_of(request.user, reads.search(asked), count=cursor.limit))


@of_case.get("/{case_id}/seen", response=list[SeenOut], operation_id="who_saw_case")
@within_case(Right.CASE_MEMBERS, reads="case.read_trail")
def who_saw_case(request: Call, case_id: str) -> list[dict[str, Any]]:
    """Who has seen the case, how often, first and last."""
    return [
        {
            "username": seen.user.username if seen.user else "",
            "name": str(seen.user) if seen.user else "",
            "count": seen.count,
            "first_at": seen.first_at,
            "last_at": seen.last_at,
        }
        for seen in reads.who_saw(request.case)
    ]


def _person(text: str, field: str) -> int | None:
    if not text:
        return None
    person = find_by_login(text)
    if person is None:
        raise InvalidError({field: "there is no such person"})
    return person.pk


def _page(page: reads.Rows) -> dict[str, Any]:
    return {"items": [_shown(row) for row in page.rows], "next": next_number(page.before)}


def _shown(row: reads.Row) -> dict[str, Any]:
    record: Record = row.record
    told = {name: getattr(record, name) for name in EntryOut.model_fields if name != "reference"}
    return {**told, "reference": row.reference}


def _head(found: Checkpoint) -> dict[str, Any]:
    return {"size": found.size, "at": found.at, "note": bytes(found.note).decode()}
