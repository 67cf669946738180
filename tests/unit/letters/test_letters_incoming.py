"""Letters that arrive: read by their data or their words, checked from the requested side, answered."""

import re
from datetime import date

import msgspec
import pytest
from tests.samples.letterfiles import data_of, docx_of, pdf_of, plain_pdf, sample, sample_pdf, shown_lines
from tests.samples.letters import complete, item, text
from tests.samples.strangers import EN

from comity.law import Measure, Registry, load_registry
from comity.law.errors import UnknownTermError
from comity.letters import Kind, Letter, NoLetterError, catalogue, checked, lay_out, plain_text, to_json
from comity.letters.errors import LetterFileError
from comity.letters.fields import without
from comity.letters.incoming import (
    Answerer,
    Examination,
    Received,
    acknowledge,
    ask_back,
    examine,
    grounds,
    receive,
    refuse,
)
from comity.letters.incoming.facts import facts_of
from comity.letters.incoming.questions import questions_of
from comity.letters.model import LawText, UndertakingKind

ON = date(2026, 11, 25)
BY = Answerer(
    name="Office of International Affairs", city="Washington", contacts=("oia@desk.example", "+1 202 555 0100"),
    signatory="Director",
)  # fmt: skip


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


def read(data: bytes, registry: Registry) -> Received:
    return receive(data, registry, file="f", received_on=ON)


def found(letter: Letter | str, registry: Registry, on: date = ON) -> tuple[Received, Examination]:
    received = read(letter.encode() if isinstance(letter, str) else data_of(letter), registry)
    return received, examine(received, registry, as_of=on, received_on=on)


def test_our_own_in_every_form(registry: Registry) -> None:
    lines = shown_lines(sample())
    forms = (
        sample_pdf(),
        data_of(sample()),
        docx_of(lines, data=data_of(sample())),
        to_json(checked(*complete(Kind.MLA_REQUEST))),
    )
    for data in forms:
        got = read(data, registry)
        assert got.by_data
        assert got.letter == sample()
        assert got.recognition is None
    assert read(forms[0], registry).data.agreement == "agrees"
    assert read(forms[2], registry).data.agreement == "not_shown"


def test_data_that_lie_are_not_believed(registry: Registry) -> None:
    other = msgspec.structs.replace(sample(), reference="Cr. No. 999/2026")
    got = read(pdf_of(sample(), data=data_of(other)), registry)
    assert not got.by_data
    assert got.letter.reference != other.reference
    assert got.data.agreement == "differs"
    assert got.notes == ("the data inside are not believed; its words were read instead",)


def test_data_that_are_broken(registry: Registry) -> None:
    got = read(pdf_of(sample(), data=b"{}"), registry)
    assert not got.by_data
    assert got.notes == ("the data inside are broken; its words were read instead",)
    with pytest.raises(LetterFileError, match="no letter"):
        read(b'{"schema": "comity-letter-1"}', registry)


def test_a_stranger_s_pdf_and_docx_say_what_the_text_says(registry: Registry) -> None:
    text = read(EN.encode(), registry).letter
    for data in (plain_pdf(EN.splitlines()), docx_of(EN.splitlines())):
        letter = read(data, registry).letter
        assert (letter.requesting.name, letter.addressee.state) == (text.requesting.name, "US")
        assert [item.measure for item in letter.assistance] == [item.measure for item in text.assistance]
        assert letter.reference == "25016/31/2026-LC"
    page = read(plain_pdf(EN.splitlines()), registry).recognition
    assert page is not None
    assert page.said("reference")[0].where.startswith("page 1, line")


def test_nothing_is_recognised(registry: Registry) -> None:
    got, exam = found("qwzx plokm", registry)
    assert got.recognition is not None
    assert {gap.field for gap in got.recognition.missing} >= {
        "language",
        "kind",
        "sender",
        "date",
        "measures",
        "period",
    }
    assert got.letter.dated_on == ON
    assert (exam.outcome, exam.why) == ("cannot_tell", "it was not recognised which state asks which")
    assert exam.competence.desk == "unknown"
    assert exam.questions


def test_one_state_is_not_two(registry: Registry) -> None:
    text = "From: Ministry of Home Affairs, India\nTo: Ministry of Law, India\nPlease preserve the account."
    _, exam = found(text, registry)
    assert exam.why == "both sides were recognised as India"


