"""Two instruments side by side, over the law data that ship."""

from datetime import date

import pytest

from comity.law import Measure, load_registry
from comity.law.reference import compare
from comity.law.reference.comparison import NOTHING

REGISTRY = load_registry()
TODAY = date(2026, 11, 24)
ASKED = [("budapest", "uncc"), ("in-us-mlat-2001", "in-ru-mlat-2000"), ("eu-eio", "eu-e-evidence"), ("untoc", "uncac")]


def of(first: str, second: str):  # type: ignore[no-untyped-def]  # the return type is compare's
    return compare(REGISTRY.instrument(first), REGISTRY.instrument(second), REGISTRY, TODAY)


def test_budapest_and_the_un_convention() -> None:
    found = of("budapest", "uncc")
    rows = {row.topic: row for row in found.general}
    assert rows["offences reached"].differs
    assert "4 years" in rows["offences reached"].second
    assert (found.first.bound, found.second.bound) == (87, 0)
    by_measure = {m.measure: m for m in found.measures}
    assert by_measure[Measure.TRANSBORDER_ACCESS].given_by == "budapest"
    assert by_measure[Measure.ASSET_RETURN].given_by == "uncc"
    assert by_measure[Measure.PRESERVATION].first_articles[0] == "29"


@pytest.mark.parametrize(("first", "second"), ASKED)
def test_differences_come_first_and_every_measure_of_either_is_told(first: str, second: str) -> None:
    found = of(first, second)
    for rows in (found.general, *(m.rows for m in found.measures)):
        differs = [row.differs for row in rows]
        assert differs == sorted(differs, reverse=True)
    given = {p.measure for name in (first, second) for p in REGISTRY.instrument(name).provisions}
    assert {m.measure for m in found.measures} == given
    one_sided = [m.given_by != "both" for m in found.measures]
    assert one_sided == sorted(one_sided, reverse=True)


@pytest.mark.parametrize(("first", "second"), ASKED)
def test_the_other_way_round_is_the_same_with_the_sides_swapped(first: str, second: str) -> None:
    one, other = of(first, second), of(second, first)
    assert (one.first, one.second) == (other.second, other.first)
    assert [(r.topic, r.first, r.second) for r in one.general] == [(r.topic, r.second, r.first) for r in other.general]
    assert {(r.topic, r.first, r.second) for r in one.contents} == {
        (r.topic, r.second, r.first) for r in other.contents
    }


def test_an_instrument_differs_from_itself_in_nothing() -> None:
    found = of("budapest", "budapest")
    assert not any(row.differs for rows in (found.general, *(m.rows for m in found.measures)) for row in rows)
    assert all(m.given_by == "both" for m in found.measures)


def test_what_is_assumed_or_recalled_is_said() -> None:
    assert of("in-us-mlat-2001", "in-ru-mlat-2000").second.caution.endswith("provisions are from memory")
    assert "bilateral-mlat are assumed" in of("hk-us-mlat-1997", "budapest").first.caution
    assert of("budapest", "budapest").first.caution == ""


def test_a_request_for_one_only_field_says_nothing_for_the_other() -> None:
    contents = of("budapest", "uncc").contents
    assert all(row.matters == "must stand in the request" for row in contents)
    ends = [NOTHING in (row.first, row.second) for row in contents]
    assert ends == sorted(ends, reverse=True)
