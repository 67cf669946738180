"""Every address of the node and who may come in, as docs/rights.md shows it: ``python -m comity.node rights``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from comity.node.access import Access, Door
from comity.node.api.rules import EXTENSION
from comity.node.api.urls import api
from comity.node.people.roles import HOLDERS, Right, Role

_PART = re.compile(r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One address, with the method for operations of the API."""

    path: str
    """With the names of its parts in angle brackets, such as ``/cases/<case_id>/``."""
    method: str = ""
    """``GET``, ``POST`` … for an operation of the API; empty: a page."""
    name: str
    access: Access

    @property
    def roles(self) -> frozenset[Role]:
        """Roles that may come in (as members, where a case is asked for)."""
        return HOLDERS[self.access.right] if self.access.right else frozenset(Role)


def addresses() -> tuple[Address, ...]:
    """Every address, sorted; LookupError names one that says nothing of who may come in."""
    operations = tuple(_operations())
    told = {one.path for one in operations}
    pages = _walk("/", "", get_resolver().url_patterns, told)
    return tuple(sorted((*operations, *pages), key=lambda one: (one.path, one.method)))


def _walk(before: str, space: str, patterns: list[Any], told: set[str]) -> Iterator[Address]:
    for one in patterns:
        path = before + _plain(str(one.pattern))
        if path in told:
            continue
        if isinstance(one, URLResolver):
            yield from _walk(path, f"{space}{one.namespace}:" if one.namespace else space, one.url_patterns, told)
        else:
            yield _page(path, f"{space}{one.name}", one)


def _page(path: str, name: str, pattern: URLPattern) -> Address:
    found = getattr(pattern.callback, "access", None) or FOREIGN.get(name)
    if found is None:
        raise LookupError(f"{path} ({name}) says nothing of who may come in: wrap its view (comity.node.access)")
    return Address(path=path, name=name, access=found)


def _operations() -> Iterator[Address]:
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, operation in methods.items():
            told = operation[EXTENSION]
            access = Access(
                door=Door(told["door"]),
                right=Right(told["right"]) if told["right"] else None,
                presence=told["presence"],
            )
            yield Address(
                path=path.replace("{", "<").replace("}", ">"),
                method=method.upper(),
                name=operation["operationId"],
                access=access,
            )


def _plain(pattern: str) -> str:
    return _PART.sub(lambda part: f"<{part[1] or part[2]}>", pattern.removeprefix("^").removesuffix("$"))


FOREIGN: dict[str, Access] = {
    "set_language": Access(door=Door.PUBLIC),
    "api:openapi-json": Access(door=Door.PUBLIC),
    "api:api-root": Access(door=Door.PUBLIC),
}
"""Addresses whose views are other people's."""


def to_markdown(found: tuple[Address, ...]) -> str:
    """The page: what each role may do, and each address."""
    lines = ["# Who may do what", "", *_INTRODUCTION, "", "## Rights", "", *_rights(), "", "## Addresses", ""]
    lines += ["| address | method | open to | right | roles | presence |", "| --- | --- | --- | --- | --- | --- |"]
    lines += [_row(one) for one in found]
    return "\n".join(lines) + "\n"


_INTRODUCTION = (
    "Made by `python -m comity.node rights` from `comity.node.people.roles` and from what each view says of itself;",
    "a test compares the page with both, and every address with the page, for every role as a member of the case,",
    "as no member, and signed out. *Member*: members of the case who hold the right; others are told that there is",
    "nothing. *Presence*: a fresh proof that the person is there is asked for; by API a token that lasts a day at",
    "most. *Atlas*: anybody, where the setting `open_atlas` says so (it does until it is changed); else whoever has",
    "signed in.",
)


def _rights() -> Iterator[str]:
    yield "| right | | " + " | ".join(role.value for role in Role) + " |"
    yield "| --- | --- | " + " | ".join("---" for _ in Role) + " |"
    for right, holders in HOLDERS.items():
        marks = " | ".join("yes" if role in holders else "" for role in Role)
        yield f"| `{right.value}` | {right.label} | {marks} |"


_WORDS = {
    Door.PUBLIC: "anybody",
    Door.SIGNED_IN: "signed in",
    Door.RIGHT: "role",
    Door.CASE: "member",
    Door.ATLAS: "atlas",
}


def _row(one: Address) -> str:
    access = one.access
    door = _WORDS[access.door]
    roles = ", ".join(sorted(role.value for role in one.roles)) if access.right else ""
    right = f"`{access.right.value}`" if access.right else ""
    return f"| `{one.path}` | {one.method} | {door} | {right} | {roles} | {'yes' if access.presence else ''} |"
