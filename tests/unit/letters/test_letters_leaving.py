"""What must not leave the house, what a letter promises, and how it names itself and others."""

from dataclasses import replace
from datetime import date, timedelta

import msgspec
import pytest
from tests.samples.shipped import ON, Shipped

from comity.law import Channel, Measure, Registry
from comity.leads.model import Leads
from comity.letters import (
    Brief,
    Kind,
    Letter,
    NoLetterError,
    brief_for,
    catalogue,
    compose,
    draft,
    lay_out,
    plain_text,
)
from comity.letters.checks.objects import is_exact
from comity.letters.fields import words
from comity.letters.model import Origin, OriginKind, Subject
from comity.plan import Case, make_plan
from comity.plan.case import (
    CaseOffenceEntry,
    Confidentiality,
    Court,
    EarlierStep,
    Proceedings,
    Statement,
    Suspect,
    Urgency,
    WordsOfLaw,
)
from comity.plan.model import UrgencyLevel

SOUGHT = Suspect(name="Rahul Mehta", nationality="IN", residence="US", born="1990-05-01, Mumbai", note="he talks to us")


def said(letter: Letter) -> str:
    return msgspec.json.encode(letter).decode()


def surrender(
    shipped: Shipped, requesting: str, requested: str, *offences: CaseOffenceEntry, kind: Kind | None = None
) -> Brief:
    """The brief of a request for one person."""
    case = msgspec.structs.replace(
        shipped.case,
        requesting_state=requesting,
        offences=offences,
        suspects=(msgspec.structs.replace(SOUGHT, residence=requested),),
        earlier_steps=(),
        court=None,
    )
    return person(case, shipped.registry, kind)


def person(case: Case, registry: Registry, kind: Kind | None = None) -> Brief:
    plan = make_plan(case, Leads(artifacts=(), observables=(), findings=()), on=ON, registry=registry)
    step = next(step for step in plan.steps if step.measure is Measure.EXTRADITION)
    return brief_for((step.id,), case=case, plan=plan, registry=registry, on=ON, kind=kind)


def gaps(brief: Brief) -> dict[str, list[str]]:
    report = draft(brief).report
    return {gap.id: [text.phrase.removeprefix("problem.") for text in gap.problems] for gap in report.gaps}


def fraud(*sections: str, years: float | None = None) -> CaseOffenceEntry:
    return CaseOffenceEntry(id="computer_fraud", sections=sections, max_penalty_years=years)


CHEATING = "Bharatiya Nyaya Sanhita 2023, s. 318(4)"
KIDNAPPING = "Bharatiya Nyaya Sanhita 2023, s. 140(2)"


