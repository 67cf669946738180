"""Lists that come in pages, as one run of rows."""

from collections.abc import Iterator
from typing import Generic, TypeVar

import msgspec

from comity.client.call import Caller

T = TypeVar("T")
PAGE = 200


class Page(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """One page."""

    items: tuple[T, ...]
    next: str = ""


def rows(call: Caller, path: str, kind: type[T], **params: str | int) -> Iterator[T]:
    """Every row of a list, fetched page by page as they are used."""
    after = ""
    while True:
        page = call.get(path, Page[kind], limit=PAGE, after=after, **params)  # type: ignore[valid-type]
        yield from page.items
        after = page.next
        if not after:
            return
