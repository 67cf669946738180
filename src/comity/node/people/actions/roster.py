"""The duty roster: who answers the 24/7 line, hand-over from one to the next, and swaps."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.node.audit.actions import enter
from comity.node.errors import HiddenError, InvalidError
from comity.node.people.models import Shift, Swap, User
from comity.node.people.rights import require
from comity.node.people.roles import Right, Role

HOURS_MAX = 168
"""Longest turn: a week."""
REPEAT_DAYS_MAX = 60
EARLY = timedelta(hours=1)
"""How long before its beginning a turn can be taken over."""
NOTE_CHARS_MAX = 10_000


def plan_shift(actor: User, *, user: User, starts_at: datetime, ends_at: datetime) -> Shift:
    """Put a person on the roster; several may be on duty at once, nobody twice."""
    require(actor, Right.ROSTER_EDIT)
    problems: dict[str, str] = {}
    if Role.DUTY not in user.roles:
        problems["user"] = _("this person does not have the role of a duty officer")
    if not starts_at < ends_at <= starts_at + timedelta(hours=HOURS_MAX):
        problems["ends_at"] = _("it ends after it begins, at most %(most)s hours later") % {"most": HOURS_MAX}
    elif ends_at <= timezone.now():
        problems["ends_at"] = _("it is over: plan what is to come")
    if problems:
        raise InvalidError(problems)
    with transaction.atomic():
        _refuse_double(user, starts_at, ends_at)
        shift = Shift.objects.create(user=user, starts_at=starts_at, ends_at=ends_at)
        facts: dict[str, str | int | bool] = {"from": starts_at.isoformat(), "to": ends_at.isoformat()}
        enter(actor, "shift.plan", about=user, subject=str(shift.pk), facts=facts)
    return shift


def plan_shifts(
    actor: User, *, user: User, starts_at: datetime, ends_at: datetime, repeat_days: int
) -> tuple[Shift, ...]:
    """A turn, and the same by the clock on so many days after it: all of them, or none."""
    if not 0 <= repeat_days <= REPEAT_DAYS_MAX:
        raise InvalidError({"repeat_days": _("choose 0 to %(most)s days") % {"most": REPEAT_DAYS_MAX}})
    with transaction.atomic():
        return tuple(
            plan_shift(actor, user=user, starts_at=_days_after(starts_at, day), ends_at=_days_after(ends_at, day))
            for day in range(repeat_days + 1)
        )


def _days_after(at: datetime, days: int) -> datetime:
    """The same time by the clock on a later day, also where the clocks are changed between."""
    local = timezone.localtime(at)
    return timezone.make_aware(local.replace(tzinfo=None) + timedelta(days=days))


def _refuse_double(user: User, starts_at: datetime, ends_at: datetime) -> None:
    User.objects.select_for_update().get(pk=user.pk)
    if Shift.objects.standing().filter(user=user, starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise InvalidError({"user": _("this person has a turn in that time")})


def call_off_shift(actor: User, *, shift: Shift) -> None:
    """Take a turn off the roster."""
    require(actor, Right.ROSTER_EDIT)
    with transaction.atomic():
        if not Shift.objects.standing().filter(pk=shift.pk, taken_over_at=None).update(called_off_at=timezone.now()):
            raise InvalidError({"": _("it was taken over or called off before")})
        enter(actor, "shift.call_off", about=shift.user, subject=str(shift.pk))


def write_handover(actor: User, *, shift: Shift, note: str) -> None:
    """What the person on this turn tells the next one; it may be written until somebody has taken over."""
    _require_own(actor, shift)
    if len(note) > NOTE_CHARS_MAX:
        raise InvalidError({"note": _("use %(most)s characters at most") % {"most": f"{NOTE_CHARS_MAX:,}"}})
    with transaction.atomic():
        held = Shift.objects.select_for_update().get(pk=shift.pk)
        if held.called_off_at is not None:
            raise InvalidError({"note": _("this turn was called off")})
        held.handover = note.strip()
        held.save(update_fields=["handover"])
        enter(actor, "shift.hand_over", subject=str(shift.pk))


def take_over(actor: User, *, shift: Shift) -> None:
    """The person on this turn has read the note of the one before, and answers from now on."""
    _require_own(actor, shift)
    now = timezone.now()
    if not shift.starts_at - EARLY <= now < shift.ends_at:
        raise InvalidError({"": _("a turn is taken over when it begins, or up to an hour before")})
    with transaction.atomic():
        mine = Shift.objects.standing().filter(pk=shift.pk, user=actor, taken_over_at=None)
        if not mine.update(taken_over_at=now):
            raise InvalidError({"": _("it was taken over, swapped or called off before")})
        enter(actor, "shift.take_over", subject=str(shift.pk))


def ask_swap(actor: User, *, shift: Shift, to: User, reason: str) -> Swap:
    """Ask a colleague to take this turn."""
    _require_own(actor, shift)
    if to == actor or Role.DUTY not in to.roles:
        raise InvalidError({"to": _("choose another duty officer")})
    if shift.taken_over_at is not None or shift.called_off_at is not None or shift.ends_at <= timezone.now():
        raise InvalidError({"": _("this turn has begun, is over or was called off")})
    try:
        with transaction.atomic():
            swap = Swap.objects.create(shift=shift, to=to, asked_by=actor, reason=reason.strip()[:300])
            enter(actor, "shift.ask_swap", about=to, subject=str(shift.pk))
    except IntegrityError:
        raise InvalidError({"": _("a colleague has been asked and has not answered")}) from None
    return swap


def answer_swap(actor: User, *, swap_id: int, accept: bool) -> None:
    """Say yes or no to a colleague's turn; with yes it is one's own. Who asked may take the question back."""
    with transaction.atomic():
        swap = Swap.objects.select_for_update(of=("self",)).select_related("shift").filter(pk=swap_id).first()
        if swap is None or actor.pk not in ({swap.to_id} if accept else {swap.to_id, swap.asked_by_id}):
            raise HiddenError
        shift = Shift.objects.select_for_update().get(pk=swap.shift_id)
        if swap.answered_at is not None or shift.taken_over_at or shift.called_off_at:
            raise InvalidError({"": _("it has been answered, or the turn has begun or was called off")})
        if accept:
            _refuse_double(actor, shift.starts_at, shift.ends_at)
            shift.user = actor
            shift.save(update_fields=["user"])
        swap.answered_at, swap.accepted = timezone.now(), accept
        swap.save(update_fields=["answered_at", "accepted"])
        enter(actor, "shift.swap" if accept else "shift.refuse_swap", subject=str(shift.pk))


def _require_own(actor: User, shift: Shift) -> None:
    require(actor, Right.ROSTER_READ)
    if shift.user_id != actor.pk:
        raise HiddenError
