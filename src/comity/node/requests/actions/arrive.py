"""Taking in a letter that came, putting right what was read of it, and registering or discarding it."""

from datetime import datetime
from pathlib import Path

import msgspec
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.node.audit.actions import enter
from comity.node.cases.actions import open_case
from comity.node.cases.models import Case, CaseKind
from comity.node.errors import ChangedError, HiddenError, InvalidError
from comity.node.people.models import User
from comity.node.people.rights import require_role
from comity.node.people.roles import Right
from comity.node.requests.actions.draft import Came, register_request
from comity.node.requests.arriving import Put, put_right, read_letter_file, received_of
from comity.node.requests.models import Arrival, Request
from comity.node.requests.papers import keep_bytes, read_bytes


def take_in(actor: User, *, data: bytes, name: str, media_type: str, at: datetime | None = None) -> Arrival:
    """Keep a letter that came, before anything is decided about it; InvalidError where it cannot be read."""
    require_role(actor, Right.REQUEST_RECEIVE)
    now = timezone.now()
    if at is not None and at > now:
        raise InvalidError({"at": _("it cannot have arrived later than now")})
    read_letter_file(data, name, timezone.localdate(at or now))
    with transaction.atomic():
        arrival = Arrival.objects.create(
            name=Path(name).name[:200] or "letter",
            media_type=media_type[:100],
            sha256=keep_bytes(data),
            arrived_at=at or now,
            added_by=actor,
        )
        enter(actor, "arrival.take_in", subject=arrival.pk, facts={"sha256": arrival.sha256})
    return arrival


def correct(actor: User, *, arrival: Arrival, put: Put, version: int) -> Arrival:
    """Keep what the officer says instead of what was read."""
    require_role(actor, Right.REQUEST_RECEIVE)
    put_right(received_of(arrival), put)
    with transaction.atomic():
        held = _held(arrival, version)
        held.told = msgspec.to_builtins(put)
        held.save(update_fields=["told", "version"])
        enter(actor, "arrival.correct", subject=held.pk, facts={"version": held.version})
    return held


def register(
    actor: User,
    *,
    arrival: Arrival,
    version: int,
    case: Case | None = None,
    reference: str = "",
    title: str = "",
    again: bool = False,
) -> Request:
    """Make the letter a request: of a case that is open to the actor, or of a new one (`reference`, `title`)."""
    require_role(actor, Right.REQUEST_RECEIVE)
    with transaction.atomic():
        held = _held(arrival, version)
        received = received_of(held)
        home = case or open_case(actor, reference=reference, title=title, kind=CaseKind.FOREIGN)
        came = Came(letter=received.letter, data=read_bytes(held.sha256), name=held.name, media_type=held.media_type)
        made = register_request(actor, case=home, came=came, at=held.arrived_at, again=again)
        held.request = made
        held.save(update_fields=["request", "version"])
    return made


def discard(actor: User, *, arrival: Arrival, version: int, reason: str) -> None:
    """It is no request, or not for us: say why; the file stays."""
    require_role(actor, Right.REQUEST_RECEIVE)
    if not reason.strip():
        raise InvalidError({"reason": _("say why: it is no request, it was sent on …")})
    with transaction.atomic():
        held = _held(arrival, version)
        held.discarded_at, held.discarded_because = timezone.now(), reason.strip()[:500]
        held.save(update_fields=["discarded_at", "discarded_because", "version"])
        enter(actor, "arrival.discard", subject=held.pk)


def _held(arrival: Arrival, version: int) -> Arrival:
    held = Arrival.objects.select_for_update().get(pk=arrival.pk)
    if held.request_id or held.discarded_at:
        raise HiddenError
    if held.version != version:
        raise ChangedError(expected=version, actual=held.version)
    held.version += 1
    return held
