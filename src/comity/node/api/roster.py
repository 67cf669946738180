"""Operations on the duty roster."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated, Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from comity.node.api.fields import Moment, Number, UserName
from comity.node.api.rules import Call, holding
from comity.node.errors import HiddenError, InvalidError
from comity.node.people.actions import roster as actions
from comity.node.people.models import Shift, Swap, User
from comity.node.people.reads import duty_officers, find_gaps, on_duty, turn_before
from comity.node.people.roles import Right

router = Router(tags=["roster"])
DAYS_MAX = 92
"""How much of the roster is read at once."""


class Span(Schema):
    """Which part of the roster; none given: a week from now."""

    from_at: Moment | None = None
    to_at: Moment | None = None


class OfficerOut(Schema):
    """Somebody on duty."""

    username: str
    name: str


class SwapOut(Schema):
    """A question whether a colleague takes a turn."""

    id: int
    to: str
    asked_by: str
    asked_at: datetime
    reason: str


class ShiftOut(Schema):
    """A turn of duty."""

    id: int
    username: str
    name: str
    starts_at: datetime
    ends_at: datetime
    taken_over_at: datetime | None
    called_off_at: datetime | None
    swap: SwapOut | None
    """A question that nobody has answered."""


class WholeShift(ShiftOut):
    """A turn with what is handed over."""

    handover: str
    """For the turn after."""
    before: str
    """The note of the turn before."""


class GapOut(Schema):
    """A time in which nobody is on duty."""

    starts_at: datetime
    ends_at: datetime


class RosterOut(Schema):
    """A part of the roster."""

    shifts: list[ShiftOut]
    gaps: list[GapOut]


class ShiftIn(Schema):
    """A turn to plan, and on how many days after it the same."""

    username: UserName
    starts_at: Moment
    ends_at: Moment
    repeat_days: Annotated[int, Field(ge=0, le=actions.REPEAT_DAYS_MAX)] = 0


class NoteIn(Schema):
    """What the next one must know; no content of a case."""

    note: Annotated[str, Field(max_length=actions.NOTE_CHARS_MAX)]


class SwapIn(Schema):
    """Who is asked to take a turn."""

    to: UserName
    reason: Annotated[str, Field(max_length=300)] = ""


class Answer(Schema):
    """Yes or no."""

    accept: bool


@router.get("", response=RosterOut, operation_id="read_roster")
@holding(Right.ROSTER_READ)
def read_roster(request: Call, span: Query[Span]) -> dict[str, Any]:
    """The turns of a time, and when nobody is on duty then, from now on."""
    now = timezone.now()
    begin = span.from_at or now
    end = span.to_at or begin + timedelta(days=7)
    if not timedelta() < end - begin <= timedelta(days=DAYS_MAX):
        raise InvalidError({"to_at": f"it is after from_at, at most {DAYS_MAX} days"})
    turns = _with_swaps().filter(called_off_at=None, starts_at__lt=end, ends_at__gt=begin)
    gaps = find_gaps(max(begin, now), end) if end > now else ()
    return {"shifts": [_shown(one) for one in turns], "gaps": list(gaps)}


@router.get("/now", response=list[OfficerOut], operation_id="who_is_on_duty")
@holding(Right.ROSTER_READ)
def who_is_on_duty(request: Call) -> list[dict[str, str]]:
    """Everybody on a turn now; and who was before, until somebody has taken over."""
    return [{"username": one.username, "name": str(one)} for one in on_duty(timezone.now())]


@router.get("/swaps", response=list[ShiftOut], operation_id="list_swaps")
@holding(Right.ROSTER_READ)
def list_swaps(request: Call) -> list[dict[str, Any]]:
    """Turns that colleagues ask you to take."""
    asked = Swap.objects.filter(answered_at=None, to=request.user)
    return [_shown(one) for one in _with_swaps().filter(pk__in=asked.values("shift"))[:200]]


@router.post("/shifts", response={201: list[ShiftOut]}, operation_id="plan_shifts")
@holding(Right.ROSTER_EDIT)
def plan_shifts(request: Call, new: ShiftIn) -> Status[list[dict[str, Any]]]:
    """Put a duty officer on the roster: all turns that are told, or none."""
    made = actions.plan_shifts(
        request.user,
        user=_officer(new.username, field="username"),
        starts_at=new.starts_at,
        ends_at=new.ends_at,
        repeat_days=new.repeat_days,
    )
    return Status(201, [_shown(one) for one in _with_swaps().filter(pk__in=[one.pk for one in made])])


@router.get("/shifts/{shift_id}", response=WholeShift, operation_id="read_shift")
@holding(Right.ROSTER_READ)
def read_shift(request: Call, shift_id: Number) -> dict[str, Any]:
    """One turn, with the note of the one before."""
    return _whole(shift_id)


@router.post("/shifts/{shift_id}/take-over", response=WholeShift, operation_id="take_over")
@holding(Right.ROSTER_READ)
def take_over(request: Call, shift_id: Number) -> dict[str, Any]:
    """You have read the note of the turn before, and answer from now on."""
    return _acted(request, shift_id, actions.take_over)


@router.post("/shifts/{shift_id}/note", response=WholeShift, operation_id="write_handover")
@holding(Right.ROSTER_READ)
def write_handover(request: Call, shift_id: Number, new: NoteIn) -> dict[str, Any]:
    """Write for the turn after yours."""
    return _acted(request, shift_id, actions.write_handover, note=new.note)


@router.post("/shifts/{shift_id}/call-off", response=WholeShift, operation_id="call_off_shift")
@holding(Right.ROSTER_EDIT)
def call_off_shift(request: Call, shift_id: Number) -> dict[str, Any]:
    """Take a turn off the roster."""
    return _acted(request, shift_id, actions.call_off_shift)


@router.post("/shifts/{shift_id}/swap", response=WholeShift, operation_id="ask_swap")
@holding(Right.ROSTER_READ)
def ask_swap(request: Call, shift_id: Number, asked: SwapIn) -> dict[str, Any]:
    """Ask a colleague to take your turn."""
    to = _officer(asked.to, field="to")
    return _acted(request, shift_id, actions.ask_swap, to=to, reason=asked.reason)


@router.post("/swaps/{swap_id}/answer", response={204: None}, operation_id="answer_swap")
@holding(Right.ROSTER_READ)
def answer_swap(request: Call, swap_id: Number, answer: Answer) -> Status[None]:
    """Say yes or no to a colleague's turn; who asked takes the question back with no."""
    actions.answer_swap(request.user, swap_id=swap_id, accept=answer.accept)
    return Status(204, None)


