"""Pages of pre-checks: of a letter of ours, and of drafts that came."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from comity.errors import ComityError
from comity.evidence.limitation_words import in_words
from comity.letters import texts
from comity.letters.incoming import Received
from comity.node.access import Signed, on_case, with_right
from comity.node.cases.models import Case
from comity.node.composer.models import Letter
from comity.node.composer.reads import find_letter
from comity.node.download import to_save
from comity.node.errors import ChangedError, HiddenError, InvalidError
from comity.node.people.rights import may
from comity.node.people.roles import Right
from comity.node.precheck import actions
from comity.node.precheck.forms import PackageForm, RemarkForm, ShareForm, ToForm
from comity.node.precheck.models import ForeignDraft
from comity.node.precheck.papers import LETTER
from comity.node.precheck.reads import find_draft, find_share
from comity.node.precheck.sealed import limitations
from comity.node.requests.arriving import examined, read_letter_file
from comity.node.requests.papers import PAPER_BYTES_MAX
from comity.node.slices import slice_of

AGE = "application/octet-stream"


@on_case(Right.CASE_READ)
def of_letter(request: Signed, case: Case, letter_id: str) -> HttpResponse:
    """To whom the letter went for pre-check, and the answers."""
    return _of_letter(request, find_letter(case, letter_id), PackageForm())


@on_case(Right.REQUEST_DRAFT, presence=True)
def share(request: Signed, case: Case, letter_id: str) -> HttpResponse:
    """Seal the letter as it is now for another side."""
    letter = find_letter(case, letter_id)
    form = ShareForm(request.POST or None, initial={"version": letter.number})
    if request.method == "POST" and form.is_valid():
        to, identity = form.chosen()
        try:
            actions.share(request.user, letter=letter, version=form.cleaned_data["version"], to=to, identity=identity)
            return redirect("precheck:of_letter", case.pk, letter.pk)
        except InvalidError as error:
            form.take(error)
        except ChangedError as error:
            form.add_error(None, str(error))
    shown = {
        "case": case,
        "letter": letter,
        "form": form,
        "report": letter.newest().drafted().report,
        "limits": tuple(in_words(limitations())),
    }
    return render(request, "precheck/share.html", shown, status=422 if form.errors else 200)


@on_case(Right.REQUEST_DRAFT)
@require_POST
def take_answer(request: Signed, case: Case, letter_id: str) -> HttpResponse:
    """Put what the other side said beside the paragraphs."""
    letter, form = find_letter(case, letter_id), PackageForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.take_answer(request.user, letter=letter, data=_bytes(form))
            return redirect("composer:edit", case.pk, letter.pk)
        except InvalidError as error:
            form.take(error)
    return _of_letter(request, letter, form)


@on_case(Right.REQUEST_DRAFT, presence=True)
def save(request: Signed, case: Case, letter_id: str, share_id: str) -> HttpResponse:
    """The sealed file, to be handed over."""
    found = find_share(case, letter_id, share_id)
    return to_save(actions.take_out(request.user, share=found), name=f"{found.package}.age", media_type=AGE)


@with_right(Right.REQUEST_RECEIVE)
def drafts(request: Signed) -> HttpResponse:
    """Drafts of others that came for pre-check; take in another."""
    form = PackageForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("precheck:draft", actions.take_draft(request.user, data=_bytes(form)).pk)
        except InvalidError as error:
            form.take(error)
    page = slice_of(ForeignDraft.objects.select_related("by"), request.GET.get("page"))
    return render(request, "precheck/drafts.html", {"form": form, "page": page}, status=422 if form.errors else 200)


@with_right(Right.REQUEST_RECEIVE)
def draft(request: Signed, draft_id: str) -> HttpResponse:
    """One draft: its paragraphs with what we say of them, and what our officer would find."""
    return _draft(request, find_draft(draft_id), RemarkForm())


@with_right(Right.REQUEST_RECEIVE)
@require_POST
def remark(request: Signed, draft_id: str) -> HttpResponse:
    """Say something of the draft, or take a remark of one's own back."""
    found = find_draft(draft_id)
    number = request.POST.get("take_back", "")
    if number:
        if not number.isascii() or not number.isdigit() or len(number) > 9:
            raise HiddenError
        actions.take_back(request.user, draft=found, remark_id=int(number))
        return redirect("precheck:draft", found.pk)
    form = RemarkForm(request.POST)
    if form.is_valid():
        try:
            actions.remark(request.user, draft=found, letter=_read(found).letter, **form.cleaned_data)
            return redirect("precheck:draft", found.pk)
        except InvalidError as error:
            form.take(error)
    return _draft(request, found, form)


@with_right(Right.REQUEST_RECEIVE, presence=True)
def answer(request: Signed, draft_id: str) -> HttpResponse:
    """Seal what we say for who sent the draft."""
    found = find_draft(draft_id)
    form = ToForm(request.POST or None, initial={"agency": found.identity})
    if request.method == "POST" and form.is_valid():
        try:
            name, data = actions.answer(request.user, draft=found, to=form.chosen()[0])
            return to_save(data, name=f"{name}.age", media_type=AGE)
        except InvalidError as error:
            form.take(error)
    shown = {"found": found, "form": form, "remarks": found.remarks.select_related("by")}
    return render(request, "precheck/answer.html", shown, status=422 if form.errors else 200)


def _of_letter(request: Signed, letter: Letter, form: PackageForm) -> HttpResponse:
    case = letter.case
    shown = {
        "case": case,
        "letter": letter,
        "form": form,
        "page": slice_of(letter.shares.select_related("by"), request.GET.get("page")),
        "may_draft": case.status == "open" and may(request.user, Right.REQUEST_DRAFT, case),
    }
    return render(request, "precheck/of_letter.html", shown, status=422 if form.errors else 200)


def _draft(request: Signed, found: ForeignDraft, form: RemarkForm) -> HttpResponse:
    came = _read(found)
    said: dict[str, list[Any]] = {}
    for row in found.remarks.select_related("by"):
        said.setdefault(row.address, []).append(row)
    shown = {
        "found": found,
        "form": form,
        "told": found.told(),
        "came": came,
        **_finding(found, came),
        "parts": [
            {"address": address, "text": text, "remarks": said.get(address, [])} for address, text in texts(came.letter)
        ],
        "whole": said.get("", []),
    }
    return render(request, "precheck/draft.html", shown, status=422 if form.errors else 200)


def _finding(found: ForeignDraft, came: Received) -> dict[str, Any]:
    """What our officer would find, or why that cannot be told: of a state that our data do not know, for one."""
    try:
        return {"examined": examined(came, on=timezone.localdate(found.at))}
    except ComityError as error:
        return {"examined": None, "not_examined": str(error)}


def _read(found: ForeignDraft) -> Received:
    return read_letter_file(bytes(found.letter), LETTER, timezone.localdate(found.at))


def _bytes(form: PackageForm) -> bytes:
    data: bytes = form.cleaned_data["file"].read(PAPER_BYTES_MAX + 1)
    return data
