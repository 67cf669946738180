"""Pages round sign-in: the link of an invitation, the second factor, the proof of presence."""

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import get_adapter as get_provider_adapter
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from comity.node.access import Signed, arriving, public
from comity.node.errors import InvalidError
from comity.node.people.actions.invitations import accept_invitation, find_invitation
from comity.node.people.forms import PasswordForm
from comity.node.people.secondfactor import is_settled
from comity.node.people.stepup import is_present


@arriving
def presence(request: Signed) -> HttpResponse:
    """Ask for a fresh proof before an act that needs the person: the ways that this person has."""
    there = request.GET.get("next") or "/"
    if not url_has_allowed_host_and_scheme(there, allowed_hosts={request.get_host()}):
        there = "/"
    if is_present(request):
        return HttpResponseRedirect(there)
    methods = get_adapter().get_reauthentication_methods(request.user)
    if methods:
        return HttpResponseRedirect(f"{methods[0]['url']}?{urlencode({'next': there})}")
    return render(request, "people/presence.html", {"next": there, "providers": _providers(request, there)})


def _providers(request: Signed, there: str) -> list[dict[str, str]]:
    linked = set(SocialAccount.objects.filter(user=request.user).values_list("provider", flat=True))
    query = {"process": "redirect", "next": there, "auth_params": "prompt=login&max_age=0"}
    return [
        {"name": one.name, "url": one.get_login_url(request, **query)}
        for one in get_provider_adapter().list_providers(request)
        if one.app is not None and one.app.provider_id in linked
    ]


@arriving
def settle(request: Signed) -> HttpResponse:
    """Lead a person to set up a second factor, before anything of a case is shown."""
    if is_settled(request):
        return redirect("home:start")
    kinds = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    return render(request, "people/settle.html", {"kinds": kinds})


@arriving
def no_password(request: Signed) -> HttpResponse:
    """Say that this person signs in by the agency's provider and has no password here."""
    return render(request, "people/no_password.html")


@public
@never_cache
@sensitive_post_parameters("password", "again")
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Let whoever holds the link of an invitation choose a password."""
    user = find_invitation(secret).user
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            accept_invitation(secret=secret, password=form.cleaned_data["password"])
        except InvalidError as error:
            form.take(error)
        else:
            messages.success(request, _("Your password is set. Sign in with it now."))
            return redirect("account_login")
    status = 422 if form.errors else 200
    response = render(request, "people/accept.html", {"form": form, "person": user}, status=status)
    response["Referrer-Policy"] = "no-referrer"
    return response
