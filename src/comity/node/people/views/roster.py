"""Pages of the duty roster: week and list, hand-over, swaps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comity.node.access import Signed, with_right
from comity.node.errors import HiddenError, InvalidError
from comity.node.people.actions import roster as actions
from comity.node.people.forms import NoteForm, ShiftForm, SwapForm
from comity.node.people.models import Shift, Swap
from comity.node.people.reads import Gap, find_gaps, on_duty, turn_before
from comity.node.people.roles import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of the week shown."""

    on: date
    shifts: tuple[Shift, ...]
    gaps: tuple[Gap, ...]


@with_right(Right.ROSTER_READ)
def roster(request: Signed) -> HttpResponse:
    """A week of the roster, who is on duty now, and the gaps."""
    monday = _monday(request.GET.get("week", ""))
    begin, end = _midnight(monday), _midnight(monday + timedelta(days=7))
    shifts = Shift.objects.standing().filter(starts_at__lt=end, ends_at__gt=begin).select_related("user")
    now = timezone.now()
    gaps = find_gaps(max(begin, now), end) if end > now else ()
    swaps = Swap.objects.filter(answered_at=None, to=request.user).select_related("shift", "asked_by")
    values = {
        "days": _days(monday, list(shifts), gaps),
        "shifts": shifts,
        "gaps": gaps,
        "on_duty": on_duty(now),
        "swaps": swaps[:50],
        "monday": monday,
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "may_edit": request.user.holds(Right.ROSTER_EDIT),
    }
    return render(request, "people/roster.html", values)


def _monday(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = timezone.localdate()
    if not date(2000, 1, 10) < day < date(2999, 1, 1):
        day = timezone.localdate()
    return day - timedelta(days=day.weekday())


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _days(monday: date, shifts: list[Shift], gaps: tuple[Gap, ...]) -> tuple[Day, ...]:
    days = []
    for on in (monday + timedelta(days=number) for number in range(7)):
        begin, end = _midnight(on), _midnight(on + timedelta(days=1))
        days.append(
            Day(
                on=on,
                shifts=tuple(one for one in shifts if one.starts_at < end and one.ends_at > begin),
                gaps=tuple(one for one in gaps if one.starts_at < end and one.ends_at > begin),
            )
        )
    return tuple(days)


@with_right(Right.ROSTER_EDIT)
def new(request: Signed) -> HttpResponse:
    """Plan a turn."""
    form = ShiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            shift = actions.plan_shifts(request.user, **form.cleaned_data)[0]
        except InvalidError as error:
            form.take(error)
        else:
            messages.success(request, _("The turn is planned."))
            return redirect(f"/people/roster/?week={timezone.localtime(shift.starts_at).date().isoformat()}")
    return render(request, "people/shift_new.html", {"form": form}, status=422 if form.errors else 200)


def _find(shift_id: int) -> Shift:
    shift = Shift.objects.select_related("user").filter(pk=shift_id).first()
    if shift is None:
        raise HiddenError
    return shift


@with_right(Right.ROSTER_READ)
def show(request: Signed, shift_id: int) -> HttpResponse:
    """One turn: the note of the one before, taking over, the note for the next."""
    shift = _find(shift_id)
    own = shift.user_id == request.user.pk
    values = {
        "shift": shift,
        "own": own,
        "before": turn_before(shift),
        "note_form": NoteForm(initial={"note": shift.handover}) if own else None,
        "swap_form": SwapForm(actor=request.user) if own else None,
        "swap": shift.swaps.filter(answered_at=None).select_related("to", "asked_by").first(),
        "now": timezone.now(),
        "may_edit": request.user.holds(Right.ROSTER_EDIT),
    }
    return render(request, "people/shift.html", values)


def _act(request: Signed, shift_id: int, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except InvalidError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("people:shift", shift_id)


@with_right(Right.ROSTER_READ)
@require_POST
def take_over(request: Signed, shift_id: int) -> HttpResponse:
    """I have read the note, and answer from now on."""
    shift = _find(shift_id)
    return _act(request, shift_id, lambda: actions.take_over(request.user, shift=shift), _("You are on duty."))


@with_right(Right.ROSTER_READ)
@require_POST
def note(request: Signed, shift_id: int) -> HttpResponse:
    """Write what the next one must know."""
    shift, text = _find(shift_id), request.POST.get("note", "")
    return _act(
        request, shift_id, lambda: actions.write_handover(request.user, shift=shift, note=text), _("The note is kept.")
    )


@with_right(Right.ROSTER_EDIT)
@require_POST
def call_off(request: Signed, shift_id: int) -> HttpResponse:
    """Take a turn off the roster."""
    shift = _find(shift_id)
    done = _("The turn is called off.")
    return _act(request, shift_id, lambda: actions.call_off_shift(request.user, shift=shift), done)


@with_right(Right.ROSTER_READ)
@require_POST
def ask_swap(request: Signed, shift_id: int) -> HttpResponse:
    """Ask a colleague to take my turn."""
    shift = _find(shift_id)
    form = SwapForm(request.POST, actor=request.user)
    if not form.is_valid():
        messages.error(request, _("Choose a colleague."))
        return redirect("people:shift", shift_id)
    act = lambda: actions.ask_swap(request.user, shift=shift, **form.cleaned_data)  # noqa: E731  # read once, below
    return _act(request, shift_id, act, _("Your colleague is asked."))


@with_right(Right.ROSTER_READ)
@require_POST
def answer_swap(request: Signed, swap_id: int) -> HttpResponse:
    """Say yes or no to a colleague's turn."""
    swap = Swap.objects.filter(pk=swap_id).first()
    if swap is None:
        raise HiddenError
    accept = request.POST.get("answer") == "yes"
    act = lambda: actions.answer_swap(request.user, swap_id=swap_id, accept=accept)  # noqa: E731  # read once, below
    return _act(request, swap.shift_id, act, _("Your answer is kept."))