class TestSurrender:
    @pytest.mark.parametrize("state", ["US", "GB", "DE", "AE", "PT"])
    def test_the_cases_own_penalty_asks_for_an_assurance(self, shipped: Shipped, state: str) -> None:
        """Whatever the treaty says, or leaves unsaid."""
        assert "death-penalty" in gaps(surrender(shipped, "IN", state, fraud(CHEATING, KIDNAPPING, years=99)))
        assert "death-penalty" not in gaps(surrender(shipped, "IN", state, fraud(CHEATING, years=7)))

    @pytest.mark.parametrize("told", ["Whoever does so shall be punished with death.", "मृत्यु से दण्डित किया जाएगा"])
    def test_death_in_the_words_of_a_section_asks_for_an_assurance(self, shipped: Shipped, told: str) -> None:
        brief = surrender(shipped, "IN", "GB", fraud(CHEATING, years=7))
        words = replace(
            brief, case=msgspec.structs.replace(brief.case, law_texts=(WordsOfLaw(provision=CHEATING, text=told),))
        )
        assert "death-penalty" in gaps(words)

    def test_a_section_that_carries_life_and_not_death_asks_for_none(self, shipped: Shipped) -> None:
        # Bharatiya Nyaya Sanhita 2023 s. 338: life, or up to ten years
        forgery = CaseOffenceEntry(id="computer_forgery", sections=("Bharatiya Nyaya Sanhita 2023, s. 338",))
        assert "death-penalty" not in gaps(surrender(shipped, "IN", "GB", forgery))
        drafted = draft(surrender(shipped, "IN", "GB", forgery))
        printed = plain_text(lay_out(drafted.letter, drafted.report))
        assert "life imprisonment" in printed
        assert "life imprisonment or death" not in printed

    def test_a_state_without_death_promises_nothing(self, shipped: Shipped) -> None:
        assert "death-penalty" not in gaps(surrender(shipped, "GB", "US", fraud(years=99)))

    def test_a_section_of_which_nobody_knows_the_penalty_may_be_the_gravest(self, shipped: Shipped) -> None:
        assert gaps(surrender(shipped, "IN", "US", fraud(CHEATING, KIDNAPPING)))["law-text"] == ["no_penalty"]
        assert "law-text" not in gaps(surrender(shipped, "IN", "US", fraud(CHEATING)))

    def test_speciality_is_of_the_person(self, shipped: Shipped) -> None:
        letter = compose(surrender(shipped, "IN", "US", fraud(CHEATING)))
        assert [u.text.phrase for u in letter.undertakings] == ["undertaking.speciality_person"]
        assert [text.phrase for text in letter.purpose] == ["sentence.purpose_surrender"]
        assert "evidence in the case" not in said(letter)

    @pytest.mark.parametrize("kind", [None, Kind.PROVISIONAL_ARREST])
    def test_the_notes_of_the_plan_stay_in_it(self, shipped: Shipped, kind: Kind | None) -> None:
        letter = compose(surrender(shipped, "IN", "US", fraud(CHEATING), kind=kind))
        assert letter.assistance[0].data == ()
        assert "once the evidence stands" not in said(letter)
        assert not words(letter, "user_notice")


class TestEuropeanForms:
    def test_a_warrant_and_no_request(self, shipped: Shipped) -> None:
        heavy, light = fraud("Code pénal, art. 313-1", years=5), CaseOffenceEntry(id="online_defamation")
        brief = surrender(shipped, "FR", "DE", heavy, light)
        assert brief.kind is Kind.EAW
        letter = compose(brief)
        listed = [p.text for p in letter.particulars if p.field == "list_offences"]
        assert [text.arguments for text in listed] == [
            {"items": "computer_crime;swindling", "offence": "computer_fraud"}
        ]
        assert [dual.offence for dual in letter.dual_criminality] == ["online_defamation"]
        assert "form" in words(letter, "certificate")
        assert not letter.undertakings
        assert "validation" in gaps(brief)

    def test_less_than_three_years_is_argued(self, shipped: Shipped) -> None:
        letter = compose(surrender(shipped, "FR", "DE", fraud("Code pénal, art. 313-1", years=2)))
        assert not words(letter, "list_offences")
        assert [dual.offence for dual in letter.dual_criminality] == ["computer_fraud"]

    def order(self, shipped: Shipped, measure: str, kind: Kind = Kind.EPOC, *, by: str = "") -> Brief:
        told = (Statement(field="validation", text=by),) if by else ()
        brief = shipped.brief(measure, "US", of="@gmail.com", statements=told)
        direct = next(route for route in (brief.route,) if route is not None)
        provider = msgspec.structs.replace(direct.addressee, kind="provider", name="")
        route = msgspec.structs.replace(direct, addressee=provider, instrument="eu-e-evidence")
        return replace(brief, kind=kind, route=route)

    @pytest.mark.parametrize(
        ("measure", "by", "problem"),
        [
            ("content_data", "Issued by Sergeant Dupont, gendarmerie of Valmont, alone", "not_judge"),
            ("content_data", "Issued by the prosecutor at the tribunal of Valmont", "not_judge"),
            ("content_data", "Issued by the investigating judge, tribunal of Valmont", ""),
            ("traffic_data", "Erlassen vom Amtsgericht Berlin", ""),
            ("subscriber_information", "Issued by the public prosecutor of Valmont", ""),
            ("subscriber_information", "Issued by Sergeant Dupont alone", "not_judicial"),
        ],
    )
    def test_who_may_issue(self, shipped: Shipped, measure: str, by: str, problem: str) -> None:
        found = gaps(self.order(shipped, measure, by=by)).get("validation", [])
        assert found == ([problem] if problem else [])

    def test_a_certificate_goes_alone_and_in_time(self, shipped: Shipped) -> None:
        letter = compose(self.order(shipped, "content_data"))
        assert "10 days" in words(letter, "time_limit")
        assert words(letter, "category") == "content data"
        assert "enforcing authority" in words(letter, "notification")
        assert not letter.enclosures
        assert not letter.dual_criminality
        assert not words(compose(self.order(shipped, "subscriber_information")), "notification")
        kept = compose(self.order(shipped, "preservation", Kind.EPOC_PR))
        assert "60 days" in words(kept, "time_limit")
        assert "subscriber data" in words(kept, "category")
        emergency = self.order(shipped, "content_data")
        case = msgspec.structs.replace(emergency.case, urgency=Urgency(level=UrgencyLevel.EMERGENCY, reason="now"))
        at_once = compose(replace(emergency, case=case))
        assert "8 hours" in words(at_once, "time_limit")
        assert "not to be sent before" in words(letter, "notification")
        assert "not to be sent before" not in words(at_once, "notification")

    def test_an_investigation_order_has_no_category(self, shipped: Shipped) -> None:
        assert not words(compose(replace(shipped.brief("search_seizure", "RU"), kind=Kind.EIO)), "category")