def _acted(request: Call, shift_id: int, act: Callable[..., object], **told: object) -> dict[str, Any]:
    shift = Shift.objects.select_related("user").filter(pk=shift_id).first()
    if shift is None:
        raise HiddenError
    act(request.user, shift=shift, **told)
    return _whole(shift_id)


def _officer(username: str, *, field: str) -> User:
    found = duty_officers().filter(username=username).first()
    if found is None:
        raise InvalidError({field: "no duty officer has this name"})
    return found


def _with_swaps() -> QuerySet[Shift]:
    asked = Swap.objects.filter(answered_at=None).select_related("to", "asked_by")
    return Shift.objects.select_related("user").prefetch_related(Prefetch("swaps", queryset=asked, to_attr="asked"))


def _whole(shift_id: int) -> dict[str, Any]:
    shift = _with_swaps().filter(pk=shift_id).first()
    if shift is None:
        raise HiddenError
    before = turn_before(shift)
    return {**_shown(shift), "handover": shift.handover, "before": before.handover if before else ""}


def _shown(shift: Shift) -> dict[str, Any]:
    asked: list[Swap] = shift.asked  # type: ignore[attr-defined]  # of `_with_swaps`
    return {
        "id": shift.pk,
        "username": shift.user.username,
        "name": str(shift.user),
        "starts_at": shift.starts_at,
        "ends_at": shift.ends_at,
        "taken_over_at": shift.taken_over_at,
        "called_off_at": shift.called_off_at,
        "swap": next((_swap(one) for one in asked), None),
    }


def _swap(one: Swap) -> dict[str, Any]:
    return {
        "id": one.pk,
        "to": one.to.username,
        "asked_by": one.asked_by.username,
        "asked_at": one.asked_at,
        "reason": one.reason,
    }
