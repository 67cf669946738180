"""What binds the European Union binds its members, and bound the United Kingdom through the transition period."""

from datetime import date

import pytest

from comity.law.registry import load_registry
from comity.law.standing import Bound

YES, NO = Bound.YES, Bound.NO


@pytest.mark.parametrize(
    ("state", "day", "expected"),
    [
        ("GB", date(2020, 1, 31), YES),  # last day of membership
        ("GB", date(2020, 2, 1), YES),  # Withdrawal Agreement arts 126, 129(1)
        ("GB", date(2020, 12, 31), YES),
        ("GB", date(2021, 1, 1), NO),
        ("HR", date(2013, 6, 30), NO),
        ("HR", date(2013, 7, 1), YES),  # accession of Croatia
        ("DE", date(2011, 1, 1), NO),
        ("DE", date(2011, 1, 2), YES),  # entry into force of the agreement with Japan, OJ L 39, 12.2.2010, p. 19
    ],
)
def test_the_agreement_between_the_union_and_japan(state: str, day: date, expected: Bound) -> None:
    registry = load_registry()
    assert registry.standing(registry.instrument("eu-jp-mlat-2009"), state, day).bound is expected
