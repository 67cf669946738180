"""Who sends a letter abroad and signs it: central authorities between each other, by the chain or the law data."""

from dataclasses import replace

import msgspec
import pytest
from tests.samples.shipped import ON, Shipped

from comity.law import Channel, Measure
from comity.letters import Brief, Kind, brief_for, catalogue, compose, draft
from comity.letters.checks import State
from comity.letters.compose.sending import transmission
from comity.plan.case import Authority, Court, Statement


def from_state(brief: Brief, state: str, **changed: object) -> Brief:
    """The same letter, as if another state's police had written it."""
    authority = Authority(name="Cyber Police", signatory="The Officer", city="There", contact="desk@police.example")
    members = {"requesting_state": state, "authority": authority} | changed
    return replace(brief, case=msgspec.structs.replace(brief.case, **members))


def sender_finding(brief: Brief) -> State:
    return next(f.state for f in draft(brief).report.findings if f.id == "requesting")


@pytest.mark.parametrize("state", ["GB", "RU", "AE"])
def test_police_do_not_write_between_central_authorities(shipped: Shipped, state: str) -> None:
    letter = compose(shipped.brief("preservation", state))
    assert letter.kind is Kind.PRESERVATION_REQUEST
    assert letter.requesting.name.startswith("Ministry of Home Affairs")
    assert letter.conducting is not None
    assert letter.conducting.name == shipped.case.authority.name
    assert [s.authority for s in letter.signatures] == [letter.requesting.name]
    assert draft(shipped.brief("preservation", state)).transmission[-1].who == letter.requesting.name


def test_the_law_data_name_who_sends_where_no_chain_is_known(shipped: Shipped) -> None:
    brief = from_state(shipped.brief("content_data", "US"), "DE")
    letter = compose(brief)
    assert letter.requesting.name.startswith("Bundesamt")
    assert [s.name for s in letter.signatures] == [letter.requesting.name]
    assert [hand.who for hand in draft(brief).transmission] == ["Cyber Police", letter.requesting.name]
    assert sender_finding(brief) is State.PRESENT


def test_a_central_authority_that_nobody_sourced_is_a_gap(shipped: Shipped) -> None:
    brief = from_state(shipped.brief("content_data", "US"), "TH")
    letter = compose(brief)
    assert letter.requesting.name == "Central authority of Thailand"
    assert [s.office for s in letter.signatures] == ["central_of"]
    gap = next(g for g in draft(brief).report.gaps if g.id == "requesting")
    assert gap.state is State.WEAK
    assert "not sourced for Thailand" in gap.problems[0].text
    told = (Statement(field="requesting", text="Office of the Attorney General"),)
    named = from_state(shipped.brief("content_data", "US"), "TH", statements=told)
    assert compose(named).requesting.name == "Office of the Attorney General"
    assert sender_finding(named) is State.PRESENT


def test_a_central_authority_that_conducts_the_case_sends_it_itself(shipped: Shipped) -> None:
    brief = shipped.brief("content_data", "US")
    name = "Bundesamt fuer Justiz (Federal Office of Justice)"
    letter = compose(from_state(brief, "DE", authority=Authority(name=name, signatory="The Officer", city="Bonn")))
    assert letter.conducting is None
    assert letter.requesting.role == "conducts"
    assert transmission(from_state(brief, "DE", authority=Authority(name=name, signatory="The Officer"))) == ()
    assert letter.signatures[0].name == "The Officer"


def test_a_court_signs_its_letter_before_it_is_sent(shipped: Shipped) -> None:
    court = Court(name="Amtsgericht", judge="A. Judge", city="There")
    brief = replace(shipped.brief("content_data", "US", instrument="letters-rogatory"), kind=Kind.LETTER_ROGATORY)
    brief = from_state(brief, "DE", court=court)
    letter = compose(brief)
    bureau = letter.signatures[-1].name
    assert bureau.startswith("Bundesamt")
    assert [s.name for s in letter.signatures] == ["A. Judge", bureau]
    assert [hand.who for hand in transmission(brief)] == ["Cyber Police", "Amtsgericht", bureau]
    # the ministries pass it on; a court asks a court
    assert letter.requesting.name == "Amtsgericht"
    assert letter.addressee.office == "judicial_of"


def test_offices_of_a_channel_and_police_between_themselves(shipped: Shipped) -> None:
    recall = shipped.brief("freezing", "AE", instrument="interpol")
    assert compose(recall).requesting.office == "in_interpol"
    abroad = compose(from_state(recall, "TH"))
    assert abroad.requesting.name == catalogue().say("office.interpol_of", state="TH")
    assert transmission(from_state(recall, "TH"))[-1].signs
    name = next(step.id for step in shipped.plan.steps if step.measure is Measure.POLICE_INFORMATION)
    police = brief_for((name,), case=shipped.case, plan=shipped.plan, registry=shipped.registry, on=ON)
    assert police.channel is Channel.POLICE
    # a bureau of INTERPOL answers a bureau, not a police station
    assert (compose(police).addressee.office, compose(police).requesting.office) == ("interpol_of", "in_interpol")
    at_once = shipped.brief("preservation", "US")
    assert at_once.channel is Channel.CONTACT_POINTS_24_7
    assert compose(at_once).requesting.office == "contact_point_of"
    assert compose(shipped.brief("takedown", "US")).requesting.name == shipped.case.authority.name
