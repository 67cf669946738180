"""Ids are said in the reader's language."""

from enum import StrEnum

import pytest
from django.utils.translation import override

from comity.law import AuthorityRole, Channel, Ground, InstrumentKind, Measure, Status
from comity.law.atlas import ChangeKind, Strength
from comity.law.route import ConditionState, RiskState, Verdict
from comity.law.state import Stance
from comity.law.vocabulary import DualCriminality, RefusalGround, TimeUnit
from comity.letters import Kind, OriginKind
from comity.letters.checks import State
from comity.letters.incoming.examination import Outcome
from comity.node.requests.forms import FilterForm
from comity.node.vocabulary import WORDS, words
from comity.plan.model.summary import UrgencyLevel

SHOWN: tuple[type[StrEnum], ...] = (
    *(Measure, Kind, Channel, Ground, Verdict, Status, InstrumentKind, AuthorityRole, ChangeKind, ConditionState),
    *(DualCriminality, RiskState, Stance, TimeUnit, OriginKind, State, Outcome, UrgencyLevel),
)
NEVER_SHOWN = {Channel.INHERITED, DualCriminality.INHERITED}
"""What stands in the data for the rule of the whole instrument."""


@pytest.mark.parametrize("language", ["ar", "de", "es", "fr", "hi", "pt", "ru", "zh"])
def test_each_id_that_pages_show_has_a_name_in_each_language(language: str) -> None:
    ids = [one for kind in SHOWN for one in kind if one not in NEVER_SHOWN]
    ids += [one for one in RefusalGround if "not_a_ground" not in one]
    with override("en"):
        english = {one: words(one) for one in ids}
    with override(language):
        same = {str(one) for one in ids if words(one) == english[one]}
    # Words that two languages share; what is forgotten would be the same in all of them.
    assert len(same) <= 8, same


def test_strengths_and_differences_of_plans_are_among_the_words() -> None:
    assert all(one.words in WORDS for one in Strength)


def test_the_list_of_measures_speaks_the_reader_s_language() -> None:
    with override("de"):
        choices = dict(FilterForm().fields["measure"].choices)  # type: ignore[attr-defined]  # Django's own
    assert choices["traffic_data"] == "Verkehrsdaten"
    with override("en"):
        assert dict(FilterForm().fields["measure"].choices)["traffic_data"] == "Traffic data"  # type: ignore[attr-defined]


def test_an_id_without_a_name_is_said_as_it_is() -> None:
    with override("fr"):
        assert words("no_such_thing") == "no such thing"