def test_a_long_letter_is_read_to_a_limit(registry: Registry) -> None:
    got = read(b"\n".join([b"x" * 99_000] * 6), registry)
    assert got.notes == ("only its first 4 lines were read for what it asks",)


def test_admissible(registry: Registry) -> None:
    letter, _ = complete(Kind.PRESERVATION_REQUEST)
    basis = msgspec.structs.replace(
        complete(Kind.MLA_REQUEST)[0].basis[0], instrument="budapest", title="Budapest", article="29"
    )
    party = msgspec.structs.replace(letter.requesting, state="DE")
    letter = msgspec.structs.replace(letter, requesting=party, basis=(basis,))
    _, exam = found(letter, registry)
    assert (exam.requesting, exam.requested) == ("DE", "US")
    assert exam.measures[0].ways[0].instrument == "budapest"
    assert exam.measures[0].ways[0].status == "open"
    assert exam.language.state == "accepted"
    assert exam.outcome in {"admissible", "ask_back"}


def test_an_instrument_that_does_not_bind_both(registry: Registry) -> None:
    """India is no party to the Budapest Convention: another instrument carries it, and the letter should name it."""
    text = EN.replace(
        "Article 7 of the Treaty between the Government of the Republic of India and the",
        "Article 31 of the Budapest Convention.",
    )
    text = text.replace(
        "Government of the United States of America on Mutual Legal Assistance in Criminal Matters.", ""
    )
    _, exam = found(text, registry)
    first = exam.measures[0]
    assert (first.ways[0].instrument, first.ways[0].status, first.ways[0].invoked) == ("budapest", "closed", True)
    assert first.carried is not None
    assert exam.questions[0].field == "basis"
    assert "does not carry the measure" in exam.questions[0].text.text


def test_before_the_treaty_it_does_not_carry(registry: Registry) -> None:
    _, exam = found(EN, registry, date(2001, 6, 1))
    way = exam.measures[0].ways[0]
    assert (way.instrument, way.status) == ("in-us-mlat-2001", "closed")


def test_no_basis_named(registry: Registry) -> None:
    text = EN.replace(
        "This request is made under Article 7 of the Treaty between the Government of the Republic of India and the", ""
    )
    text = text.replace(
        "Government of the United States of America on Mutual Legal Assistance in Criminal Matters.", ""
    ).replace("Reciprocity is assured.", "")
    _, exam = found(text, registry)
    assert exam.questions[0].text.phrase == "reply.ask_basis"


def test_a_language_that_is_not_accepted(registry: Registry) -> None:
    letter = msgspec.structs.replace(sample(), language="hi")
    _, exam = found(letter, registry)
    assert exam.language.state == "not_accepted"
    assert exam.questions[0].text.phrase == "reply.ask_language"


def test_the_wrong_desk(registry: Registry) -> None:
    party = msgspec.structs.replace(sample().addressee, name="Federal Bureau of Fisheries")
    received, exam = found(msgspec.structs.replace(sample(), addressee=party), registry)
    assert exam.competence.desk == "other"
    made = acknowledge(received, exam, Answerer(), on=ON)
    said = [particular.text.phrase for particular in made.letter.particulars]
    assert "reply.passed_on" in said


def test_contents_removed_are_asked_for(registry: Registry) -> None:
    whole, exam = found(sample(), registry)
    asked = {question.field for question in exam.questions}
    bare = msgspec.structs.replace(sample(), facts=(), purpose=(), urgency=())
    _, other = found(bare, registry)
    assert {question.field for question in other.questions} - asked >= {"facts", "purpose"}
    assert not any(question.maybe_there for question in other.questions)
    assert whole.by_data


def test_acknowledge(registry: Registry) -> None:
    made = acknowledge(*found(EN, registry), BY, on=ON)
    assert made.letter.kind is Kind.ACKNOWLEDGEMENT
    assert made.report.ready, made.report.gaps
    assert made.letter.addressee.name == "Ministry of Home Affairs, Internal Security-II Division"
    assert made.letter.about is not None
    assert made.letter.about.reference == "25016/31/2026-LC"
    unmarked = acknowledge(*found(EN.replace("Ref. No.: 25016/31/2026-LC", ""), registry), BY, on=ON)
    assert unmarked.letter.particulars[0].text.phrase == "reply.received_unmarked"


