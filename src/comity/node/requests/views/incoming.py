"""Letters that came: taken in, read and checked, put right, registered or discarded."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.errors import ComityError
from comity.node.access import Signed, find_case, with_right
from comity.node.cases.models import Case
from comity.node.errors import ChangedError, HiddenError, InvalidError
from comity.node.people.roles import Right
from comity.node.requests.actions.arrive import correct, discard, register, take_in
from comity.node.requests.actions.draft import DuplicateError
from comity.node.requests.alike import alike_for
from comity.node.requests.arriving import Put, examined, put_of, received_of
from comity.node.requests.forms import ArrivalForm, IncomingForm
from comity.node.requests.models import Arrival
from comity.node.requests.papers import PAPER_BYTES_MAX

CASES_OFFERED = 100
WAITING_MAX = 100


@with_right(Right.REQUEST_RECEIVE)
def incoming(request: Signed) -> HttpResponse:
    """What came and is not registered yet; take in another letter."""
    form = IncomingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            file = form.cleaned_data["file"]
            if file.size > PAPER_BYTES_MAX:
                raise InvalidError({"file": _("larger than %(most)s bytes") % {"most": f"{PAPER_BYTES_MAX:,}"}})
            arrival = take_in(
                request.user,
                data=file.read(),
                name=file.name,
                media_type=file.content_type or "",
                at=form.cleaned_data["at"],
            )
            return redirect("requests:arrival", arrival.pk)
        except InvalidError as error:
            form.take(error)
    waiting = Arrival.objects.filter(request=None, discarded_at=None).select_related("added_by")[:WAITING_MAX]
    shown = {"form": form, "waiting": waiting}
    return render(request, "requests/incoming.html", shown, status=422 if form.errors else 200)


@with_right(Right.REQUEST_RECEIVE)
def arrival(request: Signed, arrival_id: str) -> HttpResponse:
    """One letter that came: what was read, what the check finds, and what becomes of it."""
    found = Arrival.objects.filter(pk=arrival_id, request=None, discarded_at=None).first()
    if found is None:
        raise HiddenError
    cases = Case.objects.open_to(request.user).filter(status="open")[:CASES_OFFERED]
    start = {**found.told, "version": found.version}
    form = ArrivalForm(request.POST or None, initial=start, cases=cases)
    shown: dict[str, Any] = {"arrival": found, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            return _done(request, found, form)
        except DuplicateError as error:
            shown["alike"] = alike_for(request.user, error.found)
            form.take(error)
        except InvalidError as error:
            form.take(error)
        except ChangedError as error:
            form.add_error(None, str(error))
    found.refresh_from_db()
    came = received_of(found)
    shown |= {"came": came, "put": put_of(found)}
    try:
        shown["examined"] = examined(came, on=timezone.localdate(found.arrived_at))
    except ComityError as error:  # what it names is not in our data: an officer can put it right
        shown["not_examined"] = str(error)
    return render(request, "requests/arrival.html", shown, status=422 if form.errors else 200)


def _done(request: Signed, found: Arrival, form: ArrivalForm) -> HttpResponse:
    """What the button says; what was put right is kept in any case."""
    told, user = form.cleaned_data, request.user
    if "discard" in request.POST:
        discard(user, arrival=found, version=told["version"], reason=told["reason"])
        return redirect("requests:incoming")
    put = Put(**{name: told[name] for name in Put.__struct_fields__})
    version = told["version"]
    if put != put_of(found):
        version = correct(user, arrival=found, put=put, version=version).version
        posted = request.POST.copy()
        posted["version"] = str(version)
        form.data = posted
    if "register" not in request.POST:
        return redirect("requests:arrival", found.pk)
    case = find_case(user, told["case"]) if told["case"] else None
    made = register(
        user,
        arrival=found,
        version=version,
        case=case,
        reference=told["reference"],
        title=told["title"],
        again=told["again"],
    )
    return redirect("requests:show", made.case_id, made.pk)
