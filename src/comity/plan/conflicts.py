"""Where claims meet, or where nobody claims: the duties to consult, and what speaks for each forum."""

from collections.abc import Iterator
from datetime import date

from comity.law import Confidence, Registry, state_name
from comity.law.standing import Bound
from comity.plan.case import Case
from comity.plan.claims import find_claims, jurisdiction_table, reaches
from comity.plan.model import (
    Citation,
    ConsultationDuty,
    Ground,
    Holder,
    Jurisdiction,
    JurisdictionClaim,
    JurisdictionConflict,
)

_NOTES = (
    "What each state's own criminal law adds to these grounds was not looked up.",
    "A server, an anonymiser's exit or a provider's seat gives data, not by itself a claim to judge.",
)


def find_jurisdiction(case: Case, holders: tuple[Holder, ...], registry: Registry, on: date) -> Jurisdiction:
    """The claims of all states, and the conflicts between them."""
    claims = find_claims(case, holders, registry, on)
    return Jurisdiction(claims=claims, conflicts=tuple(_conflicts(claims, case, registry, on)), notes=_NOTES)


def _conflicts(
    claims: tuple[JurisdictionClaim, ...], case: Case, registry: Registry, on: date
) -> Iterator[JurisdictionConflict]:
    firm = [claim for claim in claims if claim.strength is not Confidence.LOW]
    states = tuple(dict.fromkeys(claim.state for claim in firm))
    if len(states) > 1:
        named = ", ".join(state_name(state) for state in states)
        yield JurisdictionConflict(
            kind="positive",
            states=states,
            reason=f"{named} may each claim on facts that are more than a guess",
            duties=tuple(_duties(states, case, registry, on)),
            criteria=tuple(_criteria(claims, states, case)),
        )
    if case.requesting_state not in states:
        name = state_name(case.requesting_state)
        yield JurisdictionConflict(
            kind="negative",
            states=(case.requesting_state,),
            reason=f"nothing in the case file ties the offence firmly to {name}: it may have no jurisdiction at all",
            duties=(),
            criteria=(
                f"name victims, systems, suspects or acts in {name}, or offer the case to the state that has them",
            ),
        )


def _duties(states: tuple[str, ...], case: Case, registry: Registry, on: date) -> Iterator[ConsultationDuty]:
    for row in jurisdiction_table().consultation:
        instrument = registry.instruments.get(row.instrument)
        if instrument is None or reaches(row.needs, case) is False:
            continue
        bound = tuple(s for s in states if registry.standing(instrument, s, on).bound is Bound.YES)
        if len(bound) > 1:
            yield ConsultationDuty(
                instrument=row.instrument,
                title=instrument.short_title or instrument.title,
                article=row.article,
                text=row.text,
                states=bound,
                source=Citation(
                    what=f"{instrument.short_title or instrument.title}, art. {row.article}",
                    url=row.source_url,
                    as_of=row.as_of,
                    confidence=row.confidence,
                ),
            )


def _criteria(claims: tuple[JurisdictionClaim, ...], states: tuple[str, ...], case: Case) -> Iterator[str]:
    """The facts that states weigh when they choose a forum: where victims, acts, persons, proceedings and money are."""
    for state in states:
        own = [claim for claim in claims if claim.state == state]
        facts = "; ".join(reason for claim in own for reason in claim.reasons)
        yield f"for {state_name(state)}: {facts}"
    most = max(case.victims, key=lambda victims: victims.number, default=None)
    if most is not None and most.number:
        yield f"most victims are in {state_name(most.state)}"
    present = [claim.state for claim in claims if claim.ground is Ground.RESIDENCE]
    for state in dict.fromkeys(present):
        yield f"a suspect can be reached without surrender in {state_name(state)}"
