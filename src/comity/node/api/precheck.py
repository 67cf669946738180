"""Operations of pre-checks: drafts of ours that go to another side, and drafts of others."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from django.utils import timezone
from ninja import Field, File, Query, Router, Schema, Status
from ninja.files import UploadedFile

from comity.errors import ComityError
from comity.evidence.package import Recipient
from comity.letters import texts
from comity.node.api.pages import Cursor, cut
from comity.node.api.rules import Call, holding, within_case
from comity.node.composer.reads import find_letter
from comity.node.errors import InvalidError
from comity.node.people.roles import Right
from comity.node.precheck import actions
from comity.node.precheck.forms import ToForm
from comity.node.precheck.models import ForeignDraft, Share
from comity.node.precheck.papers import LETTER, REMARK_CHARS_MAX
from comity.node.precheck.reads import find_draft, find_share
from comity.node.requests.arriving import examined, read_letter_file
from comity.node.requests.papers import PAPER_BYTES_MAX

of_letters = Router(tags=["pre-check"])
router = Router(tags=["pre-check"])


class To(Schema):
    """For whom something is sealed: an agency by the name of its trusted identity, or a key."""

    agency: Annotated[str, Field(max_length=300)] = ""
    recipient: Annotated[str, Field(max_length=3000)] = ""
    """An ``age1…`` key."""
    recipient_name: Annotated[str, Field(max_length=200)] = ""


class Sharing(To):
    """The version of the letter that is shared, and with whom."""

    version: Annotated[int, Field(ge=0, le=2**31 - 1)]


class ShareOut(Schema):
    """A version of a letter that was sealed for another side."""

    id: str
    number: int
    to_name: str
    to_identity: str
    package: str
    sha256: str
    size_bytes: int
    at: datetime
    answered_at: datetime | None


class Taken(Schema):
    """How much an answer said."""

    remarks: int


class DraftOut(Schema):
    """A draft of another side."""

    id: str
    reference: str
    sender: str
    verified: bool
    """False: the sender is a claim."""
    at: datetime
    answered_at: datetime | None


class DraftPage(Schema):
    """A page of drafts, newest first."""

    items: list[DraftOut]
    next: str


class TextOut(Schema):
    """A text of the draft."""

    address: str
    text: str


class RemarkOut(Schema):
    """What we say of a text, or of the whole draft."""

    id: int
    address: str
    text: str
    at: datetime


class WholeDraft(DraftOut):
    """A draft with its texts, what we say of them, and what the officer here would find."""

    texts: list[TextOut]
    remarks: list[RemarkOut]
    outcome: str
    why: str


class NewRemark(Schema):
    """What is said of a text, by its address, or of the whole draft."""

    address: Annotated[str, Field(max_length=300)] = ""
    text: Annotated[str, Field(min_length=1, max_length=REMARK_CHARS_MAX)]


_PATH = "/{case_id}/letters/{letter_id}/prechecks"


@of_letters.get(_PATH, response=list[ShareOut], operation_id="list_prechecks")
@within_case(Right.CASE_READ)
def list_prechecks(request: Call, case_id: str, letter_id: str) -> list[Share]:
    """To whom the letter went for pre-check, newest first."""
    return list(find_letter(request.case, letter_id).shares.all()[:500])


@of_letters.post(_PATH, response={201: ShareOut}, operation_id="share_for_precheck")
@within_case(Right.REQUEST_DRAFT, presence=True)
def share_for_precheck(request: Call, case_id: str, letter_id: str, told: Sharing) -> Status[Share]:
    """Seal the letter as it is now for another side, for pre-check only."""
    to, identity = _chosen(told)
    letter = find_letter(request.case, letter_id)
    return Status(201, actions.share(request.user, letter=letter, version=told.version, to=to, identity=identity))


@of_letters.get(f"{_PATH}/{{share_id}}/package", response={200: bytes}, operation_id="read_precheck_package")
@within_case(Right.REQUEST_DRAFT, presence=True)
def read_precheck_package(request: Call, case_id: str, letter_id: str, share_id: str) -> HttpResponse:
    """The sealed file, to be handed over."""
    found = find_share(request.case, letter_id, share_id)
    return HttpResponse(actions.take_out(request.user, share=found), content_type="application/octet-stream")


@of_letters.post(f"{_PATH}/answers", response=Taken, operation_id="take_precheck_answer")
@within_case(Right.REQUEST_DRAFT)
def take_precheck_answer(request: Call, case_id: str, letter_id: str, file: File[UploadedFile]) -> dict[str, int]:
    """Put what the other side said beside the paragraphs of the letter."""
    data = file.read(PAPER_BYTES_MAX + 1)
    return {"remarks": actions.take_answer(request.user, letter=find_letter(request.case, letter_id), data=data)}


@router.get("", response=DraftPage, operation_id="list_foreign_drafts")
@holding(Right.REQUEST_RECEIVE)
def list_foreign_drafts(request: Call, cursor: Query[Cursor]) -> dict[str, Any]:
    """Drafts of others that came for pre-check, newest first."""
    return cut(ForeignDraft.objects.all(), cursor, by="at", shown=_shown)


@router.post("", response={201: DraftOut}, operation_id="take_foreign_draft")
@holding(Right.REQUEST_RECEIVE)
def take_foreign_draft(request: Call, file: File[UploadedFile]) -> Status[dict[str, Any]]:
    """Take in a draft of another side, as its sealed file."""
    return Status(201, _shown(actions.take_draft(request.user, data=file.read(PAPER_BYTES_MAX + 1))))


@router.get("/{draft_id}", response=WholeDraft, operation_id="read_foreign_draft")
@holding(Right.REQUEST_RECEIVE)
def read_foreign_draft(request: Call, draft_id: str) -> dict[str, Any]:
    """One draft, whole."""
    found = find_draft(draft_id)
    day = timezone.localdate(found.at)
    came = read_letter_file(bytes(found.letter), LETTER, day)
    try:
        finding = examined(came, on=day)
        outcome, why = finding.outcome.value, finding.why
    except ComityError as error:  # such as of a state that our data do not know
        outcome, why = "cannot_tell", str(error)
    return _shown(found) | {
        "texts": [{"address": address, "text": text.text} for address, text in texts(came.letter)],
        "remarks": list(found.remarks.all()),
        "outcome": outcome,
        "why": why,
    }


@router.post("/{draft_id}/remarks", response={201: RemarkOut}, operation_id="remark_on_foreign_draft")
@holding(Right.REQUEST_RECEIVE)
def remark_on_foreign_draft(request: Call, draft_id: str, new: NewRemark) -> Status[Any]:
    """Say something of a text of the draft, or of the whole."""
    found = find_draft(draft_id)
    letter = read_letter_file(bytes(found.letter), LETTER, timezone.localdate(found.at)).letter
    return Status(201, actions.remark(request.user, draft=found, letter=letter, text=new.text, address=new.address))


@router.post("/{draft_id}/answer", response={200: bytes}, operation_id="answer_foreign_draft")
@holding(Right.REQUEST_RECEIVE, presence=True)
def answer_foreign_draft(request: Call, draft_id: str, told: To) -> HttpResponse:
    """What was said of the draft, sealed for who sent it."""
    _name, data = actions.answer(request.user, draft=find_draft(draft_id), to=_chosen(told)[0])
    return HttpResponse(data, content_type="application/octet-stream")


def _chosen(told: To) -> tuple[Recipient, str]:
    form = ToForm(told.dict())
    if not form.is_valid():
        raise InvalidError({field: " ".join(map(str, problems)) for field, problems in form.errors.items()})
    return form.chosen()


def _shown(row: ForeignDraft) -> dict[str, Any]:
    shown = {name: getattr(row, name) for name in ("id", "reference", "sender", "at", "answered_at")}
    return shown | {"verified": bool(row.identity)}
