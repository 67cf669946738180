"""Pages of letters."""

from typing import Any

import msgspec
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comity.errors import ComityError
from comity.law.names import language_name
from comity.letters import checked, in_language, languages, texts, with_texts
from comity.node.access import Signed, on_case
from comity.node.cases.models import Case
from comity.node.composer import actions
from comity.node.composer.compare import changes
from comity.node.composer.models import Letter
from comity.node.composer.reads import find_letter
from comity.node.composer.written import as_file
from comity.node.download import to_save
from comity.node.errors import ChangedError, HiddenError, InvalidError
from comity.node.people.rights import may
from comity.node.people.roles import Right
from comity.node.requests.actions.draft import DuplicateError
from comity.node.requests.alike import alike_for
from comity.node.requests.models import Request


@on_case(Right.CASE_READ)
def of_case(request: Signed, case: Case) -> HttpResponse:
    """The letters of a case."""
    rows = Letter.objects.filter(case=case).select_related("begun_by", "request")
    return render(request, "composer/list.html", {"case": case, "letters": rows})


@on_case(Right.REQUEST_DRAFT)
@require_POST
def from_step(request: Signed, case: Case) -> HttpResponse:
    """Begin the letter of a step."""
    number = request.POST.get("plan", "")
    if not number.isdigit() or len(number) > 9:
        raise InvalidError({"plan": _("say which plan, by its number")})
    made = actions.begin_from_step(request.user, case=case, plan_number=int(number), step=request.POST.get("step", ""))
    return redirect("composer:edit", case.pk, made.pk)


@on_case(Right.CASE_READ)
def edit(request: Signed, case: Case, letter_id: str) -> HttpResponse:
    """The letter with its checks beside it; saving makes a version."""
    letter = _of(case, letter_id)
    given: dict[str, str] = {}
    problem: ComityError | None = None
    if request.method == "POST":
        given = _given(request)
        try:
            version, note = _number(request.POST.get("version")), request.POST.get("note", "")
            actions.save_texts(request.user, letter=letter, changed=given, version=version, note=note)
            return redirect("composer:edit", case.pk, letter.pk)
        except (InvalidError, ChangedError) as error:
            problem = error
    shown = _shown(letter, request.user.pk, given) | {"problem": problem}
    shown["may_draft"] = case.status == "open" and may(request.user, Right.REQUEST_DRAFT, case)
    return render(
        request,
        "composer/edit.html",
        shown,
        status=409 if isinstance(problem, ChangedError) else 422 if problem else 200,
    )


@on_case(Right.REQUEST_DRAFT)
@require_POST
def check(request: Signed, case: Case, letter_id: str) -> HttpResponse:
    """The checks of what stands in the form now, saved or not, as a part of the page."""
    letter = _of(case, letter_id)
    drafted = letter.newest().drafted()
    now = dict(texts(drafted.letter))
    other = {
        address: msgspec.structs.replace(now[address], text=text.replace("\r\n", "\n").strip())
        for address, text in _given(request).items()
        if address in now and now[address].free
    }
    report = checked(with_texts(drafted.letter, other), drafted.expected).report
    return render(request, "composer/checks.html", {"report": report, "case": case, "letter": letter})


@on_case(Right.CASE_READ)
def read(request: Signed, case: Case, letter_id: str) -> HttpResponse:
    """The letter as it goes out, beside its original."""
    letter = _of(case, letter_id)
    drafted = letter.newest().drafted()
    made = in_language(drafted, letter.language, beside=True).rendition
    shown = {
        "case": case,
        "letter": letter,
        "rendition": made,
        "original": drafted.letter.language,
        "languages": [(code, language_name(code, get_language() or "en")) for code in languages()],
        "may_draft": may(request.user, Right.REQUEST_DRAFT, case),
    }
    return render(request, "composer/read.html", shown)


@on_case(Right.CASE_READ)
def save(request: Signed, case: Case, letter_id: str, form: str) -> HttpResponse:
    """The letter as a file."""
    letter = _of(case, letter_id)
    data, media_type = as_file(letter, form)
    suffix = {"text": "txt", "xliff": "xlf"}.get(form, form)
    return to_save(data, name=f"{letter.reference.replace('/', '-')}.{suffix}", media_type=media_type)


