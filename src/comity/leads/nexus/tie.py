"""Every observable to its states and providers: the front of this package."""

from collections.abc import Callable, Iterable

from msgspec import structs

from comity.law import Confidence
from comity.leads.model import MailReading, Observable, ObservableKind, Reason, ReasonKind, Transfer
from comity.leads.nexus.account import tie_account
from comity.leads.nexus.address import tie_address
from comity.leads.nexus.asn import tie_asn
from comity.leads.nexus.bank import (
    tie_bic,
    tie_card,
    tie_iban,
    tie_ifsc,
    tie_national_account,
    tie_transaction,
    tie_upi,
)
from comity.leads.nexus.context import LOG_CONFIRMED, Context, Sighting
from comity.leads.nexus.crypto import tie_crypto
from comity.leads.nexus.domain import tie_domain
from comity.leads.nexus.mailbox import tie_mailbox
from comity.leads.nexus.phone import tie_phone
from comity.leads.nexus.sources import TieSources
from comity.leads.nexus.tied import Tied, no_state, preceded, weakened
from comity.leads.nexus.url import tie_url


def tie(
    observables: Iterable[Observable],
    *,
    sources: TieSources,
    mails: Iterable[MailReading] = (),
    transfers: Iterable[Transfer] = (),
) -> tuple[Observable, ...]:
    """The same observables in the same order, each with its ``nexus`` and with the tags that the ties give.

    ``mails`` and ``transfers`` say what part each plays: an origin, a recipient, a payee. An observable that the
    sender could have written at will (tag ``sender-forgeable``) is tied with *low* confidence only.
    """
    context = Context(mails=mails, transfers=transfers)
    return tuple(_tie_one(observable, sources=sources, context=context) for observable in observables)


def _tie_one(observable: Observable, *, sources: TieSources, context: Context) -> Observable:
    sighting = context.sighting(observable)
    tied = _TIES[observable.kind](observable.value, sources, sighting)
    nexus = tied.nexus
    if sighting.forgeable and sighting.authenticated is None:
        nexus = tuple(weakened(one, _FORGEABLE) for one in nexus)
    if LOG_CONFIRMED in observable.tags:
        nexus = preceded(nexus, _CONFIRMED)
    return structs.replace(observable, nexus=nexus, tags=tuple(dict.fromkeys((*observable.tags, *tied.tags))))


_CONFIRMED = Reason(
    text="a mail's header claims this address, and a server's own log names it as a client: the sender of the mail "
    "could not have written both",
    said="log_confirmed",
)
_FORGEABLE = Reason(
    kind=ReasonKind.CAVEAT,
    text="seen only where the sender of the mail could write what it liked: it may be there to mislead",
    source="RFC 5321 7.1",
)


def _tie_hash(_: str, __: TieSources, ___: Sighting) -> Tied:
    return Tied(
        nexus=(
            no_state(
                Reason(
                    kind=ReasonKind.CAVEAT,
                    text="a file's hash names its content, no place: see where the file came from",
                )
            ),
        )
    )


def _tie_imei(_: str, __: TieSources, ___: Sighting) -> Tied:
    said = Reason(
        text="an IMEI names a device, its first eight digits the maker and model; no state. Operators know with which "
        "subscribers it was used",
        source="3GPP TS 23.003 6.2",
        said="imei",
    )
    return Tied(nexus=(no_state(said, confidence=Confidence.HIGH),))


_TIES: dict[ObservableKind, Callable[[str, TieSources, Sighting], Tied]] = {
    ObservableKind.IPV4: lambda value, sources, sighting: tie_address(value, sources=sources, sighting=sighting),
    ObservableKind.IPV6: lambda value, sources, sighting: tie_address(value, sources=sources, sighting=sighting),
    ObservableKind.DOMAIN: lambda value, sources, _: tie_domain(value, sources=sources),
    ObservableKind.URL: lambda value, sources, sighting: tie_url(value, sources=sources, sighting=sighting),
    ObservableKind.EMAIL: lambda value, sources, sighting: tie_mailbox(value, sources=sources, sighting=sighting),
    ObservableKind.ASN: lambda value, sources, _: tie_asn(value, sources=sources),
    ObservableKind.FILE_HASH: _tie_hash,
    ObservableKind.USER_ACCOUNT: lambda value, sources, _: tie_account(value, sources=sources),
    ObservableKind.PHONE: lambda value, sources, sighting: tie_phone(value, sources=sources, sighting=sighting),
    ObservableKind.IBAN: lambda value, _, sighting: tie_iban(value, sighting=sighting),
    ObservableKind.BIC: lambda value, _, sighting: tie_bic(value, sighting=sighting),
    ObservableKind.CARD: lambda value, sources, sighting: tie_card(value, tables=sources.money, sighting=sighting),
    ObservableKind.BANK_ACCOUNT: lambda value, _, sighting: tie_national_account(value, sighting=sighting),
    ObservableKind.UPI: lambda value, sources, sighting: tie_upi(value, tables=sources.money, sighting=sighting),
    ObservableKind.IFSC: lambda value, sources, sighting: tie_ifsc(value, tables=sources.money, sighting=sighting),
    ObservableKind.CRYPTO: lambda value, sources, sighting: tie_crypto(value, sources=sources, sighting=sighting),
    ObservableKind.IMEI: _tie_imei,
    ObservableKind.TRANSACTION: lambda value, sources, sighting: tie_transaction(
        value, tables=sources.money, sighting=sighting
    ),
}
