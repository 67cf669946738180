"""What to know before reading on: an odd day, a loss that no statement shows, payments that nothing ties."""

from collections.abc import Iterator
from datetime import date

from comity.law import state_name
from comity.leads.extract.banking import CHECK_DIGITS_FAIL
from comity.leads.model import Finding, Leads, Observable, ObservableKind, Severity, Transfer
from comity.plan.accountforms import account_forms
from comity.plan.accounts import ACCOUNTS
from comity.plan.amounts import money
from comity.plan.case import Case, Victims
from comity.plan.days import odd_day
from comity.plan.evidence import Evidence
from comity.plan.instants import day_of
from comity.plan.moments import Moments
from comity.plan.moneysteps import by_ledger_alone
from comity.plan.phrases import listing

ODD_DAY = "plan-day"
NO_STATEMENT = "loss-without-statement"
NOTHING_TIED = "payments-not-tied"
NOT_SEEN = "identifier-not-in-evidence"
NEXT_HOP = "next-hop-not-shown"
MOST_HOPS = 5
MISSPELT = "iban-check-digits-fail"
MISREAD = "iban-misread"
CODES = frozenset({ODD_DAY, NO_STATEMENT, NOTHING_TIED, NOT_SEEN, NEXT_HOP, MISSPELT})
"""Codes of what is said of the case as a whole: what a reader needs to know or get before anything else."""


def find_notices(case: Case, evidence: Evidence, moments: Moments, on: date) -> tuple[Finding, ...]:
    """Findings on the case as a whole; they have no artifact."""
    return (
        *_day(moments, on),
        *_losses(case, evidence),
        *_statements(evidence),
        *_hops(evidence),
        *_misspelt(evidence),
        *_unseen(case, evidence.leads),
    )


def _day(moments: Moments, on: date) -> Iterator[Finding]:
    last = max((day_of(moment.at, moments.zone) for moment in moments.seen), default=None)
    if text := odd_day(on, last):
        yield _notice(ODD_DAY, text, Severity.WARNING)


def _losses(case: Case, evidence: Evidence) -> Iterator[Finding]:
    """Losses of which the evidence shows no payment."""
    lost = [victims for victims in case.victims if victims.loss]
    paid = evidence.payments
    if len(lost) == 1 and paid:
        return
    # a statement that tells no currency is in that of its bank: the case's, as a rule
    on_ledgers = by_ledger_alone(evidence)
    currencies = {transfer.currency or case.currency for transfer in paid}
    for victims in sorted(lost, key=lambda one: one.loss or 0, reverse=True):
        if (victims.currency or case.currency) not in currencies:
            yield _notice(NO_STATEMENT, _told(victims, case, on_ledgers=on_ledgers), Severity.NOTICE)


def _told(victims: Victims, case: Case, *, on_ledgers: bool) -> str:
    lost = money(f"{victims.loss:f}", victims.currency or case.currency, case.requesting_state)
    asked = (
        "the exchange that sold them the coins, for the wallet from which it was sent and the transaction's hash: the "
        "evidence names addresses of public ledgers alone"
        if on_ledgers
        else "their bank with their leave, for statement and payment reference, which name the account that received it"
    )
    here = state_name(victims.state)
    return f"{lost} were lost in {here}, and no payment in the evidence shows it: ask the victims, or {asked}"


def _statements(evidence: Evidence) -> Iterator[Finding]:
    """Victims' statements of which no payment could be tied to the fraud."""
    tied = {transfer.artifact for transfer in evidence.accounts.fraud}
    paths = {artifact.id: artifact.path for artifact in evidence.leads.artifacts}
    accounts = evidence.accounts
    victims = [artifact for artifact, own in accounts.own.items() if own in accounts.victims]
    for artifact in (*victims, *sorted(accounts.nameless)):
        if artifact not in tied:
            yield Finding(
                code=NOTHING_TIED,
                severity=Severity.WARNING,
                artifact=artifact,
                where="",
                message=f"no payment in the statement {paths[artifact].rpartition('/')[2]} could be tied to the fraud: "
                "name the payee under suspects or events in the case file, or write the amount with its currency into "
                "the facts; where the statement is a suspect's, name its account there",
            )


