"""Where claims meet, or where nobody claims: the duties to consult, and what speaks for each forum."""

from collections.abc import Iterator
from datetime import date

from comity.law import Confidence, Ground, Registry, consultation_duties, forum_criteria, state_name
from comity.plan.case import Case
from comity.plan.claims import find_claims, question_of
from comity.plan.model import Holder, Jurisdiction, JurisdictionClaim, JurisdictionConflict, Told

_NOTES = (
    "Of the states' own criminal law only the rules in our data are named; others may claim more.",
    "A server, an anonymiser's exit or a provider's seat gives data, not by itself a claim to judge.",
)


def find_jurisdiction(
    case: Case, holders: tuple[Holder, ...], registry: Registry, on: date, paid: frozenset[str]
) -> Jurisdiction:
    """The claims of all states, and the conflicts between them; ``paid``: to what money of the fraud went."""
    claims = find_claims(case, holders, registry, on, paid)
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
            duties=consultation_duties(states, question_of(case, on), registry),
            criteria=tuple(_criteria(firm, states, case, registry)),
            weighed=tuple(_weighed(firm, states, case, registry)),
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


def _criteria(
    claims: list[JurisdictionClaim], states: tuple[str, ...], case: Case, registry: Registry
) -> Iterator[str]:
    """What states weigh when they choose a forum, with the states for which the facts speak, and those facts."""
    for finding in forum_criteria(_grounds(claims, states), registry):
        yield f"{finding.text}: {', '.join(state_name(state) for state in finding.states)}"
    for state in states:
        facts = "; ".join(reason for claim in claims if claim.state == state for reason in claim.reasons)
        yield f"for {state_name(state)}: {facts}"
    most = max(case.victims, key=lambda victims: victims.number, default=None)
    if most is not None and most.number:
        yield f"most victims are in {state_name(most.state)}"


def _weighed(
    claims: list[JurisdictionClaim], states: tuple[str, ...], case: Case, registry: Registry
) -> Iterator[Told]:
    """The criteria by their parts, without the facts, which the claims tell."""
    for finding in forum_criteria(_grounds(claims, states), registry):
        yield Told(said=finding.id, about={"states": ";".join(finding.states)})
    most = max(case.victims, key=lambda victims: victims.number, default=None)
    if most is not None and most.number:
        yield Told(said="victims", about={"states": most.state})


def _grounds(claims: list[JurisdictionClaim], states: tuple[str, ...]) -> dict[str, frozenset[Ground]]:
    return {s: frozenset(claim.ground for claim in claims if claim.state == s) for s in states}
