"""A value whose kind is already known (a STIX object, a table's column), normalised as the extractors would."""

import re
from collections.abc import Callable, Iterator

from comity.leads.extract.addresses import network_tag
from comity.leads.extract.banking import is_iban
from comity.leads.extract.cards import card_scheme, mask_card
from comity.leads.extract.crypto import read_crypto
from comity.leads.extract.hosts import Host, read_domain, read_ipv4, read_ipv6
from comity.leads.extract.mailaddress import find_mail_addresses
from comity.leads.extract.sighting import Sighting
from comity.leads.extract.urls import url_sightings
from comity.leads.model import ObservableKind

_HASH = re.compile(r"[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}|[0-9a-fA-F]{128}")
_NAME = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63})+")
_Reader = Callable[[str], Iterator[Sighting]]


def read_value(kind: ObservableKind, raw: str) -> Iterator[Sighting]:
    """The observable that a value of a known kind is, and those within it (a URL's host); nothing where it is none."""
    raw = raw.strip()
    reader = _READERS.get(kind)
    if raw and reader:
        yield from reader(raw)


def _host(raw: str, read: Callable[[str], Host | None]) -> Iterator[Sighting]:
    plain, slash, _ = raw.partition("/")
    host = read(plain)
    if host:
        tags = network_tag(raw, len(plain), longest=128) if slash else ()
        yield Sighting(host.kind, host.value, 0, len(raw), host.shown, host.tags + tags)


def _domain(raw: str) -> Iterator[Sighting]:
    host = read_domain(raw, strict=False)
    if host:
        yield Sighting(host.kind, host.value, 0, len(raw), host.shown, host.tags)
    elif _NAME.fullmatch(raw) and not raw.replace(".", "").isdigit():
        yield Sighting(ObservableKind.DOMAIN, raw.lower(), 0, len(raw), "", ("unlisted-suffix",))


def _url(raw: str) -> Iterator[Sighting]:
    yield from url_sightings(raw if "://" in raw else f"http://{raw}", start=0)


def _mail(raw: str) -> Iterator[Sighting]:
    yield from (seen for seen in find_mail_addresses(raw) if seen.kind is not ObservableKind.UPI)


def _asn(raw: str) -> Iterator[Sighting]:
    digits = raw.upper().removeprefix("AS").removeprefix("N").strip()
    if digits.isdecimal() and 0 < int(digits) < 2**32:
        yield Sighting(ObservableKind.ASN, f"AS{int(digits)}", 0, len(raw))


def _hash(raw: str) -> Iterator[Sighting]:
    if _HASH.fullmatch(raw):
        yield Sighting(ObservableKind.FILE_HASH, raw.lower(), 0, len(raw))


def _iban(raw: str) -> Iterator[Sighting]:
    value = re.sub(r"\W", "", raw).upper()
    if is_iban(value):
        yield Sighting(ObservableKind.IBAN, value, 0, len(raw), " ".join(re.findall(".{1,4}", value)))


def _card(raw: str) -> Iterator[Sighting]:
    digits = re.sub(r"[ -]", "", raw)
    if digits.isdecimal() and card_scheme(digits):
        yield Sighting(ObservableKind.CARD, mask_card(digits), 0, len(raw))


def _crypto(raw: str) -> Iterator[Sighting]:
    value = read_crypto(raw)
    if value:
        yield Sighting(ObservableKind.CRYPTO, value, 0, len(raw))


def _account(raw: str) -> Iterator[Sighting]:
    digits = re.sub(r"[ -]", "", raw.lstrip("'"))
    if digits.isdecimal() and 6 <= len(digits) <= 18 and len(set(digits)) > 1:
        yield Sighting(ObservableKind.BANK_ACCOUNT, digits, 0, len(raw))


_READERS: dict[ObservableKind, _Reader] = {
    ObservableKind.IPV4: lambda raw: _host(raw, read_ipv4),
    ObservableKind.IPV6: lambda raw: _host(raw, read_ipv6),
    ObservableKind.DOMAIN: _domain,
    ObservableKind.URL: _url,
    ObservableKind.EMAIL: _mail,
    ObservableKind.ASN: _asn,
    ObservableKind.FILE_HASH: _hash,
    ObservableKind.IBAN: _iban,
    ObservableKind.CARD: _card,
    ObservableKind.CRYPTO: _crypto,
    ObservableKind.BANK_ACCOUNT: _account,
}
