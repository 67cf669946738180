"""What the mails and payments of the case say about an observable: sender, recipient, origin, payer, payee."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from comity.leads.extract.explorer import TAG
from comity.leads.model import MailReading, Observable, Reason, Transfer

FORGEABLE = "sender-forgeable"
"""Tag: seen only where the sender of a mail could write what it liked."""
LOG_CONFIRMED = "log-confirmed"
"""Tag: so seen, and as a client in a server's own log, too."""
_PASSED = frozenset({"dkim", "dmarc"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """The part that one observable plays; each is the reason to think so, or None."""

    origin: tuple[Reason, ...] = ()
    """Why it is taken for the origin of a mail; empty: it is not."""
    recipient: Reason | None = None
    sender: Reason | None = None
    authenticated: Reason | None = None
    payer: Reason | None = None
    payee: Reason | None = None
    currency: str = ""
    """In which a payment to or from it was made, where told."""
    forgeable: bool = False
    labels: tuple[str, ...] = ()
    """Words of labels that stand beside it."""
    tags: tuple[str, ...] = ()
    """What its form and the words around it told when it was found."""

    def joined(self, other: "Sighting") -> "Sighting":
        """Both; of two statements of one kind the first."""
        return Sighting(
            origin=self.origin or other.origin,
            recipient=self.recipient or other.recipient,
            sender=self.sender or other.sender,
            authenticated=self.authenticated or other.authenticated,
            payer=self.payer or other.payer,
            payee=self.payee or other.payee,
            currency=self.currency or other.currency,
            forgeable=self.forgeable or other.forgeable,
            labels=self.labels or other.labels,
            tags=self.tags or other.tags,
        )


NOTHING_SEEN = Sighting()


class Context:
    """What the case says, indexed by the value of the observables."""

    def __init__(self, *, mails: Iterable[MailReading] = (), transfers: Iterable[Transfer] = ()) -> None:
        self._seen: dict[str, Sighting] = {}
        for mail in mails:
            self._read_mail(mail)
        for transfer in transfers:
            self._read_transfer(transfer)

    def sighting(self, observable: Observable) -> Sighting:
        """The part that an observable plays in the case."""
        seen = self._seen.get(_key(observable.value), NOTHING_SEEN)
        labels = tuple(tag.removeprefix(TAG) for tag in observable.tags if tag.startswith(TAG))
        if observable.tags:
            seen = seen.joined(Sighting(labels=labels, tags=observable.tags))
        return seen.joined(_FORGEABLE_ONLY) if FORGEABLE in observable.tags else seen

    def _read_mail(self, mail: MailReading) -> None:
        place = f"mail {mail.artifact}"
        said = Reason(
            text="this address handed the mail to the first server that can be trusted",
            source=place,
            said="handed_over",
        )
        self._see(mail.origin_address, Sighting(origin=(said, *mail.origin_reasons)))
        recipient = Sighting(recipient=Reason(text="a recipient of the mail", source=place, said="recipient"))
        for address in mail.to:
            self._see(address, recipient)
        sender = Sighting(sender=Reason(text="named as sender or for replies", source=place, said="sender"))
        for address in (mail.from_address, mail.return_path, *mail.reply_to):
            self._see(address, sender)
        passed = Sighting(authenticated=_authenticated(mail))
        self._see(mail.from_address, passed)
        self._see(mail.from_address.rpartition("@")[2], passed)

    def _read_transfer(self, transfer: Transfer) -> None:
        if self._is_told(transfer):
            return  # of many payments the first is told
        place = f"payment {transfer.artifact} {transfer.where}".strip()
        pays = _paid("pays", transfer.amount, transfer.currency, at=transfer.at, place=place)
        receives = _paid("receives", *transfer.arrived, at=transfer.at, place=place)
        self._see(transfer.source, Sighting(payer=pays, currency=transfer.currency))
        self._see(transfer.target, Sighting(payee=receives, currency=transfer.currency))

    def _is_told(self, transfer: Transfer) -> bool:
        pays = self._seen.get(_key(transfer.source), NOTHING_SEEN)
        is_paid = self._seen.get(_key(transfer.target), NOTHING_SEEN)
        source_told = not transfer.source or (pays.payer is not None and bool(pays.currency or not transfer.currency))
        target_told = is_paid.payee is not None and bool(is_paid.currency or not transfer.currency)
        return source_told and (not transfer.target or target_told)

    def _see(self, value: str, sighting: Sighting) -> None:
        key = _key(value)
        if key:
            self._seen[key] = self._seen.get(key, NOTHING_SEEN).joined(sighting)


_FORGEABLE_ONLY = Sighting(forgeable=True)


def _key(value: str) -> str:
    return value.strip().casefold()


def _authenticated(mail: MailReading) -> Reason | None:
    """That the receiving side found the From domain genuine (RFC 7489 3.1); None: no such verdict."""
    domain = mail.from_address.rpartition("@")[2].casefold()
    for verdict in mail.authentication:
        aligned = bool(domain) and _aligned(verdict.domain.casefold(), domain)
        if verdict.trusted and verdict.method in _PASSED and verdict.result == "pass" and aligned:
            return Reason(
                text=f"{verdict.method.upper()} of {verdict.domain} passed as recorded by {verdict.recorded_by}",
                source=f"mail {mail.artifact}, RFC 8601",
                said="authenticated",
                about={"method": verdict.method.upper(), "domain": verdict.domain, "by": verdict.recorded_by},
            )
    return None


def _paid(verb: str, amount: str, currency: str, *, at: str, place: str) -> Reason:
    return Reason(
        text=f"{verb} {_sum(amount, currency, at)}",
        source=place,
        said=verb if at else f"{verb}_undated",
        about={"paid": f"{currency} {amount}".strip(), "at": at},
    )


def _aligned(signed: str, domain: str) -> bool:
    """Whether one domain is the other or stands above it (relaxed alignment, RFC 7489 3.1.1)."""
    return signed == domain or domain.endswith("." + signed) or signed.endswith("." + domain)


def _sum(amount: str, currency: str, at: str) -> str:
    """A payment in words: *USD 24,800 2026-11-18*."""
    try:
        figure = f"{Decimal(amount):,f}".removesuffix(".00")
    except InvalidOperation:
        figure = amount
    return " ".join(part for part in (currency, figure, at) if part)
