"""Changing the directory: own entries and corrections, confirmations, test calls; nothing is deleted."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.node.audit.actions import enter
from comity.node.directory.checks import checked
from comity.node.directory.models import FIELDS, Call, Confirmation, Entry, Kind, Outcome, Version, values_of
from comity.node.directory.shipped import fields_of, shipped_lines
from comity.node.errors import ChangedError, HiddenError, InvalidError
from comity.node.people.models import User
from comity.node.people.rights import require
from comity.node.people.roles import Right

NOTE_CHARS_MAX = 500
CALL_NOTE_CHARS_MAX = 1_000
CALL_MINUTES_MAX = 24 * 60
CALL_AGE_MAX = timedelta(days=366)


def add_entry(actor: User, *, values: Mapping[str, str]) -> Entry:
    """An entry of the agency's own."""
    require(actor, Right.DIRECTORY_EDIT)
    kept = checked(values)
    with transaction.atomic():
        entry = Entry.objects.create(**kept, changed_by=actor)
        _remember(actor, entry, "add")
    return entry


def change_entry(actor: User, *, entry_id: str, values: Mapping[str, str], version: int) -> Entry:
    """Correct a line; one that ships becomes an entry (it has version 0). ChangedError where somebody was faster."""
    require(actor, Right.DIRECTORY_EDIT)
    kept = checked(values)
    with transaction.atomic():
        entry = _held(actor, entry_id, version)
        if values_of(entry) != kept:
            for name in FIELDS:
                setattr(entry, name, kept[name])
            _save(actor, entry, "change")
    return entry


def withdraw_entry(actor: User, *, entry_id: str, version: int) -> Entry:
    """Take a line out of the lists; it stays, with its history, and can be put back."""
    return _turn(actor, entry_id, version, withdrawn=True)


def restore_entry(actor: User, *, entry_id: str, version: int) -> Entry:
    """Put back what was withdrawn."""
    return _turn(actor, entry_id, version, withdrawn=False)


def _turn(actor: User, entry_id: str, version: int, *, withdrawn: bool) -> Entry:
    require(actor, Right.DIRECTORY_EDIT)
    with transaction.atomic():
        entry = _held(actor, entry_id, version)
        if (entry.withdrawn_at is not None) is withdrawn:
            raise InvalidError({"": _("it is so already")})
        entry.withdrawn_at = timezone.now() if withdrawn else None
        _save(actor, entry, "withdraw" if withdrawn else "restore")
    return entry


def confirm_entry(actor: User, *, entry_id: str, version: int, note: str) -> Confirmation:
    """That the line is right as it stands in this version."""
    require(actor, Right.DIRECTORY_EDIT)
    note = _note(note, NOTE_CHARS_MAX)
    with transaction.atomic():
        entry = _held(actor, entry_id, version)
        made = Confirmation.objects.create(entry=entry, number=entry.version, by=actor, note=note)
        enter(actor, "directory.confirm", subject=entry.pk, facts={"version": entry.version})
    return made


def enter_call(actor: User, *, entry_id: str, called_at: datetime, outcome: str, minutes: int, note: str) -> Call:
    """Enter a test call to a 24/7 contact point."""
    require(actor, Right.DIRECTORY_EDIT)
    problems = _call_problems(called_at, outcome, minutes)
    if problems:
        raise InvalidError(problems)
    note = _note(note, CALL_NOTE_CHARS_MAX)
    with transaction.atomic():
        entry = _held(actor, entry_id, None)
        if entry.kind != Kind.CONTACT:
            raise InvalidError({"": _("test calls are for 24/7 contact points")})
        made = Call.objects.create(
            entry=entry, by=actor, called_at=called_at, outcome=outcome, minutes=minutes, note=note
        )
        enter(actor, "directory.call", subject=entry.pk, facts={"outcome": outcome, "minutes": minutes})
    return made


def _call_problems(called_at: datetime, outcome: str, minutes: int) -> dict[str, str]:
    problems, now = {}, timezone.now()
    if not now - CALL_AGE_MAX <= called_at <= now + timedelta(minutes=5):
        problems["called_at"] = _("the call was made before now, and at most a year ago")
    if outcome not in Outcome.values:
        problems["outcome"] = _("write one of %(names)s") % {"names": ", ".join(Outcome.values)}
    if not 0 <= minutes <= CALL_MINUTES_MAX:
        problems["minutes"] = _("write minutes from 0 to %(most)s") % {"most": CALL_MINUTES_MAX}
    return problems


def _note(text: str, longest: int) -> str:
    text = text.strip()
    if len(text) > longest or "\0" in text:
        raise InvalidError({"note": _("use %(most)s characters at most") % {"most": f"{longest:,}"}})
    return text


def _held(actor: User, entry_id: str, version: int | None) -> Entry:
    """The entry, held until the end of the transaction; a line that ships becomes one. HiddenError: there is none."""
    entry = Entry.objects.select_for_update(of=("self",)).filter(pk=entry_id).first()
    if entry is None:
        entry = _adopt(actor, entry_id)
        version = entry.version if version == 0 else version
    if version is not None and entry.version != version:
        raise ChangedError(expected=version, actual=entry.version)
    return entry


def _adopt(actor: User, entry_id: str) -> Entry:
    line = shipped_lines().get(entry_id)
    if line is None:
        raise HiddenError
    values = fields_of(line)
    try:
        with transaction.atomic():
            entry = Entry.objects.create(pk=entry_id, **values, shipped=values, changed_by=actor)
    except IntegrityError:
        raise ChangedError(expected=0, actual=1) from None
    _remember(actor, entry, "adopt")
    return entry


def _save(actor: User, entry: Entry, act: str) -> None:
    entry.version += 1
    entry.changed_at, entry.changed_by = timezone.now(), actor
    entry.save()
    _remember(actor, entry, act)


def _remember(actor: User, entry: Entry, act: str) -> None:
    Version.objects.create(entry=entry, number=entry.version, act=act, values=values_of(entry), by=actor)
    facts: dict[str, str | int | bool] = {"version": entry.version, "kind": entry.kind, "state": entry.state}
    enter(actor, f"directory.{act}", subject=entry.pk, facts=facts)
