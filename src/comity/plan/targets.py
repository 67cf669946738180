"""Whose the things are that are asked about, and what that makes true of the route: each suspect's own states.

An order under an agreement on direct access may not target a person of the state in which the provider is (18 USC
2523(b)(4)(A)): that is a fact of the suspect behind an account and not of the whole case.
"""

from collections.abc import Iterable

from comity.law import Fact, Measure
from comity.leads.model import Observable
from comity.plan.accountforms import account_forms
from comity.plan.case import Case, Suspect

MEASURES = frozenset(
    {
        Measure.SUBSCRIBER_INFORMATION,
        Measure.TRAFFIC_DATA,
        Measure.CONTENT_DATA,
        Measure.REAL_TIME_TRAFFIC,
        Measure.INTERCEPTION,
        Measure.EMERGENCY_DISCLOSURE,
    }
)
"""What such agreements carry: what else is asked of a holder is asked for all persons together."""
WHY = "{names}, by the case file: a national of {state}, or living there. An order may not target such a person itself."


def suspects_of(observable: Observable, case: Case) -> tuple[Suspect, ...]:
    """The suspects to whom the case file gives an observable."""
    value = observable.value.casefold()
    forms = {value, value.partition(":")[2]}
    return tuple(s for s in case.suspects if any(account_forms(told) & forms for told in s.identifiers))


def is_person_of(suspect: Suspect, state: str) -> bool:
    """Whether a suspect is known to be a national of a state, or to live there."""
    return state in (suspect.nationality, suspect.residence)


def targets_person_of(observable: Observable, state: str, case: Case) -> bool:
    """Whether what is asked about is known to be of a person of a state."""
    return any(is_person_of(suspect, state) for suspect in suspects_of(observable, case))


def target_facts(observables: Iterable[Observable], state: str, case: Case) -> dict[str, bool]:
    """What the suspects' states make true of a request to a state; a fact that is left out is not known."""
    each = [suspects_of(observable, case) for observable in observables]
    found = [suspect for suspects in each for suspect in suspects]
    if any(is_person_of(suspect, state) for suspect in found):
        return {Fact.TARGET_FOREIGN_TO_REQUESTED_STATE.value: False}
    known = all(suspects and all(s.nationality and s.residence for s in suspects) for suspects in each)
    return {Fact.TARGET_FOREIGN_TO_REQUESTED_STATE.value: True} if each and known else {}
