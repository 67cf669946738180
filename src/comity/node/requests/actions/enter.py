"""Entering what happened to a request: the docket says whether it can, and everything is written together."""

from dataclasses import dataclass, replace
from datetime import datetime

import msgspec
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity import docket
from comity.docket import Act, ActError, Direction, HistoryError, Side, follow_ups, side_of
from comity.node.audit.actions import enter
from comity.node.audit.record import Fact
from comity.node.cases.actions import require_open
from comity.node.errors import ChangedError, InvalidError, NotAllowedError
from comity.node.people.models import User
from comity.node.people.rights import require, same_person_or_stand_in
from comity.node.requests.alike import asked_before, note_clashes
from comity.node.requests.clock import COLUMNS, set_columns, watched
from comity.node.requests.models import Dispatch, Event, Request, SignedLetter
from comity.node.requests.papers import keep_paper
from comity.node.requests.rights import right_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told of an act, beside that it happened; the docket says which of it an act needs."""

    at: datetime | None = None
    """When it happened; None: now."""
    note: str = ""
    means: str = ""
    reasons: tuple[str, ...] = ()
    until: str = ""
    of: int = 0
    document: str = ""
    """SHA-256 of a paper of the request."""
    signed: str = ""
    """Of sending our letter: SHA-256 of the signed file that goes out."""
    unsigned: str = ""
    """Of sending our letter: why it goes out unsigned."""


NOTHING_MORE = Told()
UNSIGNED_CHARS_MAX = 300
_WITH_A_LETTER = (Act.DRAFT, Act.REVISE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A file that shows what happened: a receipt, a reply."""

    data: bytes
    name: str
    media_type: str = ""


def act(
    actor: User,
    *,
    request: Request,
    act: Act,
    version: int,
    told: Told = NOTHING_MORE,
    proof: Proof | None = None,
) -> Request:
    """Enter that `act` happened; ChangedError where the request moved on since `version`.

    InvalidError says what the docket refuses. Drafting, revising and receiving have actions of their own.
    """
    if act in _WITH_A_LETTER:
        raise InvalidError({"act": _("%(value)s is done with a letter") % {"value": act.value}})
    require(actor, right_for(act, Direction(request.direction)), request.case)
    require_open(request.case)
    with transaction.atomic():
        held = Request.objects.select_for_update(of=("self",)).select_related("case").get(pk=request.pk)
        if held.version != version:
            raise ChangedError(expected=version, actual=held.version)
        if act is Act.APPROVE:
            _refuse_own(actor, held)
            told = replace(told, document=held.letter_sha256)
        elif proof is not None:
            told = replace(told, document=_keep(actor, held, act, proof))
        if act is Act.SEND:
            note_clashes(held, asked_before(held))
        elif act is Act.STRIKE and held.events.filter(number=told.of, act__in=_WITH_A_LETTER).exists():
            raise InvalidError(
                {
                    "of": _("entry %(of)s is of the letter that stands here: revise or withdraw the request")
                    % {"of": told.of}
                }
            )
        event = add_event(actor, held, act, side=side_of(act, Direction(held.direction)), told=told)
        if act is Act.SEND and held.letter_sha256:
            signed, why = _going_out(held, told), told.unsigned.strip()
            Dispatch.objects.create(event=event, signed=signed, unsigned_because=why)
    return held


def _going_out(request: Request, told: Told) -> SignedLetter | None:
    """The signed file that goes out; None: it goes out unsigned, and `told` says why."""
    if not told.signed:
        if not 0 < len(told.unsigned.strip()) <= UNSIGNED_CHARS_MAX:
            raise InvalidError({"unsigned": _("choose the signed letter, or say in some words why it goes unsigned")})
        return None
    if told.unsigned.strip():
        raise InvalidError({"unsigned": _("it is signed: leave this empty, or choose that it goes unsigned")})
    found = request.signed_letters.filter(paper__sha256=told.signed).first()
    if found is None or found.letter_sha256 != request.letter_sha256:
        raise InvalidError({"signed": _("no signed file of the letter as it is now has this digest")})
    return found


def _keep(actor: User, request: Request, act: Act, proof: Proof) -> str:
    kind = "reply" if side_of(act, Direction(request.direction)).value == _THEIRS[request.direction] else "proof"
    media_type = proof.media_type or "application/octet-stream"
    return keep_paper(request, proof.data, kind=kind, name=proof.name, media_type=media_type, by=actor).sha256


_THEIRS = {Direction.OUTGOING.value: Side.REQUESTED.value, Direction.INCOMING.value: Side.REQUESTING.value}


def add_event(
    actor: User,
    request: Request,
    act: Act,
    *,
    side: Side,
    told: Told = NOTHING_MORE,
) -> Event:
    """Add an event to a request that is held; within the transaction of an action that has asked for the right."""
    now = timezone.now()
    event = docket.Event(
        act=act,
        at=told.at or now,
        recorded_at=now,
        by=actor.username,
        side=side,
        note=told.note,
        means=told.means,
        reasons=told.reasons,
        until=told.until,
        of=told.of,
        document=told.document,
    )
    before = request.happened()
    try:
        docket.add(Direction(request.direction), before, event)
    except (ActError, HistoryError) as error:
        raise InvalidError({"": str(error)}) from None
    row = _write(actor, request, event, number=len(before) + 1)
    _follow(actor, request, event)
    facts = _facts(event, told.signed if act is Act.SEND else "")
    enter(actor, f"request.{act.value}", case=request.case, subject=request.pk, facts=facts)
    return row


def _write(actor: User, request: Request, event: docket.Event, *, number: int) -> Event:
    row = Event.objects.create(
        request=request,
        number=number,
        record=msgspec.json.encode(event),
        act=event.act.value,
        at=event.at,
        by=actor,
    )
    set_columns(request, watched(request, now=event.recorded_at), event.recorded_at)
    request.version += 1
    request.save(update_fields=[*COLUMNS, "version"])
    return row


def _follow(actor: User, request: Request, event: docket.Event) -> None:
    """That what a preservation prepared has arrived, once the request that hangs on it has."""
    earlier = {row.to_id: row.to for row in request.ties.select_related("to")}
    if not earlier:
        return
    known = {one: row.docketed() for one, row in earlier.items()}
    events = {one: row.happened() for one, row in earlier.items()}
    for one, follow in follow_ups(request.docketed(), event, requests=known, events=events):
        held = Request.objects.select_for_update().get(pk=one)
        _write(actor, held, follow, number=len(events[one]) + 1)


def _refuse_own(actor: User, request: Request) -> None:
    """Four eyes: nor does approve who stands in for the drafter, or for whom the drafter stands in, or did since."""
    rows = request.events.filter(act__in=("draft", "revise")).select_related("by")
    since = {row.by: row.at for row in rows.order_by("-number")}  # the first draft of each
    for drafter, at in since.items():
        if drafter != actor and (
            same_person_or_stand_in(actor, drafter, since=at) or same_person_or_stand_in(drafter, actor, since=at)
        ):
            raise NotAllowedError(
                _("approve: you and %(drafter)s stand in for each other; let another person approve it")
                % {"drafter": drafter}
            )


def _facts(event: docket.Event, signed: str) -> dict[str, Fact]:
    facts: dict[str, Fact] = {
        "document": event.document,
        "reasons": " ".join(event.reasons),
        "of": event.of,
        "signed": signed,
    }
    return {name: value for name, value in facts.items() if value}
