"""Amounts and dates as tables write them, all over the world."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import lru_cache

import msgspec

_SYMBOLS = {
    "₹": "INR",
    "€": "EUR",
    "£": "GBP",
    "₽": "RUB",
    "₦": "NGN",
    "₩": "KRW",
    "₺": "TRY",
    "₴": "UAH",
    "₫": "VND",
    "₱": "PHP",
    "฿": "THB",
    "₪": "ILS",
}
_AMOUNT = re.compile(
    r"(?P<minus>[-−+(]?)\s?(?P<front>[₹€£$¥₽₦₩₺₴₫₱฿₪]|[A-Za-z]{2,5}\.?)?\s?(?P<inner>[-−+]?)"
    r"(?P<number>\d{1,3}(?P<group>[.,'’\u00a0\u202f ])\d{3}(?:(?P=group)\d{3})*(?:(?!(?P=group))[.,]\d+)?"
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?|\d+(?:[.,]\d+)?|[.,]\d+)"
    r"\s?(?P<back>[₹€£$¥₽₦₩₺₴₫₱฿₪]|[A-Za-z]{3,5})?\s?(?P<close>[-−)]?)\s?(?P<sign>Cr|Dr|C|D|H|S)?\.?",
    re.IGNORECASE,
)
_MONTH_NAMES = (
    "jan january januar janvier enero gennaio janeiro янв",
    "feb february februar février fev febrero febbraio fevereiro фев",
    "mar march märz mrz mars marzo março мар",
    "apr april avril abr abril aprile апр",
    "may mai mayo maggio maio май",
    "jun june juni juin junio giugno junho июн",
    "jul july juli juillet julio luglio julho июл",
    "aug august août ago agosto авг",
    "sep sept september septembre septiembre settembre setembro сен",
    "oct october okt oktober octobre octubre ottobre outubro окт",
    "nov november novembre noviembre novembro ноя",
    "dec december dez dezember décembre dic diciembre dicembre dezembro дек",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
_TIME = (
    r"(?:[ T,]+(?P<time>\d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,9})?)\s?(?P<half>[AaPp]\.?[Mm]\.?)?"
    r"\s?(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
_ISO = re.compile(rf"(?P<y>\d{{4}})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}}){_TIME}")
_NUMERIC = re.compile(rf"(?P<a>\d{{1,2}})[-/.](?P<b>\d{{1,2}})[-/.](?P<y>\d{{4}}|\d{{2}}){_TIME}")
_NAMED = re.compile(rf"(?P<d>\d{{1,2}})[-/. ]+(?P<month>[^\W\d_]{{3,10}})[-/., ]+(?P<y>\d{{4}}|\d{{2}}){_TIME}")
_NAMED_FIRST = re.compile(rf"(?P<month>[^\W\d_]{{3,10}})[ .]+(?P<d>\d{{1,2}}),?[ ]+(?P<y>\d{{4}}){_TIME}")
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})")
_EPOCH = re.compile(r"1[0-9]{9}(?:[0-9]{3})?")


_QUAD = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_GROUPED_BY_POINTS = re.compile(r"[^\d.:/]{0,5}\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?[^\d.:/]{0,5}")
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3}){2,}")


class Amount(msgspec.Struct, frozen=True, kw_only=True):
    """An amount, read."""

    value: Decimal
    """Signed as written; a debit mark makes it negative."""
    currency: str
    """As a symbol or code beside it tells, else empty."""
    marked: str
    """``C`` or ``D`` where it is marked as credit or debit, else empty."""


def read_amount(text: str, *, decimal_comma: bool = False, points_group: bool = False) -> Amount | None:
    """The amount that a cell is; None: it is none. Groups of two (lakh) and three digits are understood.

    Four groups that may be an IP address are one, unless a sign or currency, or `points_group`, tells otherwise.
    """
    text = text.strip()
    match = _AMOUNT.fullmatch(text)
    if match is None or (not points_group and is_quad(text)):
        return None
    value = Decimal(_plain(match.group("number"), decimal_comma=decimal_comma))
    signs = f"{match.group('minus')}{match.group('inner')}{match.group('close')}"
    mark = (match.group("sign") or "").upper()[:1].replace("H", "C").replace("S", "D")
    front, back = (match.group("front") or "").rstrip("."), match.group("back") or ""
    negative = "-" in signs or "−" in signs or "(" in signs or mark == "D"
    currency = _currency(front) or _currency(back)
    if (front or back) and not currency and front not in ("$", "¥"):
        return None
    return Amount(value=-value if negative else value, currency=currency, marked=mark)


def is_quad(text: str) -> bool:
    """Whether a text is four numbers with dots between them, none of them too large for an IP address."""
    return _QUAD.fullmatch(text) is not None and all(int(part) <= 255 for part in text.split("."))


def groups_by_points(cells: Iterable[str]) -> bool:
    """Whether a column groups its numbers by points, so that ``1.100.200.250`` in it is one of them, and no address."""
    grouped = quads = 0
    for cell in cells:
        if is_quad(cell):
            if not _GROUPED.fullmatch(cell):
                return False
            quads += 1
        else:
            grouped += _GROUPED_BY_POINTS.fullmatch(cell) is not None
    return grouped > 0 and grouped >= quads


def _plain(number: str, *, decimal_comma: bool) -> str:
    point = decimal_point(number)
    if point == "?":
        point = "," if decimal_comma and "," in number else "." if "." in number and not decimal_comma else ""
    whole, _, fraction = number.rpartition(point) if point else (number, "", "")
    return re.sub(r"\D", "", whole) + (f".{fraction}" if fraction else "")


def decimal_point(number: str) -> str:
    """The decimal sign of a number: ``.``, ``,``, none, or ``?`` where one group of three may be either."""
    signs = [char for char in number if char in ".,"]
    if not signs:
        return ""
    last = signs[-1]
    fraction = number.rpartition(last)[2]
    if len(set(signs)) == 2:
        return last
    if len(signs) > 1:
        return ""
    return "?" if len(fraction) == 3 and not number.startswith(last) and not number.startswith("0" + last) else last


def uses_decimal_comma(cells: Iterable[str]) -> bool:
    """Whether the cells of a column, taken together, write the decimal sign as a comma, or group by points."""
    points = [_told_point(re.sub(r"[^\d.,]", "", cell)) for cell in cells]
    return points.count(",") > points.count(".")


def _told_point(number: str) -> str:
    """The decimal sign that a number has, or that its groups leave to it."""
    grouped = _GROUPED.fullmatch(number)
    if grouped and not is_quad(number):
        return "," if grouped.group(1) == "." else "."
    return decimal_point(number)


@lru_cache(maxsize=1)
def currency_codes() -> frozenset[str]:
    """ISO 4217's alphabetic codes."""
    import pycountry

    return frozenset(currency.alpha_3 for currency in pycountry.currencies)


