"""The forms in which one account may stand in evidence: its IBAN, and the national number within that.

Statements and banks' answers often give the national number where a case file gives the IBAN, or the other way round.
"""

import re
from functools import lru_cache

from comity.leads.extract.banking import is_iban

_NUMBER = re.compile(r"[\d\s./-]+")
_LEAST_DIGITS = 6
"""A shorter number is within many accounts by chance."""


@lru_cache(maxsize=4_096)
def account_forms(value: str) -> frozenset[str]:
    """A value without spaces, in lower case, and the other forms of it if it is an account.

    >>> sorted(account_forms("GB29 NWBK 6016 1331 9268 19"))
    ['31926819', '60161331926819', 'gb29nwbk60161331926819', 'nwbk60161331926819']
    """
    bare = value.replace(" ", "").casefold()
    found = {bare}
    if _NUMBER.fullmatch(value):
        found |= _numbers(re.sub(r"\D", "", value))
    elif is_iban(bare.upper()):
        found |= _national(bare.upper())
    return frozenset(form for form in found if form)


def _national(iban: str) -> frozenset[str]:
    import schwifty

    parts = schwifty.IBAN(iban, allow_invalid=True)
    branch, account = parts.branch_code or "", parts.account_code or ""
    numbers = [re.sub(r"\D", "", iban[4:]), account, branch + account]
    return frozenset({iban[4:].casefold()}).union(*(_numbers(number) for number in numbers if number.isdigit()))


def _numbers(digits: str) -> frozenset[str]:
    """A number with and without the noughts in front of it."""
    return frozenset(form for form in (digits, digits.lstrip("0")) if len(form) >= _LEAST_DIGITS)
