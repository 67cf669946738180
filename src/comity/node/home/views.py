"""The first page."""

from django.http import HttpResponse
from django.shortcuts import render

from comity.node.access import Signed, signed_in
from comity.node.cases.models import Case


@signed_in
def start(request: Signed) -> HttpResponse:
    """What waits for this person."""
    return render(request, "home/start.html", {"cases": Case.objects.open_to(request.user)[:10]})
