"""What went between states, as the evidence shows it: each mail, reply and payment that was read, and nothing else."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from comity.law import state_name
from comity.leads.model import MailReading, Observable, ObservableKind, Role, Transfer
from comity.plan.amounts import as_decimal, money
from comity.plan.evidence import Evidence
from comity.plan.hosts import under
from comity.plan.model import Flow, FlowKind
from comity.plan.sender import domain_of

_ORDER = {kind: place for place, kind in enumerate(FlowKind)}
_SENDING = frozenset({Role.ORIGIN, Role.INFRASTRUCTURE, Role.TELECOM})
_MAILBOX = frozenset({Role.MAIL_PROVIDER})
_MONEY = frozenset({Role.FINANCIAL_INSTITUTION, Role.PAYMENT_SERVICE, Role.EXCHANGE})

_Way = tuple[FlowKind, str, str]


def find_flows(evidence: Evidence) -> tuple[Flow, ...]:
    """The flows between states, the mails first, then replies, then money."""
    parties = _Parties(evidence=evidence)
    # what an honest party wrote of itself is no way of the fraud; a victim's answer to it is
    mails = [m for m in evidence.mails if evidence.is_victims_own(m) or not evidence.genuine.is_genuine(m)]
    numbers: Counter[_Way] = Counter(way for mail in mails for way in parties.of_mail(mail))
    sums: dict[_Way, dict[str, Decimal]] = {}
    for transfer in evidence.payments:
        way = parties.of_money(transfer)
        numbers[way] += 1
        amount = as_decimal(transfer.amount)
        if amount is not None:
            by_currency = sums.setdefault(way, {})
            by_currency[transfer.currency] = by_currency.get(transfer.currency, Decimal(0)) + amount
    crossing = [way for way in numbers if way[1] and way[2] and way[1] != way[2]]
    ordered = sorted(crossing, key=lambda way: (_ORDER[way[0]], -numbers[way], way[1], way[2]))
    return tuple(_flow(way, numbers[way], sums.get(way, {}), evidence.case.requesting_state) for way in ordered)


def _flow(way: _Way, number: int, sums: dict[str, Decimal], state: str) -> Flow:
    return Flow(
        kind=way[0],
        source=way[1],
        target=way[2],
        source_name=state_name(way[1]),
        target_name=state_name(way[2]),
        number=number,
        sums=tuple(money(f"{value:f}", currency, state) for currency, value in sorted(sums.items())),
    )


@dataclass(frozen=True, kw_only=True)
class _Parties:
    """In which state each side of a mail or payment is; empty: not known."""

    evidence: Evidence

    def of_mail(self, mail: MailReading) -> Iterator[_Way]:
        """From where it was sent to its recipients; a victim's own mail is a reply to who keeps the other mailbox."""
        if self.evidence.is_victims_own(mail):
            here = self._victim(mail.from_address)
            for address in mail.to:
                yield FlowKind.REPLY, here, self._at(address, _MAILBOX)
        else:
            origin = self._at(mail.origin_address, _SENDING)
            for state in sorted({self._victim(address) for address in mail.to}):
                yield FlowKind.MAIL, origin, state

    def of_money(self, transfer: Transfer) -> _Way:
        """From the account that paid to the one that received."""
        # a list of payments that names no payer is one of what the victims paid
        source = self._account(transfer.source) if transfer.source else self._only_victims_state
        return FlowKind.MONEY, source, self._account(transfer.target)

    def _account(self, value: str) -> str:
        found = self._at(value, _MONEY)
        victims = value.casefold() in self.evidence.accounts.victims
        return found or (self._only_victims_state if victims else "")

    def _at(self, value: str, roles: frozenset[Role]) -> str:
        observable = self._by_value.get(value.casefold())
        if observable is None:
            return ""
        # who issued a token keeps none of it: money did not go to the issuer's state
        issued = observable.kind is ObservableKind.CRYPTO
        ties = (n for n in observable.nexus if n.role in roles and not (issued and n.role is Role.PAYMENT_SERVICE))
        return next((nexus.state for nexus in ties if nexus.state), "")

    def _victim(self, address: str) -> str:
        """The state of a victim, by the provider or the address that the case file gives."""
        domain, folded = domain_of(address), address.casefold()
        for victims in self.evidence.case.victims:
            own = {value.casefold() for value in victims.identifiers}
            if folded in own or under(domain, [name.casefold() for name in victims.providers]):
                return victims.state
        return self._only_victims_state

    @property
    def _only_victims_state(self) -> str:
        states = self.evidence.victims_states
        return next(iter(states)) if len(states) == 1 else ""

    @cached_property
    def _by_value(self) -> dict[str, Observable]:
        return {observable.value.casefold(): observable for observable in self.evidence.leads.observables}
