"""What fields of several operations take."""

from datetime import UTC, date, datetime
from typing import Annotated

from ninja import Field
from pydantic import AfterValidator, AwareDatetime


def _in_utc(at: datetime) -> datetime:
    if not 1970 < at.year < 3000:
        raise ValueError("write a moment after 1970 and before 3000")
    return at.astimezone(UTC)


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""A moment with its offset from UTC."""
Number = Annotated[int, Field(ge=1, le=2**63 - 1)]
"""The number of a row."""
Day = Annotated[date, Field(ge=date(1970, 1, 1), lt=date(3000, 1, 1))]
Version = Annotated[int, Field(ge=0, le=2**31 - 1)]
"""The version that the caller has seen."""
UserName = Annotated[str, Field(min_length=1, max_length=150)]
