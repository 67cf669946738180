"""What honest people wrote: genuine mails of protected names and victims, and what those mails named first.

An honest supplier's own account stands in its genuine mail, and often, quoted, in the fraud that answers it. It is no
account of the fraud for that: only a payment to it, or a demand for one, makes it such. Who first named something in a
genuine mail did not learn it from the offenders.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from comity.leads.model import ArtifactKind, Leads, MailReading, Observable, ObservableKind, Place
from comity.plan.hosts import folded, host_of, under
from comity.plan.inferred.spot import REACH_CHARS
from comity.plan.instants import instant, is_time
from comity.plan.sender import disowned, domain_of, draws_elsewhere, signed

BANKED = frozenset({ObservableKind.IBAN, ObservableKind.BANK_ACCOUNT, ObservableKind.UPI})
NAMED = BANKED | {ObservableKind.PHONE, ObservableKind.USER_ACCOUNT, ObservableKind.EMAIL, ObservableKind.URL}


@dataclass(frozen=True, kw_only=True)
class Genuine:
    """The genuine mails of a case, and what is no part of the fraud by them."""

    leads: Leads
    mails: tuple[MailReading, ...]
    honest: frozenset[str]
    """Domains of victims' providers and of protected names."""
    payees: frozenset[str]
    """To what money was paid; in lower case."""

    @cached_property
    def checked(self) -> frozenset[str]:
        """Artifacts of mails that the receiving side found genuine (RFC 8601)."""
        return frozenset(mail.artifact for mail in self._in_honest_names() if signed(mail))

    @cached_property
    def unchecked(self) -> frozenset[str]:
        """Artifacts of mails in honest names of which no server recorded a check, so that nothing speaks against it."""
        loose = (mail for mail in self._in_honest_names() if not signed(mail) and mail.hops and not disowned(mail))
        return frozenset(mail.artifact for mail in loose)

    def _in_honest_names(self) -> Iterator[MailReading]:
        return (mail for mail in self.mails if self._is_in_honest_name(mail))

    def _is_in_honest_name(self, mail: MailReading) -> bool:
        return under(domain_of(mail.from_address), self.honest) and not draws_elsewhere(mail)

    def is_genuine(self, mail: MailReading) -> bool:
        """Whether a mail is taken for genuine."""
        return mail.artifact in self.artifacts and self._is_in_honest_name(mail)

    @cached_property
    def before_the_fraud(self) -> frozenset[str]:
        """Of the unchecked mails those that came before every mail that names an account to which money was paid."""
        paid = [self._mails_of(o) for o in self.leads.observables if o.value.casefold() in self.payees]
        times = [self._times[artifact] for found in paid for artifact in found if artifact in self._times]
        first = min(times, default=None)
        if first is None:
            return frozenset()
        return frozenset(one for one in self.unchecked if one in self._times and self._times[one] < first)

    @cached_property
    def artifacts(self) -> frozenset[str]:
        """Artifacts of all that is taken for genuine."""
        return self.checked | self.before_the_fraud

    @cached_property
    def origins(self) -> frozenset[str]:
        """Addresses from which only genuine mail of victims and protected names came."""
        others = folded(mail.origin_address for mail in self.mails if not self.is_genuine(mail))
        return folded(mail.origin_address for mail in self.mails if self.is_genuine(mail)) - others

    def is_honest(self, observable: Observable) -> bool:
        """Whether a genuine mail named it first, or it is only quoted from one, and no money went to it."""
        if observable.kind not in NAMED or observable.value.casefold() in self.payees:
            return False
        if any(self._kinds.get(place.artifact) is ArtifactKind.CHAT for place in observable.places):
            return False
        found = self._mails_of(observable)
        return bool(found) and (self._first_was_genuine(found) or self._quoted(observable))

    def _first_was_genuine(self, found: frozenset[str]) -> bool:
        genuine = self.artifacts
        others = [self._times[one] for one in found - genuine if one in self._times]
        own = [self._times[one] for one in found & genuine if one in self._times]
        return bool(own) and (not others or min(own) < min(others))

    def _quoted(self, observable: Observable) -> bool:
        """Whether an account stands only behind the line that says which honest mailbox wrote it, below another one."""
        if observable.kind not in BANKED:
            return False
        written = [place for place in observable.places if self._mail_of(place.artifact)]
        return all(self._behind_an_honest_name(place) for place in written)

    def _behind_an_honest_name(self, place: Place) -> bool:
        return any(
            (mark.artifact, mark.where) == (place.artifact, place.where)
            and 0 <= place.offset - mark.offset <= REACH_CHARS
            and any(
                (asked.artifact, asked.where) == (mark.artifact, mark.where) and 0 <= asked.offset < mark.offset
                for asked in self._account_places
            )
            for mark in self._honest_marks
        )

    @cached_property
    def _honest_marks(self) -> tuple[Place, ...]:
        mailboxes = (o for o in self.leads.observables if o.kind is ObservableKind.EMAIL)
        return tuple(place for o in mailboxes if under(host_of(o), self.honest) for place in o.places)

    @cached_property
    def _account_places(self) -> tuple[Place, ...]:
        accounts = (o for o in self.leads.observables if o.kind in BANKED)
        return tuple(place for o in accounts for place in o.places)

    def _mails_of(self, observable: Observable) -> frozenset[str]:
        """The mails in which something stands, in their attachments too."""
        return frozenset(self._mail_of(place.artifact) for place in observable.places) - {""}

    def _mail_of(self, artifact: str) -> str:
        """The mail that an artifact is or came in; empty: none."""
        while artifact and artifact not in self._readings:
            artifact = self._parents.get(artifact, "")
        return artifact

    @cached_property
    def _readings(self) -> frozenset[str]:
        return frozenset(mail.artifact for mail in self.leads.mails)

    @cached_property
    def _parents(self) -> dict[str, str]:
        return {artifact.id: artifact.parent for artifact in self.leads.artifacts}

    @cached_property
    def _kinds(self) -> dict[str, ArtifactKind]:
        return {artifact.id: artifact.kind for artifact in self.leads.artifacts}

    @cached_property
    def _times(self) -> dict[str, datetime]:
        """When each mail came: as the receiving side saw it, else as its sender says."""
        told = ((m.artifact, next((h.at for h in m.hops if h.trusted and h.at), m.sent_at)) for m in self.leads.mails)
        read = ((artifact, instant(at, "UTC")) for artifact, at in told if is_time(at))
        return dict(read)
