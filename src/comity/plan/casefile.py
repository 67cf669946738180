"""Reads ``case.toml``: text in, a checked `Case` out."""

import tomllib
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import msgspec

from comity.law import Registry
from comity.plan.case import Case
from comity.plan.casecheck import check_case, currency_remedy, state_remedy
from comity.plan.caseerror import explain
from comity.plan.errors import CaseFileError
from comity.plan.keyline import Path, line_of

CASE_FILE = "case.toml"

_STATE_KEYS = frozenset({"requesting_state", "state", "nationality", "residence", "conduct", "systems", "states"})


def read_case(text: str, *, path: str, registry: Registry) -> Case:
    """The case that a case file tells; CaseFileError names the first thing that is wrong, where, and the remedy."""
    try:
        tree = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise CaseFileError(path=path, problem=f"not TOML: {error}", remedy="mend the syntax there") from None
    except RecursionError:
        raise CaseFileError(path=path, problem="nested too deeply", remedy="flatten it") from None
    plain = _plain(tree)
    _check_codes(plain, text=text, path=path)
    try:
        case = msgspec.convert(plain, Case)
    except msgspec.ValidationError as error:
        raise explain(error, text=text, path=path) from None
    check_case(case, text=text, path=path, registry=registry)
    return case


def _plain(value: Any) -> Any:
    """TOML's dates and times as ISO text, which is what the schema holds."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date | datetime | time) else value


def _check_codes(tree: Any, *, text: str, path: str, place: Path = ()) -> None:
    """Codes of the wrong shape, told with the nearest right one, which a pattern of the schema cannot do."""
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    key = next((p for p in reversed(place) if isinstance(p, str)), "")
    for step, item in items:
        here = (*place, step)
        name = step if isinstance(step, str) else key
        if isinstance(item, str) and name in _STATE_KEYS and not _is_code(item, 2):
            raise CaseFileError(
                path=path, line=line_of(text, here), problem=f"unknown state {item!r}", remedy=state_remedy(item)
            )
        if isinstance(item, str) and name == "currency" and not _is_code(item, 3):
            raise CaseFileError(
                path=path, line=line_of(text, here), problem=f"unknown currency {item!r}", remedy=currency_remedy(item)
            )
        _check_codes(item, text=text, path=path, place=here)


def _is_code(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isalpha() and text.isupper()
