"""Lists in pages: a cursor names the last row that was seen, so that rows that come in between move nothing."""

import base64
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import msgspec
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from ninja import Field, Schema

from comity.node.errors import InvalidError

M = TypeVar("M", bound=models.Model)


class Cursor(Schema):
    """Which page of a list."""

    limit: Annotated[int, Field(ge=1, le=200, description="How many at most.")] = 50
    after: Annotated[str, Field(max_length=200, description="`next` of the page before.")] = ""


def cut(rows: "models.QuerySet[M]", cursor: Cursor, *, by: str, shown: Callable[[M], Any]) -> dict[str, Any]:
    """One page of rows, newest first by the column `by` and then by key; ``{"items": […], "next": "…"}``."""
    if cursor.after:
        last, key = _open(cursor.after)
        rows = rows.filter(Q(**{f"{by}__lt": last}) | Q(**{by: last, "pk__lt": key}))
    found = list(rows.order_by(f"-{by}", "-pk")[: cursor.limit + 1])
    page = found[: cursor.limit]
    more = len(found) > len(page)
    return {"items": [shown(row) for row in page], "next": _close(getattr(page[-1], by), page[-1].pk) if more else ""}


def _close(value: object, key: object) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode([value, key])).decode().rstrip("=")


def _open(text: str) -> tuple[str, str]:
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        last, key = msgspec.json.decode(raw, type=tuple[str, str])
        models.DateTimeField().to_python(last)
    except (ValueError, msgspec.MsgspecError, ValidationError):
        raise InvalidError({"after": "this is not the `next` of a page"}) from None
    return last, key
