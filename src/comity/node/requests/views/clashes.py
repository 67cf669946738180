"""The same asked twice by the agency: the desk sees which units must talk to each other."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from comity.node.access import Signed, with_right
from comity.node.people.roles import Right
from comity.node.requests.actions.clashes import settle_clash
from comity.node.requests.models import Clash, Request

CLASHES_MAX = 100


@with_right(Right.REQUEST_SEND)
def clashes(request: Signed) -> HttpResponse:
    """What is not settled: units and people, and the requests only where the person may see them."""
    people = [f"{side}__{who}" for side in ("request", "other") for who in ("assignee", "unit", "case")]
    rows = list(Clash.objects.filter(settled_at=None).select_related(*people).order_by("-found_at")[:CLASHES_MAX])
    ids = {pk for row in rows for pk in (row.request_id, row.other_id)}
    seen = set(Request.objects.open_to(request.user).filter(pk__in=ids).values_list("pk", flat=True))
    shown = [{"clash": row, "sides": [(side, side.pk in seen) for side in (row.request, row.other)]} for row in rows]
    return render(request, "requests/clashes.html", {"rows": shown})


@with_right(Right.REQUEST_SEND)
@require_POST
def settle(request: Signed, clash_id: int) -> HttpResponse:
    """The units have talked."""
    settle_clash(request.user, clash_id=clash_id)
    return redirect("requests:clashes")