def test_ask_back(registry: Registry) -> None:
    received, exam = found(EN, registry)
    made = ask_back(received, exam, BY, on=ON, questions=("Is the mailbox still in use?",), unrecognised=True)
    assert made.letter.title.text == "Request for supplementary information"
    assert made.letter.reference == "25016/31/2026-LC / supplementary_information"
    asked = [p.text.text for p in made.letter.particulars if p.field == "what_would_help"]
    assert len(asked) == len(exam.questions) + 1
    some = ask_back(received, exam, BY, on=ON, questions=("Is the mailbox still in use?",))
    asked = [p.text.text for p in some.letter.particulars if p.field == "what_would_help"]
    assert len(asked) == 1 + sum(not question.maybe_there for question in exam.questions)
    nothing = msgspec.structs.replace(exam, questions=())
    with pytest.raises(NoLetterError, match="nothing to ask back"):
        ask_back(received, nothing, BY, on=ON)


def test_what_was_not_recognised_is_asked_so(registry: Registry) -> None:
    received, exam = found(EN.replace("Reciprocity is assured.", ""), registry)
    maybe = [question for question in exam.questions if question.maybe_there]
    assert maybe
    assert all("was not found in the request" in question.text.text for question in maybe)
    assert any(question.why for question in maybe)
    assert not any(question.why and question.why in question.text.text for question in exam.questions)
    made = ask_back(received, exam, BY, on=ON, unrecognised=True)
    told = plain_text(lay_out(made.letter, made.report))
    assert "Requested authority" in told
    assert "Requesting authority" not in told


def test_what_is_too_short_is_asked_in_more_detail(registry: Registry) -> None:
    short = msgspec.structs.replace(sample(), facts=(msgspec.structs.replace(sample().facts[0], text="A theft."),))
    _, exam = found(short, registry)
    (asked,) = (question.text.text for question in exam.questions if question.field == "facts")
    assert asked.startswith("Facts: please complete what is said: ")
    assert "convince" not in asked
    findings = tuple(
        msgspec.structs.replace(one, problems=tuple(text for text in one.problems if text.phrase == "problem.thin"))
        for one in exam.contents.findings
        if one.field == "facts"
    )
    report = msgspec.structs.replace(exam.contents, findings=findings)
    received, _ = found(sample(), registry)
    only = questions_of(received, report, measures=(), language=exam.language, dual=())
    assert [question.text.phrase for question in only] == ["reply.ask_thin"]


def test_refuse(registry: Registry) -> None:
    received, exam = found(EN, registry)
    reasons = (
        "political_offence",
        "The conduct was a protest against the government of the day, as the facts themselves say.",
    )
    made = refuse(received, exam, BY, on=ON, reasons=reasons)
    assert made.letter.kind is Kind.REFUSAL
    named = [p.text.text for p in made.letter.particulars if p.field == "refusal_ground"]
    assert named == [
        "Political offence",
        "Under the Treaty on Mutual Legal Assistance in Criminal Matters between India and the United States (2001).",
    ]
    said = [p.text.text for p in made.letter.particulars if p.field == "refusal_reason"]
    assert said[0].startswith("The conduct was a protest")
    assert made.report.ready, made.report.gaps
    with pytest.raises(NoLetterError, match="no ground is named; name one of"):
        refuse(received, exam, BY, on=ON, reasons=("because",))


def test_a_ground_that_the_check_contradicts_is_not_drafted(registry: Registry) -> None:
    received, exam = found(EN, registry)
    assert all(one.verdict == "satisfied" for one in exam.dual_criminality)
    with pytest.raises(NoLetterError, match=r"finds the contrary.*punishes.*name another ground"):
        refuse(received, exam, BY, on=ON, reasons=("dual_criminality_absent",))
    with pytest.raises(NoLetterError, match=r"Treaty on Mutual Legal Assistance.*carries what is asked for"):
        refuse(received, exam, BY, on=ON, reasons=("no_basis",))
    none = msgspec.structs.replace(exam, measures=())
    assert refuse(received, none, BY, on=ON, reasons=("no_basis",)).letter.kind is Kind.REFUSAL


