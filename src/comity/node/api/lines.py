"""What calls about the directory take and give."""

from datetime import datetime
from typing import Annotated

from ninja import Field, Schema

from comity.law import Measure
from comity.node.api.fields import Moment, Version
from comity.node.directory import actions, models
from comity.node.directory.checks import TEXT_CHARS_MAX
from comity.node.directory.models import Kind, Outcome

StateCode = Annotated[str, Field(max_length=2)]
Words = Annotated[str, Field(max_length=TEXT_CHARS_MAX)]


class Values(Schema):
    """What a line says; several measures or languages are joined by ``;``."""

    kind: Kind
    state: Annotated[str, Field(min_length=2, max_length=2)]
    name: Annotated[str, Field(min_length=1, max_length=300)]
    role: Annotated[str, Field(max_length=40)] = ""
    measures: Words = ""
    """Empty: all."""
    instrument: Annotated[str, Field(max_length=80)] = ""
    address: Words = ""
    email: Annotated[str, Field(max_length=254)] = ""
    phone: Annotated[str, Field(max_length=60)] = ""
    url: Annotated[str, Field(max_length=500)] = ""
    identity: Words = ""
    hours: Annotated[str, Field(max_length=100)] = ""
    zone: Annotated[str, Field(max_length=64)] = ""
    languages: Annotated[str, Field(max_length=100)] = ""
    note: Words = ""
    source: Annotated[str, Field(min_length=1, max_length=500)]


class LineOut(Schema):
    """A line of the directory."""

    id: str
    version: int
    """0: it ships, and nobody has touched it."""
    values: dict[str, str]
    own: bool
    corrected: bool
    overtaken: bool
    """What ships has changed since the line was corrected."""
    withdrawn: bool
    as_of: str
    confidence: str
    confirmed_at: datetime | None
    confirmed_by: str
    stale: bool
    last_call: str


class LinePage(Schema):
    """A page of lines, by state, kind and name."""

    items: list[LineOut]
    next: str


class OfficeOut(Schema):
    """The clock of an office, and whether anybody is there."""

    local: datetime
    zone: str
    works: bool | None
    """None: a working day, and the hours are not known."""
    why: str
    name: str


class VersionOut(Schema):
    """What a line said, and who had it say so."""

    number: int
    act: str
    values: dict[str, str]
    by: str
    at: datetime

    @staticmethod
    def resolve_by(row: models.Version) -> str:
        """The user name."""
        return row.by.username


class ConfirmationOut(Schema):
    """That somebody checked the line."""

    number: int
    by: str
    at: datetime
    note: str

    @staticmethod
    def resolve_by(row: models.Confirmation) -> str:
        """The user name."""
        return row.by.username


class CallOut(Schema):
    """A test call."""

    by: str
    called_at: datetime
    outcome: Outcome
    minutes: int
    note: str

    @staticmethod
    def resolve_by(row: models.Call) -> str:
        """The user name."""
        return row.by.username


class WholeLine(LineOut):
    """A line with its office now, history, confirmations and test calls, the newest first."""

    office: OfficeOut
    versions: list[VersionOut]
    confirmations: list[ConfirmationOut]
    calls: list[CallOut]


class Filter(Schema):
    """Which lines."""

    text: Annotated[str, Field(max_length=200)] = ""
    state: StateCode = ""
    kind: Kind | None = None
    measure: Measure | None = None
    stale: bool = False


class Asked(Schema):
    """Whom you want to reach."""

    state: Annotated[str, Field(min_length=2, max_length=2)]
    measure: Measure | None = None


class ToCall(Schema):
    """A line to call, and its office now."""

    line: LineOut
    office: OfficeOut


class NowOut(Schema):
    """Whom to call now, contact points that always answer first; and who is on duty in the agency."""

    here: OfficeOut
    """The state's own clock."""
    found: list[ToCall]
    on_duty: list[str]


class Change(Values):
    """What the line says from now on, in place of `version`."""

    version: Version


class LineTurn(Schema):
    """The version of the line that the caller has seen."""

    version: Version


class Confirm(LineTurn):
    """That the line is right as it stood at `version`, and how it was checked."""

    note: Annotated[str, Field(max_length=actions.NOTE_CHARS_MAX)] = ""


class CallIn(Schema):
    """A test call to a 24/7 contact point."""

    called_at: Moment
    outcome: Outcome
    minutes: Annotated[int, Field(ge=0, le=actions.CALL_MINUTES_MAX)]
    note: Annotated[str, Field(max_length=actions.CALL_NOTE_CHARS_MAX)] = ""


class TakenOut(Schema):
    """What a file did."""

    added: int
    changed: int
    same: int
