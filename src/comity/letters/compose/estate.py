"""Property that is asked for: what stands where, up to which sum, and whose it is."""

from collections.abc import Iterator
from decimal import Decimal

from comity.law import Measure
from comity.letters.compose.brief import Brief
from comity.letters.compose.terms import stands
from comity.letters.model import Origin, OriginKind, Text
from comity.letters.wording import said


def property_(brief: Brief) -> Iterator[Text]:
    for step in brief.steps:
        if step.measure in {Measure.FREEZING, Measure.CONFISCATION}:
            for thing in step.objects:
                origin = Origin(kind=OriginKind.PLAN, where=f"{step.id} {thing.observable}")
                what = {"what": thing.shown, "holder": step.holder_name}
                paid, held = _paid(brief, thing.value), _held(brief, thing.value)
                if held:
                    yield said("sentence.property_held", {**what, "held": held}, origin)
                if held and paid:
                    yield said("sentence.property_beyond", {"paid": paid}, origin)
                elif held:
                    continue
                elif paid:
                    yield said("sentence.property_paid", {**what, "paid": paid}, origin)
                else:
                    yield said("sentence.property", what, origin)


def _paid(brief: Brief, account: str) -> str:
    """What the evidence shows to have been paid to an account, by currency; empty: no sum whose currency is told."""
    sums: dict[str, Decimal] = {}
    for transfer in brief.transfers:
        amount, currency = transfer.arrived
        if transfer.target.casefold() == account.casefold() and currency:
            sums[currency] = sums.get(currency, Decimal(0)) + Decimal(amount)
    return _sums(sums)


def _held(brief: Brief, account: str) -> str:
    """What the case file says to be on hold on an account already, by currency; empty: nothing is."""
    sums: dict[str, Decimal] = {}
    for done in brief.case.earlier_steps:
        objects = {value.replace(" ", "").casefold() for value in done.objects}
        if done.measure is not Measure.FREEZING or done.held is None or not stands(brief, done):
            continue
        if account.casefold() in objects:
            sums[done.held_currency] = sums.get(done.held_currency, Decimal(0)) + done.held
    return _sums(sums)


def _sums(sums: dict[str, Decimal]) -> str:
    return ";".join(f"{currency} {amount:f}".strip() for currency, amount in sorted(sums.items()))
