"""What is done about money without asking any authority: a recall through the banks, a trace on the public ledgers."""

from collections.abc import Iterator

from comity.leads.model import ObservableKind
from comity.plan.accounts import ACCOUNTS
from comity.plan.casework import casework, own_act
from comity.plan.draft import Draft
from comity.plan.evidence import Evidence
from comity.plan.holding import Held, Holding
from comity.plan.model import DirectRequest

_CHAIN = frozenset({ObservableKind.CRYPTO, ObservableKind.TRANSACTION})


def money_steps(evidence: Evidence, holding: Holding) -> Iterator[Draft]:
    """The recall, unless the case file tells of one, and the trace where there are addresses on a ledger."""
    held = [one for group in holding.held.values() for one in group]
    if _may_be_recalled(evidence):
        paid = (one for one in held if one.observable.kind in ACCOUNTS)
        payees = [one for one in paid if one.observable.value.casefold() in evidence.payees]
        payees = list({one.observable.value: one for one in payees}.values())  # who keeps its money, and its line
        yield _draft("recall", payees, evidence, direct=tuple(_desks(evidence.case.requesting_state)))
    chain = {one.observable.value: one for one in (*holding.ledgers, *held) if one.observable.kind in _CHAIN}
    if chain:
        yield _draft("trace", list(chain.values()), evidence)


def _may_be_recalled(evidence: Evidence) -> bool:
    """Whether money left through a bank, as far as is known, and nobody has asked for it back."""
    if evidence.case.money.recall:
        return False
    targets = [transfer.target for transfer in evidence.payments]
    lost = any(victims.loss for victims in evidence.case.victims)
    by_bank = any(evidence.is_account(target) for target in targets)
    return by_bank or (lost and not targets and not by_ledger_alone(evidence))


def by_ledger_alone(evidence: Evidence) -> bool:
    """Whether all that is named to be paid is on public ledgers: no bank sent anything that it could recall."""
    kinds = {one.kind for one in evidence.leads.observables if not evidence.is_victims(one.value)}
    return bool(kinds & _CHAIN) and not kinds & ACCOUNTS - {ObservableKind.PHONE}


def _draft(name: str, objects: list[Held], evidence: Evidence, *, direct: tuple[DirectRequest, ...] = ()) -> Draft:
    act = own_act(name)
    return Draft(
        key=name,
        measure=act.measure,
        state=evidence.case.requesting_state,
        holder=None,
        title=act.title,
        what=act.what,
        pace=act.pace,
        weight=100,
        objects=tuple(sorted(objects, key=lambda held: (-held.weight, held.observable.value))),
        direct=direct,
        home=act.home,
        why=(act.why,),
    )


def _desks(state: str) -> Iterator[DirectRequest]:
    for row in casework().recall:
        if row.state == state:
            yield DirectRequest(
                to=row.to,
                how=row.how,
                basis=row.basis,
                url=row.url,
                source=row.source,
                as_of=row.as_of,
                confidence=row.confidence,
            )
