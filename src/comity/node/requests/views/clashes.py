"""The same asked twice by the agency: the desk sees which units must talk to each other."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from comity.node.access import Signed, with_right
from comity.node.people.roles import Right
from comity.node.requests.actions.clashes import settle_clash
from comity.node.requests.reads import asked_twice


@with_right(Right.REQUEST_SEND)
def clashes(request: Signed) -> HttpResponse:
    """What is not settled: units and people, and the requests only where the person may see them."""
    return render(request, "requests/clashes.html", {"rows": asked_twice(request.user)})


@with_right(Right.REQUEST_SEND)
@require_POST
def settle(request: Signed, clash_id: int) -> HttpResponse:
    """The units have talked."""
    settle_clash(request.user, clash_id=clash_id)
    return redirect("requests:clashes")
