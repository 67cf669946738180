"""Payments, each once: two statements show both sides of one, and copies of a statement show it again."""

from collections.abc import Iterable
from datetime import date, timedelta

from comity.leads.model import Transfer
from comity.plan.amounts import as_decimal

BOOKED_WITHIN = timedelta(days=3)
"""Between the day on which the payer's bank books a payment and the day on which the payee's does."""


def each_once(transfers: Iterable[Transfer]) -> tuple[Transfer, ...]:
    """The payments without those that repeat one in day, amount, currency, both sides and reference.

    A row of another file repeats a payment, too, where the payee and the amount are the same, the payer is the same or
    is not told, and the days are those on which two banks may book one payment. The fuller of the two rows is kept.
    """
    kept: list[Transfer] = []
    shown_in: list[set[str]] = []
    seen: set[tuple[str, ...]] = set()
    by_amount: dict[tuple[str, str], list[int]] = {}
    for t in transfers:
        key = (t.at[:10], t.amount, t.currency, t.source.casefold(), t.target.casefold(), t.reference)
        bare = not (t.at and t.amount)
        if not bare and key in seen:
            continue
        seen.add(key)
        alike = by_amount.setdefault((_figure(t), t.target.casefold()), [])
        same = next((n for n in alike if t.artifact not in shown_in[n] and _is_same(kept[n], t)), -1)
        if same >= 0:
            kept[same] = max(kept[same], t, key=_fullness)
            shown_in[same].add(t.artifact)
        else:
            alike.append(len(kept))
            kept.append(t)
            shown_in.append({t.artifact})
    return tuple(kept)


def _figure(transfer: Transfer) -> str:
    amount = as_decimal(transfer.amount)
    return transfer.amount if amount is None else f"{amount.normalize():f}"


def _is_same(one: Transfer, other: Transfer) -> bool:
    """Whether two rows of different files, of one amount to one payee, can be of one payment."""
    payers = {t.source.casefold() for t in (one, other) if t.source}
    currencies = {t.currency for t in (one, other) if t.currency}
    told = bool(one.target and one.amount)
    return told and len(payers) <= 1 and len(currencies) <= 1 and _is_near(one.at[:10], other.at[:10])


def _is_near(one: str, other: str) -> bool:
    """Whether two days are near enough; False where one is not told."""
    try:
        return abs(date.fromisoformat(one) - date.fromisoformat(other)) <= BOOKED_WITHIN
    except ValueError:
        return False


def _fullness(transfer: Transfer) -> tuple[bool, bool, bool, bool]:
    return bool(transfer.credited), bool(transfer.source), "T" in transfer.at, bool(transfer.reference)
