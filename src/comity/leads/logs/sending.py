"""Deeds in a server's log right before a mail of the case was sent: the sign of who sent it by that server."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter

from comity.leads.logs.moment import epoch_of
from comity.leads.logs.visitors import Deed
from comity.leads.model import Finding, MailReading, Severity

WINDOW_SECONDS = 10
"""How long before a mail's time a program on a web server is told to send it, at most."""
_MOST_CLIENTS = 3
"""More clients at work at that moment are a busy server, on which nearness says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A deed that stands right before a mail."""

    deed: Deed
    mail: MailReading
    seconds: float
    """From the deed to the mail."""
    at: str
    """The mail's time that is meant."""

    def finding(self) -> Finding:
        deed = self.deed
        return Finding(
            code="log-matches-mail",
            severity=Severity.WARNING,
            artifact=deed.artifact,
            where=deed.where,
            message=(
                f"{deed.client} sent {deed.act} at {deed.at}, {self.seconds:.0f} s before the time {self.at} in mail "
                f"{self.mail.artifact}: if this is the log of the server that sent the mail, who had the address then "
                "sent it. Both clocks must be known to be right."
            ),
        )


def match_mails(deeds: Iterable[Deed], mails: Iterable[MailReading]) -> Iterator[Sent]:
    """The nearest deed of each client right before each mail; mails without an instant match nothing."""
    ordered = sorted(deeds, key=attrgetter("epoch_seconds"))
    starts = [deed.epoch_seconds for deed in ordered]
    for mail in mails if ordered else ():
        nearest: dict[str, Sent] = {}
        for at in dict.fromkeys((mail.sent_at, *(hop.at for hop in reversed(mail.hops)))):
            epoch = epoch_of(at)
            if epoch is None:
                continue
            first, last = bisect_left(starts, epoch - WINDOW_SECONDS), bisect_left(starts, epoch + 1)
            for deed in ordered[first : min(last, first + 1_000)]:
                sent = Sent(deed=deed, mail=mail, seconds=max(0.0, epoch - deed.epoch_seconds), at=at)
                known = nearest.get(deed.client)
                if known is None or sent.seconds < known.seconds:
                    nearest[deed.client] = sent
        if len(nearest) <= _MOST_CLIENTS:
            yield from nearest.values()
