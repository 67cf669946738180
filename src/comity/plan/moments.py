"""Moments in the evidence and the case file: what happened when, and to which values; the periods that follow."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from comity.leads.model import MailReading, Transfer
from comity.plan.amounts import money
from comity.plan.evidence import Evidence
from comity.plan.instants import instant, is_time
from comity.plan.model import Period
from comity.plan.payments import each_once

CLAIMED = " (time as the sender claims it)"
WIDEN = timedelta(days=1)


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
        found = [*self._mails(), *self._payments(self.evidence.leads.transfers), *self._told()]
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

    def period(self, values: Iterable[str]) -> Period:
        """The narrowest span of time that the evidence supports for some values; the whole case where it has none."""
        own = [m for value in values for m in self.by_value.get(value.casefold(), ())]
        chosen = own or [*self._mails(), *self._payments(self.evidence.payments)]
        if not chosen:
            return Period(start="", end="", why="no moment is known: narrow it before the request goes out")
        first = min(instant(moment.at, self.zone) for moment in chosen)
        last = max(instant(moment.at, self.zone) for moment in chosen)
        why = "first and last moment of these in the evidence" if own else "first and last moment in the evidence"
        return Period(
            start=(first - WIDEN).isoformat(timespec="seconds"),
            end=(last + WIDEN).isoformat(timespec="seconds"),
            why=f"{why}, widened by a day on both sides",
        )

    def _mails(self) -> Iterator[Moment]:
        for mail in self.evidence.leads.mails:
            at = _seen_at(mail) or mail.sent_at
            if at and is_time(at):
                claimed = "" if _seen_at(mail) else CLAIMED
                yield Moment(
                    at=at,
                    kind="evidence",
                    title=f"Mail: {mail.subject or '(no subject)'}{claimed}",
                    detail=f"from {mail.from_address or 'nobody named'}",
                    artifact=mail.artifact,
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
                    values=_values(transfer.source, transfer.target, transfer.reference),
                )

    def _told(self) -> Iterator[Moment]:
        case = self.evidence.case
        for event in case.events:
            yield Moment(at=event.at, kind="case", title=event.what, values=_values(*event.objects))
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