def test_a_ground_that_the_facts_exclude(registry: Registry) -> None:
    received, _ = found(EN, registry)
    exam = examine(received, registry, as_of=ON, facts={"political_character": False})
    assert "political_offence" in {risk.ground.value for risk in exam.excluded}
    with pytest.raises(NoLetterError, match=r"political offence is excluded .by the facts given"):
        refuse(received, exam, BY, on=ON, reasons=("political_offence",))


def test_an_offence_that_is_none_here_may_be_refused_alone(registry: Registry) -> None:
    received, exam = found(EN, registry)
    absent = msgspec.structs.replace(exam.dual_criminality[0], verdict="not_satisfied", why="It is no offence here.")
    mixed = msgspec.structs.replace(exam, dual_criminality=(absent, *exam.dual_criminality[1:]))
    made = refuse(received, mixed, BY, on=ON, reasons=("dual_criminality_absent",))
    said = [p.text.text for p in made.letter.particulars if p.field == "refusal_reason"]
    assert "It is no offence here." in said
    assert not any("punishes" in text for text in said)


def test_refuse_for_want_of_a_basis(registry: Registry) -> None:
    received, exam = found(EN, registry)
    closed = tuple(
        msgspec.structs.replace(one, ways=tuple(msgspec.structs.replace(way, status=None) for way in one.ways))
        for one in exam.measures
    )
    made = refuse(
        received, msgspec.structs.replace(exam, measures=closed), BY, on=ON,
        reasons=("no_basis",),
    )  # fmt: skip
    said = [p.text for p in made.letter.particulars if p.field == "refusal_reason"]
    assert [text.phrase for text in said].count("reply.not_carried") == 3
    assert "no_basis" in grounds()


def test_every_answer_rests_on_what_exists() -> None:
    assert {"de_minimis", "death_penalty", "no_basis"} <= set(grounds())
    assert "other" not in grounds()


def test_a_letter_that_asks_for_no_measure(registry: Registry) -> None:
    letter, _ = complete(Kind.SPONTANEOUS_INFORMATION)
    _, exam = found(letter, registry)
    assert exam.outcome in {"admissible", "ask_back"}
    assert exam.measures == ()


def test_a_letter_to_a_holder_is_no_request_to_the_state(registry: Registry) -> None:
    letter, _ = complete(Kind.TAKEDOWN_NOTICE, "FR")
    item = msgspec.structs.replace(letter.assistance[0], measure="takedown")
    _, exam = found(msgspec.structs.replace(letter, assistance=(item,), basis=()), registry)
    assert (exam.outcome, exam.why.split(":")[0]) == ("cannot_tell", "it goes to a holder, not to the state")


def test_nothing_carries_it(registry: Registry) -> None:
    whole = complete(Kind.MLA_REQUEST)[0]
    asked = msgspec.structs.replace(whole.assistance[0], measure="partial_disclosure")
    sender = msgspec.structs.replace(whole.requesting, state="KP")
    there = msgspec.structs.replace(whole.addressee, state="NR")
    whole = msgspec.structs.replace(whole, assistance=(asked,), requesting=sender, addressee=there, basis=())
    received, exam = found(whole, registry)
    assert (exam.outcome, exam.measures[0].carried) == ("not_admissible", None)
    assert exam.questions[0].text.phrase == "reply.ask_basis_none"
    assert exam.competence.desk == "unknown"
    made = refuse(received, exam, BY, on=ON, reasons=("no_basis",))
    told = [part.text.text for part in made.letter.particulars if part.field == "refusal_reason"]
    assert told[0].startswith("Nothing in force between the two states carries this measure: disclosure of traffic")
    receipt = acknowledge(received, exam, Answerer(), on=ON)
    assert [p.field for p in receipt.letter.particulars] == ["received", "next_step"]


def test_a_part_that_nothing_carries(registry: Registry) -> None:
    whole = complete(Kind.MLA_REQUEST)[0]
    items = tuple(
        msgspec.structs.replace(whole.assistance[0], measure=m) for m in ("partial_disclosure", "traffic_data")
    )
    sender = msgspec.structs.replace(whole.requesting, state="KP")
    there = msgspec.structs.replace(whole.addressee, state="NR")
    _, exam = found(msgspec.structs.replace(whole, assistance=items, requesting=sender, addressee=there), registry)
    assert (exam.outcome, exam.why) == ("ask_back", "in part: nothing carries partial disclosure")


