"""What the leads and the case file say of each observable: who wrote to whom, who paid whom, what is imitated."""

import re
from dataclasses import dataclass
from functools import cached_property

from comity.law import Measure, Registry
from comity.leads.model import ArtifactKind, Leads, MailReading, Observable, ObservableKind, Role, Transfer
from comity.plan.accountforms import account_forms
from comity.plan.accounts import Accounts
from comity.plan.case import Case
from comity.plan.genuine import Genuine
from comity.plan.hosts import folded, host_of, under
from comity.plan.offers import Offers
from comity.plan.payments import each_once
from comity.plan.sender import boundary_name, domain_of, draws_elsewhere, of_sender, receiving_side, signed
from comity.plan.sites import Sites
from comity.plan.visitorlogs import visitor_logs

ADDRESS = re.compile(r"[^\s<>,;()]+@[^\s<>,;()]+")
NAME_HOLDERS = frozenset({Role.REGISTRAR, Role.REGISTRY})
DEEDS = frozenset({"web-shell", "log-upload", "loot-fetch", "log-privilege", "log-outflow", "log-login"})
"""Tags that the leads give to an address by what it did to a server."""
SERVING = frozenset({"server-network", "anonymiser"})
BRAND_WORD = 6
"""Letters that a word of a brand needs to be told in another name: shorter ones stand in many by chance."""
HOSTED = frozenset({ObservableKind.DOMAIN, ObservableKind.URL, ObservableKind.EMAIL})


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Leads and case file, indexed by what a value means in them; values in lower case."""

    case: Case
    leads: Leads
    registry: Registry

    @cached_property
    def mails(self) -> tuple[MailReading, ...]:
        """The mails of the case; what was written to the investigators is apart."""
        return tuple(mail for mail in self.leads.mails if mail.artifact not in self._letters)

    @cached_property
    def _letters(self) -> frozenset[str]:
        """Mails to the case's own authority alone: answers to the case, not parts of it."""
        own = folded(ADDRESS.findall(self.case.authority.contact))
        desks = {address.rpartition("@")[2] for address in own}
        written = (m for m in self.leads.mails if m.to)
        return frozenset(
            m.artifact for m in written if own and all(a.casefold().rpartition("@")[2] in desks for a in m.to)
        )

    @cached_property
    def correspondents(self) -> frozenset[str]:
        """Who wrote to the investigators, and from where, and has no other part in the case."""
        letters = [mail for mail in self.leads.mails if mail.artifact in self._letters]
        return folded(value for mail in letters for value in of_sender(mail)) - folded(
            value for mail in self.mails for value in of_sender(mail)
        )

    @cached_property
    def vouched(self) -> frozenset[str]:
        """Senders for whom more speaks than the header that they wrote.

        The first server that a trusted one saw is of the provider that keeps the mailbox (RFC 5321 4.4), or a
        signature that the receiving side checked is of the sender's domain (RFC 8601).
        """
        return folded(mail.from_address for mail in self.mails if self._own_server(mail) or signed(mail))

    @cached_property
    def hijacked(self) -> frozenset[str]:
        """Honest mailboxes from which somebody else wrote.

        The signature is genuine, the domain is a victim's or a protected name's, and answers are drawn elsewhere.
        """
        honest = self.named_providers | self.brand_domains
        return folded(
            mail.from_address
            for mail in self.mails
            if signed(mail) and under(domain_of(mail.from_address), honest) and draws_elsewhere(mail)
        )

    @cached_property
    def genuine(self) -> Genuine:
        """What honest people wrote, and named first."""
        # at a provider of everybody, or one where the victims' own mailboxes are, an offender may have a mailbox too
        shared = self.providers_domains | folded(domain_of(address) for address in self.recipients)
        honest = frozenset(name for name in self.named_providers if not under(name, shared)) | self.brand_domains
        return Genuine(leads=self.leads, mails=self.mails, honest=honest, payees=self.payees)

    @cached_property
    def offers(self) -> Offers:
        """What the offenders give as their own channels."""
        others = self.recipients | self.accounts.told_victims
        theirs = (m for m in self.mails if m.from_address.casefold() not in others and not self.genuine.is_genuine(m))
        shared = self.providers_domains
        names = folded(" ".join(suspect.name.split()) for suspect in self.case.suspects)
        written = frozenset(
            m.artifact for m in theirs if not self.is_victims_own(m) or under(domain_of(m.from_address), shared)
        )
        return Offers(leads=self.leads, mails=written, others=others, suspects=self.suspects_own | names)

    @cached_property
    def suspects_own(self) -> frozenset[str]:
        """What the case file says belongs to a suspect."""
        told = (value for suspect in self.case.suspects for value in suspect.identifiers)
        return frozenset(form for value in told for form in account_forms(value))

    def is_suspects(self, observable: Observable) -> bool:
        """Whether the case file gives an observable to a suspect."""
        value = observable.value.casefold()
        return bool(self.suspects_own) and bool({value, value.partition(":")[2]} & self.suspects_own)

    @cached_property
    def mail_servers(self) -> frozenset[str]:
        """Origins that are servers of the provider that keeps the sender's mailbox."""
        return folded(mail.origin_address for mail in self.mails if self._own_server(mail))

    def _own_server(self, mail: MailReading) -> bool:
        servers = self._providers(mail.origin_address) | self._providers(boundary_name(mail))
        return bool(servers & self._providers(mail.from_address))

    def _providers(self, value: str) -> frozenset[str]:
        return self._provider_ids.get(value.casefold(), frozenset())

    @cached_property
    def _provider_ids(self) -> dict[str, frozenset[str]]:
        return {
            o.value.casefold(): frozenset(n.provider for n in o.nexus if n.provider and n.role not in NAME_HOLDERS)
            for o in self.leads.observables
        }

    @cached_property
    def logs(self) -> frozenset[str]:
        """Artifacts that are logs of visitors: many addresses in a text, or a column of them in a table."""
        return visitor_logs(self.leads)

    @cached_property
    def log_files(self) -> frozenset[str]:
        """Artifacts that were read as logs of servers."""
        return frozenset(artifact.id for artifact in self.leads.artifacts if artifact.kind is ArtifactKind.LOG)

    def deeds(self, observable: Observable) -> tuple[str, ...]:
        """What logs show that an address did to a server, as the leads tag it."""
        return tuple(tag for tag in observable.tags if tag in DEEDS)

    def only_looked(self, observable: Observable) -> bool:
        """Whether the logs tell what an address did, and it only opened pages, as anybody may."""
        acts = [place.act for place in observable.places if place.act and place.artifact in self.logs]
        return bool(acts) and not self.deeds(observable) and not SERVING & set(observable.tags)

    @cached_property
    def sites(self) -> Sites:
        """Honest sites that the offenders broke into."""
        return Sites(case=self.case, leads=self.leads, is_honest=self._is_honest)

    def _is_honest(self, host: str) -> bool:
        """Whether a host is nobody's imitation, and no provider's, brand's or victim's own."""
        known = self.providers_domains | self.brand_domains | self.named_providers
        named = (o for o in self.leads.observables if o.kind is ObservableKind.DOMAIN and under(host, [host_of(o)]))
        return not under(host, known) and not any(self.imitates(observable) for observable in named)

    @cached_property
    def _shown(self) -> dict[str, str]:
        return {o.value.casefold(): o.shown for o in self.leads.observables if o.shown}

    def shown(self, value: str) -> str:
        """A value as people read it: an IBAN in groups of four."""
        return self._shown.get(value.casefold(), value)

    @cached_property
    def _on_ledgers(self) -> frozenset[str]:
        return folded(o.value for o in self.leads.observables if o.kind is ObservableKind.CRYPTO)

    def is_account(self, payee: str) -> bool:
        """Whether a payment to somebody went through a bank or payment service, not over a public ledger."""
        return bool(payee) and payee.casefold() not in self._on_ledgers

    @cached_property
    def victims_states(self) -> frozenset[str]:
        """Where victims are known to be."""
        return frozenset(v.state for v in self.case.victims if v.number) or frozenset({self.case.requesting_state})

    @cached_property
    def origins(self) -> frozenset[str]:
        """The first addresses that trusted servers saw."""
        return folded(mail.origin_address for mail in self.mails)

    @cached_property
    def replies(self) -> frozenset[str]:
        """Addresses to which answers go and that no recipient has."""
        return folded(address for mail in self.mails for address in mail.reply_to) - self.recipients

    @cached_property
    def senders(self) -> frozenset[str]:
        """Addresses named as sender, without the part that a mailing program adds."""
        found = (address for mail in self.mails for address in (mail.from_address, mail.return_path))
        return folded(found) - self.recipients

    @cached_property
    def recipients(self) -> frozenset[str]:
        """Addresses of recipients; whom a victim wrote to is none."""
        own = [mail for mail in self.leads.mails if self.is_victims_own(mail)]
        led = folded(address for mail in own for address in mail.to if not self._is_victims(address))
        others = folded(address for mail in self.leads.mails if mail not in own for address in mail.to)
        return folded(address for mail in self.leads.mails for address in mail.to) - (led - others)

    def is_victims(self, value: str) -> bool:
        """Whether the case file gives a value to a victim, or it is of a victim's statement."""
        return bool(account_forms(value) & self.accounts.victims)

    def is_victims_own(self, mail: MailReading) -> bool:
        """Whether a victim wrote a mail: it lies in a sent folder, or a signature that was checked says so."""
        genuine = not mail.hops or (signed(mail) and not draws_elsewhere(mail))
        return genuine and self._is_victims(mail.from_address)

    def _is_victims(self, address: str) -> bool:
        """Whether the case file gives a mail address to a victim, by itself or by its provider."""
        return address.casefold() in self.accounts.told_victims or under(domain_of(address), self.named_providers)

    @cached_property
    def receiving(self) -> frozenset[str]:
        """Names and addresses of the servers on the receiving side."""
        return folded(name for mail in self.leads.mails for name in receiving_side(mail)) - self.origins

    @cached_property
    def payees(self) -> frozenset[str]:
        """Accounts and addresses to which money was paid, not before the first mail of the case."""
        return folded(t.target for t in self.payments)

    @cached_property
    def paid_into(self) -> frozenset[str]:
        """Where money of the fraud is or was: by the payments, or because the case file says so."""
        return self.payees | self._accused | self.accounts.told_by_facts

    @cached_property
    def payments(self) -> tuple[Transfer, ...]:
        """The payments of the fraud: a statement lists what its holder paid besides as well."""
        return each_once(self.accounts.fraud)

    @cached_property
    def accounts(self) -> Accounts:
        """Whose the accounts in statements are."""
        return Accounts(case=self.case, leads=self.leads, since=self._first_day, accused=self._accused)

    @cached_property
    def _accused(self) -> frozenset[str]:
        """What the case file gives to suspects, or had frozen already."""
        held = (value for step in self.case.earlier_steps if step.measure is Measure.FREEZING for value in step.objects)
        return self.suspects_own | frozenset(form for value in held for form in account_forms(value))

    @cached_property
    def _first_day(self) -> str:
        """The day of the first mail that the receiving side saw, or of a chat before it, ISO 8601; empty: no mail.

        A chat alone tells no first day: what is saved of one seldom begins where it began.
        """
        seen = [hop.at for mail in self.mails for hop in mail.hops if hop.trusted and hop.at]
        if not seen:
            return ""
        chats = {artifact.id for artifact in self.leads.artifacts if artifact.kind is ArtifactKind.CHAT}
        seen += [p.at for o in self.leads.observables for p in o.places if p.at and p.artifact in chats]
        return min((at[:10] for at in seen), default="")

    @cached_property
    def payers(self) -> frozenset[str]:
        """Accounts and addresses that paid and never received."""
        return folded(t.source for t in self.leads.transfers) - folded(t.target for t in self.leads.transfers)

    @cached_property
    def victims_domains(self) -> frozenset[str]:
        """Domains of the victims' own providers, as the case file names them and as the recipients show."""
        return folded([*self.named_providers, *(address.rpartition("@")[2] for address in self.recipients)])

    @cached_property
    def named_providers(self) -> frozenset[str]:
        """Domains of the victims' own providers, as the case file names them."""
        return folded(domain for victims in self.case.victims for domain in victims.providers)

    @cached_property
    def linked_hosts(self) -> frozenset[str]:
        """Hosts of the URLs in the evidence."""
        return frozenset(host_of(o) for o in self.leads.observables if o.kind is ObservableKind.URL)

    @cached_property
    def brand_domains(self) -> frozenset[str]:
        """Honest domains of the protected brands."""
        return folded(domain for brand in self.case.protected_brands for domain in brand.domains)

    @cached_property
    def brand_words(self) -> frozenset[str]:
        """Words by which a page of a brand can be told; short words tell nothing."""
        names = ("".join(c for c in brand.name.casefold() if c.isalnum()) for brand in self.case.protected_brands)
        labels = (domain.split(".")[0] for domain in self.brand_domains)
        return frozenset(word for word in (*names, *labels) if len(word) >= 4)

    def imitates(self, observable: Observable) -> bool:
        """Whether a name looks like a protected one and is not: as the leads say, or because it bears its word."""
        if "look-alike" in observable.tags:
            return True
        host = host_of(observable)
        if observable.kind is not ObservableKind.DOMAIN or under(host, self.brand_domains | self.providers_domains):
            return False
        plain = "".join(c for c in host if c.isalnum())
        return any(len(word) >= BRAND_WORD and word in plain for word in self.brand_words)

    @cached_property
    def providers_domains(self) -> frozenset[str]:
        """Domains that providers use in their own name."""
        rows = self.registry.providers.values()
        return folded(domain for row in rows for domain in (*row.web_domains, *row.email_domains))
