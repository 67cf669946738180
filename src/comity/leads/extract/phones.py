"""Telephone numbers, read with `phonenumbers` (Apache-2.0) and given as E.164."""

import re
from collections.abc import Iterator
from functools import lru_cache

from comity.leads.extract.labels import Label
from comity.leads.extract.sighting import Sighting
from comity.leads.model import ObservableKind

DEFAULT_REGIONS = ("IN", "US", "GB")
"""Where a number without a country code is tried, in this order."""

_NORTH_AMERICAN = re.compile(
    r"(?:1[ .-]?)?\(\d{3}\)[ ]?\d{3}[ .-]\d{4}|(?:1[ .-])?\d{3}[ .-]\d{3}[.-]\d{4}|1[ ]\d{3}[ ]\d{3}[ ]\d{4}"
)
_INDIAN = re.compile(r"0?[6-9]\d{4}[ -]\d{5}")
_TRUNK = re.compile(r"00[1-9]\d{0,2}[ .()-]")


def find_phone(raw: str, start: int, end: int, *, label: Label, regions: tuple[str, ...]) -> Iterator[Sighting]:
    """The telephone number that a run of digits is, if it is one.

    With a country code it only has to be valid; without, it needs a label or a form that nothing else has.
    """
    value = _international(raw) if raw.lstrip("(").startswith("+") else _national(raw, label, regions)
    if value:
        tags = () if raw.lstrip("(").startswith(("+", "00")) else ("region-assumed",)
        yield Sighting(ObservableKind.PHONE, value, start, end, shown_phone(value), tags)


def _international(raw: str) -> str:
    return parse_phone(raw, "ZZ")


def _national(raw: str, label: Label, regions: tuple[str, ...]) -> str:
    if raw.startswith("00") and (label is Label.PHONE or _TRUNK.match(raw)):
        return parse_phone("+" + raw[2:], "ZZ")
    if label is Label.PHONE:
        order = ("US", *regions) if "US" in regions and _NORTH_AMERICAN.fullmatch(raw) else regions
        return next((value for value in (parse_phone(raw, region) for region in order) if value), "")
    if label is not Label.NONE:
        return ""
    if _NORTH_AMERICAN.fullmatch(raw) and "US" in regions:
        return parse_phone(raw, "US")
    if _INDIAN.fullmatch(raw) and "IN" in regions:
        return parse_phone(raw, "IN")
    return ""


@lru_cache(maxsize=16_384)
def parse_phone(raw: str, region: str) -> str:
    """The number in E.164, valid in its plan; empty: it is none. `region` ``ZZ``: a country code must be there."""
    import phonenumbers  # heavy data: only when a candidate is seen

    try:
        number = phonenumbers.parse(raw, None if region == "ZZ" else region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


@lru_cache(maxsize=16_384)
def shown_phone(value: str) -> str:
    """A number in E.164 as people write it."""
    import phonenumbers

    number = phonenumbers.parse(value, None)
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
