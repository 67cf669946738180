"""What confines a provision within its instrument: a first day of its own, some offences alone.

A practice may be younger than the body that offers it, and be there for some kinds of crime only.
"""

from collections.abc import Iterator

from comity.law.condition import judged
from comity.law.dates import span
from comity.law.instrument import Provision
from comity.law.query import Query
from comity.law.registry import Registry
from comity.law.route import ConditionKind, ConditionState, RouteCondition
from comity.law.state import Offence

MET, UNMET, TO_CHECK = ConditionState.MET, ConditionState.UNMET, ConditionState.TO_CHECK


def confining_conditions(provision: Provision, query: Query, registry: Registry) -> Iterator[RouteCondition]:
    """The conditions that its first day and its offences set."""
    if provision.from_on:
        first, last = span(provision.from_on)
        state = UNMET if query.on < first else MET if query.on >= last else TO_CHECK
        text = f"it is given since {provision.from_on}"
        yield judged(ConditionKind.STATED, text, state, f"the question is of {query.on}", gate=True)
    if provision.only_offences:
        yield _offences(provision.only_offences, query, registry)


def _offences(only: tuple[str, ...], query: Query, registry: Registry) -> RouteCondition:
    text = f"the offence is one of: {', '.join(registry.offence(one).title for one in only)}"
    if not query.offences:
        return judged(ConditionKind.OFFENCE, text, TO_CHECK, "no offence was named", gate=True)
    verdicts = {offence: _verdict(registry.offence(offence), only, registry) for offence in query.offences}
    for state, why in ((MET, "is one, or rests on one"), (TO_CHECK, "may be a part of one")):
        found = next((offence for offence, verdict in verdicts.items() if verdict is state), "")
        if found:
            return judged(ConditionKind.OFFENCE, text, state, f"{found} {why}", gate=True)
    return judged(ConditionKind.OFFENCE, text, UNMET, f"{', '.join(query.offences)}: none of them")


def _verdict(offence: Offence, only: tuple[str, ...], registry: Registry) -> ConditionState:
    """Met for the offences themselves and ways of acting that rest on one; to be checked for what those rest on."""
    if _reached(offence, only):
        return MET
    wider = (other for other in registry.offences.values() if offence.id in other.maps_to)
    part = "base_offence" in offence.elements or any(_reached(other, only) for other in wider)
    return TO_CHECK if part else UNMET


def _reached(offence: Offence, only: tuple[str, ...]) -> bool:
    return not {offence.id, *offence.maps_to}.isdisjoint(only)