class TestReferences:
    def test_the_same_on_every_day_and_another_for_another(self, shipped: Shipped) -> None:
        found: dict[str, dict[tuple[object, ...], str]] = {}
        for on in (ON, ON + timedelta(days=16)):
            plan = make_plan(shipped.case, shipped.leads, on=on, registry=shipped.registry)
            for step in plan.steps:
                if step.measure not in {Measure.FREEZING, Measure.PRESERVATION} or step.domestic:
                    continue
                brief = brief_for((step.id,), case=shipped.case, plan=plan, registry=shipped.registry, on=on)
                asked = (step.measure, step.holder_name, brief.kind, *sorted(o.value for o in step.objects))
                found.setdefault(compose(brief).reference, {})[asked] = step.id
        assert len(found) > 3
        assert all(len(asked) == 1 for asked in found.values())

    def test_a_letter_is_found_by_its_reference(self, shipped: Shipped) -> None:
        letter = compose(shipped.brief("freezing", "AE"))
        mark = letter.reference.rpartition(" ")[2]
        assert compose(shipped.brief_of(mark.casefold())) == letter
        with pytest.raises(NoLetterError, match="no letter of the plan has this mark"):
            shipped.brief_of("AE-000000")

    def test_no_date_is_invented(self, shipped: Shipped) -> None:
        brief = shipped.brief("content_data", "US", of="@gmail.com", kind=Kind.WITHDRAWAL)
        about = draft(brief).letter.about
        assert about is not None
        assert about.dated_on is None
        assert gaps(brief)["about"] == ["not_sent"]
        sent = EarlierStep(
            measure=Measure.CONTENT_DATA, state="US", holder="Google", sent=date(2026, 11, 21), reference="X/7"
        )
        recorded = shipped.brief("content_data", "US", of="@gmail.com", kind=Kind.WITHDRAWAL, earlier_steps=(sent,))
        about = draft(recorded).letter.about
        assert about is not None
        assert (about.dated_on, about.reference) == (date(2026, 11, 21), "X/7")
        assert "about" not in gaps(recorded)

    def test_only_a_preservation_is_extended(self, shipped: Shipped) -> None:
        with pytest.raises(NoLetterError, match="only a preservation is extended"):
            shipped.brief("subscriber_information", "US", kind=Kind.PRESERVATION_EXTENSION)
        assert shipped.brief("preservation", "US", kind=Kind.PRESERVATION_EXTENSION)


