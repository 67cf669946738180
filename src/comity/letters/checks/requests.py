"""Checks of what is asked: exact objects, their moments, a period that fits, the nexus, payments."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from comity.letters.checks.moments import day_of, instant
from comity.letters.checks.objects import ADDRESSES, bare_clocks, is_exact, told, untimed
from comity.letters.checks.verdict import Look, Verdict, problem, weak_if
from comity.letters.model import Item, Payment, Text
from comity.plan.told import NEAR_DAYS, days

#: How much longer than the days told a period may be; a rule of prudence.
SLACK_DAYS = 180
LONGEST_DAYS = 366
NEXUS_WORDS = 8
SHOWN = 3


def identifiers(look: Look) -> Verdict:
    """Each item has objects, and each is exact."""
    return weak_if((*_without_objects(look), *_inexact(look)))


def object_moments(look: Look) -> Verdict:
    """What makes an object exact has its offset, and an address its moment."""
    return weak_if(_moments(look))


def period(look: Look) -> Verdict:
    """Each item has a period that is whole, has offsets and fits the days told."""
    return weak_if(flaw for item in _items(look) for flaw in _period(look, item))


def nexus(look: Look) -> Verdict:
    """Each item says how it bears on the offence."""
    return weak_if(
        problem("no_reason", number=str(item.number))
        for item in _items(look)
        if len(" ".join(text.text for text in item.reason).split()) < NEXUS_WORDS
    )


def payments(look: Look) -> Verdict:
    """Each payment has an amount, an account and an instant with offset."""
    return weak_if(flaw for item in look.content if isinstance(item, Payment) for flaw in _payment(item))


def _items(look: Look) -> tuple[Item, ...]:
    return tuple(item for item in look.letter.assistance if not look.measures or item.measure in look.measures)


def _without_objects(look: Look) -> Iterator[Text]:
    for item in _items(look):
        if not item.subjects:
            yield problem("no_objects", number=str(item.number))


def _inexact(look: Look) -> Iterator[Text]:
    wrong = [s.value or s.shown for item in _items(look) for s in item.subjects if not is_exact(s)]
    for value in wrong[:SHOWN]:
        yield problem("identifier", what=value or "—")


def _moments(look: Look) -> Iterator[Text]:
    subjects = [subject for item in _items(look) for subject in item.subjects]
    if any(untimed(subject) for subject in subjects):
        yield problem("no_day")
    bare = dict.fromkeys(f"{s.shown or s.value} {clock}" for s in subjects for clock in bare_clocks(s))
    for what in list(bare)[:SHOWN]:
        yield problem("no_offset", what=what)


def _period(look: Look, item: Item) -> Iterator[Text]:
    number = str(item.number)
    if item.period is None:
        yield problem("no_period", number=number)
        return
    start, end = instant(item.period.start), instant(item.period.end)
    if start is None or end is None:
        yield problem("period_open", number=number)
        return
    if any(isinstance(moment, datetime) and moment.tzinfo is None for moment in (start, end)):
        yield problem("period_offset", number=number)
    yield from _fit(look, item, day_of(start), day_of(end))


def _fit(look: Look, item: Item, start: date, end: date) -> Iterator[Text]:
    number = str(item.number)
    seen = sorted(_told(look, item))
    width = (end - start).days
    if width < 0:
        yield problem("period_backwards", number=number)
    elif seen and (end < seen[0] or start > seen[-1]):
        yield problem("period_misses", number=number)
    elif left_out := [day for day in _acts(look, item, start, end) if not start <= day <= end]:
        yield problem("period_leaves_out", number=number, on=min(left_out).isoformat())
    elif width > (max((seen[-1] - seen[0]).days, 0) + SLACK_DAYS if seen else LONGEST_DAYS):
        span = f"{seen[0]} – {seen[-1]}" if seen else "—"
        yield problem("period_wide", number=number, days=str(width), span=span)


def _told(look: Look, item: Item) -> Iterator[date]:
    for text in look.letter.facts:
        yield from days(text.text)
    for subject in item.subjects:
        yield from (day for said in told(subject) for day in days(said))


def _acts(look: Look, item: Item, start: date, end: date) -> Iterator[date]:
    """The days of what touches the objects: their own moments and payments, and what the facts tell near the period.

    An address is asked for by its moments alone: at another hour it was another customer's.
    """
    for subject in item.subjects:
        yield from (day for said in told(subject) for day in days(said))
    if all(subject.kind in ADDRESSES for subject in item.subjects):
        return
    for payment in look.letter.payments:
        yield from days(payment.at)
    near = timedelta(days=NEAR_DAYS)
    for text in look.letter.facts:
        yield from (day for day in days(text.text) if start - near <= day <= end + near)


def _payment(payment: Payment) -> Iterator[Text]:
    moment = instant(payment.at)
    if moment is None or (isinstance(moment, datetime) and moment.tzinfo is None):
        yield problem("no_offset", what=payment.at or f"{payment.amount} {payment.currency}")
    if not payment.target or not payment.amount or not payment.currency:
        yield problem("identifier", what=f"{payment.amount} {payment.currency} {payment.target}".strip() or "—")
