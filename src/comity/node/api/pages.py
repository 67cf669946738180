"""Lists in pages: a cursor names the last row that was seen, so that rows that come in between move nothing."""

import base64
from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from types import GenericAlias
from typing import Annotated, Any, TypeVar

import msgspec
from django.db import models
from django.db.models import Q
from ninja import Field, Schema

from comity.node.errors import InvalidError

M = TypeVar("M", bound=models.Model)
T = TypeVar("T")
_Whole = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
_KINDS: tuple[tuple[type["models.Field[Any, Any]"], Any], ...] = (
    (models.DateTimeField, Annotated[datetime, msgspec.Meta(tz=True)]),
    (models.DateField, date),
    (models.IntegerField, _Whole),
    (models.CharField, str),
)
"""What a cursor says of a column; a moment is a day too, so it stands first."""


class Cursor(Schema):
    """Which page of a list."""

    limit: Annotated[int, Field(ge=1, le=200, description="How many at most.")] = 50
    after: Annotated[str, Field(max_length=2000, description="`next` of the page before.")] = ""


def cut(
    rows: "models.QuerySet[M]", cursor: Cursor, *, by: str, shown: Callable[[M], Any], earliest_first: bool = False
) -> dict[str, Any]:
    """One page of rows, newest first by the column `by` and then by key; ``{"items": […], "next": "…"}``.

    `earliest_first`: the other way round.
    """
    beyond, sign = ("gt", "") if earliest_first else ("lt", "-")
    kinds = GenericAlias(tuple, (_kind(rows, by), _kind(rows, "pk")))
    if cursor.after:
        last, key = _open(cursor.after, kinds)
        further = Q(**{f"{by}__{beyond}": last}) | Q(**{by: last, f"pk__{beyond}": key})
        rows = rows.filter(further, **{f"{by}__{beyond}e": last})  # said twice, so that an index begins there
    found = list(rows.order_by(f"{sign}{by}", f"{sign}pk")[: cursor.limit + 1])
    page = found[: cursor.limit]
    more = len(found) > len(page)
    return {"items": [shown(row) for row in page], "next": _close(getattr(page[-1], by), page[-1].pk) if more else ""}


def cut_lines(
    lines: Iterable[T], cursor: Cursor, *, key: Callable[[T], tuple[str, ...]], shown: Callable[[T], Any]
) -> dict[str, Any]:
    """One page of lines that are not rows of the database, by `key`, which is each line's own."""
    held = sorted(lines, key=key)
    begin = bisect_right(held, _open(cursor.after, tuple[str, ...]), key=key) if cursor.after else 0
    page = held[begin : begin + cursor.limit]
    more = len(held) > begin + cursor.limit
    return {"items": [shown(line) for line in page], "next": _close(*key(page[-1])) if more else ""}


def number_after(cursor: Cursor) -> int | None:
    """The number below which a page of a numbered list begins; None: it is the first page."""
    return int(_open(cursor.after, tuple[_Whole])[0]) if cursor.after else None


def next_number(before: int | None) -> str:
    """What `number_after` reads back; None: there is no further page."""
    return "" if before is None else _close(before)


def _kind(rows: "models.QuerySet[Any]", name: str) -> Any:
    meta = rows.model._meta
    field = meta.pk if name == "pk" else meta.get_field(name)
    return next(kind for column, kind in _KINDS if isinstance(field, column))


def _close(*values: object) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(values)).decode().rstrip("=")


def _open(text: str, kind: Any) -> Any:
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        return tuple(_kept(value) for value in msgspec.json.decode(raw, type=kind))
    except (ValueError, OverflowError):  # what msgspec raises is a ValueError
        raise InvalidError({"after": "this is not the `next` of a page"}) from None


def _kept(value: Any) -> Any:
    """The value as the database takes it: moments in UTC, text without NUL; ValueError where there is none."""
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    if isinstance(value, str) and "\0" in value:
        raise ValueError(value)
    return value
