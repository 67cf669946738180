"""Answering a request that came: drafted from the check of its letter, then edited like any letter of ours."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.docket import Direction
from comity.errors import ComityError
from comity.letters import Drafted
from comity.letters.incoming import Answerer, Examination, Received, acknowledge, ask_back, refuse
from comity.node.access import Signed, on_case
from comity.node.cases.models import Case
from comity.node.composer.actions import begin_from_draft
from comity.node.errors import HiddenError, InvalidError
from comity.node.people.roles import Right
from comity.node.requests.arriving import examined, put_of, put_right, read_letter_file
from comity.node.requests.forms import AnswerForm
from comity.node.requests.models import Arrival, Request
from comity.node.requests.papers import read_paper


@on_case(Right.REQUEST_DRAFT)
def answer(request: Signed, case: Case, request_id: str) -> HttpResponse:
    """Draft an answer and open it in the editor of letters."""
    found = Request.objects.filter(case=case, pk=request_id).first()
    if found is None:
        raise HiddenError
    if found.direction != Direction.INCOMING:
        raise InvalidError({"": _("the request is ours: the other side answers it")})
    came = _received(found)
    finding = examined(came, on=timezone.localdate(found.opened_at))
    form = AnswerForm(request.POST or None, initial={"officer": request.user.name, "contact": request.user.email})
    if request.method == "POST" and form.is_valid():
        try:
            drafted = _drafted(came, finding, form.cleaned_data)
            note = f"answer to {found.their_reference or found.reference}"
            letter = begin_from_draft(request.user, case=case, drafted=drafted, note=note)
            return redirect("composer:edit", case.pk, letter.pk)
        except InvalidError as error:
            form.take(error)
        except ComityError as error:
            form.add_error("what", str(error))
    shown = {"form": form, "case": case, "found": found, "examined": finding}
    return render(request, "requests/answer.html", shown, status=422 if form.errors else 200)


def _received(found: Request) -> Received:
    """The letter as it was registered, with what the officer had put right."""
    paper = found.papers.filter(kind="received").first()
    if paper is None:
        raise HiddenError
    received = read_letter_file(read_paper(paper), paper.name, timezone.localdate(found.opened_at))
    arrival = Arrival.objects.filter(request=found).first()
    return put_right(received, put_of(arrival)) if arrival else received


def _drafted(came: Received, finding: Examination, told: dict[str, str]) -> Drafted:
    words = tuple(line.strip() for line in told["words"].splitlines() if line.strip())
    desk = Answerer(
        name=settings.CONFIG.agency,
        officer=told["officer"],
        contacts=(told["contact"],) if told["contact"] else (),
        signatory=told["signatory"],
        reference=told["reference"],
    )
    today = timezone.localdate()
    match told["what"]:
        case "refuse":
            return refuse(came, finding, desk, on=today, reasons=(*told["grounds"], *words))
        case "ask":
            return ask_back(came, finding, desk, on=today, questions=words, unrecognised=bool(told["every"]))
        case _:
            return acknowledge(came, finding, desk, on=today)