def test_a_live_ground_is_for_a_person(registry: Registry) -> None:
    received, _ = found(EN, registry)
    exam = examine(received, registry, as_of=ON, facts={"political_character": True})
    assert (exam.outcome, exam.why) == ("refusal_open", "a person must weigh: political offence")
    made = refuse(received, exam, BY, on=ON, reasons=("political_offence",))
    assert "the facts of the case raise it" in {p.text.text for p in made.letter.particulars}
    with pytest.raises(UnknownTermError):
        examine(received, registry, as_of=ON, facts={"weather": True})


def test_facts_that_a_request_tells() -> None:
    letter, _ = complete(Kind.EXTRADITION_REQUEST)
    told = facts_of(letter, letter.assistance[0].measure if letter.assistance else Measure.EXTRADITION)
    assert told["extradition_requested"]
    assert told["person_is_national_there"] is False
    whole = facts_of(sample(), Measure.CONTENT_DATA)
    assert whole["reciprocity_assured"]
    assert whole["death_penalty_assured"]
    assert whole["preservation_requested"]
    assert whole["specific_identifier"]
    assert facts_of(complete(Kind.EMERGENCY_DISCLOSURE)[0], Measure.EMERGENCY_DISCLOSURE)["emergency_to_life"]
    assert facts_of(complete(Kind.LETTER_ROGATORY)[0], Measure.TESTIMONY)["domestic_order_issued"]
    assert facts_of(complete(Kind.PRESERVATION_REQUEST)[0], Measure.PRESERVATION)["follow_up_intended"]
    bare = msgspec.structs.replace(sample(), undertakings=(), persons=(), earlier=())
    names = set(facts_of(bare, Measure.CONTENT_DATA))
    assert names == {
        "transnational",
        "specific_identifier",
        "follow_up_intended",
        "necessary_and_proportionate",
        "organised_group",
    }


@pytest.mark.parametrize(
    ("kind", "instrument", "requested", "measure"),
    [
        (Kind.EPOC, "eu-e-evidence", "IE", Measure.SUBSCRIBER_INFORMATION),
        (Kind.EPOC_PR, "eu-e-evidence", "IE", Measure.PRESERVATION),
        (Kind.EIO, "eu-eio", "FR", Measure.BANK_INFORMATION),
    ],
)
def test_what_a_european_form_says_is_not_asked_again(
    registry: Registry, kind: Kind, instrument: str, requested: str, measure: Measure
) -> None:
    letter, _ = complete(kind, requested)
    letter = msgspec.structs.replace(
        letter,
        requesting=msgspec.structs.replace(letter.requesting, state="DE"),
        assistance=(item(1, measure),),
        basis=(msgspec.structs.replace(letter.basis[0], instrument=instrument),),
    )
    assert {"domestic_order_issued", "necessary_and_proportionate"} <= set(facts_of(letter, measure))
    asked = [q for q in found(letter, registry)[1].questions if q.field == "conditions"]
    assert not any("validated" in q.text.text or "proportionate" in q.text.text for q in asked)
    police = tuple(
        msgspec.structs.replace(p, text=text("Issued by the officer in charge of the police station on 20 November."))
        if p.field == "validation"
        else p
        for p in letter.particulars
    )
    doubtful = msgspec.structs.replace(letter, particulars=police)
    assert "domestic_order_issued" not in facts_of(doubtful, measure)
    asked = [q for q in found(doubtful, registry)[1].questions if "validated" in q.text.text or q.field == "validation"]
    assert asked


def courtesy(registry: Registry, **facts: bool) -> Examination:
    """A request that only the Palermo Convention carries, whose case may be one of a single offender."""
    whole = without(without(complete(Kind.MLA_REQUEST)[0], "group"), "conditions")
    there = msgspec.structs.replace(whole.addressee, state="RU")
    basis = msgspec.structs.replace(whole.basis[0], instrument="untoc", title="Palermo", article="18")
    letter = msgspec.structs.replace(whole, addressee=there, basis=(basis,))
    received = read(msgspec.json.encode(letter), registry)
    return examine(received, registry, as_of=ON, received_on=ON, facts=facts)


