"""Sections as people cite them, each in the manner of its own law, and the rows of the law data that they mean."""

import pytest
from tests.samples.planned import REGISTRY

from comity.letters import catalogue
from comity.letters.compose.section import Cited, cite, is_cited
from comity.letters.saying import law


def known(text: str, state: str) -> set[tuple[str, str]]:
    own = REGISTRY.states[state]
    return {(row.law, row.section) for row in own.offences if is_cited(cite(text), row)}


@pytest.mark.parametrize(
    "text",
    [
        "StGB § 263",
        "§ 263 StGB",
        "§ 263 Abs. 1 StGB",
        "StGB, s. 263",
        "Strafgesetzbuch § 263",
        "§ 263(1) Strafgesetzbuch (StGB)",
    ],
)
def test_each_form_of_a_german_citation_means_the_same_row(text: str) -> None:
    assert known(text, "DE") == {("Strafgesetzbuch (StGB)", "263")}


def test_several_sections_are_told_apart_from_parts_of_one() -> None:
    assert {section for _, section in known("§§ 263, 263a StGB", "DE")} == {"263", "263a"}
    assert cite("§ 263 Abs. 3 Satz 2 Nr. 1 StGB") == Cited(law="StGB", section="263 Abs. 3 Satz 2 Nr. 1", mark="§")
    assert cite("§ 263 Abs. 3 Satz 2 Nr. 1 StGB").numbers == ("263",)


def test_a_section_may_stand_before_its_law_elsewhere_too() -> None:
    assert cite("section 66D of the Information Technology Act 2000").law == "Information Technology Act 2000"
    assert known("s. 66D, Information Technology Act 2000", "IN") == {("Information Technology Act 2000", "66D")}
    assert cite("art. 313-1 du Code penal") == Cited(law="Code penal", section="313-1", mark="art.")


@pytest.mark.parametrize(
    ("text", "state"),
    [("Cth s. 480.4", "AU"), ("StPO § 263", "DE"), ("Bharatiya Nyaya Sanhita 2023, s. 318", "IN"), ("§ 263", "DE")],
)
def test_what_is_no_name_of_the_law_or_no_whole_section_means_nothing(text: str, state: str) -> None:
    assert not known(text, state)


def test_a_provision_is_cited_in_the_manner_of_its_own_law() -> None:
    """A code of articles has no sections: what the case file calls an article stays one in every language."""
    french = "Code pénal, art. 323-2"
    assert law(catalogue("en"), french) == "Code pénal, art. 323-2"
    assert law(catalogue("de"), french) == "Code pénal, Art. 323-2"
    assert law(catalogue("en"), "Strafgesetzbuch (StGB), § 263a") == "Strafgesetzbuch (StGB), § 263a"
    assert law(catalogue("ru"), "Criminal Code of the Russian Federation, art. 159").endswith("ст. 159")
    manners = {state: {row.mark for row in REGISTRY.states[state].offences} for state in ("FR", "DE", "IN", "RU", "US")}
    assert manners == {"FR": {"art."}, "DE": {"§"}, "IN": {"s."}, "RU": {"art."}, "US": {"§"}}
    assert cite("Code pénal, art. 323-2").mark == "art."
    assert cite("IT Act, section 66D").mark == "s."
