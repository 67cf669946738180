"""Days and instants, as the evidence and the case file write them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def is_time(text: str) -> bool:
    """Whether a text is a day or an instant."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def instant(text: str, zone: str) -> datetime:
    """A day or an instant as an instant in UTC; without an offset it is read in `zone`."""
    moment = datetime.fromisoformat(text)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
    try:
        return aware.astimezone(UTC)
    except OverflowError:
        return aware.replace(tzinfo=UTC)


def day_of(text: str, zone: str) -> date:
    """The day of a moment on a zone's clock."""
    return instant(text, zone).astimezone(ZoneInfo(zone)).date()
