"""What the case is about: stage, facts, losses, persons."""

import re

from comity.letters.compose.brief import Brief, from_case
from comity.letters.model import Kind, Origin, OriginKind, Person, Text
from comity.letters.wording import fixed

_SOUGHT = frozenset({Kind.EXTRADITION_REQUEST, Kind.EAW, Kind.PROVISIONAL_ARREST})


def stage(brief: Brief) -> tuple[Text, ...]:
    """How far the case has come."""
    case = brief.case
    origin = Origin(kind=OriginKind.CASE_FILE, where="stage")
    said = fixed(
        f"sentence.stage_{case.stage.value}", origin=origin, reference=case.reference, authority=case.authority.name
    )
    if not case.registration:
        return (said, *brief.told("stage"))
    where = Origin(kind=OriginKind.CASE_FILE, where="registration")
    return (
        said,
        fixed("sentence.registered", origin=where, registration=case.registration),
        *brief.told("stage"),
    )


def facts(brief: Brief) -> tuple[Text, ...]:
    """The facts, a paragraph for each that the case file sets apart, and what was said for this letter.

    What was said instead takes their place: who is asked for one thing need not know the rest. A notice goes to the
    customer whom it is about, as a rule, and tells nothing else.
    """
    instead = brief.told("facts_instead")
    if instead or brief.kind is Kind.TAKEDOWN_NOTICE:
        return instead
    paragraphs = [part for part in re.split(r"\n\s*\n", brief.case.facts) if part.strip()]
    return (*(from_case(part, "facts") for part in paragraphs), *brief.told("facts"))


def losses(brief: Brief) -> tuple[Text, ...]:
    """Victims and losses, one state a line."""
    return (*(_loss(brief, number) for number in range(len(brief.case.victims))), *brief.told("losses"))


def _loss(brief: Brief, number: int) -> Text:
    victims = brief.case.victims[number]
    origin = Origin(kind=OriginKind.CASE_FILE, where=f"victims[{number}]")
    if victims.loss is None:
        return fixed("sentence.losses_unknown", origin=origin, number=str(victims.number), state=victims.state)
    return fixed(
        "sentence.losses",
        origin=origin,
        number=str(victims.number),
        state=victims.state,
        loss=f"{victims.currency or brief.case.currency} {victims.loss:f}".strip(),
    )


def persons(brief: Brief) -> tuple[Person, ...]:
    """The suspects; for an extradition only those who are in the requested state.

    What the case file notes of a person stays in the house: it may say who talks.
    """
    sought = brief.kind in _SOUGHT
    return tuple(
        Person(
            name=suspect.name,
            role="sought" if sought else "suspect",
            nationality=suspect.nationality or "",
            residence=suspect.residence or "",
            born=suspect.born,
            identity=suspect.identity,
            origin=Origin(kind=OriginKind.CASE_FILE, where=f"suspects[{number}]"),
        )
        for number, suspect in enumerate(brief.case.suspects)
        if not sought or (suspect.residence == brief.requested and suspect.name in brief.step.title)
    )