def test_an_open_condition_of_the_route_is_asked_with_its_article(registry: Registry) -> None:
    """An organised group is a matter of the request's facts; what the officer knows is not asked."""
    exam = courtesy(registry)
    asked = [question for question in exam.questions if question.field == "conditions"]
    said = [question.text.text for question in asked]
    assert any("(article 18" in text and "organised criminal group of three or more" in text for text in said)
    group = next(question for question in asked if "organised" in question.text.text)
    assert group.needed
    assert "有组织犯罪集团" in catalogue("zh").phrase(group.text)
    known = courtesy(registry, organised_group=True)
    assert not any("organised criminal group" in question.text.text for question in known.questions)


def test_who_speaks_to_a_condition_is_not_asked_for_it(registry: Registry) -> None:
    """Whether a group is organised is for the officer here to judge, once the request says why."""
    letter, _ = complete(Kind.PRESERVATION_REQUEST)
    for silent in ("group", "conditions"):
        _, exam = found(without(letter, silent), registry)
        assert not any(question.field == "conditions" for question in exam.questions)
    _, exam = found(without(without(letter, "group"), "conditions"), registry)
    assert any(question.field == "conditions" for question in exam.questions)


def test_a_holder_asked_of_its_own_will_is_asked_for_no_treaty(registry: Registry) -> None:
    letter, _ = complete(Kind.PROVIDER_SUBSCRIBER)
    free = tuple(msgspec.structs.replace(basis, instrument="") for basis in letter.basis)
    _, exam = found(msgspec.structs.replace(letter, basis=free, assistance=letter.assistance[:1]), registry)
    assert exam.outcome == "cannot_tell"
    assert not {"basis", "conditions"} & {question.field for question in exam.questions}


def test_what_is_asked_in_another_language_holds_no_english(registry: Registry) -> None:
    """Titles, problems, articles and instruments are said in the language of the answer."""
    letter = msgspec.structs.replace(sample(), link=(), basis=(), necessity=())
    _, exam = found(letter, registry)
    for language in ("ar", "zh", "hi", "ru"):
        words = catalogue(language)
        for question in exam.questions:
            told = re.sub(r"\([^)]*\)|（[^）]*）", "", words.phrase(question.text))
            assert not re.search(r"[a-z]{4,} [a-z]{4,}", told), told


DEATH = """MINISTRY OF INTERIOR, KINGDOM OF SAUDI ARABIA
Ref. 4471/EXT/2026        Riyadh, 2 November 2026
To: Ministry of Justice, Federal Republic of Germany
REQUEST FOR EXTRADITION
The Kingdom of Saudi Arabia requests the extradition of Omar AL-FULAN, born 4 May 1990 in Jeddah, national of Germany,
residing in Berlin, for the offence of blasphemy, punishable by death.
He was sentenced in absentia on 1 October 2026. The request is made on the basis of reciprocity.
"""


def test_what_the_request_itself_raises(registry: Registry) -> None:
    _, exam = found(DEATH, registry)
    live = {risk.ground.value: risk for risk in exam.risks if risk.state == "live"}
    assert set(live) == {"death_penalty", "fundamental_rights", "nationality"}
    assert "line 6" in live["death_penalty"].why
    assert exam.outcome == "refusal_open"
    told = examine(read(DEATH.encode(), registry), registry, as_of=ON, facts={"death_penalty_assured": True})
    assert "death_penalty" not in {risk.ground.value for risk in told.risks if risk.state == "live"}
    told = examine(read(DEATH.encode(), registry), registry, as_of=ON, facts={"fundamental_rights": False})
    assert "fundamental_rights" not in {risk.ground.value for risk in told.risks}


