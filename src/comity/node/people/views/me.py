"""A person's own pages: how he or she reads, ways in, tokens."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.node.access import Signed, signed_in, signed_in_present
from comity.node.errors import HiddenError, InvalidError
from comity.node.people.actions.accounts import edit_own
from comity.node.people.actions.tokens import SERIOUS, make_token, revoke_token
from comity.node.people.forms import OwnForm, TokenForm
from comity.node.people.models import Delegation, Token
from comity.node.people.roles import Right


@signed_in
def me(request: Signed) -> HttpResponse:
    """My account."""
    user = request.user
    known = {"language": user.language, "time_zone": user.time_zone}
    form = OwnForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        edit_own(user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        answer = redirect("people:me")
        answer.delete_cookie(settings.LANGUAGE_COOKIE_NAME)  # what was chosen on a page before gives way to this
        return answer
    now = timezone.now()
    values = {
        "form": form,
        "roles": sorted(user.roles),
        "factors": Authenticator.objects.filter(user=user).order_by("created_at"),
        "session_count": UserSession.objects.filter(user=user).count(),
        "token_count": Token.objects.in_force(now).filter(user=user).count(),
        "given_count": Delegation.objects.in_force(now).filter(by=user).count(),
        "taken_count": Delegation.objects.in_force(now).filter(to=user).count(),
    }
    return render(request, "people/me.html", values, status=422 if form.errors else 200)


@signed_in
def tokens(request: Signed) -> HttpResponse:
    """My tokens of the HTTP API."""
    rows = Token.objects.filter(user=request.user)[:50]
    return render(request, "people/tokens.html", {"tokens": rows, "now": timezone.now()})


@signed_in_present
def new_token(request: Signed) -> HttpResponse:
    """Make a token; its text is shown once."""
    held = frozenset(right for right in Right if request.user.holds(right))
    form = TokenForm(request.POST or None, held=held)
    if request.method == "POST" and form.is_valid():
        try:
            token, text = make_token(request.user, **form.cleaned_data)
        except InvalidError as error:
            form.take(error)
        else:
            response = render(request, "people/token.html", {"token": token, "text": text})
            response["Cache-Control"] = "no-store"
            return response
    values = {"form": form, "serious": [right.label for right in Right if right in SERIOUS & held]}
    return render(request, "people/token_new.html", values, status=422 if form.errors else 200)


@signed_in
def revoke(request: Signed, token_id: str) -> HttpResponse:
    """End one of my tokens."""
    if not Token.objects.filter(pk=token_id, user=request.user).exists():
        raise HiddenError
    if request.method == "POST":
        try:
            revoke_token(request.user, token_id=token_id)
        except InvalidError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The token is revoked."))
    return redirect("people:tokens")
