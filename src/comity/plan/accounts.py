"""Whose the accounts in statements are, and which of their payments belong to the fraud.

A statement lists what its holder paid and received in the ordinary course too. Its own account belongs to whoever gave
the statement: a victim, unless the case file says a suspect, or unless the money of the fraud went to it. Of a victim's
payments only those are of the fraud whose payee something else names (a mail, a chat, a note, the case file), or whose
amounts the case tells of, one by one or as a sum.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import chain, combinations

from comity.leads.model import Leads, Observable, ObservableKind, Transfer
from comity.plan.accountforms import account_forms
from comity.plan.amounts import amounts_in, as_decimal
from comity.plan.case import Case
from comity.plan.payeenames import names_in

ACCOUNTS = frozenset(
    {ObservableKind.IBAN, ObservableKind.BANK_ACCOUNT, ObservableKind.UPI, ObservableKind.CARD, ObservableKind.PHONE}
)
MOST_SUMMED = 14
"""Payments of one statement among which a sum is looked for; more give sums by chance."""
SHORTEST_REFERENCE = 8
"""Characters of a payment's reference that no text holds by chance."""
_ROW = re.compile(r"^row \d+")
_BARE = re.compile(r"[\s.,;:()'\"-]+")


@dataclass(frozen=True, kw_only=True)
class Accounts:
    """The accounts of a case; values in lower case."""

    case: Case
    leads: Leads
    since: str
    """The day before which no payment is of the fraud, ISO 8601; empty: not known."""
    accused: frozenset[str]
    """What the case file gives to suspects."""

    @cached_property
    def own(self) -> dict[str, str]:
        """The account that a statement is of, by artifact; a list of payments is of none."""
        found = {artifact: self._own(artifact, transfers) for artifact, transfers in self._by_artifact.items()}
        return {artifact: account for artifact, account in found.items() if account}

    @cached_property
    def _by_artifact(self) -> dict[str, list[Transfer]]:
        found: dict[str, list[Transfer]] = {}
        for transfer in self.leads.transfers:
            found.setdefault(transfer.artifact, []).append(transfer)
        return found

    def _own(self, artifact: str, transfers: list[Transfer]) -> str:
        holders = {transfer.holder for transfer in transfers}
        if len(holders) == 1 and "" not in holders:
            return holders.pop().casefold()
        # whoever looks up a public ledger gets the list of an address: only a bank gives statements to their holder
        common = frozenset.intersection(*(_sides(transfer) for transfer in transfers)) & self._places.keys()
        headed = [value for value in common if self._stands_outside_rows(value, artifact)]
        both = [
            value
            for value in common
            if any(t.source.casefold() == value for t in transfers)
            and any(t.target.casefold() == value for t in transfers)
        ]
        return next(iter([*headed, *both]), "")

    def _stands_outside_rows(self, value: str, artifact: str) -> bool:
        places = self._places.get(value, ())
        return any(a == artifact and not _ROW.match(where) for a, where in places)

    @cached_property
    def _places(self) -> dict[str, tuple[tuple[str, str], ...]]:
        return {
            o.value.casefold(): tuple((place.artifact, place.where) for place in o.places)
            for o in self.leads.observables
            if o.kind in ACCOUNTS
        }

    @cached_property
    def told_victims(self) -> frozenset[str]:
        """What the case file gives to victims."""
        told = (value for victims in self.case.victims for value in (*victims.accounts, *victims.identifiers))
        return frozenset(form for value in told for form in account_forms(value))

    @cached_property
    def uninvolved(self) -> frozenset[str]:
        """What the case file says has nothing to do with the offence."""
        told = (value for one in self.case.uninvolved for value in one.objects)
        return frozenset(form for value in told for form in account_forms(value))

    def _is_of_victims(self, transfer: Transfer) -> bool:
        """Whether what came in came from a victim, or is a sum that the case tells of."""
        told = bool(account_forms(transfer.source) & self.told_victims)
        return told or (bool(transfer.source) and as_decimal(transfer.amount) in self.named_amounts)

    @cached_property
    def nameless(self) -> frozenset[str]:
        """Statements that do not tell whose they are, by artifact: victims', unless a victim's money came in there."""
        found: set[str] = set()
        for artifact, rows in self._by_artifact.items():
            if artifact in self.own:
                continue
            came_in = any(not t.target and self._is_of_victims(t) for t in rows)
            if all(t.statement and not (t.source and t.target) for t in rows) and not came_in:
                found.add(artifact)
        return frozenset(found)

    @cached_property
    def victims(self) -> frozenset[str]:
        """Accounts of victims: those of the case file, and those that statements are of."""
        statements = frozenset(self.own.values()) - self.accused - self._received
        return (statements | self.told_victims) - self.accused

    @cached_property
    def _received(self) -> frozenset[str]:
        """Accounts of statements to which another statement shows that money of the fraud went."""
        return frozenset(
            t.target.casefold()
            for t in self.leads.transfers
            if t.target.casefold() in self.own.values()
            and self.own.get(t.artifact, "") != t.target.casefold()
            and self._told(t)
        )

    @cached_property
    def fraud(self) -> tuple[Transfer, ...]:
        """The payments of the fraud."""
        return tuple(t for t in self.leads.transfers if not self._early(t) and self._belongs(t))

    def _belongs(self, transfer: Transfer) -> bool:
        if self.uninvolved and transfer.target and account_forms(transfer.target) & self.uninvolved:
            return False
        own = self.own.get(transfer.artifact, "")
        if transfer.artifact not in self.nameless and (not own or own not in self.victims):
            # a list that somebody made of the payments in question, or what went through a suspect's account
            return True
        return transfer.source.casefold() == own and (self._told(transfer) or self._is_named_alike(transfer))

    def _told(self, transfer: Transfer) -> bool:
        """Whether something beside the statement ties a payment to the fraud."""
        value, reference = transfer.target.casefold(), _plain(transfer.reference)
        cited = len(reference) >= SHORTEST_REFERENCE and reference in self._case_text
        return bool(value) and (cited or self.is_named(value) or id(transfer) in self._by_amount)

    def is_named(self, value: str) -> bool:
        """Whether an account stands elsewhere than in statements: in a mail, a chat, a note, the case file."""
        elsewhere = any(
            artifact not in self.own and artifact not in self.nameless for artifact, _ in self._places.get(value, ())
        )
        return elsewhere or value in self.accused or _plain(value) in self._case_text

    def _is_named_alike(self, transfer: Transfer) -> bool:
        """Whether a payment names whom the case file suspects, or who was paid by a payment of the fraud."""
        return bool(names_in(transfer.about) & self._payees_names)

    @cached_property
    def _payees_names(self) -> frozenset[str]:
        told = (t.about for t in self.leads.transfers if not self._early(t) and t.target and self._told(t))
        suspects = (suspect.name for suspect in self.case.suspects)
        found = frozenset(name for text in chain(told, suspects) for name in names_in(text))
        # what bears an honest name that the offenders use was perhaps paid to who bears it
        return found - frozenset(name for brand in self.case.protected_brands for name in names_in(brand.name))

    @cached_property
    def told_by_facts(self) -> frozenset[str]:
        """Accounts that the case file names in what happened."""
        return frozenset(value for value in self._places if _plain(value) in self._case_text)

    @cached_property
    def _case_text(self) -> str:
        case = self.case
        texts = [case.facts, *(event.what for event in case.events)]
        texts += [value for event in case.events for value in event.objects]
        texts += [value for step in case.earlier_steps for value in (*step.objects, step.outcome)]
        return "|".join(_plain(text) for text in texts)

    @cached_property
    def named_amounts(self) -> frozenset[Decimal]:
        """The sums that the facts and the victims' losses tell."""
        losses = frozenset(victims.loss for victims in self.case.victims if victims.loss)
        told = (self.case.facts, *(event.what for event in self.case.events))
        return losses.union(*(amounts_in(text) for text in told))

    @cached_property
    def _by_amount(self) -> frozenset[int]:
        """Payments whose amount the case tells, or that together make a sum that it tells; by identity."""
        found: set[int] = set()
        for artifact, own in (*self.own.items(), *((artifact, "") for artifact in self.nameless)):
            paid = [
                t for t in self._by_artifact[artifact] if t.source.casefold() == own and t.target and not self._early(t)
            ]
            for sum_ in self.named_amounts:
                found |= {id(t) for t in _making(sum_, paid)}
        return frozenset(found)

    def _early(self, transfer: Transfer) -> bool:
        return bool(transfer.at) and bool(self.since) and transfer.at[:10] < self.since

    def is_ordinary(self, observable: Observable) -> bool:
        """Whether an account stands in victims' statements alone, in payments that nothing ties to the case."""
        value = observable.value.casefold()
        if observable.kind not in ACCOUNTS or value in self.accused or value in self._paid or self.is_named(value):
            return False
        statements = {artifact for artifact, own in self.own.items() if own in self.victims} | self.nameless
        return value in self._parties and all(place.artifact in statements for place in observable.places)

    @cached_property
    def _paid(self) -> frozenset[str]:
        return frozenset(t.target.casefold() for t in self.fraud)

    @cached_property
    def _parties(self) -> frozenset[str]:
        return frozenset(side for t in self.leads.transfers for side in _sides(t))


def _sides(transfer: Transfer) -> frozenset[str]:
    return frozenset(side.casefold() for side in (transfer.source, transfer.target) if side)


def _plain(text: str) -> str:
    return _BARE.sub("", text).casefold()


def _making(wanted: Decimal, payments: Iterable[Transfer]) -> tuple[Transfer, ...]:
    """The payment of an amount, or the one group of payments that makes it; nothing where several do."""
    amounts = [(as_decimal(t.amount), t) for t in payments]
    exact = tuple(t for amount, t in amounts if amount == wanted)
    smaller = [(amount, t) for amount, t in amounts if amount and amount < wanted]
    if exact or not 2 <= len(smaller) <= MOST_SUMMED:
        return exact
    groups = (group for size in range(2, len(smaller) + 1) for group in combinations(smaller, size))
    found: tuple[Transfer, ...] = ()
    for group in groups:
        if sum(amount for amount, _ in group) == wanted:
            if found:
                return ()
            found = tuple(t for _, t in group)
    return found
