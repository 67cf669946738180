"""Every observable in a text: the extractors in their order, each on what the ones before left over."""

import re
from collections.abc import Iterator
from functools import lru_cache
from operator import attrgetter

from comity.leads.extract.addresses import find_asn, find_ipv6
from comity.leads.extract.banking import find_banking, find_references
from comity.leads.extract.crypto import crypto_at, find_ton
from comity.leads.extract.digits import find_numbers
from comity.leads.extract.domains import find_dotted
from comity.leads.extract.handles import LABELS, find_labelled_handles, handles_in_url, messenger_numbers
from comity.leads.extract.hashes import hash_at
from comity.leads.extract.mailaddress import find_mail_addresses
from comity.leads.extract.mobilemoney import SERVICES, find_mobile_money
from comity.leads.extract.nationalaccount import find_national_accounts
from comity.leads.extract.noise import blank, without_long_tokens, without_noise
from comity.leads.extract.phones import DEFAULT_REGIONS
from comity.leads.extract.sighting import Sighting
from comity.leads.extract.swift import find_swift_accounts
from comity.leads.extract.urls import find_urls
from comity.leads.extract.view import View, holds_any, view
from comity.leads.model import ObservableKind

CHUNK_CHARS = 1 << 18
"""Long texts are read in pieces of about this size, cut at the end of a line where there is one."""

_LONG_RUN = re.compile(r"[A-Za-z0-9+/=_-]{25,}+")
_SHORT_CHARS = 256
_TELLING = re.compile(r"[.@:/\\0-9\[({]|\S{25}|[A-Z]{8}")
"""A text with nothing of this holds nothing but handles that are named."""
_TOKEN = re.compile(r"(?<![A-Za-z0-9])(?:0[xX])?[A-Za-z0-9]{25,128}(?![A-Za-z0-9])")
_MOVED = re.compile(r"(?:transfer|received|sent|payment)[^\n\d]{0,40}\d{9}")
_REFERENCE_WORDS = (
    "utr",
    "rrn",
    "uetr",
    "txn",
    "transaction",
    "trans ",
    "payment ref",
    "payment id",
    "bank ref",
    "neft",
    "imps",
    "rtgs",
    "upi ",
)


def find_in_text(text: str, *, regions: tuple[str, ...] = DEFAULT_REGIONS) -> Iterator[Sighting]:
    """Every observable in a text with its place, in the order of the text within each piece of `CHUNK_CHARS`.

    `regions` are the ISO 3166 codes where a telephone number without a country code is tried, in order.
    """
    if len(text) <= _SHORT_CHARS:
        yield from _find_in_short(text, regions)
        return
    for start, end in _chunks(text):
        whole = start == 0 and end == len(text)
        for seen in _find_in_chunk(text if whole else text[start:end], regions):
            yield seen if start == 0 else seen.moved(start=seen.start + start, end=seen.end + start)


@lru_cache(maxsize=4_096)
def _find_in_short(text: str, regions: tuple[str, ...]) -> tuple[Sighting, ...]:
    """All of a short text, kept: headers, subjects and cells come again and again."""
    if text.isascii() and not _TELLING.search(text) and not holds_any(text.lower(), LABELS):
        return ()
    return tuple(_find_in_chunk(text, regions))


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = start + CHUNK_CHARS
        if end < len(text):
            cut = text.rfind("\n", start + CHUNK_CHARS // 2, end)
            cut = cut if cut > 0 else text.rfind(" ", start + CHUNK_CHARS // 2, end)
            end = cut + 1 if cut > 0 else end
        yield start, min(end, len(text))
        start = end


def _find_in_chunk(text: str, regions: tuple[str, ...]) -> list[Sighting]:
    seen_as = view(text)
    found = list(_find_in_view(seen_as, regions))
    if seen_as.starts:
        found = [_back(seen, seen_as) for seen in found]
    return sorted(dict.fromkeys(found), key=attrgetter("start"))


def _back(seen: Sighting, seen_as: View) -> Sighting:
    start, end = seen_as.span(seen.start, seen.end)
    return seen.moved(start=start, end=end)


def _find_in_view(seen_as: View, regions: tuple[str, ...]) -> Iterator[Sighting]:
    lowered = seen_as.lowered
    runs = [match.span() for match in _LONG_RUN.finditer(seen_as.text)]
    text = without_noise(seen_as.text, lowered, encoded=any(end - start >= 56 for start, end in runs))
    urls = list(find_urls(text))
    yield from urls
    for url in urls:
        if url.kind is ObservableKind.URL:
            yield from handles_in_url(url.value, url.start, url.end)
    rest = without_long_tokens(blank(text, _spans(urls)), runs)
    mails = list(find_mail_addresses(rest)) if "@" in rest else []
    yield from mails
    rest = blank(rest, _spans(mails))
    if ":" in rest:
        addresses = list(find_ipv6(rest))
        yield from addresses
        rest = blank(rest, _spans(addresses))
    dotted = list(find_dotted(rest))
    yield from dotted
    for name in dotted:
        if name.kind is ObservableKind.URL:
            yield from handles_in_url(name.value, name.start, name.end)
    rest = blank(rest, _spans(dotted))
    yield from _tokens(text, rest, runs)
    yield from _labelled(rest, lowered, regions)


def _spans(sightings: list[Sighting]) -> list[tuple[int, int]]:
    return sorted((seen.start, seen.end) for seen in sightings)


def _tokens(text: str, rest: str, runs: list[tuple[int, int]]) -> Iterator[Sighting]:
    """Crypto addresses, also within URLs, and hashes, only outside of them."""
    for start, end in runs:
        for match in _TOKEN.finditer(text, start, end):
            crypto = list(crypto_at(text, match.start(), match.end()))
            yield from crypto
            if not crypto and rest[match.start()] != " ":
                yield from hash_at(rest, match.start(), match.end())
        yield from find_ton(text, start, end)


def _labelled(rest: str, lowered: str, regions: tuple[str, ...]) -> Iterator[Sighting]:
    banking = list(find_swift_accounts(rest))
    yield from banking
    rest = blank(rest, _spans(banking))
    banking = list(find_national_accounts(rest))
    yield from banking
    rest = blank(rest, _spans(banking))
    banking = list(find_banking(rest))
    yield from banking
    rest = blank(rest, _spans(banking))
    if holds_any(lowered, _REFERENCE_WORDS):
        references = list(find_references(rest))
        yield from references
        rest = blank(rest, _spans(references))
    if "AS" in rest:
        yield from find_asn(rest)
    if holds_any(lowered, SERVICES) or _MOVED.search(lowered):
        kept = list(find_mobile_money(rest, regions=regions))
        yield from kept
        rest = blank(rest, _spans(kept))
    numbers = list(find_numbers(rest, regions=regions))
    yield from numbers
    if holds_any(lowered, LABELS):
        yield from find_labelled_handles(rest, lowered)
        yield from messenger_numbers(rest, [seen for seen in numbers if seen.kind is ObservableKind.PHONE])
