"""The states that a case touches: in which roles, why, and when their authorities work."""

from collections.abc import Iterator

from comity.law import state_name
from comity.law.clock import working_week, zone_of
from comity.leads.model import ObservableKind, Role
from comity.plan.amounts import loss_of
from comity.plan.case import Case
from comity.plan.model import Holder, InvolvedState, StateRole, Step
from comity.plan.phrases import count, words

_ROLES = {
    Role.ORIGIN: StateRole.ORIGIN,
    Role.FINANCIAL_INSTITUTION: StateRole.MONEY,
    Role.PAYMENT_SERVICE: StateRole.MONEY,
    Role.EXCHANGE: StateRole.MONEY,
    Role.ANONYMISER: StateRole.TRANSIT,
}
_WEIGHT_OF_CASE = 50

_Fact = tuple[str, StateRole, str, int]
"""State, role, reason, weight."""


def involved_states(case: Case, holders: tuple[Holder, ...], steps: tuple[Step, ...]) -> tuple[InvolvedState, ...]:
    """The requesting state first, then by weight."""
    facts = [*_told(case), *_held(holders)]
    codes = dict.fromkeys(state for state, *_ in facts)
    found = [_state(code, [fact for fact in facts if fact[0] == code], holders, steps) for code in codes]
    return tuple(sorted(found, key=lambda s: (s.state != case.requesting_state, -s.weight, s.state)))


def _told(case: Case) -> Iterator[_Fact]:
    yield case.requesting_state, StateRole.REQUESTING, f"{case.authority.name} investigates", 100
    for victims in case.victims:
        if victims.number:
            loss = loss_of(victims.loss, victims.currency or case.currency, case.requesting_state)
            yield victims.state, StateRole.VICTIMS, f"{count(victims.number, 'victim')}{loss}", _WEIGHT_OF_CASE
    for suspect in case.suspects:
        if suspect.residence:
            yield suspect.residence, StateRole.SUSPECT, f"{suspect.name} lives there", _WEIGHT_OF_CASE
        if suspect.nationality:
            yield suspect.nationality, StateRole.SUSPECT, f"{suspect.name} is its national", _WEIGHT_OF_CASE // 2
    for state in case.place.conduct:
        yield state, StateRole.ORIGIN, "the offenders are known to have acted there", _WEIGHT_OF_CASE
    for state in case.place.systems:
        yield state, StateRole.DATA, "a system of the case stands there", _WEIGHT_OF_CASE
    for other in case.proceedings:
        yield other.state, StateRole.VICTIMS, f"proceedings there: {other.stage}", _WEIGHT_OF_CASE


def _held(holders: tuple[Holder, ...]) -> Iterator[_Fact]:
    for holder in holders:
        for role in dict.fromkeys(tie.role for tie in holder.ties):
            first = next(tie for tie in holder.ties if tie.role is role)
            more = sum(tie.role is role for tie in holder.ties) - 1
            also = f" and {more} more" if more else ""
            reason = f"{holder.name} ({words(role.value)}): {first.shown}{also}"
            # who issued a token keeps none of it: no money went to its state
            issued = role is Role.PAYMENT_SERVICE and first.kind is ObservableKind.CRYPTO
            yield holder.state, StateRole.DATA if issued else _ROLES.get(role, StateRole.DATA), reason, holder.weight


def _state(code: str, facts: list[_Fact], holders: tuple[Holder, ...], steps: tuple[Step, ...]) -> InvolvedState:
    return InvolvedState(
        state=code,
        name=state_name(code),
        roles=tuple(dict.fromkeys(role for _, role, _, _ in facts)),
        reasons=tuple(dict.fromkeys(reason for _, _, reason, _ in facts)),
        zone=zone_of(code),
        working_days=working_week(code),
        holders=tuple(holder.id for holder in holders if holder.state == code),
        steps=tuple(step.id for step in steps if step.state == code),
        weight=max(weight for *_, weight in facts),
    )
