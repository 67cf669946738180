"""Legal cases decided from published facts: which instrument applies between whom on which day, and which does not.

Each case of ``law/*.toml`` states the fact and where it was published; none was read off our own data. ``expect``
gives the status of an instrument's best route: ``open``, ``conditional`` or ``closed``; ``not_open`` is either of the
last two, ``offered`` either of the first two. ``absent`` are instruments that must not appear at all.
"""

import tomllib
from datetime import date
from pathlib import Path
from typing import cast

import msgspec
import pytest

from comity.law import Measure, Query, Status, find_routes, load_registry

FOLDER = Path(__file__).parent / "law"
ALLOWED = {
    "open": {Status.OPEN},
    "conditional": {Status.CONDITIONAL},
    "closed": {Status.CLOSED},
    "not_open": {Status.CONDITIONAL, Status.CLOSED},
    "offered": {Status.OPEN, Status.CONDITIONAL},
}


class Case(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    requesting: str
    requested: str
    measure: Measure
    on: date
    fact: str
    source: str
    offences: tuple[str, ...] = ()
    facts: dict[str, bool] = {}
    received_on: date | None = None
    expect: dict[str, str] = {}
    absent: tuple[str, ...] = ()
    negative: bool = False
    """Something must not be offered, or not as open."""
    edge: bool = False
    """The day is the first or last of something, or next to it."""


def cases() -> tuple[Case, ...]:
    found: list[Case] = []
    for path in sorted(FOLDER.glob("*.toml")):
        rows = cast(list[object], tomllib.loads(path.read_text(encoding="utf-8"))["case"])
        found += [msgspec.convert(row, Case) for row in rows]
    return tuple(found)


CASES = cases()


def statuses(case: Case) -> dict[str, Status]:
    """The status of each instrument's best route."""
    query = Query(
        requesting=case.requesting,
        requested=case.requested,
        measure=case.measure,
        on=case.on,
        offences=case.offences,
        facts=case.facts,
        received_on=case.received_on,
    )
    best: dict[str, Status] = {}
    for option in find_routes(query, load_registry()).options:
        best.setdefault(option.instrument.id, option.status)
    return best


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_engine_agrees_with_what_was_published(case: Case) -> None:
    found = statuses(case)
    asked = f"{case.requesting} asks {case.requested} for {case.measure.value} on {case.on}"
    told = f"{case.fact} ({case.source})"
    for instrument, expected in case.expect.items():
        assert instrument in found, f"{asked}: {instrument} should be {expected} and is missing. {told}"
        status = found[instrument]
        assert status in ALLOWED[expected], f"{asked}: {instrument} is {status.value}, not {expected}. {told}"
    for instrument in case.absent:
        assert instrument not in found, f"{asked}: {instrument} should not appear. {told}"


def test_there_are_enough_of_each_sort() -> None:
    assert len(CASES) >= 150
    assert sum(case.negative for case in CASES) * 3 >= len(CASES)
    assert sum(case.edge for case in CASES) * 3 >= len(CASES)


def test_each_case_has_a_name_of_its_own_a_fact_a_source_and_an_expectation() -> None:
    assert len({case.id for case in CASES}) == len(CASES)
    for case in CASES:
        assert case.fact.endswith("."), case.id
        assert case.source.strip(), case.id
        assert case.expect or case.absent, case.id


def test_a_case_is_negative_where_it_forbids_something() -> None:
    for case in CASES:
        forbids = bool(case.absent) or bool({"closed", "not_open"} & set(case.expect.values()))
        assert case.negative or not forbids, case.id
