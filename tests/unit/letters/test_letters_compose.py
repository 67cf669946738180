"""From the steps of the shipped case to letters: who, on what basis, with which contents, and what is left out."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.samples.shipped import Shipped

from comity.law import Measure
from comity.law.compile import load_compiled
from comity.law.overlay import overlay
from comity.law.registry import build_registry
from comity.leads.model import ReasonKind
from comity.letters import Brief, Kind, NoLetterError, compose, draft
from comity.letters.address import texts
from comity.letters.briefing import brief_for
from comity.letters.compose.section import Cited, cite
from comity.letters.incoming.facts import facts_of
from comity.letters.model import OriginKind, UndertakingKind
from comity.letters.render.layout import lay_out
from comity.letters.render.plain import plain_text
from comity.plan.case import (
    Authority,
    Confidentiality,
    ConfidentialityLevel,
    Court,
    EarlierStep,
    Money,
    Stage,
    Statement,
    Suspect,
    Urgency,
    Victims,
    WordsOfLaw,
)
from comity.plan.model import UrgencyLevel


def test_request_to_the_united_states(shipped: Shipped) -> None:
    letter = compose(shipped.brief("content_data", "US", of="@gmail.com"))
    assert letter.kind is Kind.MLA_REQUEST
    assert letter.requesting.name.startswith("Ministry of Home Affairs")
    assert letter.conducting is not None
    assert letter.conducting.name == shipped.case.authority.name
    assert "International Affairs" in letter.addressee.name
    assert letter.basis[0].instrument == "in-us-mlat-2001"
    assert [item.measure for item in letter.assistance] == [Measure.CONTENT_DATA]
    assert {s.value for s in letter.assistance[0].subjects} == {
        "suvarnarekha_kyc_desk@gmail.com",
        "settle_desk_dxb@gmail.com",
    }
    assert letter.assistance[0].period is not None
    assert letter.dual_criminality[0].verdict == "satisfied"
    assert "§ 1343" in letter.dual_criminality[0].argument.text
    assert letter.chain == ()
    assert len(draft(shipped.brief("content_data", "US", of="@gmail.com")).transmission) == 3
    assert letter.signatures[0].seal


def test_provisions_carry_the_penalty_of_the_national_data(shipped: Shipped) -> None:
    offences = {offence.id: offence for offence in compose(shipped.brief("content_data", "US")).offences}
    fraud = {p.section: p for p in offences["computer_fraud"].provisions}
    assert fraud["318(4)"].max_penalty_years == 7
    assert fraud["318(4)"].origin.kind is OriginKind.LAW_DATA
    assert fraud["66"].title == "Computer related offences"
    unnamed = tuple(msgspec.structs.replace(o, sections=()) for o in shipped.case.offences)
    known = compose(shipped.brief("content_data", "US", offences=unnamed)).offences
    assert all(offence.provisions for offence in known)
    strange = tuple(msgspec.structs.replace(o, sections=("Law of Nowhere, s. 5",)) for o in shipped.case.offences)
    cited = compose(shipped.brief("content_data", "US", offences=strange)).offences[0].provisions[0]
    assert (cited.law, cited.section, cited.origin.kind) == ("Law of Nowhere", "5", OriginKind.CASE_FILE)


def test_the_text_of_the_law_is_annexed(shipped: Shipped) -> None:
    brief = shipped.brief("content_data", "US")
    letter = compose(brief)
    texts_of = {text.section: text for text in letter.law_texts}
    assert set(texts_of) == {p.section for offence in letter.offences for p in offence.provisions}
    assert "deceiving" in texts_of["318(4)"].paragraphs[0].text
    assert not texts_of["66C"].official
    printed = plain_text(lay_out(letter, draft(brief).report))
    annex = " ".join(printed.partition("ANNEX: THE LAW")[2].split())
    assert "not those of the law: Making use" in annex
    assert "In force since: 27 October 2009" in annex
    assert annex.count("https://") == annex.count("https://www.indiacode.nic.in/"), "not where a summary of it was read"


def test_the_words_of_the_law_in_the_case_file_come_first(shipped: Shipped) -> None:
    words = WordsOfLaw(
        provision="Information Technology Act 2000, s. 66C", text="Whoever does so\n\nshall be punished."
    )
    letter = compose(shipped.brief("content_data", "US", law_texts=(words,)))
    (found,) = (text for text in letter.law_texts if text.section == "66C")
    assert found.official
    assert [paragraph.text for paragraph in found.paragraphs] == ["Whoever does so", "shall be punished."]
    elsewhere = msgspec.structs.replace(words, provision="Information Technology Act 2000, s. 66Z")
    with pytest.raises(NoLetterError, match="did you mean"):
        compose(shipped.brief("content_data", "US", law_texts=(elsewhere,)))


def test_the_words_of_the_law_in_corrections_come_before_a_summary(shipped: Shipped, tmp_path: Path) -> None:
    (tmp_path / "states" / "IN").mkdir(parents=True)
    row = (
        "Information Technology Act 2000,66C,en,true,As enacted.,2009-10-27,https://example.org/gazette,2026-11-26,high"
    )
    (tmp_path / "states" / "IN" / "texts.csv").write_text(
        f"law,section,language,official,text,in_force_from,source_url,as_of,confidence\n{row}\n", encoding="utf-8"
    )
    registry = build_registry(overlay(load_compiled(), tmp_path))
    letter = compose(replace(shipped.brief("content_data", "US"), registry=registry))
    (found,) = (text for text in letter.law_texts if text.section == "66C")
    assert (found.official, found.paragraphs[0].text) == (True, "As enacted.")


def test_a_section_of_which_nothing_is_annexed_is_a_gap(shipped: Shipped) -> None:
    strange = tuple(msgspec.structs.replace(o, sections=("Law of Nowhere, s. 5",)) for o in shipped.case.offences)
    bare = draft(shipped.brief("content_data", "US", offences=strange))
    assert any(gap.requirement == "law-annex" for gap in bare.report.gaps)
    words = WordsOfLaw(provision="Law of Nowhere, s. 5", text="Nobody shall.")
    told = draft(shipped.brief("content_data", "US", offences=strange, law_texts=(words,)))
    assert not any(gap.requirement == "law-annex" for gap in told.report.gaps)


def test_what_a_section_provides_is_not_told_from_memory(shipped: Shipped) -> None:
    bypass = tuple(msgspec.structs.replace(o, sections=("Copyright Act 1957, s. 65A",)) for o in shipped.case.offences)
    recalled = draft(shipped.brief("content_data", "US", offences=bypass))
    assert any(gap.requirement == "law-annex" for gap in recalled.report.gaps)
    words = WordsOfLaw(provision="Copyright Act 1957, s. 65A", text="As published.")
    told = draft(shipped.brief("content_data", "US", offences=bypass, law_texts=(words,)))
    assert not any(gap.requirement == "law-annex" for gap in told.report.gaps)


@pytest.mark.parametrize(
    ("section", "says"),
    [
        ("Bharatiya Nyaya Sanhita 2023, s. 303", "one to five years"),
        ("Bharatiya Nyaya Sanhita 2023, s. 356(2)", "up to two years"),
        ("Protection of Children from Sexual Offences Act 2012, s. 15(3)", "or a fine, or both; later"),
        ("Copyright Act 1957, s. 63", "six months to three years"),
    ],
)
def test_what_was_read_of_a_section_is_annexed_with_its_penalties(shipped: Shipped, section: str, says: str) -> None:
    offences = tuple(msgspec.structs.replace(o, sections=(section,)) for o in shipped.case.offences)
    (found,) = compose(shipped.brief("content_data", "US", offences=offences)).law_texts
    assert says in " ".join(paragraph.text for paragraph in found.paragraphs)


def test_a_citation_is_taken_apart() -> None:
    assert cite("Penal Code § 263a") == Cited(law="Penal Code", section="263a", mark="§")
    assert cite("Customary law") == Cited(law="Customary law", section="")
    assert cite("Act 2002, s. 3 and 4").numbers == ("3", "4")


def test_provider_gets_no_more_than_it_needs(shipped: Shipped) -> None:
    letter = compose(shipped.brief("preservation", "US", instrument="us-voluntary-disclosure"))
    assert letter.kind is Kind.PROVIDER_PRESERVATION
    assert letter.persons == ()
    assert letter.dual_criminality == ()
    assert letter.conducting is None
    assert letter.chain == ()
    fields = {particular.field for particular in letter.particulars}
    assert {"intention_to_follow_up", "user_notice"} <= fields
    assert "category" not in fields


def test_takedown_rests_on_no_instrument(shipped: Shipped) -> None:
    brief = shipped.brief("takedown", "FR")
    letter = compose(brief)
    assert brief.route is None
    assert letter.kind is Kind.TAKEDOWN_NOTICE
    assert letter.basis[0].instrument == ""
    assert "voluntary cooperation" in letter.basis[0].statement.text
    assert letter.addressee.name == "OVH SAS"
    assert any("Suvarnarekha Bank" in p.text.text for p in letter.particulars if p.field == "law_breached")


def test_recall_lists_the_payments(shipped: Shipped) -> None:
    letter = compose(shipped.brief("freezing", "AE", instrument="interpol"))
    assert letter.kind is Kind.PAYMENT_RECALL
    assert [payment.target for payment in letter.payments] == ["AE480339999000000004711"]
    said = [p.text.text for p in letter.particulars if p.field == "fraud_reported"]
    assert len(said) == 2
    told_nothing = compose(shipped.brief("freezing", "AE", money=Money()))
    assert not [p for p in told_nothing.particulars if p.field == "fraud_reported"]


def test_property_says_what_was_paid_where_the_currency_is_told(shipped: Shipped) -> None:
    step = next(s for s in shipped.plan.steps if s.measure is Measure.CONFISCATION and s.state == "AE")
    brief = shipped.brief("confiscation", "AE", earlier_steps=())
    paid = tuple(
        msgspec.structs.replace(t, currency="USD", amount=amount, credited="")
        for t in shipped.leads.transfers
        if t.target == step.objects[0].value
        for amount in ("24000", "800.50")
    )
    assert paid
    told = replace(brief, transfers=paid)
    text = next(p.text.text for p in compose(told).particulars if p.field == "property")
    assert f"USD {Decimal('24800.50') * (len(paid) // 2):,}" in text
    bare = next(p.text.text for p in compose(brief).particulars if p.field == "property")
    assert bare.startswith("Balance or assets at AE48")


def test_a_payment_that_two_statements_show_is_told_once(shipped: Shipped) -> None:
    """The payer's bank and the payee's each list it: the sum asked for is not twice what was lost."""
    known = shipped.brief("freezing", "AE")
    one = next(t for t in known.transfers if t.target == "AE480339999000000004711")
    other = msgspec.structs.replace(one, artifact="a999", where="row 2", reference="", source="")
    again = brief_for(
        tuple(step.id for step in known.steps),
        case=known.case,
        plan=known.plan,
        registry=known.registry,
        on=known.on,
        transfers=(*shipped.leads.transfers, other),
    )
    assert again.transfers == known.transfers


def test_money_is_asked_for_as_it_stands_on_the_account(shipped: Shipped) -> None:
    """A bank in Dubai holds dirhams and was paid dollars: the rupees that the payer lost are not on its account."""
    letter = compose(shipped.brief("freezing", "AE", instrument="ae-in-mlat-2000"))
    told = [p.text.text for p in letter.particulars if p.field == "property"]
    assert told[0].endswith("the AED 22,778 that are on hold there already.")
    assert told[1].endswith("paid to it: USD 24,800.")
    recall = compose(shipped.brief("freezing", "AE"))
    assert [(p.amount, p.currency) for p in recall.payments] == [("24800.00", "USD")]
    held = msgspec.structs.replace(shipped.case.earlier_steps[0], objects=("AE48 0339 9990 0000 0004 711",))
    alone = replace(shipped.brief("freezing", "AE", instrument="ae-in-mlat-2000", earlier_steps=(held,)), transfers=())
    assert [p.text.phrase for p in compose(alone).particulars if p.field == "property"] == ["sentence.property_held"]


def test_sums_are_written_in_one_way(shipped: Shipped) -> None:
    """Whatever says a sum, the code stands first, and coins have their unit."""
    written = {"INR 2,444,998", "USD 24,800", "AED 22,778"}
    letter = compose(shipped.brief("freezing", "AE", instrument="ae-in-mlat-2000"))
    said = " ".join(text.text for path, text in texts(letter) if text.phrase or path.startswith("/link"))
    assert {sum_ for sum_ in written if sum_ in said} == written
    assert not re.search(r"\d\.00\b|\d [A-Z]{3}\b|\d,\d\d,\d", said)
    coins = [t for t in shipped.leads.transfers if t.target.startswith(("tron:", "bitcoin:"))]
    assert {t.currency for t in coins} == {"USDT", "BTC", "AED"}


def test_what_happened_to_an_object_can_be_translated(shipped: Shipped) -> None:
    """What the case file tells of an address is free text with an address, mails and payments are fixed wording."""
    moments = compose(shipped.brief("search_seizure", "RU")).assistance[0].subjects[0].moments
    assert {moment.phrase for moment in moments} == {"sentence.moment_mail", ""}
    assert [moment.text for moment in moments if moment.free] == [
        "2026-11-17T05:05:58+00:00: The panel is opened from an access line, without cover"
    ]


def test_letter_rogatory_has_the_courts_part(shipped: Shipped) -> None:
    court = Court(
        name="Court of the CJM", city="Suryapur", judge="A. Judge", order="Misc. 12", ordered=date(2026, 11, 20)
    )
    letter = compose(shipped.brief("content_data", "US", instrument="letters-rogatory", court=court))
    assert letter.kind is Kind.LETTER_ROGATORY
    assert letter.court is not None
    said = {p.field: p.text.text for p in letter.particulars}
    assert "BNSS 2023, s. 112(1)" in said["court_application"]
    assert "2026-11-20" in said["court_order"]
    assert letter.signatures[0].name == "A. Judge"
    assert "court_order" in {enclosure.id for enclosure in letter.enclosures}
    assert "courtesy" in letter.basis[0].statement.text
    unordered = msgspec.structs.replace(court, ordered=None, judge="")
    plain = compose(shipped.brief("content_data", "US", instrument="letters-rogatory", court=unordered))
    assert plain.signatures[0].name == "Court of the CJM"
    without = compose(shipped.brief("content_data", "US", instrument="letters-rogatory"))
    assert without.court is None
    assert without.signatures[0].name == ""


def test_statements_go_where_they_are_for(shipped: Shipped) -> None:
    statements = (
        Statement(field="probable_cause", text="On 18 November\n2026 ...", measures=(Measure.CONTENT_DATA,)),
        Statement(field="probable_cause", text="elsewhere", states=("GB",)),
        Statement(field="privilege", text="none"),
        Statement(field="purpose", text="for the trial"),
        Statement(field="undertaking.costs", text="we pay"),
        Statement(field="undertakings", text="we also promise"),
        Statement(field="enclosures", text="a photograph"),
        Statement(field="stage", text="The trial opens in May."),
    )
    letter = compose(shipped.brief("content_data", "US", statements=statements))
    said = [p.text.text for p in letter.particulars if p.field == "probable_cause"]
    assert said == ["On 18 November 2026 ..."]
    assert [t.text for t in letter.privilege] == ["none"]
    assert [t.text for t in letter.purpose] == ["for the trial"]
    kinds = [undertaking.kind for undertaking in letter.undertakings]
    assert kinds == [UndertakingKind.SPECIALITY, UndertakingKind.COSTS, UndertakingKind.OTHER]
    assert letter.enclosures[-1].title.text == "a photograph"
    assert letter.stage[-1].text == "The trial opens in May."


def test_a_statement_for_no_field_is_an_error(shipped: Shipped) -> None:
    with pytest.raises(NoLetterError, match="did you mean probable_cause"):
        compose(shipped.brief("content_data", "US", statements=(Statement(field="probable_case", text="x"),)))


def test_nothing_is_promised_that_the_case_does_not_allow(shipped: Shipped) -> None:
    promises = ("reciprocity_assured", "death_penalty_assured", "life_sentence_assured")
    allowed = {**dict.fromkeys(promises, True), "privileged_holder": False}
    kinds = {u.kind for u in compose(shipped.brief("search_seizure", "RU")).undertakings}
    assert kinds == {UndertakingKind.SPECIALITY, UndertakingKind.RETURN}
    letter = compose(shipped.brief("search_seizure", "RU", legal_facts=allowed))
    assert {u.kind for u in letter.undertakings} == kinds | {
        UndertakingKind.RECIPROCITY,
        UndertakingKind.DEATH_PENALTY,
        UndertakingKind.LIFE_SENTENCE,
    }
    assert facts_of(letter, Measure.SEARCH_SEIZURE).items() >= dict.fromkeys(promises, True).items()
    assert letter.privilege[0].phrase == "sentence.privilege_none"


def test_open_and_routine(shipped: Shipped) -> None:
    letter = compose(
        shipped.brief(
            "subscriber_information",
            "US",
            confidentiality=Confidentiality(level=ConfidentialityLevel.OPEN),
            urgency=Urgency(),
            victims=(Victims(state="IN", number=2),),
            registration="FIR 12 of 2026",
            stage=Stage.TRIAL,
            authority=Authority(name="Police", contact="a@b.example, +91 1", telephone="+91 80 2222 0000"),
        )
    )
    assert letter.confidentiality == letter.urgency == ()
    assert letter.losses[0].phrase == "sentence.losses_unknown"
    assert "FIR 12 of 2026" in letter.stage[1].text
    assert letter.conducting is not None
    assert letter.conducting.contacts == ("a@b.example", "+91 1", "+91 80 2222 0000")
    bare = compose(
        shipped.brief(
            "preservation", "US", confidentiality=Confidentiality(), urgency=Urgency(level=UrgencyLevel.URGENT)
        )
    )
    assert [text.phrase for text in bare.confidentiality] == ["sentence.confidential"]


def test_what_lapses_makes_it_urgent(shipped: Shipped) -> None:
    done = EarlierStep(
        measure=Measure.PRESERVATION,
        state="US",
        holder="Google",
        sent=date(2026, 11, 20),
        effective=date(2026, 11, 20),
        lapses="2027-02-18",
        reference="PV-1",
    )
    other = msgspec.structs.replace(done, state="FR")
    brief = shipped.brief("traffic_data", "US", earlier_steps=(other, done))
    letter = compose(brief)
    assert [text.phrase for text in letter.urgency][-1] == "sentence.urgent_expiry"
    assert letter.earlier[0].lapses == "2027-02-18"
    assert letter.earlier[0].outcome is None
    report = draft(brief).report
    assert next(f for f in report.findings if f.id == "preserved-before").state == "present"
    follow = compose(shipped.brief("traffic_data", "US", kind=Kind.PRESERVATION_FOLLOW_UP, earlier_steps=(done,)))
    assert follow.about is not None
    assert follow.about.reference == "PV-1"
    planned = compose(shipped.brief("traffic_data", "US", kind=Kind.PRESERVATION_FOLLOW_UP, earlier_steps=()))
    assert planned.about is not None
    # nobody sent it: it has the reference that its letter has, and no day
    assert planned.about.dated_on is None
    kept = (step for step in shipped.plan.steps if step.measure is Measure.PRESERVATION and step.state == "US")
    assert planned.about.reference in {compose(shipped.brief_of(step.id)).reference for step in kept}


def test_translation_is_enclosed_where_it_is_needed(shipped: Shipped) -> None:
    letter = compose(shipped.brief("traffic_data", "RU"))
    papers = {enclosure.id for enclosure in letter.enclosures}
    accepts = letter.addressee.languages
    assert ("translation" in papers) is (bool(accepts) and "en" not in accepts)


def test_emergency(shipped: Shipped) -> None:
    urgency = Urgency(level=UrgencyLevel.EMERGENCY, reason="A man is threatened with death by 20:00 (+05:30) today.")
    step = msgspec.structs.replace(
        next(s for s in shipped.plan.steps if s.measure is Measure.PRESERVATION and s.state == "US"),
        measure=Measure.EMERGENCY_DISCLOSURE,
    )
    brief = shipped.brief(
        "preservation",
        "US",
        urgency=urgency,
        legal_facts={"emergency_to_life": True},
        authority=Authority(name="Police", contact="+91 80 2222 0000"),
    )
    asked = type(brief)(
        **{
            **{f: getattr(brief, f) for f in brief.__dataclass_fields__},
            "steps": (step,),
            "kind": Kind.PROVIDER_EMERGENCY,
        }
    )
    said = {p.field: p.text.text for p in compose(asked).particulars}
    assert said["danger"] == urgency.reason
    assert "+91 80 2222 0000" in said["call_back"]


def test_the_person_sought_only(shipped: Shipped) -> None:
    suspects = (
        Suspect(name="A. Runner", residence="AE", born="1990-05-01", identity=("passport Z1",), note="seen there"),
        Suspect(name="B. Other", residence="AE"),
    )
    step = msgspec.structs.replace(
        next(s for s in shipped.plan.steps if s.measure is Measure.CONFISCATION and s.state == "AE"),
        measure=Measure.EXTRADITION,
        title="Ask for extradition from the United Arab Emirates: A. Runner",
        objects=(),
        holder="",
        holder_name="",
    )
    brief = shipped.brief("confiscation", "AE", suspects=suspects, statements=(Statement(field="warrant", text="W 1"),))
    for kind, phrase in ((Kind.EXTRADITION_REQUEST, "ask.extradition"), (Kind.PROVISIONAL_ARREST, "ask.arrest")):
        asked = replace(brief, steps=(step,), kind=kind)
        letter = compose(asked)
        assert [person.name for person in letter.persons] == ["A. Runner"]
        assert letter.persons[0].role == "sought"
        assert letter.assistance[0].what.phrase == phrase
        assert "warrant" in {enclosure.id for enclosure in letter.enclosures}
        assert letter.requesting.name.startswith("Ministry of External Affairs")


def _instead(shipped: Shipped, measure: Measure, kind: Kind, **more: Any) -> Brief:
    """The brief of a step that asks for something else than the one that the shipped case has."""
    step = msgspec.structs.replace(
        next(s for s in shipped.plan.steps if s.measure is Measure.BANK_INFORMATION and s.state == "AE"),
        measure=measure,
        **{"objects": (), "holder": "", "holder_name": "", "period": None} | more,
    )
    victims = (*shipped.case.victims, Victims(state="AE", number=41))
    return replace(shipped.brief("bank_information", "AE", victims=victims), steps=(step,), kind=kind)


def test_sharing_and_forum(shipped: Shipped) -> None:
    told = compose(_instead(shipped, Measure.SPONTANEOUS_INFORMATION, Kind.SPONTANEOUS_INFORMATION))
    said = {p.field: p.text.text for p in told.particulars}
    assert any("41 victims" in p.text.text for p in told.particulars)
    assert "keep it confidential" in said["information_limits"]
    assert told.purpose[0].phrase == "sentence.purpose_information"
    team = compose(_instead(shipped, Measure.JOINT_INVESTIGATION, Kind.JIT_PROPOSAL))
    assert team.purpose[0].phrase == "sentence.jit_purpose"
    assert team.link[0].phrase == "sentence.link_state"
    forum = compose(_instead(shipped, Measure.JOINT_INVESTIGATION, Kind.JURISDICTION_CONSULTATION))
    fields = {p.field for p in forum.particulars}
    assert "claims" in fields
    assert ("criteria" in fields) is any(c.criteria for c in shipped.plan.jurisdiction.conflicts)


def test_intelligence_units_keep_what_they_give(shipped: Shipped) -> None:
    brief = shipped.brief("freezing", "AE", instrument="egmont")
    letter = compose(brief)
    assert letter.kind is Kind.FIU_REQUEST
    assert letter.addressee.name.startswith("Financial intelligence unit")
    assert any(p.field == "dissemination" for p in letter.particulars)
    assert letter.purpose[0].phrase == "sentence.purpose_police"


def test_what_nothing_gives_is_left_out(shipped: Shipped) -> None:
    facts = {"follow_up_intended": False}
    letter = compose(shipped.brief("preservation", "US", legal_facts=facts))
    assert "intention_to_follow_up" not in {p.field for p in letter.particulars}
    brief = _instead(shipped, Measure.EMERGENCY_DISCLOSURE, Kind.EMERGENCY_DISCLOSURE)
    assert "call_back" not in {p.field for p in compose(brief).particulars}
    nowhere = _instead(shipped, Measure.TAKEDOWN, Kind.TAKEDOWN_NOTICE)
    nobody = compose(replace(nowhere, route=None))
    assert nobody.addressee.name == ""
    uncited = compose(_instead(shipped, Measure.TESTIMONY, Kind.MLA_REQUEST, what=""))
    assert uncited.assistance[0].data == ()
    empty = msgspec.structs.replace(brief.plan, case=msgspec.structs.replace(brief.plan.case, artifacts=()))
    offences = tuple(msgspec.structs.replace(o, sections=(), id="illegal_gambling") for o in shipped.case.offences)
    case = msgspec.structs.replace(brief.case, offences=offences, requesting_state="AQ")
    bare = replace(brief, plan=empty, case=case, kind=Kind.MLA_REQUEST)
    assert [paper.id for paper in compose(bare).enclosures] == ["translation"]


def test_a_translation_for_who_reads_another_language(shipped: Shipped) -> None:
    brief = shipped.brief("traffic_data", "RU")
    assert brief.route is not None
    named = msgspec.structs.replace(brief.route.addressee, languages="ru;fr")
    letter = compose(replace(brief, route=msgspec.structs.replace(brief.route, addressee=named)))
    assert letter.addressee.languages == ("ru", "fr")
    assert letter.enclosures[-1].id == "translation"
    assert "Russian, French" in letter.enclosures[-1].title.text


def test_a_connection_is_told_in_two_or_three_sentences_and_caveats_stay_in_the_plan(shipped: Shipped) -> None:
    """A court abroad is told what was seen; what limits it, and how it was found, is the investigators' own note."""
    held_back = {
        reason.text.rstrip(".")
        for holder in shipped.plan.holders
        for tie in holder.ties
        for reason in tie.reasons
        if reason.kind is not ReasonKind.OBSERVATION
    }
    assert len(held_back) > 10
    for measure, state in (
        ("search_seizure", "RU"),
        ("content_data", "US"),
        ("freezing", "AE"),
        ("preservation", "US"),
    ):
        letter = compose(shipped.brief(measure, state))
        assert len(letter.link) in ({2, 3} if letter.kind is not Kind.PAYMENT_RECALL else {0})
        said = " ".join(text.text for text in (*letter.link, *letter.assistance[0].reason))
        assert [caveat for caveat in held_back if caveat in said] == []
    said = " ".join(text.text for text in compose(shipped.brief("freezing", "AE")).assistance[0].reason)
    assert "money was paid to it" in said
    assert "by chance" not in said
    assert "confidence" not in said


