"""Plain values into records, telling everything that does not fit and not just the first thing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar, get_args, get_origin

import msgspec

from comity.law.instrument import Record

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """One value that the schema does not allow."""

    path: str
    """From the record to the value: ``provisions[2].measure``."""
    code: str
    problem: str
    remedy: str


def read_record(
    raw: Mapping[str, object], kind: type[R], *, strict: bool = True
) -> tuple[R | None, tuple[Misfit, ...]]:
    """The record, or None with every misfit; ``strict`` False takes numbers and lists written as text (CSV)."""
    try:
        return msgspec.convert(raw, kind, strict=strict), ()
    except msgspec.ValidationError as error:
        misfits = tuple(_misfits(raw, kind, path="", strict=strict))
        return None, misfits or (_misfit("", "schema", str(error)),)


def _misfits(raw: object, kind: type[Record], *, path: str, strict: bool) -> Iterator[Misfit]:
    if not isinstance(raw, Mapping):
        yield _misfit(path, "schema", f"expected a table of {kind.__name__}, found {raw!r}")
        return
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    for key in raw:
        if key not in fields:
            yield Misfit(
                path=_join(path, str(key)),
                code="unknown-key",
                problem=f"unknown key {key!r}",
                remedy=_nearest(str(key), fields),
            )
    for name, field in fields.items():
        if name in raw:
            yield from _value_misfits(raw[name], field.type, path=_join(path, name), strict=strict)
        elif field.required:
            yield Misfit(path=path, code="missing-key", problem=f"{name!r} is missing", remedy=f"give {name!r} a value")


def _value_misfits(raw: object, kind: object, *, path: str, strict: bool) -> Iterator[Misfit]:
    inner = _record_in(kind)
    if inner is not None and get_origin(kind) is tuple and isinstance(raw, list):
        for index, item in enumerate(raw):
            yield from _misfits(item, inner, path=f"{path}[{index + 1}]", strict=strict)
        return
    if inner is not None and get_origin(kind) is not tuple:
        yield from _misfits(raw, inner, path=path, strict=strict)
        return
    try:
        msgspec.convert(raw, kind, strict=strict)
    except msgspec.ValidationError as error:
        yield _misfit(path, "schema", f"{raw!r}: {error}", remedy=_allowed(raw, kind))


def _record_in(kind: object) -> type[Record] | None:
    """The record type that a field's type holds, directly, in a tuple or as an alternative to None."""
    for candidate in (kind, *get_args(kind)):
        if isinstance(candidate, type) and issubclass(candidate, Record):
            return candidate
    return None


def _allowed(raw: object, kind: object) -> str:
    for candidate in (kind, *get_args(kind), *(part for arg in get_args(kind) for part in get_args(arg))):
        if isinstance(candidate, type) and issubclass(candidate, StrEnum):
            values = [str(member) for member in candidate if member]
            written = raw if isinstance(raw, list) else [raw]
            wrong = next((str(item) for item in written if str(item) not in values), str(raw))
            return _nearest(wrong, values)
    if "PartialDate" in str(kind) or "pattern" in str(kind):
        return "write YYYY-MM-DD, YYYY-MM or YYYY, or leave it empty where it was not sourced"
    return "write a value of the kind that the record says"


def _nearest(word: str, known: object) -> str:
    choices = [str(item) for item in known]  # type: ignore[attr-defined]
    close = get_close_matches(word, choices, n=1, cutoff=0.5)
    return f"did you mean {close[0]!r}?" if close else f"write one of: {', '.join(sorted(choices))}"


def _misfit(path: str, code: str, problem: str, remedy: str = "write it as the record says") -> Misfit:
    return Misfit(path=path, code=code, problem=problem, remedy=remedy)


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
