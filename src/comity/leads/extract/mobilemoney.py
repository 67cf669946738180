"""Telephone numbers that keep money: where a text says that it is paid to them, or a statement lists such a payment.

In much of Africa and Asia an account of mobile money is its holder's number (M-Pesa, MTN MoMo, bKash, GCash): whoever
demands money names it, mostly without a plus sign.
"""

import re
from collections.abc import Iterator

from comity.leads.extract.phones import parse_phone, shown_phone
from comity.leads.extract.sighting import Sighting
from comity.leads.model import ObservableKind

MOBILE_MONEY = "mobile-money"
"""Tag of a number to which money is or was to be paid."""

_NUMBER = r"(?P<number>\+?\d(?:[ -]?\d){8,14})(?![\w-])"
_SERVICE = re.compile(
    r"\b(?:m-?pesa|mo-?mo|mobile money|airtel money|mtn money|orange money|tigo ?pesa|mixx by yas|halopesa|t-?kash"
    r"|ecocash|vodafone cash|telecel cash|moov money|gcash|paymaya|bkash|nagad|easypaisa"
    r"|jazzcash|evc plus|zaad)\b[^\d+\n]{0,24}" + _NUMBER,
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"\b(?:customer transfer|transfer of funds|funds? (?:received|transfer(?:red)?)|send money|sent|received|p2p"
    r"|cash (?:in|out)|pay ?ment|transfer(?:red)?)\b[^\d+\n]{0,24}\b(?:to|from)[ :-]{1,3}"
    + _NUMBER
    + r" ?- ?[^\W\d_]{2}",
    re.IGNORECASE,
)
"""As statements write it: ``Customer Transfer to 254798765432 - JOHN OTIENO``."""

SERVICES = (
    "pesa",
    "momo",
    "mo-mo",
    "money",
    "kash",
    " cash",
    "mixx",
    "gcash",
    "paymaya",
    "nagad",
    "easypaisa",
    "evc plus",
    "zaad",
)
"""One of these stands in every text that names such a service."""


def find_mobile_money(text: str, *, regions: tuple[str, ...]) -> Iterator[Sighting]:
    """The numbers that keep money, as E.164."""
    found: set[tuple[int, int]] = set()
    for pattern in (_SERVICE, *((_LISTED,) if " -" in text or "- " in text else ())):
        for match in pattern.finditer(text):
            span = start, end = match.span("number")
            value = _read(match["number"], regions) if span not in found else ""
            if value:
                found.add(span)
                yield Sighting(ObservableKind.PHONE, value, start, end, shown_phone(value), (MOBILE_MONEY,))


def _read(raw: str, regions: tuple[str, ...]) -> str:
    """With its country's code, whether or not a plus sign says so, else as a number of the regions."""
    digits = re.sub(r"\D", "", raw)
    whole = parse_phone(f"+{digits}", "ZZ") if not digits.startswith("0") else ""
    if whole or raw.startswith("+"):
        return whole
    return next((value for region in regions if (value := parse_phone(digits, region))), "")
