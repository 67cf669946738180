"""Opening a request: from our own letter, or from one that came."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import msgspec
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity import docket
from comity.docket import Act, Direction, Duplicate, Link, Relation, Side
from comity.law import Registry
from comity.letters import Drafted, from_json
from comity.letters.model import Letter
from comity.node.cases.actions import require_open
from comity.node.cases.models import Case, new_id
from comity.node.errors import ChangedError, HiddenError, InvalidError
from comity.node.lawdata import registry
from comity.node.people.models import User
from comity.node.people.rights import require
from comity.node.people.roles import Right
from comity.node.requests.actions.enter import Told, add_event
from comity.node.requests.alike import meant_duplicates, note_clashes
from comity.node.requests.fromletter import NoRequestError, request_of
from comity.node.requests.models import Request, Target, Tie
from comity.node.requests.papers import keep_paper

JSON = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """A letter that came: what was read out of it, and the file as it arrived."""

    letter: Letter
    data: bytes
    name: str
    media_type: str


class DuplicateError(InvalidError):
    """The same was asked before; `found` says by whom."""

    def __init__(self, found: tuple[Duplicate, ...]) -> None:
        super().__init__({"again": "the same was asked before: link it to that request, or say that it is meant"})
        self.found = found


def draft_request(
    actor: User, *, case: Case, letter: bytes, follows: Request | None = None, again: bool = False
) -> Request:
    """Open the request that our letter makes; DuplicateError where the same was asked before and `again` is False.

    `letter`: JSON as `comity.letters.to_json` gives it. `follows`: the preservation whose data it asks for.
    """
    require(actor, Right.REQUEST_DRAFT, case)
    drafted = read_letter(letter)
    asked = _asked(drafted.letter, registry(), Direction.OUTGOING, case, actor)
    if follows is not None:
        asked = _linked(asked, follows, case)
    found = duplicates_of(asked, again=again)
    with transaction.atomic():
        request = _open(actor, case, asked, at=timezone.now())
        note_clashes(request, found)
        keep_letter(actor, request, letter)
        add_event(actor, request, Act.DRAFT, side=Side.REQUESTING, told=Told(document=request.letter_sha256))
    return request


def revise(actor: User, *, request: Request, letter: bytes, version: int) -> Request:
    """Put another version of the letter in its place: what was checked and approved before is so no longer."""
    require(actor, Right.REQUEST_DRAFT, request.case)
    drafted = read_letter(letter)
    with transaction.atomic():
        held = Request.objects.select_for_update().get(pk=request.pk)
        if held.version != version:
            raise ChangedError(expected=version, actual=held.version)
        asked = _asked(drafted.letter, registry(), Direction.OUTGOING, held.case, actor)
        before = held.docketed()
        _set_record(held, msgspec.structs.replace(asked, id=before.id, links=before.links, unit=before.unit))
        keep_letter(actor, held, letter)
        add_event(actor, held, Act.REVISE, side=Side.REQUESTING, told=Told(document=held.letter_sha256))
    return held


def register_request(actor: User, *, case: Case, came: Came, at: datetime, again: bool = False) -> Request:
    """Open the request that came from abroad; `at`: when it arrived."""
    require(actor, Right.REQUEST_RECEIVE, case)
    if not case.is_open_to(actor):
        raise HiddenError
    asked = _asked(came.letter, registry(), Direction.INCOMING, case, actor)
    found = duplicates_of(asked, again=again)
    with transaction.atomic():
        request = _open(actor, case, asked, at=at)
        note_clashes(request, found)
        paper = keep_paper(request, came.data, kind="received", name=came.name, media_type=came.media_type, by=actor)
        add_event(actor, request, Act.DELIVER, side=Side.REQUESTED, told=Told(at=at, document=paper.sha256))
    return request


def read_letter(letter: bytes) -> Drafted:
    """The letter in its JSON; InvalidError where it is none of ours."""
    try:
        return from_json(letter)
    except msgspec.DecodeError as error:
        raise InvalidError({"letter": _("not a letter of ours: %(error)s") % {"error": error}}) from None


def duplicates_of(asked: docket.Request, *, again: bool) -> tuple[Duplicate, ...]:
    """Who of the agency asked for the same before, in whichever case; DuplicateError unless it is meant so."""
    found = meant_duplicates(asked)
    if found and not again:
        raise DuplicateError(found)
    return found


def keep_letter(actor: User, request: Request, letter: bytes) -> None:
    """Keep a version of our letter beside the earlier ones."""
    name = f"{request.reference}-{request.version}.json".replace("/", "-")
    keep_paper(request, letter, kind="letter", name=name, media_type=JSON, by=actor)
    request.letter_sha256 = sha256(letter).hexdigest()
    request.save(update_fields=["letter_sha256"])


def _asked(letter: Letter, law: Registry, direction: Direction, case: Case, actor: User) -> docket.Request:
    require_open(case)
    try:
        asked = request_of(letter, law, direction=direction, request_id=new_id())
    except NoRequestError as error:
        raise InvalidError({"letter": str(error)}) from None
    return msgspec.structs.replace(asked, case=case.pk, unit=str(actor.unit or ""))


def _linked(asked: docket.Request, follows: Request, case: Case) -> docket.Request:
    if follows.case_id != case.pk:
        raise HiddenError
    earlier = [one.docketed() for one in Request.objects.filter(case=case)]
    return docket.link(asked, Link(to=follows.pk, relation=Relation.ASKS_FOR_PRESERVED), earlier)


def _open(actor: User, case: Case, asked: docket.Request, *, at: datetime) -> Request:
    request = Request(id=asked.id, case=case, opened_at=at, unit=actor.unit, assignee=actor)
    _set_record(request, asked, new=True)
    return request


def _set_record(request: Request, asked: docket.Request, *, new: bool = False) -> None:
    """Write what the docket knows, and the columns and rows by which it is found."""
    request.record = msgspec.json.encode(asked)
    request.reference, request.their_reference = asked.reference[:200], asked.their_reference[:200]
    request.direction, request.kind, request.measure = asked.direction.value, asked.kind[:60], asked.measure.value
    request.requesting, request.requested = asked.requesting, asked.requested
    request.instrument = asked.instrument
    request.save(force_insert=new)
    request.targets.all().delete()
    Target.objects.bulk_create(
        Target(request=request, kind=one.kind[:40], value=one.value.casefold()[:400]) for one in asked.targets
    )
    Tie.objects.bulk_create(
        (Tie(request=request, to_id=tie.to, relation=tie.relation.value) for tie in asked.links),
        ignore_conflicts=True,
    )
