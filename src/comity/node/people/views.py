"""Pages of people."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from comity.node.access import Signed, signed_in
from comity.node.people.stepup import mark_present


@signed_in
def presence(request: Signed) -> HttpResponse:
    """Ask for the password again before an act that needs the person."""
    there = request.POST.get("next") or request.GET.get("next") or "/"
    if not url_has_allowed_host_and_scheme(there, allowed_hosts={request.get_host()}):
        there = "/"
    wrong = False
    if request.method == "POST":
        if request.user.check_password(request.POST.get("password", "")):
            mark_present(request)
            return HttpResponseRedirect(there)
        wrong = True
    return render(request, "people/presence.html", {"next": there, "wrong": wrong}, status=422 if wrong else 200)
