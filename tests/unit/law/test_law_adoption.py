"""No treaty binds before it was adopted, whatever is unknown of its parties."""

from datetime import date, timedelta

import msgspec
import pytest

from comity.law import load_registry
from comity.law.adoption import since_adoption
from comity.law.instrument import Instrument
from comity.law.standing import Bound, constant

EVE = date(2002, 10, 6)


def born(adopted_on: str = "", signed_on: str = "") -> Instrument:
    model = load_registry().instrument("budapest")
    return msgspec.structs.replace(model, adopted_on=adopted_on, signed_on=signed_on, in_force_on="")


@pytest.fixture
def treaty() -> Instrument:
    return born("2002-10-07")


@pytest.mark.parametrize("bound", [Bound.UNKNOWN, Bound.YES])
def test_before_its_day_nobody_is_bound_and_after_it_nothing_changes(treaty: Instrument, bound: Bound) -> None:
    told = since_adoption(treaty, constant(bound, "as listed"))
    assert (told.on(EVE).bound, told.on(EVE).why) == (Bound.NO, "there was no such instrument before 2002-10-07")
    assert (told.on(EVE + timedelta(days=1)).bound, told.on(date.max).why) == (bound, "as listed")


def test_signature_stands_in_where_adoption_was_not_sourced() -> None:
    told = since_adoption(born(signed_on="2002"), constant(Bound.UNKNOWN, "as listed"))
    assert [told.on(date(2001, 12, 31)).bound, told.on(date(2002, 1, 1)).bound] == [Bound.NO, Bound.UNKNOWN]


def test_what_was_not_bound_anyway_is_left_alone(treaty: Instrument) -> None:
    never = constant(Bound.NO, "not a party")
    assert since_adoption(treaty, never) is never
    always = constant(Bound.YES, "a member")
    assert since_adoption(born(), always) is always
