"""Customer transfers as SWIFT writes them (MT103, MT202; ISO 15022 fields), in whatever text they were pasted.

Read are the reference (``:20:``), value date, currency and amount (``:32A:``), the ordering customer (``:50a:``), the
beneficiary (``:59a:``), each with the account after its first ``/``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from comity.leads.extract.banking import is_iban
from comity.leads.extract.sighting import Sighting
from comity.leads.model import ObservableKind

_FIELD = re.compile(r"^[ \t>]*:(?P<tag>20|32A|50[AKF]?|59[AF]?|58[AD]):[ \t]*(?P<body>[^\n]*)", re.MULTILINE)
_VALUE = re.compile(r"(?P<y>\d{2})(?P<m>\d{2})(?P<d>\d{2})(?P<currency>[A-Z]{3})(?P<amount>\d[\d.]*,\d*|\d+)")
_ACCOUNT = re.compile(r"/(?:[CD]/)?(?P<account>[A-Za-z0-9][A-Za-z0-9 -]{3,33})")
_MOST_REFERENCE_CHARS = 35


@dataclass(frozen=True, slots=True, kw_only=True)
class SwiftPayment:
    """One message, read; what it does not tell is empty."""

    start: int
    """Where its ``:32A:`` stands."""
    on: str
    amount: str
    currency: str
    source: str
    target: str
    reference: str


def find_swift_accounts(text: str) -> Iterator[Sighting]:
    """The accounts of the ordering customer and of the beneficiary, tagged ``payer`` and ``payee``."""
    if not _is_swift(text):
        return
    for match in _FIELD.finditer(text):
        party = match["tag"][:2]
        account = _account(match) if party in ("50", "59", "58") else None
        if account:
            kind = ObservableKind.IBAN if is_iban(account[0]) else ObservableKind.BANK_ACCOUNT
            yield Sighting(kind, account[0], *account[1], "", ("payer" if party == "50" else "payee",))


def find_swift_payments(text: str) -> Iterator[SwiftPayment]:
    """The payments of a text: each message from its ``:20:`` to the next, if it has a ``:32A:``."""
    if not _is_swift(text):
        return
    message: list[re.Match[str]] = []
    for match in _FIELD.finditer(text):
        if match["tag"] == "20" and message:
            yield from _payment(message)
            message = []
        message.append(match)
    yield from _payment(message)


def _is_swift(text: str) -> bool:
    return ":32A:" in text and (":59" in text or ":58" in text)


def _account(field: re.Match[str]) -> tuple[str, tuple[int, int]] | None:
    """The account at the head of a party's field, with its place; None: there is none."""
    found = _ACCOUNT.match(field["body"])
    if found is None:
        return None
    value = re.sub(r"[ -]", "", found["account"])
    start, end = found.span("account")
    return (value.upper(), (field.start("body") + start, field.start("body") + end))


def _payment(fields: list[re.Match[str]]) -> Iterator[SwiftPayment]:
    told: dict[str, re.Match[str]] = {}
    for field in fields:
        told.setdefault("59" if field["tag"].startswith("58") else field["tag"][:2], field)
    value = _VALUE.fullmatch(told["32"]["body"].strip()) if "32" in told else None
    if value is None:
        return
    source, target = (_account(told[tag]) if tag in told else None for tag in ("50", "59"))
    yield SwiftPayment(
        start=told["32"].start("body"),
        on=_day(value),
        amount=value["amount"].replace(".", "").replace(",", ".").rstrip("."),
        currency=value["currency"],
        source=source[0] if source else "",
        target=target[0] if target else "",
        reference=told["20"]["body"].strip()[:_MOST_REFERENCE_CHARS] if "20" in told else "",
    )


def _day(value: re.Match[str]) -> str:
    try:
        return date(2000 + int(value["y"]), int(value["m"]), int(value["d"])).isoformat()
    except ValueError:
        return ""
