"""A letter that the sender's check lets go is not sent back: the sender was asked first for what the receiver needs."""

from collections.abc import Iterator
from functools import cache
from itertools import cycle
from typing import Any

import msgspec
import pytest
from tests.samples.letters import complete, every_kind, item
from tests.samples.readyletters import Desk, completed
from tests.samples.shipped import ON, shipped

from comity.law import Measure, Query, Registry, Route, Status, find_routes
from comity.letters import (
    Drafted,
    Kind,
    NoLetterError,
    Translated,
    Translation,
    TranslationState,
    checked,
    choose_language,
    free_texts,
    in_language,
    kinds,
    lay_out,
    steps_with_letters,
    to_json,
    translated,
)
from comity.letters.briefing import INSTEAD
from comity.letters.checks import Expected, contents_of
from comity.letters.choose import kind_of
from comity.letters.forms import Form, written
from comity.letters.incoming import Examination, examine, receive
from comity.letters.tables import fields_of
from comity.letters.wording import languages
from comity.plan import make_plan
from comity.plan.case import Confidentiality, ConfidentialityLevel, Urgency
from comity.plan.model import UrgencyLevel

OTHER_KINDS = (
    *sorted(frozenset().union(*INSTEAD.values())),
    *(kind for kind in every_kind() if kinds()[kind].made == "earlier"),
)
LANGUAGES = dict(zip(every_kind(), cycle(languages()), strict=False))
replace = msgspec.structs.replace


def registry() -> Registry:
    return shipped().registry


def found(data: bytes) -> Examination:
    received = receive(data, registry(), file="letter", received_on=ON)
    assert received.by_data
    return examine(received, registry(), as_of=ON, received_on=ON)


def objections(exam: Examination) -> list[str]:
    """What the receiver finds wanting; what only opens a condition that this side judges is none."""
    asked = [f"{question.field}: {question.text.text}" for question in exam.questions if question.needed]
    others = [question.field for question in exam.questions if not question.needed]
    assert set(others) <= {"conditions"}
    return [*asked, *(f"gap {gap.id} {gap.state.value}" for gap in exam.contents.gaps)]


def sent(made: Drafted) -> bytes:
    """The draft as it goes out: in a language that its addressee accepts, translated."""
    language = choose_language(made.letter).language
    if language == made.letter.language:
        return to_json(made)
    texts = tuple(
        Translated(address=address, source=said, target=said, state=TranslationState.FINAL)
        for address, said in free_texts(made.letter)
    )
    given = Translation(language=language, reference=made.letter.reference, texts=texts)
    return to_json(in_language(translated(made, given), language))


ROUTINE: dict[str, Any] = {
    "urgency": Urgency(level=UrgencyLevel.ROUTINE),
    "confidentiality": Confidentiality(level=ConfidentialityLevel.OPEN),
    "earlier_steps": (),
    "legal_facts": {},
}
IN_DANGER: dict[str, Any] = {
    "urgency": Urgency(
        level=UrgencyLevel.EMERGENCY, reason="A person is threatened with death on 27 November 2026 at 12:00 (+04:00)."
    ),
    "legal_facts": {"emergency_to_life": True, "organised_group": True},
}
DELICATE: dict[str, Any] = {
    "legal_facts": {
        "privileged_holder": True,
        "reciprocity_assured": True,
        "person_is_national_there": True,
        "political_character": True,
    }
}
VARIED: dict[str, dict[str, Any]] = {"as shipped": {}, "routine": ROUTINE, "danger": IN_DANGER, "delicate": DELICATE}


def desk(state: str, changed: dict[str, Any], *, grave: bool = False) -> Desk:
    of = shipped()
    case = replace(completed(of.case, state), **changed)
    if grave:
        case = replace(case, offences=tuple(replace(offence, max_penalty_years=99) for offence in case.offences))
    plan = make_plan(case, of.leads, on=ON, registry=of.registry)
    return Desk(case=case, plan=plan, leads=of.leads, registry=of.registry)


def letters(at: Desk) -> Iterator[Drafted]:
    """A letter of each measure and instrument that the plan offers, and of each other kind that these allow."""
    seen = set()
    for step in steps_with_letters(at.plan):
        for instrument in dict.fromkeys(("", *(route.instrument for route in step.fallbacks))):
            named = instrument or (step.recommended.instrument if step.recommended else "")
            for kind in (None, *OTHER_KINDS):
                mark = (named, kind or step.measure)
                if mark not in seen:
                    try:
                        yield at.drafted(step, instrument=instrument, kind=kind)
                    except NoLetterError:
                        continue
                    seen.add(mark)


def disagreements(at: Desk) -> tuple[list[str], set[Kind]]:
    wrong, ready = [], set()
    for made in letters(at):
        if made.report.ready:
            ready.add(made.letter.kind)
            exam = found(sent(made))
            there = made.letter.addressee.state
            wrong += [f"{made.letter.kind} to {there} ({made.expected.instrument}): {o}" for o in objections(exam)]
    return list(dict.fromkeys(wrong)), ready


