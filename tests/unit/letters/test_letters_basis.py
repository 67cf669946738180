"""What a letter rests on, and how it is cited."""

from tests.unit.letters.conftest import Shipped

from comity.letters import compose, draft
from comity.letters.checks import State
from comity.plan.case import Statement


def test_a_treaty_that_was_not_read_is_named_neutrally_and_is_a_gap(shipped: Shipped) -> None:
    brief = shipped.brief("subscriber_information", "FR")
    assert brief.route is not None
    assert brief.route.assumed
    letter = compose(brief)
    said = letter.basis[0].statement.text
    assert said == (
        "This letter is made under the treaty between India and France on mutual legal assistance in criminal matters."
    )
    assert letter.basis[0].article == ""
    drafted = draft(brief)
    gap = next(g for g in drafted.report.gaps if g.id == "basis")
    assert gap.state is State.WEAK
    assert "was not read" in gap.problems[0].text
    assert {f.articles for f in drafted.report.findings if f.is_article} == {""}
    read = "This request is made under article 2 of the Agreement of 25 January 1998 between France and India."
    told = shipped.brief("subscriber_information", "FR", statements=(Statement(field="basis", text=read),))
    assert compose(told).basis[0].statement.text == read
    assert "basis" not in {g.id for g in draft(told).report.gaps}


def test_an_article_from_memory_is_not_cited(shipped: Shipped) -> None:
    letter = compose(shipped.brief("traffic_data", "RU"))
    assert letter.basis[0].statement.phrase == "sentence.basis_untold"
    assert "article" not in letter.basis[0].statement.text
    assert "basis" in {g.id for g in draft(shipped.brief("traffic_data", "RU")).report.gaps}


def test_a_treaty_that_was_read_keeps_its_article(shipped: Shipped) -> None:
    drafted = draft(shipped.brief("content_data", "US"))
    assert drafted.letter.basis[0].article == "15"
    assert "basis" not in {g.id for g in drafted.report.gaps}