@pytest.mark.parametrize(
    "said",
    [
        "Whoever does so shall be punished with death, or imprisonment for life.",
        "Le crime est puni de mort.",
        "El autor será castigado con la muerte.",
        "O crime é punido com a morte.",
        "Die Tat wird mit dem Tode bestraft.",
        "Деяние наказывается смертной казнью.",
        "ويعاقب الفاعل بالإعدام.",
        "अपराधी मृत्यु से दण्डित किया जाएगा।",
        "情节特别严重的，处死刑。",
    ],
)
def test_death_in_the_plain_words_of_a_law(registry: Registry, said: str) -> None:
    letter, _ = complete(Kind.EXTRADITION_REQUEST)
    words = LawText(law="Penal Code", section="1", paragraphs=(text(said),), official=True)
    given = tuple(one for one in letter.undertakings if one.kind is not UndertakingKind.DEATH_PENALTY)
    light = tuple(
        msgspec.structs.replace(one, max_penalty_years=3, provisions=one.provisions[:1]) for one in letter.offences
    )
    bare = msgspec.structs.replace(letter, law_texts=(words,), offences=light, undertakings=given)
    assert "death_penalty" in live(bare, registry)
    assert "death_penalty" not in live(msgspec.structs.replace(bare, undertakings=letter.undertakings), registry)
    assert "death_penalty" not in live(msgspec.structs.replace(bare, law_texts=()), registry)


def test_death_by_figure_where_a_person_is_asked_for(registry: Registry) -> None:
    letter, _ = complete(Kind.EXTRADITION_REQUEST)
    given = tuple(one for one in letter.undertakings if one.kind is not UndertakingKind.DEATH_PENALTY)
    bare = msgspec.structs.replace(letter, law_texts=(), undertakings=given)
    assert any((p.max_penalty_years or 0) >= 99 for one in letter.offences for p in one.provisions)
    assert "death_penalty" in live(bare, registry)


def live(letter: Letter, registry: Registry) -> set[str]:
    return {risk.ground.value for risk in found(letter, registry)[1].risks if risk.state == "live"}


def test_an_assurance_raises_nothing(registry: Registry) -> None:
    said = DEATH.replace("punishable by death.", "and the death penalty will not be imposed.")
    assert "death_penalty" not in {risk.ground.value for risk in found(said, registry)[1].risks}


def test_a_ground_that_the_officer_tells(registry: Registry) -> None:
    exam = examine(read(EN.encode(), registry), registry, as_of=ON, facts={"death_penalty": True})
    assert ("death_penalty", "live") in {(risk.ground.value, risk.state.value) for risk in exam.risks}


def test_reciprocity_is_not_closed_where_the_data_are_silent(registry: Registry) -> None:
    _, exam = found(DEATH, registry)
    named = [way for way in exam.measures[0].ways if way.invoked]
    assert [(way.instrument, way.status) for way in named] == [("letters-rogatory", "conditional")]
    assert not any(question.field == "basis" for question in exam.questions)


def test_a_refusal_never_says_the_other_side_s_words(registry: Registry) -> None:
    injected = "and the Federal Republic of Germany hereby acknowledges full liability"
    text = DEATH.replace("on the basis of reciprocity", f"on the basis of reciprocity {injected}")
    received, exam = found(text, registry)
    made = refuse(received, exam, BY, on=ON, reasons=("death_penalty", "nationality"))
    page = plain_text(lay_out(made.letter, made.report))
    assert "liability" not in page
    assert "blasphemy" not in page
    assert "Corruption" not in page
    assert "Letters rogatory" in page


def test_pages_that_differ_from_the_data_are_not_to_be_executed(registry: Registry) -> None:
    lines = [*shown_lines(sample()), "Please also arrest Mr Jan Novak."]
    received = read(docx_of(lines, data=data_of(sample())), registry)
    exam = examine(received, registry, as_of=ON)
    assert exam.outcome == "not_believed"
    assert "Jan Novak" in exam.why


def test_an_answer_to_a_letter_without_a_reference(registry: Registry) -> None:
    received, exam = found(EN.replace("Ref. No.: 25016/31/2026-LC", ""), registry)
    made = ask_back(received, exam, Answerer(), on=ON, questions=("Which mailbox?",))
    page = plain_text(lay_out(made.letter, made.report))
    assert made.letter.reference == f"{received.letter.dated_on} / supplementary_information"
    assert "reference ," not in page
    assert "without a reference" in page


def test_an_instrument_that_our_data_do_not_know_is_to_be_read(registry: Registry) -> None:
    (basis, *_) = sample().basis
    strange = msgspec.structs.replace(basis, instrument="treaty-of-2031", title="Treaty of 2031")
    _, exam = found(msgspec.structs.replace(sample(), basis=(strange,)), registry)
    way = next(way for one in exam.measures for way in one.ways if way.instrument == "treaty-of-2031")
    assert way.status is not None
    assert way.to_check == ("this instrument: our data do not say, read it",)
