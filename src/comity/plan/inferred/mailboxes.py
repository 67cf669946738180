"""Who keeps the mailbox behind a sender's own domain: the provider whose server handed the mail over.

A domain of one's own says nothing of who keeps its mail. Where the first server outside the receiving side is a mail
provider's, and the receiving side found a signature of the sender's domain genuine (RFC 8601), the sender was signed in
there.
"""

import msgspec

from comity.law import Confidence, Provider, Registry
from comity.leads.model import Leads, MailReading, Nexus, Observable, ObservableKind, Reason, Role
from comity.plan.hosts import under
from comity.plan.sender import boundary_name, signed

KEEPS_MAIL = frozenset({"mail", "email", "gmail", "workspace", "outlook"})


def with_mailboxes(leads: Leads, registry: Registry) -> Leads:
    """The same leads, with the ties of signed senders to the providers that keep their mailboxes."""
    keepers = [row for row in registry.providers.values() if KEEPS_MAIL & set(row.services)]
    found: dict[str, tuple[MailReading, Provider]] = {}
    for mail in leads.mails:
        keeper = _keeper(mail, keepers)
        if keeper is not None and signed(mail):
            found.setdefault(mail.from_address.casefold(), (mail, keeper))
    if not found:
        return leads
    tied = tuple(_tied(o, *found[o.value.casefold()]) if _lacks(o, found) else o for o in leads.observables)
    return msgspec.structs.replace(leads, observables=tied)


def _keeper(mail: MailReading, keepers: list[Provider]) -> Provider | None:
    name = boundary_name(mail).casefold()
    return next((row for row in keepers if name and under(name, (*row.web_domains, *row.email_domains))), None)


def _lacks(observable: Observable, found: dict[str, tuple[MailReading, Provider]]) -> bool:
    known = any(nexus.role is Role.MAIL_PROVIDER and nexus.state for nexus in observable.nexus)
    return observable.kind is ObservableKind.EMAIL and observable.value.casefold() in found and not known


def _tied(observable: Observable, mail: MailReading, keeper: Provider) -> Observable:
    nexus = Nexus(
        state=keeper.jurisdiction,
        provider=keeper.id,
        provider_name=keeper.name,
        role=Role.MAIL_PROVIDER,
        confidence=Confidence.MEDIUM,
        reasons=(
            Reason(
                text=f"a signed mail from it was handed over by {boundary_name(mail)}, a server of {keeper.name}",
                source=f"mail {mail.artifact}, RFC 8601",
                said="signed_handed",
                about={"server": boundary_name(mail), "keeper": keeper.name},
            ),
            Reason(
                text=f"{keeper.legal_entity or keeper.name} ({keeper.jurisdiction})",
                source=f"providers {keeper.id}, {keeper.as_of}",
                said="established",
                about={"who": keeper.legal_entity or keeper.name, "state": keeper.jurisdiction},
            ),
        ),
    )
    return msgspec.structs.replace(observable, nexus=(nexus, *observable.nexus))
