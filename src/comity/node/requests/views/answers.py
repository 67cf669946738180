"""Answering a request that came: drafted from the check of its letter, then edited like any letter of ours."""

import msgspec
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.docket import Direction
from comity.errors import ComityError
from comity.node.access import Signed, on_case
from comity.node.cases.models import Case
from comity.node.composer.actions import begin_from_draft
from comity.node.errors import InvalidError
from comity.node.people.roles import Right
from comity.node.requests.answering import Reply, drafted_answer, received_letter
from comity.node.requests.arriving import examined
from comity.node.requests.forms import AnswerForm
from comity.node.requests.reads import find_request


@on_case(Right.REQUEST_DRAFT)
def answer(request: Signed, case: Case, request_id: str) -> HttpResponse:
    """Draft an answer and open it in the editor of letters."""
    found = find_request(case, request_id)
    if found.direction != Direction.INCOMING:
        raise InvalidError({"": _("the request is ours: the other side answers it")})
    came = received_letter(found)
    finding = examined(came, on=timezone.localdate(found.opened_at))
    form = AnswerForm(request.POST or None, initial={"officer": request.user.name, "contact": request.user.email})
    if request.method == "POST" and form.is_valid():
        try:
            reply = msgspec.convert(form.cleaned_data, Reply)
            drafted = drafted_answer(came, finding, reply)
            note = f"answer to {found.their_reference or found.reference}"
            letter = begin_from_draft(request.user, case=case, drafted=drafted, note=note)
            return redirect("composer:edit", case.pk, letter.pk)
        except InvalidError as error:
            form.take(error)
        except ComityError as error:
            form.add_error("what", str(error))
    shown = {"form": form, "case": case, "found": found, "examined": finding}
    return render(request, "requests/answer.html", shown, status=422 if form.errors else 200)
