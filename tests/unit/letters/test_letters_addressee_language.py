"""In which language the other side reads, for all of its letters."""

import pytest
from tests.samples.shipped import Shipped

from comity.letters import choose_language, compose, draft
from comity.plan.case import Statement


@pytest.mark.parametrize(("measure", "state"), [("freezing", "AE"), ("preservation", "AE"), ("bank_information", "AE")])
def test_every_authority_of_a_state_is_written_to_in_its_language(shipped: Shipped, measure: str, state: str) -> None:
    instrument = {"freezing": "ae-in-mlat-2000", "preservation": "untoc"}.get(measure, "")
    letter = compose(shipped.brief(measure, state, instrument=instrument))
    assert letter.addressee.languages == ("ar",)
    assert choose_language(letter).language == "ar"


def test_an_unknown_language_is_a_gap_told_once(shipped: Shipped) -> None:
    drafted = draft(shipped.brief("subscriber_information", "FR"))
    told = [p.text for gap in drafted.report.gaps for p in gap.problems if "language" in p.text]
    assert told == ["which languages France accepts is not known: ask its authority before sending"]
    statements = (Statement(field="addressee.languages", text="fr, en"),)
    asked = draft(shipped.brief("subscriber_information", "FR", statements=statements))
    assert asked.letter.addressee.languages == ("fr", "en")
    assert "language" not in {gap.id for gap in asked.report.gaps}


def test_contact_points_write_english(shipped: Shipped) -> None:
    assert compose(shipped.brief("preservation", "US")).addressee.languages == ("en",)
