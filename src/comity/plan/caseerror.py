"""Turns a schema error of a case file into one sentence that says where it is and how to mend it."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

import msgspec

from comity.law import Measure
from comity.plan.case import Case, ConfidentialityLevel
from comity.plan.errors import CaseFileError
from comity.plan.keyline import Path, line_of
from comity.plan.model import UrgencyLevel

_AT = re.compile(r"^(?P<what>.*?)(?: - at `\$(?P<path>.*)`)?$", re.DOTALL)
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+)\]|\[\.\.\.\]")
_NAMED = re.compile(r"unknown field `(.*)`$|required field `(.*)`$", re.DOTALL)
_EXPECTED = re.compile(r"Expected `([^`]*)`(?: of length (>= \d+))?(?:, got `(\w+)`)?(?: matching regex .*)?(.*)")
_WORDS = {
    "str": "text in quotes",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
    "decimal": "an amount",
    "date": "a date, YYYY-MM-DD",
    "null": "nothing",
}
#: What a schema error says, what that means, and the remedy; the first that fits.
_TELLING = (
    ("RFC3339", "is not a date", "write YYYY-MM-DD without quotes"),
    ("decimal", "is not an amount", "write a number such as 125000.50"),
    ("matching regex", "is no day or instant", "write YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS+HH:MM"),
    ("length", "is empty", "give at least one value; see `comity new`"),
    (">= ", "is below zero", "write 0 or more"),
)
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "measure": tuple(m.value for m in Measure),
    "urgency": tuple(u.value for u in UrgencyLevel),
    "confidentiality": tuple(c.value for c in ConfidentialityLevel),
}


def explain(error: msgspec.ValidationError, *, text: str, path: str) -> CaseFileError:
    """A `CaseFileError` for a schema error in a case file's text."""
    match = _AT.match(str(error))
    what, where = (match["what"], match["path"] or "") if match else (str(error), "")
    place = _place(where)
    named = _NAMED.search(what)
    if named and named[1] is not None:
        return _unknown(named[1], place, text, path)
    if named:
        key = _dotted((*place, named[2]))
        problem, remedy = f"{key!r} is missing", "add it; `comity new` writes an example"
    else:
        problem, remedy = _wrong(what, place)
    return CaseFileError(path=path, line=line_of(text, place), problem=problem, remedy=remedy)


def nearest(word: str, known: tuple[str, ...]) -> str:
    """A remedy: the nearest known words, or all of them."""
    close = get_close_matches(word, known, n=2, cutoff=0.5)
    return f"did you mean {' or '.join(close)}?" if close else f"write one of {', '.join(known)}"


def _place(where: str) -> Path:
    steps = (int(m[2]) if m[2] else m[1] for m in _STEP.finditer(where))
    return tuple(step for step in steps if step is not None)


def _dotted(place: Path) -> str:
    return "".join(f"[{p + 1}]" if isinstance(p, int) else f".{p}" for p in place).lstrip(".")


def _unknown(key: str, place: Path, text: str, path: str) -> CaseFileError:
    where = f" in {_dotted(place)!r}" if place else ""
    return CaseFileError(
        path=path,
        line=line_of(text, (*place, key)),
        problem=f"unknown key {key!r}{where}",
        remedy=nearest(key, keys_at(place)),
    )


def keys_at(place: Path) -> tuple[str, ...]:
    """The keys that the schema allows at a place."""
    record: Any = Case
    for step in (p for p in place if isinstance(p, str)):
        hint = next((f.type for f in msgspec.structs.fields(record) if f.encode_name == step), None)
        record = _record_in(hint)
    return tuple(f.encode_name for f in msgspec.structs.fields(record))


def _record_in(hint: Any) -> Any:
    """The record that a field's type holds, however it is wrapped."""
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return hint
    inner = (_record_in(part) for part in getattr(hint, "__args__", ()))
    return next((found for found in inner if found is not None), None)


def _wrong(what: str, place: Path) -> tuple[str, str]:
    key = _dotted(place)
    if "enum value" in what:
        given = what.split("'")[1] if "'" in what else what
        choices = next((_CHOICES[p] for p in place if isinstance(p, str) and p in _CHOICES), ())
        return f"{key!r} is {given!r}", nearest(given, choices)
    for mark, problem, remedy in _TELLING:
        if mark in what:
            return f"{key!r} {problem}", remedy
    expected = _EXPECTED.match(what)
    if expected is None:
        return f"{key!r}: {what}", "see the published schema"
    wanted = " or ".join(_WORDS.get(t.strip(), t.strip()) for t in expected[1].split("|") if t.strip() != "null")
    got = f" and is {_WORDS.get(expected[3], expected[3])}" if expected[3] else ""
    return f"{key!r} must be {wanted}{got}", "mend its value"