class TestPast:
    def test_what_has_lapsed_holds_nothing(self, shipped: Shipped) -> None:
        brief = shipped.brief("freezing", "AE", instrument="ae-in-mlat-2000")
        late = replace(brief, on=ON + timedelta(days=16))
        now, later = compose(brief), compose(late)
        assert "on hold there already" in words(now, "property")
        assert "on hold there already" not in words(later, "property")
        assert any(text.phrase == "sentence.urgent_expiry" for text in now.urgency)
        assert all(text.phrase != "sentence.urgent_expiry" for text in later.urgency)
        assert "past" in gaps(late)["urgency"]
        assert "past" not in gaps(brief).get("urgency", [])

    def test_a_danger_that_is_over(self, shipped: Shipped) -> None:
        reason = "On 20 November 2026 the boy was taken. He is to be killed on 28 November 2026 if nobody pays for him."
        urgency = Urgency(level=UrgencyLevel.EMERGENCY, reason=reason)
        facts = {"emergency_to_life": True}
        for day, over in ((ON, False), (date(2026, 12, 5), True)):
            brief = shipped.brief("content_data", "US", of="@gmail.com", urgency=urgency, legal_facts=facts)
            brief = replace(brief, kind=Kind.EMERGENCY_DISCLOSURE, on=day)
            assert ("past" in gaps(brief).get("danger", [])) is over

    def test_what_nobody_kept_is_not_kept(self, shipped: Shipped) -> None:
        letter = compose(shipped.brief("traffic_data", "RU"))
        assert not words(letter, "preservation_reference")
        assert all(text.phrase != "sentence.urgent_expiry" for text in letter.urgency)
        done = next(step for step in shipped.case.earlier_steps if step.state == "RU")
        kept = msgspec.structs.replace(done, effective=done.sent, reference="PV-88213")
        letter = compose(shipped.brief("traffic_data", "RU", earlier_steps=(kept,)))
        assert words(letter, "preservation_reference") == "PV-88213"
        particular = next(p.text for p in letter.particulars if p.field == "preservation_reference")
        assert not particular.free


class TestWhatStays:
    def test_what_is_noted_of_a_person(self, shipped: Shipped) -> None:
        letters = [compose(shipped.brief_of(step.id)) for step in shipped.plan.steps if _leaves(step.domestic)]
        assert any(letter.persons for letter in letters)
        assert all("co-operates" not in said(letter) for letter in letters)
        assert all("the case file says" not in said(letter) for letter in letters)

    def test_a_suspects_own_mailbox_is_named_as_such(self, shipped: Shipped) -> None:
        address = next(
            thing.value for step in shipped.plan.steps for thing in step.objects if thing.value.endswith("@gmail.com")
        )
        suspect = msgspec.structs.replace(SOUGHT, identifiers=(address,))
        letter = compose(shipped.brief("content_data", "US", of="@gmail.com", suspects=(suspect,)))
        told = [text.arguments for text in letter.assistance[0].reason if text.phrase == "named.used_by"]
        assert told == [{"what": address, "name": "Rahul Mehta"}]
        assert any(text.text.startswith(address) for text in letter.assistance[0].reason)

    @pytest.mark.parametrize("state", ["FR", "US"])
    def test_a_notice_tells_the_name_and_nothing_else(self, shipped: Shipped, state: str) -> None:
        brief = shipped.brief("takedown", state)
        letter = compose(brief)
        assert not letter.facts
        assert not letter.earlier
        assert letter.confidentiality
        assert words(letter, "good_faith")
        assert "AED" not in said(letter)
        assert "money" not in said(letter)
        assert "facts" not in gaps(brief)

    def test_a_registry_hosts_nothing(self, shipped: Shipped) -> None:
        assert compose(shipped.brief("takedown", "US")).assistance[0].what.phrase == "ask.suspension"

    def test_facts_for_one_recipient_instead(self, shipped: Shipped) -> None:
        short = Statement(field="facts_instead", text="On 17 November 2026 a mail was sent.", states=("US",))
        told = {
            state: [t.text for t in compose(shipped.brief("traffic_data", state, statements=(short,))).facts]
            for state in ("US", "RU")
        }
        assert told["US"] == [short.text]
        assert len(told["RU"][0]) > len(short.text)

    def test_facts_for_one_holder_instead(self, shipped: Shipped) -> None:
        short = Statement(field="facts_instead", text="On 12 November 2026 a name was registered.", holders=("ovh",))
        for state, measure, told in (("FR", "domain_registration", True), ("US", "domain_registration", False)):
            facts = compose(shipped.brief(measure, state, statements=(short,))).facts
            assert (facts[0].text == short.text) is told

    def test_a_company_is_not_told_why_it_is_secret(self, shipped: Shipped) -> None:
        secret = Confidentiality(reason="A search is being prepared.")
        company = shipped.brief("domain_registration", "US", confidentiality=secret)
        authority = shipped.brief("content_data", "US", of="@gmail.com", confidentiality=secret)
        assert "A search is being prepared." not in said(compose(company))
        assert "A search is being prepared." in said(compose(authority))
        assert "confidentiality" not in gaps(company)

    def test_a_preservation_is_told_where_one_was_made(self, shipped: Shipped) -> None:
        """The plan orders its steps as if those before had been done: a letter tells what was."""
        letters = [compose(shipped.brief_of(step.id)) for step in shipped.plan.steps if _leaves(step.domestic)]
        told = [text.phrase for letter in letters for text in letter.urgency]
        assert "pace.after_answer" in told
        assert not any(phrase.startswith("pace.after_preservation") for phrase in told)
        step = next(s for s in shipped.plan.steps if s.urgency.pace == "after_preservation_days" and s.state == "US")
        kept = EarlierStep(
            measure=Measure.PRESERVATION, state="US", sent=date(2026, 11, 20), effective=date(2026, 11, 21)
        )
        letter = compose(shipped.brief_of(step.id, earlier_steps=(kept,)))
        assert [text.phrase for text in letter.urgency] == ["pace.after_preservation_days"]


