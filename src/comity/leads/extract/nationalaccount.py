"""Account numbers that are no IBAN and that no word before them calls accounts: their form or their bank's code does.

Read are the United Kingdom's sort code and account number (``20-45-12 33445566``), and a number right behind the BIC
of its bank (``HSBCHKHHHKH 808-123456-838``), as narrations of payments write them.
"""

import re
from collections.abc import Iterator

from comity.leads.extract.banking import find_banking
from comity.leads.extract.sighting import Sighting
from comity.leads.model import ObservableKind

SORT_CODE = "sort-code"
"""Tag of an account number that begins with a sort code of the United Kingdom."""
_BRITISH = re.compile(
    r"(?<![\d./-])(?P<sort>\d{2}-\d{2}-\d{2})[ ,/]{1,3}(?:a/?c|acc(?:oun)?t)?\.?(?: ?(?:no|number|nr)\.?)?[ :]{0,2}"
    r"(?P<number>\d{8})(?![\d-])",
    re.IGNORECASE,
)
_BRITISH_LABEL = re.compile(
    r"\b(?:sort ?code|s/c|sc|fps|faster payments?|bacs|chaps|a/c|acc(?:oun)?t)\b", re.IGNORECASE
)
_BEHIND_BIC = re.compile(
    r"[ ,/:]{1,3}(?:a/?c|acc(?:oun)?t)?\.?(?: ?(?:no|number|nr)\.?)?[ :]{0,2}(?P<number>\d[\d-]{6,22}\d)(?![\w-])",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?:19|20)\d{2}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])"
    r"|(?:0[1-9]|[12]\d|3[01])-(?:0[1-9]|1[0-2])-(?:19|20)?\d{2}"
)
_BIC = re.compile(r"(?<![A-Za-z0-9@._/-])[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?=[ ,/:]{1,3}[^\n]{0,16}\d)")


def find_national_accounts(text: str) -> Iterator[Sighting]:
    """Such account numbers, as digits alone."""
    for match in _BRITISH.finditer(text):
        day = _DAY.fullmatch(match["sort"]) is not None
        if not day or _BRITISH_LABEL.search(text, max(0, match.start() - 40), match.end("number")):
            value = match["sort"].replace("-", "") + match["number"]
            shown = f"{match['sort']} {match['number']}"
            yield Sighting(ObservableKind.BANK_ACCOUNT, value, match.start(), match.end(), shown, (SORT_CODE,))
    for bic in _BIC.finditer(text):
        behind = _BEHIND_BIC.match(text, bic.end())
        if behind and not _DAY.fullmatch(behind["number"]) and _is_bic(text, bic):
            value = behind["number"].replace("-", "")
            yield Sighting(ObservableKind.BANK_ACCOUNT, value, *behind.span("number"), behind["number"])


def _is_bic(text: str, match: re.Match[str]) -> bool:
    start = max(0, match.start() - 40)
    found = find_banking(text[start : match.end()])
    return any(seen.kind is ObservableKind.BIC and seen.value == match.group() for seen in found)
