"""Errors of the API as problem details (RFC 9457)."""

import http
import logging
from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from comity.errors import ComityError
from comity.node.errors import ChangedError, InvalidError
from comity.node.middleware import status_of

MEDIA_TYPE = "application/problem+json"
_LOG = logging.getLogger(__name__)


class FieldProblem(Schema):
    """What is wrong with one field."""

    field: str
    """Where: a path such as ``body.title``; empty: the whole."""
    detail: str


class Problem(Schema):
    """Problem details (RFC 9457 3.1); `errors` and `version` are our extensions."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: tuple[FieldProblem, ...] = ()
    version: int | None = None
    """The version that stands now, where somebody else changed the thing first."""


def answer(status: int, detail: str = "", **more: Any) -> HttpResponse:
    """A problem as an HTTP answer."""
    body = {"type": "about:blank", "title": http.HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    response = HttpResponse(msgspec.json.encode(body), content_type=MEDIA_TYPE, status=status)
    if status == http.HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="comity"'
    return response


def teach(api: NinjaAPI) -> None:
    """Let the API answer every error as a problem."""
    api.add_exception_handler(ComityError, _refused)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(AuthenticationError, lambda request, error: answer(401, "give a token that is in force"))
    api.add_exception_handler(Http404, lambda request, error: answer(404, "there is nothing here"))
    api.add_exception_handler(HttpError, _said)
    api.add_exception_handler(Exception, _broken)


def _refused(request: HttpRequest, error: ComityError | type[ComityError]) -> HttpResponse:
    more: dict[str, Any] = {}
    if isinstance(error, InvalidError):
        more["errors"] = [{"field": field, "detail": text} for field, text in error.problems.items()]
    if isinstance(error, ChangedError):
        more["version"] = error.actual
    return answer(status_of(error) if isinstance(error, ComityError) else 422, str(error), **more)


def _invalid(request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    found = error.errors if isinstance(error, ValidationError) else []
    errors = [{"field": ".".join(str(step) for step in one["loc"]), "detail": one["msg"]} for one in found]
    return answer(422, "the request does not fit the description of this operation", errors=errors)


def _said(request: HttpRequest, error: HttpError | type[HttpError]) -> HttpResponse:
    return answer(error.status_code if isinstance(error, HttpError) else 400, str(error))


def _broken(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    _LOG.exception("API operation failed", exc_info=error if isinstance(error, Exception) else None)
    return answer(500, "the node failed; it is in its log")
