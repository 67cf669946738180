"""Guards round django-allauth's own views, where they are not strict enough."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from requests import RequestException

Guarded = Callable[..., HttpResponseBase]


def keeps_last(view: Guarded) -> Guarded:
    """Removing a passkey, which allauth would do with the last factor too: that one stays."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        passkeys = Authenticator.objects.filter(user=request.user.pk, type=Authenticator.Type.WEBAUTHN)
        key = passkeys.filter(pk=kwargs.get("pk")).first()
        if key is not None and not get_adapter().can_delete_authenticator(key):
            messages.error(request, _("This is your last second factor: set up another one first."))
            return redirect("mfa_index")
        return view(request, *args, **kwargs)

    return guarded


def reached(view: Guarded) -> Guarded:
    """Signing in at a provider that may be down: then the person is told, and can sign in in another way."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except RequestException:
            return render(request, "account/provider_down.html", status=502)

    return guarded
