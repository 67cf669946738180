"""Operations on the versions of a letter, its translation, its checks, and what people say of it."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from django.http import HttpResponse
from ninja import Field, File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from comity.letters import checked, texts, with_texts
from comity.letters.xliff import XliffLimits
from comity.node.api.fields import Number, Version
from comity.node.api.letters import LetterOut, letter_of
from comity.node.api.rules import Call, within_case
from comity.node.composer import actions
from comity.node.composer.compare import Change, changes
from comity.node.composer.models import Comment, Letter
from comity.node.composer.models import Version as Saved
from comity.node.errors import HiddenError, InvalidError
from comity.node.people.roles import Right

router = Router(tags=["letters"])


class LetterVersionOut(Schema):
    """A letter as somebody saved it."""

    number: int
    sha256: str
    at: datetime
    by: str
    note: str

    @staticmethod
    def resolve_by(row: Saved) -> str:
        """The user name."""
        return row.by.username


class ChangeOut(Schema):
    """One text that two versions say differently."""

    address: str
    """JSON Pointer."""
    words: list[tuple[str, str]]
    """Runs of words that stayed (``equal``), came (``insert``) or went (``delete``), in order."""


class LetterTurn(Schema):
    """The version that the caller has seen."""

    version: Version


class Restoring(LetterTurn):
    """Which version becomes the newest again."""

    number: Version


class Speaking(Schema):
    """The language in which the letter goes out (BCP 47)."""

    language: Annotated[str, Field(min_length=2, max_length=35)]


class OtherTexts(Schema):
    """Words to check before they are saved, by the JSON Pointer of each text."""

    texts: Annotated[dict[str, str], Field(max_length=1000)] = {}  # noqa: RUF012  # pydantic copies it


class CommentOut(Schema):
    """What somebody says of a letter, or of one text of it."""

    id: int
    address: str
    text: str
    by: str
    agency: str
    """Who of another side said it, in a pre-check; empty: `by` said it."""
    verified: bool
    at: datetime
    settled_at: datetime | None

    @staticmethod
    def resolve_by(row: Comment) -> str:
        """The user name."""
        return row.by.username


class CommentIn(Schema):
    """What to say, and of which text."""

    text: Annotated[str, Field(min_length=1, max_length=actions.TEXT_CHARS_MAX)]
    address: Annotated[str, Field(max_length=300)] = ""


@router.get(
    "/{case_id}/letters/{letter_id}/versions", response=list[LetterVersionOut], operation_id="list_letter_versions"
)
@within_case(Right.CASE_READ)
def list_letter_versions(request: Call, case_id: str, letter_id: str) -> list[Saved]:
    """The newest versions of a letter."""
    return list(letter_of(request, letter_id).versions.select_related("by").defer("body")[:500])


@router.get(
    "/{case_id}/letters/{letter_id}/versions/{number}/document",
    response={200: dict[str, Any]},
    operation_id="read_letter_version",
)
@within_case(Right.CASE_READ)
def read_letter_version(request: Call, case_id: str, letter_id: str, number: Version) -> HttpResponse:
    """One version with its checks (schema: comity-draft-1)."""
    return HttpResponse(bytes(_version(request, letter_id, number).body), content_type="application/json")


@router.get(
    "/{case_id}/letters/{letter_id}/versions/{old}/changes/{new}",
    response=list[ChangeOut],
    operation_id="compare_letter_versions",
)
@within_case(Right.CASE_READ)
def compare_letter_versions(request: Call, case_id: str, letter_id: str, old: Version, new: Version) -> list[Change]:
    """What two versions say differently, word by word."""
    before, after = (_version(request, letter_id, one).drafted() for one in (old, new))
    return changes(before, after)


@router.post("/{case_id}/letters/{letter_id}/restore", response=LetterOut, operation_id="restore_letter")
@within_case(Right.REQUEST_DRAFT)
def restore_letter(request: Call, case_id: str, letter_id: str, told: Restoring) -> Letter:
    """Make an older version the newest."""
    actions.restore(request.user, letter=letter_of(request, letter_id), number=told.number, version=told.version)
    return letter_of(request, letter_id)


@router.post("/{case_id}/letters/{letter_id}/again", response=LetterOut, operation_id="draft_letter_again")
@within_case(Right.REQUEST_DRAFT)
def draft_letter_again(request: Call, case_id: str, letter_id: str, told: LetterTurn) -> Letter:
    """Draft it anew from the newest plan; what people wrote stays where its place is still there."""
    actions.draft_again(request.user, letter=letter_of(request, letter_id), version=told.version)
    return letter_of(request, letter_id)


@router.post("/{case_id}/letters/{letter_id}/language", response=LetterOut, operation_id="set_letter_language")
@within_case(Right.REQUEST_DRAFT)
def set_letter_language(request: Call, case_id: str, letter_id: str, told: Speaking) -> Letter:
    """Say in which language the letter goes out."""
    actions.set_language(request.user, letter=letter_of(request, letter_id), language=told.language)
    return letter_of(request, letter_id)


@router.post("/{case_id}/letters/{letter_id}/translation", response=LetterOut, operation_id="take_translation")
@within_case(Right.REQUEST_DRAFT)
def take_translation(
    request: Call, case_id: str, letter_id: str, file: File[UploadedFile], told: Form[LetterTurn]
) -> Letter:
    """Put what a translator gave (XLIFF 2) beside the letter."""
    data = file.read(XliffLimits().size_bytes + 1)
    actions.take_translation(request.user, letter=letter_of(request, letter_id), data=data, version=told.version)
    return letter_of(request, letter_id)


@router.post("/{case_id}/letters/{letter_id}/check", response={200: dict[str, Any]}, operation_id="check_letter_texts")
@within_case(Right.REQUEST_DRAFT)
def check_letter_texts(request: Call, case_id: str, letter_id: str, told: OtherTexts) -> HttpResponse:
    """The checks of the letter as it would be with other words; nothing is saved."""
    drafted = letter_of(request, letter_id).newest().drafted()
    now = dict(texts(drafted.letter))
    if unknown := [address for address in told.texts if address not in now or not now[address].free]:
        raise InvalidError({"texts": f"no text that can be changed stands at {unknown[0][:80]}"})
    other = {address: msgspec.structs.replace(now[address], text=words) for address, words in told.texts.items()}
    report = checked(with_texts(drafted.letter, other), drafted.expected).report
    return HttpResponse(msgspec.json.encode(report), content_type="application/json")


@router.get("/{case_id}/letters/{letter_id}/comments", response=list[CommentOut], operation_id="list_comments")
@within_case(Right.CASE_READ)
def list_comments(request: Call, case_id: str, letter_id: str) -> list[Comment]:
    """What people say of the letter."""
    return list(letter_of(request, letter_id).comments.select_related("by")[:1000])


@router.post("/{case_id}/letters/{letter_id}/comments", response={201: CommentOut}, operation_id="add_comment")
@within_case(Right.CASE_READ)
def add_comment(request: Call, case_id: str, letter_id: str, new: CommentIn) -> Status[Comment]:
    """Say something of the letter, or of one text of it."""
    made = actions.comment(request.user, letter=letter_of(request, letter_id), text=new.text, address=new.address)
    return Status(201, made)


@router.post(
    "/{case_id}/letters/{letter_id}/comments/{comment_id}/settle", response={204: None}, operation_id="settle_comment"
)
@within_case(Right.CASE_READ)
def settle_comment(request: Call, case_id: str, letter_id: str, comment_id: Number) -> Status[None]:
    """Say that it is dealt with."""
    actions.settle(request.user, letter=letter_of(request, letter_id), comment_id=comment_id)
    return Status(204, None)


def _version(request: Call, letter_id: str, number: int) -> Saved:
    found = letter_of(request, letter_id).versions.filter(number=number).first()
    if found is None:
        raise HiddenError
    return found