def test_police_message_names_its_objects_and_lacks_them_loudly(shipped: Shipped) -> None:
    """A message that asks for nothing exact is a gap: no bureau can look up what is not in it."""
    brief = shipped.brief("police_information", "GB")
    letter = compose(brief)
    assert [one.value for one in letter.assistance[0].subjects] == ["+442079460123"]
    bare = msgspec.structs.replace(brief.steps[0], objects=())
    empty = draft(replace(brief, steps=(bare,)))
    assert "identifiers" in {gap.id for gap in empty.report.gaps}
    assert "identifiers" not in {gap.id for gap in draft(brief).report.gaps}


def test_a_penalty_is_stated_once_and_an_annex_is_named_only_where_there_is_one(shipped: Shipped) -> None:
    """No letter says *annexed* without an annex, and none says *not stated* of what it states below."""
    for measure, state in (("freezing", "AE"), ("police_information", "GB"), ("content_data", "US")):
        letter = compose(shipped.brief(measure, state))
        unknown = tuple(
            msgspec.structs.replace(
                o,
                max_penalty_years=None,
                provisions=tuple(msgspec.structs.replace(p, max_penalty_years=None) for p in o.provisions),
            )
            for o in letter.offences
        )
        printed = plain_text(lay_out(letter, draft(shipped.brief(measure, state)).report))
        assert "not stated here" not in printed
        body, annexed, annex = printed.partition("ANNEX: THE LAW")
        assert body.count("penalty: 7 years") == 2
        assert annex.count("penalty: 7 years") == (2 if annexed else 0)
        silent = msgspec.structs.replace(letter, offences=unknown)
        printed = " ".join(plain_text(lay_out(silent, draft(shipped.brief(measure, state)).report)).split())
        assert "not stated here" in printed
        assert ("law annexed" in printed) is bool(letter.enclosures)
    laundering = next(o for o in letter.offences if o.id == "money_laundering")
    assert [(p.section, p.max_penalty_years) for p in laundering.provisions] == [("3, 4", 7)]