def _currency(word: str) -> str:
    if word in _SYMBOLS:
        return _SYMBOLS[word]
    upper = word.upper()
    if upper in ("RS", "INR"):
        return "INR"
    return upper if len(upper) == 3 and upper in currency_codes() else ""


def read_moment(text: str, *, month_first: bool = False) -> str:
    """The day, or instant, that a cell is, as ISO 8601; an instant without a zone stays without. Empty: it is none."""
    text = text.strip().strip("'\"[]")
    for pattern in (_ISO, _NUMERIC, _NAMED, _NAMED_FIRST):
        match = pattern.fullmatch(text)
        if match:
            return _moment(match, month_first=month_first)
    match = _COMPACT.fullmatch(text)
    return _moment(match, month_first=False) if match else ""


def read_epoch(text: str) -> str:
    """Seconds or milliseconds since 1970 as RFC 3339; empty: it is no such number."""
    if not _EPOCH.fullmatch(text.strip()):
        return ""
    return datetime.fromtimestamp(int(text.strip()[:10]), UTC).isoformat().replace("+00:00", "Z")


def _moment(match: re.Match[str], *, month_first: bool) -> str:
    parts = match.groupdict()
    day, month = _day_month(parts, month_first=month_first)
    year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
    try:
        on = date(year, month, day)
    except ValueError:
        return ""
    if not 1970 <= year <= 2100:
        return ""
    spelled = _clock(parts)
    return on.isoformat() + (f"T{spelled}" if spelled else "")


def _day_month(parts: dict[str, str | None], *, month_first: bool) -> tuple[int, int]:
    if parts.get("month"):
        name = str(parts["month"]).lower()
        return int(parts["d"] or 0), _MONTHS.get(name) or _MONTHS.get(name[:3], 0)
    if parts.get("a"):
        first, second = int(parts["a"] or 0), int(parts["b"] or 0)
        if second > 12 or (month_first and first <= 12):
            return second, first
        return first, second
    return int(parts["d"] or 0), int(parts["m"] or 0)


def _clock(parts: dict[str, str | None]) -> str:
    spelled = parts.get("time")
    if not spelled:
        return ""
    pieces = spelled.split(":")
    hour = int(pieces[0])
    half = (parts.get("half") or "").lower()[:1]
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    try:
        clock = time(hour, int(pieces[1]), int(float(pieces[2])) if len(pieces) > 2 else 0)
    except ValueError:
        return ""
    zone = parts.get("zone") or ""
    if zone in ("UTC", "GMT"):
        zone = "Z"
    return clock.isoformat() + (zone if zone in ("", "Z") or ":" in zone else f"{zone[:3]}:{zone[3:]}")


def is_month_first(cells: Iterable[str]) -> bool:
    """Whether the dates of a column can only be, or mostly are, written with the month first."""
    first = second = 0
    for cell in cells:
        match = _NUMERIC.fullmatch(cell.strip())
        if match:
            first += int(match.group("a")) > 12
            second += int(match.group("b")) > 12
    return second > first