def _hops(evidence: Evidence) -> Iterator[Finding]:
    """Accounts that received the money and of which nothing shows where it went."""
    paid_on = {t.source.casefold() for t in evidence.leads.transfers}
    shown = {o.value.casefold(): o.shown or o.value for o in evidence.leads.observables if o.kind in ACCOUNTS}
    first: dict[str, Transfer] = {}
    for transfer in evidence.payments:
        payee = transfer.target.casefold()
        if payee in shown and payee not in paid_on:
            first.setdefault(payee, transfer)
    if not first:
        return
    names = [shown[payee] for payee in first]
    more = [f"{len(names) - MOST_HOPS} more"] if len(names) > MOST_HOPS else []
    day = min((transfer.at[:10] for transfer in first.values() if transfer.at), default="")
    yield _notice(
        NEXT_HOP,
        f"where the money went from {listing([*names[:MOST_HOPS], *more])} is not in the evidence: the statement"
        f"{f' from {day} on' if day else ''} shows the next account. Ask the bank for it together with the hold, and "
        "stop the money there at once",
        Severity.NOTICE,
    )


def _misspelt(evidence: Evidence) -> Iterator[Finding]:
    """Accounts of which a digit is wrong: the state and the bank that they lead to are lost."""
    ibans = [one for one in evidence.leads.observables if one.kind is ObservableKind.IBAN]
    sound = [one for one in ibans if CHECK_DIGITS_FAIL not in one.tags]
    for one in ibans:
        if CHECK_DIGITS_FAIL not in one.tags:
            continue
        alike = next((other for other in sound if _differ_little(one.value, other.value)), None)
        meant = f"{alike.shown or alike.value} was probably meant" if alike else "nothing is asked about it"
        ask = "" if alike else ", or ask the victim's bank where the payment went"
        yield Finding(
            code=MISREAD if alike else MISSPELT,
            severity=Severity.NOTICE if alike else Severity.WARNING,
            artifact=one.places[0].artifact,
            where=one.places[0].where,
            message=f"{one.shown or one.value} looks like an IBAN of {state_name(one.value[:2])}, and its check digits "
            f"fail: a digit was mistyped or misread, and {meant}. Compare it with the original{ask}",
        )


def _differ_little(one: str, other: str) -> bool:
    """Whether two numbers of one length differ in two places at most: a digit misread, or two changed over."""
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) <= 2


def _unseen(case: Case, leads: Leads) -> Iterator[Finding]:
    """What the case file gives to suspects or exchanges, ties, or calls uninvolved, and no evidence shows."""
    values = {form for o in leads.observables for form in _forms(o)}
    told = [(f"gives to {suspect.name}", suspect.identifiers) for suspect in case.suspects]
    told += [(f"gives to {exchange.name}", exchange.addresses) for exchange in case.exchanges]
    told += [("ties", one.objects) for one in case.ties]
    told += [("calls uninvolved", one.objects) for one in case.uninvolved]
    for said, identifiers in told:
        for identifier in identifiers:
            if not account_forms(identifier) & values:
                text = f"{identifier}, which the case file {said}, stands nowhere in the evidence"
                yield _notice(NOT_SEEN, f"{text}: nothing is asked about it", Severity.NOTICE)


def _forms(observable: Observable) -> frozenset[str]:
    """An observable as a case file may name it."""
    value = observable.value.casefold()
    account = account_forms(observable.value) if observable.kind in ACCOUNTS else frozenset()
    return frozenset({value, value.partition(":")[2]}) | account


def _notice(code: str, message: str, severity: Severity) -> Finding:
    return Finding(code=code, severity=severity, artifact="", where="", message=message)
