"""Payment card numbers, which are never shown whole."""

import re

_SPLIT = re.compile(r"\d(?<![\w.+-]\d)(?:[ -]?\d){12,18}(?![\w-])")
"""The digit comes before the look behind it, so that texts without digits are passed over fast."""
_GROUPED = re.compile(r"\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|\d{4}([ -])\d{6}\2\d{4,5}")

_ISSUERS: tuple[tuple[int, int, int, tuple[int, ...], str], ...] = (
    (1, 4, 4, (13, 16, 19), "visa"),
    (2, 51, 55, (16,), "mastercard"),
    (4, 2221, 2720, (16,), "mastercard"),
    (2, 34, 34, (15,), "amex"),
    (2, 37, 37, (15,), "amex"),
    (4, 6011, 6011, (16, 17, 18, 19), "discover"),
    (3, 644, 649, (16, 17, 18, 19), "discover"),
    (2, 65, 65, (16, 17, 18, 19), "discover"),
    (3, 300, 305, (14, 16), "diners"),
    (2, 36, 36, (14,), "diners"),
    (2, 38, 39, (14, 16), "diners"),
    (4, 3528, 3589, (16,), "jcb"),
    (2, 62, 62, (16, 17, 18, 19), "unionpay"),
    (2, 60, 60, (16,), "rupay"),
    (3, 508, 508, (16,), "rupay"),
    (2, 81, 82, (16,), "rupay"),
    (4, 2200, 2204, (16,), "mir"),
    (2, 50, 50, (12, 13, 14, 15, 16, 17, 18, 19), "maestro"),
    (2, 56, 58, (12, 13, 14, 15, 16, 17, 18, 19), "maestro"),
    (4, 6759, 6763, (12, 13, 14, 15, 16, 17, 18, 19), "maestro"),
)
"""Digits of the prefix, first and last prefix, lengths, scheme: ISO/IEC 7812 ranges as the schemes publish them."""


def passes_luhn(digits: str) -> bool:
    """ISO/IEC 7812-1 annex B: the check digit holds."""
    total = 0
    for at, char in enumerate(reversed(digits)):
        number = int(char) * (1 + at % 2)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


def card_scheme(digits: str) -> str:
    """The scheme of a card number whose prefix, length and check digit hold; empty: it is none."""
    for size, first, last, lengths, scheme in _ISSUERS:
        if len(digits) in lengths and first <= int(digits[:size]) <= last:
            return scheme if passes_luhn(digits) and len(set(digits)) > 1 else ""
    return ""


def mask_card(digits: str) -> str:
    """First six and last four digits, as PCI DSS requirement 3.4 allows to show."""
    return f"{digits[:6]}{'*' * (len(digits) - 10)}{digits[-4:]}"


def is_grouped(raw: str) -> bool:
    """Whether a number is written in a card's groups."""
    return _GROUPED.fullmatch(raw) is not None


def mask_cards_in(text: str) -> str:
    """The text with every number in it masked that would pass for a card number.

    Maestro's ranges are left out: most of what falls into them are accounts and ids, which must stay readable.
    """
    return _SPLIT.sub(_masked, text) if len(text) > 12 else text


def _masked(match: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", match.group())
    return mask_card(digits) if card_scheme(digits) not in ("", "maestro") else match.group()