@pytest.mark.parametrize("name", VARIED)
def test_what_leaves_is_not_sent_back(name: str) -> None:
    wrong, ready = disagreements(desk("IN", VARIED[name]))
    assert wrong == []
    keeps_nationals = VARIED[name] is DELICATE  # of Russia and the Emirates no surrender is asked
    assert len(ready) >= (13 if keeps_nationals else 15)


@pytest.mark.parametrize("state", ["DE", "US"])
def test_what_leaves_other_states_is_not_sent_back(state: str) -> None:
    wrong, ready = disagreements(desk(state, {}, grave=True))
    assert wrong == []
    assert len(ready) >= 15


PAIRS = (("IN", "US"), ("DE", "FR"), ("US", "GB"), ("FR", "IE"))
ASKED = ("outgoing", "urgent", "confidential")


@cache
def ways() -> dict[Kind, tuple[tuple[str, Route], ...]]:
    """The routes of the law data by the kind of letter that they need, each instrument and measure once for a kind."""
    ways: dict[Kind, dict[tuple[str, Measure], tuple[str, Route]]] = {}
    for requesting, requested in PAIRS:
        for measure in Measure:
            query = Query(
                requesting=requesting,
                requested=requested,
                measure=measure,
                on=ON,
                offences=("computer_fraud",),
                facts={"transnational": True, "specific_identifier": True},
            )
            for route in find_routes(query, registry()).routes:
                if route.status is not Status.CLOSED:
                    kind = kind_of(
                        measure=measure,
                        instrument=route.instrument,
                        channel=route.channel,
                        addressee=route.addressee.kind,
                    )
                    ways.setdefault(kind, {}).setdefault((route.instrument, measure), (requesting, route))
    return {kind: tuple(found.values()) for kind, found in ways.items()}


def ways_of(kind: Kind) -> tuple[tuple[str, Route], ...]:
    """The routes of a kind; of the letter that it follows, or is written instead of, where no route needs the kind."""
    instead = next((base for base, others in INSTEAD.items() if kind in others), Kind.MLA_REQUEST)
    base = Kind.PRESERVATION_REQUEST if kind is Kind.PRESERVATION_EXTENSION else instead
    return ways().get(kind) or ways()[base]


def on_route(kind: Kind, requesting: str, route: Route) -> Drafted:
    """A complete letter of a kind on a route of the law data."""
    letter, _ = complete(kind, route.addressee.state)
    whole = replace(
        letter,
        requesting=replace(letter.requesting, state=requesting),
        addressee=replace(letter.addressee, name=route.addressee.name or "Central authority", languages=("en",)),
    )
    if whole.assistance:
        whole = replace(whole, assistance=(item(1, route.measure),))
    if whole.basis:
        whole = replace(whole, basis=(replace(whole.basis[0], instrument=route.instrument, title=route.title),))
    instrument = registry().instruments[route.instrument]
    asked = Expected(
        state=route.addressee.state,
        instrument=instrument.id,
        measures=(route.measure,),
        contents=contents_of(instrument, (route.measure,)),
        circumstances=ASKED,
    )
    return checked(whole, asked)


@pytest.mark.parametrize("kind", every_kind())
def test_a_complete_letter_of_every_kind_is_not_sent_back(kind: Kind) -> None:
    made = [on_route(kind, requesting, route) for requesting, route in ways_of(kind)]
    ready = [one for one in made if one.report.ready]
    assert ready, [gap for one in made for gap in one.report.gaps]
    wrong = [
        f"{one.expected.instrument} {one.expected.measures}: {o}"
        for one in ready
        for o in objections(found(to_json(one)))
    ]
    assert wrong == []


@pytest.mark.parametrize("kind", every_kind())
@pytest.mark.parametrize("form", [Form.PDF, Form.DOCX])
def test_nor_is_it_in_another_form(kind: Kind, form: Form) -> None:
    requesting, route = ways_of(kind)[0]
    made = on_route(kind, requesting, route)
    assert made.report.ready
    file = written(made, form, page=lay_out(made.letter, made.report))
    if file.missing:
        pytest.skip(str(file.missing[0]))
    exam = found(file.data)
    assert objections(exam) == []
    assert exam.questions == found(to_json(made)).questions


@pytest.mark.parametrize("kind", every_kind())
def test_read_by_its_words_it_is_known_for_what_it_is(kind: Kind) -> None:
    requesting, route = ways_of(kind)[0]
    made = on_route(kind, requesting, route)
    text = written(made, Form.TEXT, page=lay_out(made.letter, made.report, LANGUAGES[kind]))
    received = receive(text.data, registry(), file="letter.txt", received_on=ON)
    assert received.letter.kind is kind
    exam = examine(received, registry(), as_of=ON, received_on=ON)
    if "assistance" not in fields_of(kind):
        assert exam.measures == ()
        assert all(question.maybe_there for question in exam.questions if question.field != "language")
