"""Times as logs write them, as RFC 3339."""

import re
from datetime import UTC, datetime

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_CLF = re.compile(r"(\d{1,2})/([A-Za-z]{3})/(\d{4}):(\d{2}:\d{2}:\d{2})(?:\.\d+)?(?: ([+-]\d{2}):?(\d{2}))?")
_ISO = re.compile(
    r"(\d{4})[-/](\d{2})[-/](\d{2})[T ](\d{2}:\d{2}:\d{2})(?:[.,]\d+)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?", re.IGNORECASE
)
_NAMED = re.compile(r"[A-Za-z]{3} ([A-Za-z]{3}) +(\d{1,2}) (\d{2}:\d{2}:\d{2})(?:\.\d+)? (\d{4})")
_EPOCH = re.compile(r"1\d{9}(?:\.\d+|\d{3}|\d{6}|\d{9})?")


def clf_moment(text: str) -> str:
    """``09/Nov/2026:22:14:31 -0300`` (Apache's and nginx's ``%t``); empty: it is none."""
    found = _CLF.fullmatch(text)
    month = _MONTHS.get(found[2].lower()) if found else None
    if found is None or month is None:
        return ""
    zone = f"{found[5]}:{found[6]}" if found[5] else ""
    return _checked(f"{found[3]}-{month:02}-{int(found[1]):02}T{found[4]}{zone}")


def iso_moment(text: str) -> str:
    """``2026-11-09T22:14:31.5-03:00`` and its kin, fractions dropped; empty: it is none."""
    found = _ISO.fullmatch(text.strip())
    if found is None:
        return ""
    return _checked(f"{found[1]}-{found[2]}-{found[3]}T{found[4]}{zone_of(found[5] or '')}")


def named_moment(text: str) -> str:
    """``Mon Nov 09 22:14:31.123 2026``, as Apache's error log; empty: it is none."""
    found = _NAMED.fullmatch(text.strip())
    month = _MONTHS.get(found[1].lower()) if found else None
    if found is None or month is None:
        return ""
    return _checked(f"{found[4]}-{month:02}-{int(found[2]):02}T{found[3]}")


def epoch_moment(text: str) -> str:
    """Seconds since 1970, also with a fraction, or in milli-, micro- or nanoseconds; empty: it is none."""
    if not _EPOCH.fullmatch(text):
        return ""
    return datetime.fromtimestamp(int(text[:10]), UTC).isoformat().replace("+00:00", "Z")


def any_moment(text: str) -> str:
    """Any of these; empty: none."""
    return iso_moment(text) or epoch_moment(text) or clf_moment(text.strip("[]")) or named_moment(text)


def zone_of(text: str) -> str:
    """An offset as RFC 3339 writes it; empty: none was given."""
    if text.upper() in ("Z", "UTC", "GMT"):
        return "Z"
    return text if not text or ":" in text else f"{text[:3]}:{text[3:]}"


def epoch_of(at: str) -> float | None:
    """Seconds since 1970; None: the zone is unknown, or it is a day only."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return moment.timestamp() if moment.tzinfo else None


def _checked(at: str) -> str:
    try:
        datetime.fromisoformat(at)
    except ValueError:
        return ""
    return at
