"""Pages of the directory."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from comity.node.access import Signed, signed_in, with_right
from comity.node.directory import actions
from comity.node.directory.checks import TEXT_CHARS_MAX
from comity.node.directory.csvfile import FileError, import_csv, write_csv
from comity.node.directory.forms import CallForm, EntryForm, FileForm, FilterForm, NowForm, VersionForm
from comity.node.directory.hours import office_now
from comity.node.directory.models import FIELDS, Call, Confirmation, Entry, Kind, Version
from comity.node.directory.reads import Line, find_line, list_lines, whom_to_call
from comity.node.download import to_save
from comity.node.errors import ChangedError, HiddenError, InvalidError
from comity.node.people.models import User
from comity.node.people.reads import on_duty
from comity.node.people.roles import Right

PAGE_LINES = 50
HISTORY_SHOWN = 50


@signed_in
@require_GET
def directory(request: Signed) -> HttpResponse:
    """Every line that fits."""
    form, lines = _filtered(request)
    page = Paginator(lines, PAGE_LINES).get_page(request.GET.get("page"))
    given = request.GET.copy()
    given.pop("page", None)
    shown = {"form": form, "page": page, "rest": given.urlencode(), "may_edit": _may_edit(request)}
    return render(request, "directory/list.html", shown, status=422 if form.errors else 200)


def _filtered(request: Signed) -> tuple[FilterForm, tuple[Line, ...]]:
    form = FilterForm(request.GET)
    if not form.is_valid():
        return form, ()
    given = form.cleaned_data
    lines = list_lines(
        timezone.now(),
        kind=given["kind"],
        state=given["state"],
        text=given["q"],
        measure=given["measure"],
        stale=given["stale"],
    )
    return form, lines


@signed_in
@require_GET
def export(request: Signed) -> HttpResponse:
    """The lines that fit as CSV."""
    _form, lines = _filtered(request)
    return to_save(write_csv(lines), name="directory.csv", media_type="text/csv; charset=utf-8")


@signed_in
@require_GET
def now(request: Signed) -> HttpResponse:
    """Whom to call now: each with the clock there, and whether the office works."""
    form = NowForm(request.GET or None)
    at = timezone.now()
    shown: dict[str, object] = {"form": form, "on_duty": on_duty(at)}
    if form.is_valid():
        state, measure = form.cleaned_data["state"], form.cleaned_data["measure"]
        lines = whom_to_call(at, state=state, measure=measure)
        shown |= {
            "state": state,
            "measure": measure,
            "here": office_now(state, at),
            "found": [(line, _office(line)) for line in lines],
        }
    return render(request, "directory/now.html", shown, status=422 if form.errors else 200)


def _office(line: Line) -> object:
    values = line.values
    return office_now(values["state"], timezone.now(), hours=values["hours"], zone=values["zone"])


@signed_in
@require_GET
def show(request: Signed, line_id: str) -> HttpResponse:
    """One line with its history, confirmations and test calls."""
    return _page(request, _line(line_id))


def _page(request: Signed, line: Line, *, call: CallForm | None = None) -> HttpResponse:
    call = call or CallForm(initial={"called_at": timezone.localtime()})
    shown = {
        "line": line,
        "office": _office(line),
        "versions": Version.objects.filter(entry=line.id).select_related("by")[:HISTORY_SHOWN],
        "confirmations": Confirmation.objects.filter(entry=line.id).select_related("by")[:HISTORY_SHOWN],
        "calls": Call.objects.filter(entry=line.id).select_related("by")[:HISTORY_SHOWN],
        "confirm": VersionForm(initial={"version": line.version}),
        "call": call,
        "is_contact": line.values["kind"] == Kind.CONTACT,
        "may_edit": _may_edit(request),
    }
    return render(request, "directory/show.html", shown, status=422 if call.errors else 200)


@with_right(Right.DIRECTORY_EDIT)
def new(request: Signed) -> HttpResponse:
    """Add an entry."""
    form = EntryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            entry = actions.add_entry(request.user, values=form.cleaned_data)
        except InvalidError as error:
            form.take(error)
        else:
            return _saved(request, entry.pk)
    return render(request, "directory/edit.html", {"form": form}, status=422 if form.errors else 200)


@with_right(Right.DIRECTORY_EDIT)
def change(request: Signed, line_id: str) -> HttpResponse:
    """Correct a line; who saves an older one keeps his own words and sees those of the other beside them."""
    line = _line(line_id)
    form = EntryForm(request.POST or None, initial={**line.values, "version": line.version})
    shown: dict[str, object] = {"form": form, "line": line}
    status = 200
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            version = given["version"] if given["version"] is not None else -1
            actions.change_entry(request.user, entry_id=line_id, values=given, version=version)
            return _saved(request, line_id)
        except InvalidError as error:
            form.take(error)
        except ChangedError as error:
            shown |= {"problem": error, "differences": _differences(line, given)}
            status = 409
    return render(request, "directory/edit.html", shown, status=422 if form.errors else status)


def _differences(line: Line, given: dict[str, str]) -> list[tuple[str, str, str]]:
    pairs = [(name, line.values[name], str(given.get(name, ""))[:TEXT_CHARS_MAX]) for name in FIELDS]
    return [one for one in pairs if one[1] != one[2]]


@with_right(Right.DIRECTORY_EDIT)
@require_POST
def confirm(request: Signed, line_id: str) -> HttpResponse:
    """That the line is right."""
    _line(line_id)
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise InvalidError({name: str(errors[0]) for name, errors in form.errors.items()})
    actions.confirm_entry(request.user, entry_id=line_id, **form.cleaned_data)
    return _saved(request, line_id)


@with_right(Right.DIRECTORY_EDIT)
@require_POST
def withdraw(request: Signed, line_id: str) -> HttpResponse:
    """Take the line out of the lists."""
    return _turned(request, line_id, actions.withdraw_entry)


@with_right(Right.DIRECTORY_EDIT)
@require_POST
def restore(request: Signed, line_id: str) -> HttpResponse:
    """Put the line back."""
    return _turned(request, line_id, actions.restore_entry)


def _turned(request: Signed, line_id: str, act: Callable[..., Entry]) -> HttpResponse:
    _line(line_id)
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise InvalidError({name: str(errors[0]) for name, errors in form.errors.items()})
    act(request.user, entry_id=line_id, version=form.cleaned_data["version"])
    return _saved(request, line_id)


@with_right(Right.DIRECTORY_EDIT)
@require_POST
def call(request: Signed, line_id: str) -> HttpResponse:
    """Enter a test call."""
    line = _line(line_id)
    form = CallForm(request.POST)
    if form.is_valid():
        try:
            actions.enter_call(request.user, entry_id=line_id, **form.given)
        except InvalidError as error:
            form.take(error)
        else:
            return _saved(request, line_id)
    return _page(request, line, call=form)


@with_right(Right.DIRECTORY_EDIT)
def take_in(request: Signed) -> HttpResponse:
    """Take in a CSV file, whole or not at all."""
    form = FileForm(request.POST or None, request.FILES or None)
    problems: tuple[object, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            taken = import_csv(request.user, data=form.bytes())
        except FileError as error:
            problems = error.rows
        else:
            said = {"added": taken.added, "changed": taken.changed, "same": taken.same}
            messages.success(request, _("Added: %(added)s; changed: %(changed)s; the same: %(same)s.") % said)
            return redirect("directory:list")
    shown = {"form": form, "problems": problems}
    return render(request, "directory/import.html", shown, status=422 if problems or form.errors else 200)


def _line(line_id: str) -> Line:
    found = find_line(line_id, timezone.now())
    if found is None:
        raise HiddenError
    return found


def _may_edit(request: Signed) -> bool:
    user: User = request.user
    return user.holds(Right.DIRECTORY_EDIT)


def _saved(request: Signed, line_id: str) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("directory:show", line_id)