def _leaves(domestic: bool) -> bool:
    return not domestic


class TestWhatIsAsked:
    def test_the_holder_is_not_a_third_party(self, shipped: Shipped) -> None:
        brief = shipped.brief("domain_registration", "US")
        assert brief.channel is Channel.DIRECT_TO_PROVIDER
        letter = compose(brief)
        assert letter.assistance[0].what.phrase == "direct.domain_registration"
        assert words(letter, "user_notice") == "Please do not tell the user, for as long as your law allows."
        authority = compose(shipped.brief("content_data", "US", of="@gmail.com"))
        assert authority.assistance[0].what.phrase == "ask.content_data"

    @pytest.mark.parametrize(
        ("kind", "phrase"),
        [
            (Kind.TRANSFER_OF_PROCEEDINGS, "ask.transfer_of_proceedings"),
            (Kind.JURISDICTION_CONSULTATION, "ask.consultation"),
            (Kind.JIT_PROPOSAL, "ask.joint_investigation"),
        ],
    )
    def test_each_letter_on_the_forum_asks_its_own(self, shipped: Shipped, kind: Kind, phrase: str) -> None:
        case = msgspec.structs.replace(shipped.case, proceedings=(Proceedings(state="US", stage="investigation"),))
        plan = make_plan(case, shipped.leads, on=ON, registry=shipped.registry)
        step = next(s for s in plan.steps if s.measure is Measure.JOINT_INVESTIGATION)
        brief = brief_for((step.id,), case=case, plan=plan, registry=shipped.registry, on=ON)
        letter = compose(replace(brief, kind=kind))
        assert [(item.what.phrase, item.data) for item in letter.assistance] == [(phrase, ())]
        joint = kind is Kind.JIT_PROPOSAL
        assert (letter.assistance[0].measure is Measure.JOINT_INVESTIGATION) is joint
        assert "probably" not in words(letter, "claims")

    def test_property_is_no_evidence(self, shipped: Shipped) -> None:
        for measure in ("freezing", "confiscation", "asset_return"):
            named = "ae-in-mlat-2000" if measure == "freezing" else ""
            letter = compose(shipped.brief(measure, "AE", instrument=named))
            assert [text.phrase for text in letter.purpose] == ["sentence.purpose_property"]
            assert not letter.procedure
        told = [text.phrase for text in compose(shipped.brief("confiscation", "AE")).confidentiality]
        assert "sentence.confidential_law" in told
        assert "sentence.confidential" not in told

    def test_whose_account_it_is(self, shipped: Shipped) -> None:
        """Whoever a suspect's accounts are, the name that the bank has must be told."""
        brief = shipped.brief("freezing", "AE", instrument="ae-in-mlat-2000")
        assert "AL RAHMA GATE" in words(compose(brief), "account_holder")
        assert "account-holder" not in gaps(brief)
        untold = shipped.brief("freezing", "AE", instrument="ae-in-mlat-2000", statements=())
        assert "account-holder" in gaps(untold)

    def test_an_address_that_identifies_nobody(self) -> None:
        origin = Origin(kind=OriginKind.PLAN)
        bare = Subject(kind="url", value="https://api.telegram.org/bot", origin=origin)
        assert not is_exact(bare)
        assert is_exact(
            msgspec.structs.replace(
                bare, value="https://api.telegram.org/bot7012345678:AAFabcdefghijklmnopqrstu/sendMessage"
            )
        )
        assert is_exact(msgspec.structs.replace(bare, value="https://login.example/a"))

    def test_how_a_contact_point_is_reached(self, shipped: Shipped) -> None:
        assert "addressee-contact" in gaps(shipped.brief("preservation", "US"))
        told = Statement(field="addressee.contacts", text="+1 202 555 0100")
        brief = shipped.brief("preservation", "US", statements=(told,))
        assert "addressee-contact" not in gaps(brief)
        letter = compose(brief)
        assert letter.addressee.contacts == ("+1 202 555 0100",)
        assert "90 days" in words(letter, "keep_for")

    def test_a_network_is_no_basis(self, shipped: Shipped) -> None:
        letter = compose(shipped.brief("bank_information", "AE", instrument="egmont"))
        assert letter.basis[0].statement.phrase.startswith("sentence.basis_network")

    def test_no_word_of_english_in_an_article(self, shipped: Shipped) -> None:
        letter = compose(shipped.brief("freezing", "AE", instrument="ae-in-mlat-2000"))
        assert letter.basis[0].article == "1"
        for language in ("de", "ar", "zh"):
            cited = catalogue(language).say("sentence.basis_law", state="US", article="15 with 18 USC 2703(d), 3512")
            assert "with" not in cited
            assert "18 USC 2703(d), 3512" in cited
        assert "15 with 18 USC" in catalogue().say("sentence.basis_law", state="US", article="15 with 18 USC 3512")

    def test_the_whole_is_no_more_than_what_was_paid(self, shipped: Shipped) -> None:
        letter = compose(shipped.brief("freezing", "AE", instrument="ae-in-mlat-2000"))
        told = [p.text.phrase for p in letter.particulars if p.field == "property"]
        assert told == ["sentence.property_held", "sentence.property_beyond"]
        assert "the whole does not exceed" in words(letter, "property")
        moments = [moment.arguments for s in letter.assistance[0].subjects for moment in s.moments]
        assert [moment["paid"] for moment in moments] == ["USD 24800.00"]

    def test_a_court_names_its_own_law(self, shipped: Shipped) -> None:
        court = Court(name="Court of the Chief Judicial Magistrate, Suryapur")
        brief = shipped.brief("content_data", "US", of="@gmail.com", kind=Kind.LETTER_ROGATORY, court=court)
        letter = compose(brief)
        assert letter.requesting.name == court.name
        assert letter.addressee.office == "judicial_of"
        assert any("s. 112" in basis.statement.text for basis in letter.basis)

    def test_the_hands_at_home_do_not_leave(self, shipped: Shipped) -> None:
        drafted = draft(shipped.brief("content_data", "US", of="@gmail.com"))
        assert drafted.transmission
        assert drafted.letter.chain == ()
        assert "checklist" not in said(drafted.letter)

    def test_a_company_is_not_reached_through_its_sister(self, shipped: Shipped) -> None:
        addressee = compose(shipped.brief("takedown", "FR")).addressee
        assert addressee.name == "OVH SAS"
        assert "us.ovhcloud.com" not in addressee.url
        assert addressee.languages == ()
