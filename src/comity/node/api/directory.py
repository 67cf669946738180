"""Operations on the directory."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from ninja import File, Query, Router, Status
from ninja.files import UploadedFile

from comity.law.names import is_state
from comity.node.api.lines import (
    Asked,
    CallIn,
    Change,
    Confirm,
    Filter,
    LineOut,
    LinePage,
    LineTurn,
    NowOut,
    TakenOut,
    Values,
    WholeLine,
)
from comity.node.api.pages import Cursor, cut_lines
from comity.node.api.rules import Call, anybody, holding
from comity.node.directory import actions, models
from comity.node.directory.csvfile import SIZE_BYTES_MAX, Taken, import_csv, write_csv
from comity.node.directory.hours import Now, office_now
from comity.node.directory.models import FIELDS
from comity.node.directory.reads import Line, find_line, list_lines, whom_to_call
from comity.node.errors import HiddenError, InvalidError
from comity.node.people.reads import on_duty
from comity.node.people.roles import Right

router = Router(tags=["directory"])
HISTORY_SHOWN = 200


@router.get("/lines", response=LinePage, operation_id="list_lines")
@anybody
def list_directory(request: Call, cursor: Query[Cursor], wanted: Query[Filter]) -> dict[str, Any]:
    """The lines that fit; those that were withdrawn are left out."""
    return cut_lines(_lines(wanted), cursor, key=_place, shown=lambda line: line)


@router.get("/lines.csv", response={200: bytes}, operation_id="read_directory_file")
@anybody
def read_directory_file(request: Call, wanted: Query[Filter]) -> HttpResponse:
    """The lines that fit as CSV, in columns that `import_directory` takes back."""
    return HttpResponse(write_csv(_lines(wanted)), content_type="application/octet-stream")


@router.get("/now", response=NowOut, operation_id="whom_to_call")
@anybody
def read_now(request: Call, asked: Query[Asked]) -> dict[str, Any]:
    """Whom to call now in a state, for a measure."""
    if not is_state(asked.state):
        raise InvalidError({"state": "write the state's code, such as IN"})
    now = timezone.now()
    lines = whom_to_call(now, state=asked.state, measure=asked.measure.value if asked.measure else "")
    return {
        "here": office_now(asked.state, now),
        "found": [{"line": line, "office": _office(line, now)} for line in lines],
        "on_duty": [str(one) for one in on_duty(now)],
    }


@router.post("/lines", response={201: WholeLine}, operation_id="add_line")
@holding(Right.DIRECTORY_EDIT)
def add_line(request: Call, new: Values) -> Status[dict[str, Any]]:
    """Add a line of the agency's own."""
    return Status(201, _whole(actions.add_entry(request.user, values=_told(new)).pk))


@router.post("/import", response=TakenOut, operation_id="import_directory")
@holding(Right.DIRECTORY_EDIT)
def import_directory(request: Call, file: File[UploadedFile]) -> Taken:
    """Take in a CSV file, whole or not at all; each error names its row and column."""
    return import_csv(request.user, data=file.read(SIZE_BYTES_MAX + 1))


@router.get("/lines/{line_id}", response=WholeLine, operation_id="read_line")
@anybody
def read_line(request: Call, line_id: str) -> dict[str, Any]:
    """One line with its history."""
    return _whole(line_id)


@router.post("/lines/{line_id}", response=WholeLine, operation_id="change_line")
@holding(Right.DIRECTORY_EDIT)
def change_line(request: Call, line_id: str, new: Change) -> dict[str, Any]:
    """Correct a line; one that ships becomes the agency's own."""
    actions.change_entry(request.user, entry_id=line_id, values=_told(new), version=new.version)
    return _whole(line_id)


@router.post("/lines/{line_id}/confirm", response=WholeLine, operation_id="confirm_line")
@holding(Right.DIRECTORY_EDIT)
def confirm_line(request: Call, line_id: str, told: Confirm) -> dict[str, Any]:
    """Say that the line was checked and is right."""
    actions.confirm_entry(request.user, entry_id=line_id, version=told.version, note=told.note)
    return _whole(line_id)


@router.post("/lines/{line_id}/withdraw", response=WholeLine, operation_id="withdraw_line")
@holding(Right.DIRECTORY_EDIT)
def withdraw_line(request: Call, line_id: str, turn: LineTurn) -> dict[str, Any]:
    """Take the line out of the lists; it can be put back."""
    actions.withdraw_entry(request.user, entry_id=line_id, version=turn.version)
    return _whole(line_id)


@router.post("/lines/{line_id}/restore", response=WholeLine, operation_id="restore_line")
@holding(Right.DIRECTORY_EDIT)
def restore_line(request: Call, line_id: str, turn: LineTurn) -> dict[str, Any]:
    """Put back a line that was withdrawn."""
    actions.restore_entry(request.user, entry_id=line_id, version=turn.version)
    return _whole(line_id)


@router.post("/lines/{line_id}/calls", response={201: WholeLine}, operation_id="enter_call")
@holding(Right.DIRECTORY_EDIT)
def enter_call(request: Call, line_id: str, call: CallIn) -> Status[dict[str, Any]]:
    """Enter a test call."""
    actions.enter_call(
        request.user,
        entry_id=line_id,
        called_at=call.called_at,
        outcome=call.outcome.value,
        minutes=call.minutes,
        note=call.note,
    )
    return Status(201, _whole(line_id))


def _lines(wanted: Filter) -> tuple[Line, ...]:
    return list_lines(
        timezone.now(),
        kind=wanted.kind.value if wanted.kind else "",
        state=wanted.state,
        text=wanted.text,
        measure=wanted.measure.value if wanted.measure else "",
        stale=wanted.stale,
    )


def _place(line: Line) -> tuple[str, ...]:
    return (line.values["state"], line.values["kind"], line.values["name"], line.id)


def _told(new: Values) -> dict[str, str]:
    return {name: str(getattr(new, name)) for name in FIELDS}


def _office(line: Line, now: datetime) -> Now:
    values = line.values
    return office_now(values["state"], now, hours=values["hours"], zone=values["zone"])


def _whole(line_id: str) -> dict[str, Any]:
    now = timezone.now()
    line = find_line(line_id, now)
    if line is None:
        raise HiddenError
    shown = {name: getattr(line, name) for name in LineOut.model_fields}
    return {
        **shown,
        "office": _office(line, now),
        "versions": _newest(models.Version.objects.all(), line_id),
        "confirmations": _newest(models.Confirmation.objects.all(), line_id),
        "calls": _newest(models.Call.objects.all(), line_id),
    }


def _newest(rows: "QuerySet[Any]", line_id: str) -> list[Any]:
    return list(rows.filter(entry=line_id).select_related("by")[:HISTORY_SHOWN])
