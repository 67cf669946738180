"""Sums of money: as the text of a case names them, and as people of the requesting state write them."""

import re
from decimal import Decimal, InvalidOperation

from comity.leads.artifacts.amounts import read_amount

_SIGN = r"[₹€£$¥₽₦₩₺₴₫₱฿₪]|\b(?:[A-Z]{3}|Rs\.?)(?![A-Za-z])"
_NUMBER = r"\d(?:[\d.,'’\u00a0\u202f]*\d)?"
_NAMED = re.compile(rf"(?:{_SIGN})\s?(?P<after>{_NUMBER})|(?P<before>{_NUMBER})\s?(?:{_SIGN})")


def amounts_in(text: str) -> frozenset[Decimal]:
    """The sums that a text names: figures beside a currency's code or sign, whichever mark they have for decimals."""
    found = (_read(match["after"] or match["before"]) for match in _NAMED.finditer(text))
    return frozenset(value for value in found if value)


def _read(figures: str) -> Decimal | None:
    # a mark that two digits follow at the end parts decimals off; every other mark parts thousands
    comma = re.search(r",\d{1,2}$", figures) is not None
    amount = read_amount(figures, decimal_comma=comma)
    return abs(amount.value) if amount else None


def as_decimal(text: str) -> Decimal | None:
    """The figure that a decimal text holds; None: it holds none."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def money(number: str, currency: str, state: str) -> str:
    """A sum as a state's people group it, with its currency's decimals unless they are nought.

    ``INR 24,44,998`` and ``EUR 76,229.50`` for India. Groups are CLDR's for English there, their marks those of English
    itself, for the text around them is English; decimals are those of ISO 4217.
    """
    from babel import Locale, UnknownLocaleError
    from babel.numbers import format_decimal, get_currency_precision

    value = as_decimal(number)
    if value is None:
        return f"{currency} {number}".strip()
    try:
        locale = Locale.parse(f"en_{state}")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    decimals = 0 if value == value.to_integral_value() else max(get_currency_precision(currency), _own(value))
    grouping = locale.decimal_formats[None].pattern.partition(".")[0]
    pattern = grouping + ("." + "0" * decimals if decimals else "")
    return f"{currency} {format_decimal(value, format=pattern, locale='en')}".strip()


def loss_of(loss: Decimal | None, currency: str, state: str) -> str:
    """A clause for a loss: *, loss INR 24,44,998*; empty where none is told."""
    return "" if loss is None else f", loss {money(f'{loss:f}', currency, state)}"


def _own(value: Decimal) -> int:
    """Decimals of a figure, as crypto-assets have many: none is lost."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