def test_urgency_is_that_of_what_this_holder_has(shipped: Shipped) -> None:
    """Google is not told of a hold in Dubai; nobody promises a company the consent of its state."""
    dubai = " ".join(text.text for text in compose(shipped.brief("freezing", "AE")).urgency)
    assert "AED 22,778" in dubai
    assert "server" not in dubai
    google = shipped.brief("content_data", "US", of="@gmail.com")
    # the order of the plan is no reason there, and nobody is asked for one
    assert [text.phrase for text in compose(google).urgency] == ["pace.after_answer"]
    assert "urgency" not in {finding.id for finding in draft(google).report.findings}
    plain = Urgency(level=UrgencyLevel.URGENT, reason="It is read tomorrow.")
    assert compose(shipped.brief("content_data", "US", urgency=plain)).urgency[0].text == "It is read tomorrow."
    said = Statement(field="urgency", text="The log is kept for nine days.")
    stated = compose(shipped.brief("content_data", "US", of="@gmail.com", statements=(said,))).urgency
    assert [text.text for text in stated] == ["The log is kept for nine days."]
    registry = compose(shipped.brief("domain_registration", "US"))
    assert registry.purpose[0].phrase == "sentence.purpose_provider"


def test_dual_criminality_cites_one_provision_once(shipped: Shipped) -> None:
    """Of several sections the one that asks for least carries the argument: espionage is no fraud."""
    entry = msgspec.structs.replace(shipped.case.offences[0], id="illegal_access", sections=())
    brief = shipped.brief("content_data", "US", offences=(entry,))
    argument = compose(brief).dual_criminality[0].argument.text
    assert "1030(a)(2)" in argument
    assert "1030(a)(1)" not in argument
    page = " ".join(plain_text(lay_out(compose(brief), draft(brief).report)).split())
    assert page.count("1030(a)(2)") == 1


def test_authorities_are_named_with_their_accents(shipped: Shipped) -> None:
    names = [a.name for state in ("FR", "BR", "PT") for a in shipped.registry.states[state].authorities]
    said = " ".join(names)
    assert all(word in said for word in ("Ministère", "grâces", "Ministério da Justiça", "da República"))
