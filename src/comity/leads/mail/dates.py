"""Dates of mail headers (RFC 5322 3.3 and its obsolete and broken forms) as RFC 3339 instants."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

_COMMENT = re.compile(r"\([^()]*\)")
_FRACTION = re.compile(r"(:\d\d)[.,]\d{1,12}")
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?(?:[.,]\d{1,12})?\s{0,3}(Z|UTC|GMT|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_HALF_DAY = re.compile(r"\b(\d{1,2}):(\d\d)(:\d\d)?\s{0,2}([AP])M\b", re.IGNORECASE)
_ZONE = re.compile(r"\d(?::\d\d){1,2}\s{0,3}(?:([+-]\d{4})\b|[\"']?([A-Za-z]{1,5})\b)")
_NAMED_ZONES = frozenset("UT UTC GMT Z EST EDT CST CDT MST MDT PST PDT AST ADT".split())
_LONGEST = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Instant:
    """A moment, with the offset it was written in."""

    at: datetime
    """Aware."""

    @property
    def rfc3339(self) -> str:
        """As ``2022-09-25T03:03:58+00:00``."""
        return self.at.isoformat(timespec="seconds")

    def seconds_since(self, other: "Instant") -> int:
        """Whole seconds from `other` to this."""
        return int((self.at - other.at).total_seconds())


def read_instant(text: str) -> Instant | None:
    """The moment a header names; None where it cannot be read or names no zone, so that no instant is made up."""
    cleaned = " ".join(_COMMENT.sub(" ", text[:_LONGEST]).replace("\ufffd", " ").split())
    if not cleaned:
        return None
    iso = _ISO.search(cleaned)
    if iso:
        return _from_iso(iso)
    cleaned = _HALF_DAY.sub(_to_24_hours, _FRACTION.sub(r"\1", cleaned))
    zone = _ZONE.search(cleaned)
    if zone is None or (zone[2] and zone[2].upper() not in _NAMED_ZONES):
        return None
    try:
        parsed = parsedate_tz(cleaned)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    if parsed is None:
        return None
    year, month, day, hour, minute, second = parsed[:6]
    return _instant((year, month, day, hour, minute, second), parsed[9] or 0)


def has_zone(text: str) -> bool:
    """Whether a date names a zone that is understood."""
    cleaned = _FRACTION.sub(r"\1", text[:_LONGEST])
    zone = _ZONE.search(cleaned)
    return zone is not None and not (zone[2] and zone[2].upper() not in _NAMED_ZONES)


def _to_24_hours(match: re.Match[str]) -> str:
    hour = int(match[1]) % 12 + (12 if match[4] in "pP" else 0)
    return f"{hour:02d}:{match[2]}{match[3] or ''}"


def _from_iso(match: re.Match[str]) -> Instant | None:
    zone = match[7]
    if not zone:
        return None
    offset = 0
    if zone[0] in "+-":
        digits = zone[1:].replace(":", "")
        offset = (int(digits[:2]) * 3600 + int(digits[2:]) * 60) * (-1 if zone[0] == "-" else 1)
    year, month, day, hour, minute = (int(match[group]) for group in range(1, 6))
    return _instant((year, month, day, hour, minute, int(match[6] or 0)), offset)


def _instant(moment: tuple[int, int, int, int, int, int], offset_seconds: int) -> Instant | None:
    year, month, day, hour, minute, second = moment
    try:
        zone = UTC if offset_seconds == 0 else timezone(timedelta(seconds=offset_seconds))
        # A leap second is written 60; an instant keeps 59, which no comparison here can tell apart.
        at = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone)
        at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return Instant(at=at)