@on_case(Right.REQUEST_DRAFT)
@require_POST
def act(request: Signed, case: Case, letter_id: str, act: str) -> HttpResponse:
    """Restore an older version, draft again, take in a translation, choose the language."""
    letter = _of(case, letter_id)
    user, version = request.user, _number(request.POST.get("version"))
    match act:
        case "restore":
            actions.restore(user, letter=letter, number=_number(request.POST.get("number")), version=version)
        case "again":
            actions.draft_again(user, letter=letter, version=version)
        case "translation":
            file = request.FILES.get("file")
            if file is None:
                raise InvalidError({"file": _("choose the file that the translator gave")})
            actions.take_translation(user, letter=letter, data=file.read(), version=version)
        case "language":
            actions.set_language(user, letter=letter, language=request.POST.get("language", ""))
        case _:
            raise HiddenError
    return redirect(
        "composer:read" if act in {"translation", "language"} else "composer:edit", letter.case_id, letter.pk
    )


@on_case(Right.CASE_READ)
@require_POST
def comment(request: Signed, case: Case, letter_id: str) -> HttpResponse:
    """Say something of the letter, or that a comment is dealt with."""
    letter = _of(case, letter_id)
    if "settle" in request.POST:
        actions.settle(request.user, letter=letter, comment_id=_number(request.POST.get("settle")))
    else:
        said = {name: request.POST.get(name, "") for name in ("text", "address")}
        actions.comment(request.user, letter=letter, **said)
    return redirect("composer:edit", case.pk, letter.pk)


@on_case(Right.CASE_READ)
def compare(request: Signed, case: Case, letter_id: str, old: int, new: int) -> HttpResponse:
    """What two versions say differently, word by word."""
    letter = _of(case, letter_id)
    found = {row.number: row for row in letter.versions.filter(number__in=(old, new))}
    if len(found) != len({old, new}):
        raise HiddenError
    rows = changes(found[old].drafted(), found[new].drafted())
    return render(
        request, "composer/compare.html", {"case": case, "letter": letter, "rows": rows, "old": old, "new": new}
    )


@on_case(Right.REQUEST_DRAFT)
def to_request(request: Signed, case: Case, letter_id: str) -> HttpResponse:
    """Make the letter a request, or put this version in the place of the one that the request has."""
    letter = _of(case, letter_id)
    shown: dict[str, Any] = {
        "case": case,
        "letter": letter,
        "drafted": letter.newest().drafted(),
        "preserved": Request.objects.filter(case=case, measure="preservation", direction="outgoing"),
    }
    if request.method == "POST":
        follows = Request.objects.filter(case=case, pk=request.POST.get("follows", "")).first()
        try:
            made = actions.make_request(
                request.user,
                letter=letter,
                version=_number(request.POST.get("version")),
                follows=follows,
                again="again" in request.POST,
            )
            return redirect("requests:show", case.pk, made.pk)
        except DuplicateError as error:
            shown |= {"alike": alike_for(request.user, error.found), "problem": error}
        except (InvalidError, ChangedError) as error:
            shown["problem"] = error
    return render(request, "composer/request.html", shown, status=422 if "problem" in shown else 200)


def _of(case: Case, letter_id: str) -> Letter:
    return find_letter(case, letter_id, "request", "plan")


def _given(request: Signed) -> dict[str, str]:
    """What stands in the form, by the address of its text."""
    return {name.removeprefix("text:"): request.POST.get(name, "") for name in request.POST if name.startswith("text:")}


def _number(text: str | None) -> int:
    if not text or not text.isascii() or not text.isdigit() or len(text) > 9:
        raise InvalidError({"version": _("say which version you saw, by its number")})
    return int(text)


def _shown(letter: Letter, user_id: int, given: dict[str, str]) -> dict[str, Any]:
    newest = letter.newest()
    drafted = newest.drafted()
    comments = list(letter.comments.filter(settled_at=None).select_related("by"))
    said: dict[str, list[Any]] = {}
    for one in comments:
        said.setdefault(one.address, []).append(one)
    parts = [
        {
            "address": address,
            "text": given.get(address, text.text),
            "saved": text.text,
            "free": text.free,
            "language": text.language,
            "origin": text.origin,
            "comments": said.get(address, []),
        }
        for address, text in texts(drafted.letter)
    ]
    return {
        "case": letter.case,
        "letter": letter,
        "drafted": drafted,
        "report": drafted.report,
        "parts": parts,
        "whole": said.get("", []),
        "newest": newest,
        "versions": letter.versions.select_related("by")[:30],
    }
