"""What a node refuses becomes an answer here and nowhere else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from comity.errors import ComityError
from comity.node.errors import ChangedError, HiddenError, InvalidError, NotAllowedError, StepUpError

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


class RefusalMiddleware:
    """Turns `ComityError` into a page; the API answers with problem details of its own (RFC 9457)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The answer to a refusal; None leaves the exception to Django."""
        if not isinstance(error, ComityError):
            return None
        if isinstance(error, StepUpError):
            there = request.get_full_path() if request.method == "GET" else request.META.get("HTTP_REFERER", "/")
            return HttpResponseRedirect(f"{reverse('people:presence')}?{urlencode({'next': there})}")
        status = status_of(error)
        return render(request, "refused.html", {"error": error, "status": status}, status=status)
