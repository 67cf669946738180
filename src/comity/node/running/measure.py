"""Each answer is counted, timed and logged by the name of its address, never by the address."""

import hmac
import logging
import secrets
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from prometheus_client import Counter, Histogram

ANSWERS = Counter("comity_answers_total", "Answers by page and status", ["view", "status"])
SECONDS = Histogram(
    "comity_answer_seconds", "Time to an answer", ["view"], buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5)
)
UNWATCHED = frozenset({"running:alive", "running:ready", "running:metrics"})
"""Asked every few seconds by machines: counted, but not logged."""
_LOG = logging.getLogger("comity.answers")


class MeasureMiddleware:
    """The outermost: sees every answer, and gives each request an id that stands in all its lines of the log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        begun = time.perf_counter()
        request_id = secrets.token_hex(8)
        with structlog.contextvars.bound_contextvars(request=request_id):
            response = self._get_response(request)
            seconds = time.perf_counter() - begun
            response["X-Request-ID"] = request_id
            _tell(request, response.status_code, seconds)
        return response


def _tell(request: HttpRequest, status: int, seconds: float) -> None:
    view = (request.resolver_match.view_name if request.resolver_match else "") or "none"
    ANSWERS.labels(view, str(status)).inc()
    SECONDS.labels(view).observe(seconds)
    if view in UNWATCHED:
        return
    # Only where the view has asked who it is: the log must not cost a query.
    token = request.__dict__.get("token")
    known = token.user if token is not None else request.__dict__.get("_cached_user")
    user = hashed_user(known.pk) if known is not None and known.pk else ""
    facts = {"view": view, "method": _method(request), "status": status, "ms": round(seconds * 1000, 1), "user": user}
    _LOG.info("answer", extra=facts)


def _method(request: HttpRequest) -> str:
    known = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
    return request.method if request.method in known else "other"


def hashed_user(pk: int) -> str:
    """A person in the log: the same for all their lines, and nobody's without the node's secret key."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"log user {pk}".encode(), "sha256").hex()[:16]
