"""How dates, sums, codes and evidence are written in the report."""

import re
import unicodedata
from datetime import date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from comity.law.citing import cite_article
from comity.plan.amounts import money as amount
from comity.plan.phrases import DATES, EVENTS, count, listing, words

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONGEST_TEXT = 20_000
"""Characters of one value that are shown; the rest is counted."""


def day(on: date) -> str:
    """*24 Nov 2026*."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def moment(at: str, zone: str = "") -> str:
    """An instant or a day for people: on the clock of a zone and in UTC; as it stands where it is neither."""
    try:
        if len(at) <= 10:
            return day(date.fromisoformat(at))
        found = datetime.fromisoformat(at)
    except ValueError:
        return at
    if found.tzinfo is None:
        return f"{day(found)}, {found:%H:%M:%S}"
    here = found.astimezone(_zone(zone)) if zone else found
    utc = found.astimezone(ZoneInfo("UTC"))
    text = f"{day(here)}, {here:%H:%M:%S}"
    if here.utcoffset() == utc.utcoffset():
        return f"{text} UTC"
    offset = here.strftime("%z")
    return (
        f"{text} {offset[:3]}:{offset[3:5]} ({'' if utc.date() == here.date() else day(utc) + ', '}{utc:%H:%M:%S} UTC)"
    )


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def size(size_bytes: int) -> str:
    """*6.3 KiB*."""
    if size_bytes < 1024:
        return f"{size_bytes} bytes"
    power = min((size_bytes.bit_length() - 1) // 10, 3)
    return f"{size_bytes / 1024**power:.1f} {('KiB', 'MiB', 'GiB')[power - 1]}"


def safe_link(url: str) -> str:
    """The URL where it is an ordinary one to the open web; else nothing, so that no link is made."""
    if not re.fullmatch(r"https?://[\x21-\x7e]+", url) or set(url) & set("\"'<>\\^`{|}"):
        return ""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    return url if parts.hostname and "." in parts.hostname and "@" not in parts.netloc and port is None else ""


def defanged(value: str) -> str:
    """A URL or domain that no reader of the page or of its PDF turns into a link."""
    return re.sub(r"^http", "hxxp", value, flags=re.IGNORECASE).replace("://", "[:]//").replace(".", "[.]")


def plain(value: str) -> str:
    """Text in which nothing is hidden: controls and marks that change the direction of writing are named.

    Unicode Technical Report 36, section 2.5: such marks let a name be read otherwise than it is written.
    """
    text = value if len(value) <= LONGEST_TEXT else f"{value[:LONGEST_TEXT]}… ({len(value) - LONGEST_TEXT:,} more)"
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"⟨U+{ord(c):04X}⟩" if _hidden(c) else c for c in text)


def _hidden(character: str) -> bool:
    if character in "\n\t\u200c\u200d":  # the joiners are part of correct spelling in Indic scripts and Persian
        return False
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Co")


__all__ = [
    "DATES",
    "EVENTS",
    "amount",
    "cite_article",
    "count",
    "day",
    "defanged",
    "listing",
    "moment",
    "plain",
    "safe_link",
    "size",
    "words",
]
