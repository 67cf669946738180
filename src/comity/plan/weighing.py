"""The evidential weight of an observable: it orders what is asked for, and keeps what is named in passing out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import log2

from comity.leads.model import Nexus, Observable, ObservableKind, Place, Role
from comity.plan.drops import channel_of
from comity.plan.evidence import Evidence
from comity.plan.inferred.told import TOLD
from comity.plan.kinds import SERVERS
from comity.plan.tables import weights
from comity.plan.visitorlogs import ADDRESSES

ACCOUNTS = frozenset({ObservableKind.IBAN, ObservableKind.BANK_ACCOUNT, ObservableKind.UPI})

_PLACES = (
    ("link", re.compile(r"\b(link|redirect|form|button|href)\b", re.IGNORECASE)),
    ("table", re.compile(r"\b(row|column)\b", re.IGNORECASE)),
    ("hop", re.compile(r"\breceived\b", re.IGNORECASE)),
    (
        "mention",
        re.compile(r"message-id|signature|authentication|dkim|arc|spf|list-|comment", re.IGNORECASE),
    ),
    ("sender", re.compile(r"\bheader (from|sender|return-path|reply-to)\b", re.IGNORECASE)),
    ("text", re.compile(r"text|line|page|body|subject|part|object|pdf|html", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The weight of an observable in one tie."""

    points: int
    """0 to 100."""
    reasons: tuple[str, ...]
    """Every reason, those too that only rank it inside the plan."""
    grounds: tuple[str, ...]
    """Ids of the signs (``weights.toml``) that say what it has to do with the offence."""


def weigh(observable: Observable, nexus: Nexus, evidence: Evidence) -> Weighed:
    """The weight of an observable in one tie, and the reasons."""
    table = weights()
    named = tuple(dict.fromkeys(_signs(observable, nexus, evidence)))
    signs = [table.sign[name] for name in named]
    points = float(sum(sign.points for sign in signs))
    reasons = [sign.text for sign in signs]
    seen_in = len({place.artifact for place in observable.places})
    if seen_in > 1:
        points += table.per_doubling * min(table.doublings, log2(seen_in))
        reasons.append(f"seen in {seen_in} artifacts")
    points *= table.confidence[nexus.confidence]
    reasons.append(f"the tie is of {nexus.confidence.value} confidence")
    return Weighed(
        points=max(0, min(100, round(points))),
        reasons=tuple(reasons),
        grounds=tuple(name for name in named if not table.sign[name].ranks_only),
    )


def _signs(observable: Observable, nexus: Nexus, evidence: Evidence) -> Iterator[str]:
    yield from _part_played(observable, nexus, evidence)
    yield from _what_it_is(observable, evidence)
    # an exit of an anonymiser did nothing itself: whoever used it did
    if nexus.role is not Role.ANONYMISER:
        yield from evidence.deeds(observable)
    if "log-confirmed" in observable.tags:
        yield "log-confirmed"
    if _foreign_visitor(observable, nexus, evidence):
        yield "foreign-visitor"
        if nexus.state in evidence.case.place.conduct:
            yield "conduct-state"
    if best := _best_place(observable.places, evidence.log_files):
        yield best
    if "sender-forgeable" in observable.tags and not _acted_on(observable, evidence):
        yield "forgeable"


def _part_played(observable: Observable, nexus: Nexus, evidence: Evidence) -> Iterator[str]:
    """What a value does in the mails and payments."""
    value = observable.value.casefold()
    if value in evidence.origins:
        yield "origin"
    elif nexus.role is Role.ORIGIN:
        yield "role-origin"
    if value in evidence.payees:
        yield "payee"
    if value in evidence.replies:
        yield "reply"
    elif value in evidence.senders:
        yield "sender"
    if value in evidence.vouched:
        yield "vouched"
    if value in evidence.hijacked:
        yield "hijacked"


def _what_it_is(observable: Observable, evidence: Evidence) -> Iterator[str]:
    """What speaks for it by itself, whatever it does."""
    if observable.kind in ACCOUNTS:
        yield "account"
    if channel_of(observable) is not None:
        yield "drop"
    if evidence.imitates(observable):
        yield "look-alike"
    if evidence.is_suspects(observable):
        yield "suspects-own"
    if any(nexus.role is Role.EXCHANGE and nexus.state for nexus in observable.nexus):
        yield "at-exchange"
    if TOLD in observable.tags:
        yield "told"
    if "chat-participant" in observable.tags:
        yield "chat-participant"
    if evidence.offers.is_offered(observable):
        yield "offered"


def _best_place(places: tuple[Place, ...], logs: frozenset[str]) -> str:
    """The place that says most; where something stands twice, the better one counts once."""
    table = weights().sign
    found = {name for place in places for name in [_place_sign(place, logs)]}
    return max(found, key=lambda name: table[name].points, default="")


def _place_sign(place: Place, logs: frozenset[str]) -> str:
    found = next((name for name, pattern in _PLACES if pattern.search(place.where)), "text")
    return "log-line" if found == "text" and place.artifact in logs else found


def _acted_on(observable: Observable, evidence: Evidence) -> bool:
    """What victims are led to works whoever wrote it: a link, a reply address and an account are not invented."""
    value = observable.value.casefold()
    if value in evidence.replies | evidence.payees | evidence.vouched or observable.kind is ObservableKind.URL:
        return True
    if evidence.offers.is_offered(observable):
        return True
    return observable.kind is ObservableKind.DOMAIN and value in evidence.linked_hosts


def _foreign_visitor(observable: Observable, nexus: Nexus, evidence: Evidence) -> bool:
    """An access line of a state without known victims, among the visitors of a log."""
    line = observable.kind in ADDRESSES and not SERVERS & set(observable.tags)
    logged = any(place.artifact in evidence.logs for place in observable.places)
    if evidence.only_looked(observable):
        return False
    return line and logged and nexus.role is not Role.ANONYMISER and nexus.state not in evidence.victims_states
