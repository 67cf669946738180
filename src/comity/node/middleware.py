"""What a node refuses becomes an answer here and nowhere else."""

from collections.abc import Callable
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from comity.errors import ComityError
from comity.node.errors import ChangedError, HiddenError, InvalidError, NotAllowedError, StepUpError
from comity.node.people.stepup import suspend

STATUS: tuple[tuple[type[ComityError], int], ...] = (
    (HiddenError, 404),
    (NotAllowedError, 403),
    (StepUpError, 403),
    (ChangedError, 409),
    (InvalidError, 422),
    (ComityError, 422),
)


def status_of(error: ComityError) -> int:
    """The HTTP status of a refusal (RFC 9110)."""
    return next(status for kind, status in STATUS if isinstance(error, kind))


def has_nul(request: HttpRequest) -> bool:
    """True where the address holds a NUL: no text that people mean has one, and PostgreSQL cannot keep it."""
    return "\0" in request.path or "\0" in unquote(request.META.get("QUERY_STRING", ""))


class RefusalMiddleware:
    """Turns `ComityError` into a page; the API answers with problem details of its own (RFC 9457)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if has_nul(request) and not request.path.startswith("/api/"):
            return HttpResponseBadRequest("a NUL character in the address", content_type="text/plain")
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The answer to a refusal; None leaves the exception to Django."""
        if not isinstance(error, ComityError):
            return None
        if isinstance(error, StepUpError):
            there = suspend(request)
            return HttpResponseRedirect(f"{reverse('people:presence')}?{urlencode({'next': there})}")
        status = status_of(error)
        return render(request, "refused.html", {"error": error, "status": status}, status=status)
