"""What went from one state to another in a case: mails, replies, money. Drawn as arcs on the map."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from comity.leads.model import Role
from comity.plan.model import Holder, Plan, StateRole


class FlowKind(StrEnum):
    MAIL = "mail"
    REPLY = "reply"
    MONEY = "money"


FLOW_WORDS = {FlowKind.MAIL: "mails", FlowKind.REPLY: "replies", FlowKind.MONEY: "money"}

_SENDERS = frozenset({Role.ORIGIN, Role.INFRASTRUCTURE})
_MONEY = frozenset({Role.FINANCIAL_INSTITUTION, Role.PAYMENT_SERVICE, Role.EXCHANGE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Something that went from one state to another. That it went is known, by which way is not."""

    kind: FlowKind
    source: str
    target: str
    """ISO 3166 codes."""
    source_name: str
    target_name: str

    @property
    def words(self) -> str:
        return f"{FLOW_WORDS[self.kind]}: {self.source_name} to {self.target_name}"


def flows(plan: Plan) -> tuple[Flow, ...]:
    """The flows between states, without repetition, in the order mails, replies, money."""
    names = {state.state: state.name for state in plan.states}
    found = dict.fromkeys(_pairs(plan))
    return tuple(
        Flow(kind=kind, source=a, target=b, source_name=names[a], target_name=names[b])
        for kind, a, b in sorted(found, key=lambda flow: list(FlowKind).index(flow[0]))
        if a != b and a in names and b in names
    )


def _pairs(plan: Plan) -> Iterator[tuple[FlowKind, str, str]]:
    victims = [s.state for s in plan.states if StateRole.VICTIMS in s.roles] or [plan.case.state]
    for victim in victims:
        for holder in plan.holders:
            kind = _kind(holder)
            if kind is FlowKind.MAIL:
                yield kind, holder.state, victim
            elif kind:
                yield kind, victim, holder.state


def _kind(holder: Holder) -> FlowKind | None:
    if holder.role in _SENDERS:
        return FlowKind.MAIL
    if holder.role is Role.MAIL_PROVIDER:
        return FlowKind.REPLY
    return FlowKind.MONEY if holder.role in _MONEY else None
