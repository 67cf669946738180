"""Moments in the evidence and the case file: what happened when, and to which values; the periods that follow."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from comity.leads.model import MailReading, Observable, Transfer
from comity.plan.amounts import money
from comity.plan.evidence import Evidence
from comity.plan.instants import day_of, instant, is_time
from comity.plan.model import Period
from comity.plan.payments import each_once
from comity.plan.told import NEAR_DAYS, days
from comity.plan.visitorlogs import ADDRESSES

CLAIMED = " (time as the sender claims it)"
WIDEN = timedelta(days=1)
_RULES = {
    "own": "first and last moment of these in the evidence",
    "evidence": "first and last moment in the evidence",
    "acts": "first and last moment of these, and of the mails, payments and days that the case tells",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One moment."""

    at: str
    """RFC 3339 instant or ISO 8601 date."""
    kind: str
    """``evidence``, ``money`` or ``case``."""
    title: str
    detail: str = ""
    artifact: str = ""
    about: str = ""
    """The mail's subject, or what the case file tells."""
    amount: str = ""
    currency: str = ""
    """Of a payment: as it arrived."""
    values: frozenset[str] = frozenset()
    """Values in lower case that it concerns."""


@dataclass(frozen=True, kw_only=True)
class Moments:
    """Every moment of a case, in order of time."""

    evidence: Evidence
    zone: str

    @cached_property
    def all(self) -> tuple[Moment, ...]:
        """Every moment, in order of time."""
        found = [*self._mails(self.evidence.leads.mails), *self._payments(self.evidence.leads.transfers), *self._told()]
        return tuple(sorted(found, key=lambda moment: (instant(moment.at, self.zone), moment.title)))

    @cached_property
    def seen(self) -> tuple[Moment, ...]:
        """What the evidence shows: not what a case file tells, nor a time that only a sender claims."""
        return tuple(m for m in self.all if m.kind != "case" and CLAIMED not in m.title)

    @cached_property
    def by_value(self) -> dict[str, tuple[Moment, ...]]:
        """The moments that concern a value, in order of time."""
        found: dict[str, list[Moment]] = {}
        for moment in self.all:
            for value in moment.values:
                found.setdefault(value, []).append(moment)
        return {value: tuple(moments) for value, moments in found.items()}

    def period(self, objects: Iterable[Observable]) -> Period:
        """The narrowest span of time in which what is asked about had a part in the case.

        An address is asked for by its own moments: at another hour it was another customer's. What a person keeps, an
        account or a mailbox, served from the first to the last act of the fraud, seen in it or not.
        """
        asked = tuple(objects)
        own = [m for one in asked for m in self.by_value.get(one.value.casefold(), ())]
        if all(one.kind in ADDRESSES for one in asked):
            return self._span([moment.at for moment in own or self._fraud()], "own" if own else "evidence")
        acts = [moment.at for moment in (*own, *self._linked(own), *self._fraud())]
        return self._span([*acts, *self._near(acts)], "acts")

    def _span(self, moments: list[str], rule: str) -> Period:
        if not moments:
            why = "no moment is known: narrow it before the request goes out"
            return Period(start="", end="", why=why, rule="unknown")
        first = min(instant(at, self.zone) for at in moments)
        last = max(instant(at, self.zone) for at in moments)
        return Period(
            start=(first - WIDEN).isoformat(timespec="seconds"),
            end=(last + WIDEN).isoformat(timespec="seconds"),
            why=f"{_RULES[rule]}, widened by a day on both sides",
            rule=rule,
        )

    def _linked(self, own: list[Moment]) -> list[Moment]:
        """What else the case file tells of the values that acted together with these."""
        values = {value for moment in own for value in moment.values}
        return [moment for moment in self._told() if moment.values & values]

    def _fraud(self) -> list[Moment]:
        return [*self._mails(self.evidence.mails), *self._payments(self.evidence.payments)]

    def _near(self, acts: list[str]) -> list[str]:
        """The days that the facts tell around the acts: not a history of years, nor what nobody saw."""
        if not acts:
            return []
        seen = sorted(day_of(at, self.zone) for at in acts)
        first, last = seen[0] - timedelta(days=NEAR_DAYS), seen[-1] + timedelta(days=NEAR_DAYS)
        return [day.isoformat() for day in days(self.evidence.case.facts) if first <= day <= last]

    def _mails(self, mails: Iterable[MailReading]) -> Iterator[Moment]:
        for mail in mails:
            at = _seen_at(mail) or mail.sent_at
            if at and is_time(at):
                claimed = "" if _seen_at(mail) else CLAIMED
                yield Moment(
                    at=at,
                    kind="evidence",
                    title=f"Mail: {mail.subject or '(no subject)'}{claimed}",
                    detail=f"from {mail.from_address or 'nobody named'}",
                    artifact=mail.artifact,
                    about=mail.subject,
                    values=_values(mail.from_address, mail.return_path, mail.origin_address, *mail.reply_to),
                )

    def _payments(self, transfers: Iterable[Transfer]) -> Iterator[Moment]:
        shown = self.evidence.shown
        for transfer in each_once(transfers):
            if is_time(transfer.at):
                paid = money(transfer.amount, transfer.currency, self.evidence.case.requesting_state)
                yield Moment(
                    at=transfer.at,
                    kind="money",
                    title=f"Payment of {paid}",
                    detail=f"{shown(transfer.source) or '?'} → {shown(transfer.target) or '?'}",
                    artifact=transfer.artifact,
                    amount=transfer.arrived[0],
                    currency=transfer.arrived[1],
                    values=_values(transfer.source, transfer.target, transfer.reference),
                )

    def _told(self) -> Iterator[Moment]:
        case = self.evidence.case
        for event in case.events:
            yield Moment(at=event.at, kind="case", title=event.what, about=event.what, values=_values(*event.objects))
        if case.money.reported:
            yield Moment(at=case.money.reported, kind="case", title="The loss is reported")
        if case.money.recall:
            yield Moment(at=case.money.recall, kind="case", title="The bank asks for the money back")


def _seen_at(mail: MailReading) -> str:
    """When the first server that can be trusted received the mail."""
    boundary = [hop for hop in mail.hops if hop.trusted and hop.at]
    return boundary[-1].at if boundary else ""


def _values(*texts: str) -> frozenset[str]:
    return frozenset(text.casefold() for text in texts if text)
