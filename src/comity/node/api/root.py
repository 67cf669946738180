"""The API as one thing: its description, who may call, and how errors and repeated calls are answered."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from comity.errors import ComityError
from comity.node.api.auth import Bearer, caller
from comity.node.api.once import is_form, once
from comity.node.api.problems import MEDIA_TYPE, Problem, answer, teach
from comity.node.api.rules import Call, let_in
from comity.node.middleware import has_nul

_KEY_PARAMETER = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "A key of your own for this change: the same call with the same key happens once.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
}


class Api(NinjaAPI):
    """NinjaAPI whose description tells what every operation has: problems and idempotency keys."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> OpenAPISchema:
        """OpenAPI 3.1, with problem details under their own media type (RFC 9457 3)."""
        schema = super().get_openapi_schema(*args, **kwargs)
        schema["components"]["schemas"].setdefault(
            "Problem", Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        )
        found = schema["components"]["schemas"]["Problem"].pop("$defs", {})
        schema["components"]["schemas"].update(found)
        for path in schema["paths"].values():
            for method, operation in path.items():
                _complete(method, operation)
        return schema


def _complete(method: str, operation: dict[str, Any]) -> None:
    problem = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status, title in _PROBLEMS.items():
        operation["responses"].setdefault(status, {"description": title, "content": problem})
    for answer_of in operation["responses"].values():
        described = answer_of.get("content", {}).get("application/json", {}).get("schema", {})
        if described.get("format") == "binary":
            answer_of["content"] = {"application/octet-stream": {"schema": described}}
    if method not in {"get", "head"} and _KEY_PARAMETER not in operation["parameters"]:
        operation["parameters"].append(_KEY_PARAMETER)


_PROBLEMS = {
    400: "The call cannot be read",
    401: "No token in force",
    403: "The person, or the token, may not do this",
    404: "There is nothing here, or nothing that the person may see",
    409: "Somebody else changed it first, or it was done before and its answer is told once",
    422: "The input cannot be taken; `errors` names the fields",
    429: "Too many calls",
}


def _guarded(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Who calls, whether he may, and whether it was done before: asked in this order, before the input is read."""
    operation: Operation = run.__self__  # type: ignore[attr-defined]  # ninja hands over the bound method

    @wraps(run)
    def guarded(request: HttpRequest, **parts: Any) -> HttpResponse:
        if has_nul(request) or (not is_form(request) and rb"\u0000" in request.body):
            return answer(422, "a NUL character in the address or the text")
        user = caller(request)
        if user is None:
            return run(request, **parts)
        try:
            let_in(cast(Call, request), operation, str(parts.get("case_id", "")))
        except ComityError as error:
            return operation.api.on_exception(request, error)
        told_once: bool = getattr(operation.view_func, "tells_once", False)
        return once(request, user, lambda: run(request, **parts), told_once=told_once)

    return guarded


def make_api() -> Api:
    """The API without its operations."""
    made = Api(
        title="Comity",
        version="1",
        description="One agency's node: cases, requests, letters, evidence, and the law.",
        auth=Bearer(),
        docs_url=None,
        urls_namespace="api",
    )
    made.add_decorator(_guarded, mode="view")
    teach(made)
    return made
