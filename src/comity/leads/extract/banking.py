"""IBAN, BIC and IFSC, and payment references that are not numbers alone."""

import re
from collections.abc import Iterator
from functools import lru_cache

from comity.leads.extract.sighting import Sighting
from comity.leads.model import ObservableKind

_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ \u00a0-]?[A-Za-z0-9]{1,4}){3,8}(?![A-Za-z0-9])")
CHECK_DIGITS_FAIL = "check-digits-fail"
"""Tag of what looks like an IBAN and is none, as its check digits tell (ISO 13616, ISO 7064 mod 97-10)."""
_IBAN_LABEL = re.compile(
    r"\b(?:iban|account|acct|konto|kontonummer|compte|cuenta|conta|conto|rekening|hesap)\b|счет|счёт|a/c", re.IGNORECASE
)
_IN_FOURS = re.compile(r"[A-Z]{2}\d{2}(?:[ \u00a0][A-Z0-9]{4}){3}")
_IBAN_CHARS = re.compile(r"[ \u00a0-]")
_CODE = re.compile(
    r"(?<![A-Za-z0-9@._/-])[A-Z]{4}(?:0[A-Z0-9]{6}|[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)(?![A-Za-z0-9@_-]|\.\w)"
)
_IFSC = re.compile(r"[A-Z]{4}0[A-Z0-9]{6}")
_BIC_LABEL = re.compile(r"\b(?:bic|swift)\b|\bbank (?:identifier|code)\b", re.IGNORECASE)
_IFSC_LABEL = re.compile(r"\b(?:ifsc?|rtgs|neft|imps|branch code)\b|\bआईएफएससी", re.IGNORECASE)
_REFERENCE = re.compile(
    r"\b(?:UTR|RRN|UETR|(?:txn|transaction|trans|payment|bank|neft|rtgs|imps|upi) ?(?:ref(?:erence)?|id|no))\b"
    r"[ .:#=-]{0,4}(?:no|number|id)?[ .:#=-]{0,4}"
    r"(?P<value>[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|[A-Z]{4}[A-Z0-9]{6,18}(?<=\d))(?![\w-])",
    re.IGNORECASE,
)
_NARRATED = re.compile(
    r"\b(?:NEFT|RTGS|IMPS)(?:[-/ ](?:DR|CR|D|C|IN|OUT|INW|[A-Z]{1,6}[0-9]{6,22}))?[-/]"
    r"(?P<code>[A-Z]{4}0[A-Z0-9]{6})(?=[-/\s]|\Z)",
    re.IGNORECASE,
)
"""An IFSC as statements write it: ``NEFT-HDFC0001234-RAHUL``, ``RTGS/CR/SBIN0000691/…``."""
_NEAR = 160


def find_banking(text: str) -> Iterator[Sighting]:
    """IBANs, BICs and IFSCs. An IBAN of the right form whose check digits fail is tagged, where a text calls it one."""
    ibans = [seen for match in _IBAN.finditer(text) for seen in (*_iban_in(match),) or _failing_in(text, match)]
    yield from ibans
    yield from _narrated(text)
    for match in _CODE.finditer(text):
        code = match.group()
        if _IFSC.fullmatch(code) and _is_ifsc(text, match):
            yield Sighting(ObservableKind.IFSC, code, match.start(), match.end())
        elif is_bic(code) and _is_meant_as_bic(text, match, ibans):
            yield Sighting(ObservableKind.BIC, code, match.start(), match.end())


def _narrated(text: str) -> Iterator[Sighting]:
    for match in _NARRATED.finditer(text) if "0" in text else ():
        yield Sighting(ObservableKind.IFSC, match["code"].upper(), *match.span("code"))


def find_references(text: str) -> Iterator[Sighting]:
    """Labelled references of payments: UTR, UETR (ISO 20022), transaction ids with letters."""
    for match in _REFERENCE.finditer(text):
        value = match.group("value")
        yield Sighting(
            ObservableKind.TRANSACTION, value.upper() if "-" not in value else value.lower(), *match.span("value")
        )


def _iban_in(match: re.Match[str]) -> Iterator[Sighting]:
    """The IBAN that a run starts with: what follows it may only look like one more group."""
    raw = match.group()
    ends = [at for at in range(len(raw), 14, -1) if at == len(raw) or raw[at] in " \u00a0-"]
    for end in ends:
        value = _IBAN_CHARS.sub("", raw[:end]).upper()
        if is_iban(value):
            shown = " ".join(value[at : at + 4] for at in range(0, len(value), 4))
            yield Sighting(ObservableKind.IBAN, value, match.start(), match.start() + end, shown)
            return


def _failing_in(text: str, match: re.Match[str]) -> Iterator[Sighting]:
    """What looks like an IBAN and has wrong check digits: somebody mistyped it, or a reader misread a digit."""
    raw = match.group()
    if not (_IBAN_LABEL.search(text, max(0, match.start() - 40), match.start()) or _IN_FOURS.match(raw)):
        return
    for end in (at for at in range(len(raw), 14, -1) if at == len(raw) or raw[at] in " \u00a0-"):
        value = failing_iban(raw[:end])
        if value:
            shown = " ".join(value[at : at + 4] for at in range(0, len(value), 4))
            tags = (CHECK_DIGITS_FAIL,)
            yield Sighting(ObservableKind.IBAN, value, match.start(), match.start() + end, shown, tags)
            return


def failing_iban(raw: str) -> str:
    """The IBAN, without spaces, that has its country's form and whose check digits fail; empty: it is none such."""
    value = _IBAN_CHARS.sub("", raw).upper()
    if not 15 <= len(value) <= 34 or not value[2:4].isdigit() or not value[:2].isalpha() or is_iban(value):
        return ""
    import schwifty

    iban = schwifty.IBAN(value, allow_invalid=True)
    try:
        fits = len(value) == iban.spec.iban_length and iban.spec.regex.match(value[4:]) is not None
    except schwifty.exceptions.SchwiftyException:
        return ""
    return value if fits else ""


@lru_cache(maxsize=16_384)
def is_iban(value: str) -> bool:
    """ISO 13616: country, length, national form and check digits hold."""
    if not 15 <= len(value) <= 34 or not value[2:4].isdigit() or not value[:2].isalpha():
        return False
    import schwifty  # 50 ms: only when something looks like an IBAN

    return bool(schwifty.IBAN(value, allow_invalid=True).is_valid)


@lru_cache(maxsize=16_384)
def is_bic(value: str) -> bool:
    """ISO 9362: four letters, a country, two and three characters."""
    import pycountry

    return value[4:6] == "XK" or pycountry.countries.get(alpha_2=value[4:6]) is not None


@lru_cache(maxsize=16_384)
def _is_listed_bic(value: str) -> bool:
    import schwifty

    return any(
        schwifty.BIC(code, allow_invalid=True).exists for code in {value, value[:8], value[:8] + "XXX"} if is_bic(code)
    )


def _is_meant_as_bic(text: str, match: re.Match[str], ibans: list[Sighting]) -> bool:
    start, end = match.span()
    if any(seen.start - _NEAR < end and start < seen.end + _NEAR for seen in ibans):
        return True
    if _BIC_LABEL.search(text, max(0, start - 40), start) or _BIC_LABEL.search(text, end, end + 12):
        return True
    return _is_listed_bic(match.group())


def _is_ifsc(text: str, match: re.Match[str]) -> bool:
    """Six digits at the end are how nearly all branches are written; others need a label."""
    if match.group()[5:].isdigit():
        return True
    return _IFSC_LABEL.search(text, max(0, match.start() - 40), match.start()) is not None
