"""What a letter rests on, and how it is cited."""

from dataclasses import replace

import msgspec
from tests.samples.shipped import Shipped

from comity.law import Status
from comity.law.route import ConditionKind, ConditionState, RouteCondition
from comity.letters import compose, draft, lay_out, plain_text
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


def test_open_conditions_of_the_route_are_a_gap(shipped: Shipped) -> None:
    brief = shipped.brief("freezing", "SV", instrument="untoc")
    assert brief.route is not None
    group = RouteCondition(
        kind=ConditionKind.GROUP,
        text="an organised criminal group is involved",
        state=ConditionState.TO_CHECK,
        gate=True,
    )
    power = msgspec.structs.replace(group, kind=ConditionKind.STATED, text="its law allows it", gate=False)
    same = msgspec.structs.replace(group, kind=ConditionKind.DUAL_CRIMINALITY)
    route = msgspec.structs.replace(brief.route, conditions=(group, power, same))
    drafted = draft(replace(brief, route=route))
    gap = next(g for g in drafted.report.gaps if g.id == "conditions")
    assert [p.text for p in gap.problems] == ["not shown: an organised criminal group is involved"]
    assert "to check: its law allows it" in drafted.report.advice
    alone = draft(replace(brief, route=msgspec.structs.replace(route, conditions=(power,), status=Status.CONDITIONAL)))
    assert "conditions" in {g.id for g in alone.report.gaps}
    met = msgspec.structs.replace(group, state=ConditionState.MET)
    fine = draft(replace(brief, route=msgspec.structs.replace(route, conditions=(met,))))
    assert "conditions" not in {g.id for g in fine.report.gaps}
    words = "Four persons acted together from June 2026 for gain, as exhibits 3 and 7 show."
    told = msgspec.structs.replace(brief.case, statements=(Statement(field="conditions", text=words),))
    answered = draft(replace(brief, route=route, case=told))
    assert "conditions" not in {g.id for g in answered.report.gaps}
    assert "Four persons acted together" in plain_text(lay_out(answered.letter, answered.report))


def test_a_network_is_a_channel_and_no_legal_basis(shipped: Shipped) -> None:
    letter = compose(shipped.brief("preservation", "US", instrument="g7-24-7"))
    said = letter.basis[0].statement.text
    assert "through the G7 24/7 Network" in said
    assert said.endswith("The addressee is asked to act under the law of the United States, 18 USC 2703(f).")
    assert "article 18" not in said
    elsewhere = compose(shipped.brief("freezing", "AE", instrument="interpol"))
    assert elsewhere.basis[0].article == ""
    assert elsewhere.basis[0].statement.text.endswith("under the law of the United Arab Emirates.")


def test_what_the_treaty_does_not_give_rests_on_the_law_there(shipped: Shipped) -> None:
    letter = compose(shipped.brief("preservation", "US"))
    assert letter.basis[0].channel == "contact_points_24_7"
    assert letter.basis[0].statement.text.endswith("under the law of the United States, 18 USC 2703(f).")
    assert "Treaty" not in letter.basis[0].statement.text


def test_sections_of_a_code_are_no_articles(shipped: Shipped) -> None:
    letter = compose(shipped.brief("subscriber_information", "US", instrument="us-voluntary-disclosure"))
    assert ", 18 USC 2702(c)(6)." in letter.basis[0].statement.text
    assert "article" not in letter.basis[0].statement.text
