"""A letter that came: read, triaged and registered."""

from typing import Any

import msgspec
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from comity.errors import ComityError
from comity.law import parse_state
from comity.letters.incoming import Examination, Received, examine, receive
from comity.node.access import Signed, with_right
from comity.node.cases.actions import open_case
from comity.node.cases.models import CaseKind
from comity.node.errors import InvalidError
from comity.node.lawdata import registry
from comity.node.people.roles import Right
from comity.node.requests.actions.draft import Came, DuplicateError, register_request
from comity.node.requests.forms import IncomingForm
from comity.node.requests.papers import PAPER_BYTES_MAX


@with_right(Right.REQUEST_RECEIVE)
def register(request: Signed) -> HttpResponse:
    """Read a letter, show what the officer here would find, and register it as a request with a case of its own."""
    form = IncomingForm(request.POST or None, request.FILES or None)
    shown: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            came = _read(form)
            shown |= {"came": came, "examined": _examined(came)}
            if "register" in request.POST:
                return _registered(request, form, came)
        except DuplicateError as error:
            shown["duplicates"] = error.found
            form.take(error)
        except InvalidError as error:
            form.take(error)
        except ComityError as error:
            form.add_error("file", str(error))
    return render(request, "requests/incoming.html", shown, status=422 if form.errors else 200)


def _read(form: IncomingForm) -> Received:
    file = form.cleaned_data["file"]
    if file.size > PAPER_BYTES_MAX:
        raise InvalidError({"file": f"larger than {PAPER_BYTES_MAX:,} bytes"})
    received = receive(file.read(), registry(), file=file.name, received_on=timezone.localdate())
    sender = form.cleaned_data["sender"]
    if not sender:
        return received
    party = msgspec.structs.replace(received.letter.requesting, state=parse_state(sender))
    letter = msgspec.structs.replace(received.letter, requesting=party)
    return msgspec.structs.replace(received, letter=letter, sides_stated=True)


def _examined(came: Received) -> Examination | None:
    if not came.letter.requesting.state or not came.letter.addressee.state:
        return None
    return examine(came, registry(), as_of=timezone.localdate())


def _registered(request: Signed, form: IncomingForm, came: Received) -> HttpResponse:
    told = form.cleaned_data
    file = told["file"]
    file.seek(0)
    case = open_case(request.user, reference=told["reference"], title=told["title"], kind=CaseKind.FOREIGN)
    found = register_request(
        request.user,
        case=case,
        came=Came(letter=came.letter, data=file.read(), name=file.name, media_type=file.content_type or ""),
        at=told["at"] or timezone.now(),
        again=told["again"],
    )
    return redirect("requests:show", case.pk, found.pk)
