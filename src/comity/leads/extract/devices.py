"""IMEI: the number of a mobile device (3GPP TS 23.003 section 6.2.1)."""

import re

from comity.leads.extract.cards import passes_luhn

_WRITTEN = re.compile(r"\d{2}-\d{6}-\d{6}-\d")
_REPORTING_BODIES = frozenset({"01", "35", "86", "99", "44", "45", "49", "50", "51", "52", "53", "54", "91", "98"})
"""First two digits of the type allocation codes that have been handed out."""


def is_imei(digits: str, raw: str, *, labelled: bool) -> bool:
    """Whether fifteen digits are an IMEI: the check digit holds, and a label or the official groups say so."""
    if len(digits) != 15 or not passes_luhn(digits) or len(set(digits)) < 3:
        return False
    return labelled or (_WRITTEN.fullmatch(raw) is not None and digits[:2] in _REPORTING_BODIES)
