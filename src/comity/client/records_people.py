"""What a node answers with about people, units, delegations and the duty roster."""

from datetime import datetime

from comity.client.records import Record


class Me(Record, frozen=True, kw_only=True):
    """Whose token it is, and what it may do."""

    username: str
    name: str
    roles: tuple[str, ...]
    scopes: tuple[str, ...]
    language: str = ""
    """Empty: as the agency has it."""
    time_zone: str = ""


class Session(Record, frozen=True, kw_only=True):
    """A browser in which the token's owner is signed in."""

    created_at: datetime
    last_seen_at: datetime
    ip: str
    user_agent: str


class Ended(Record, frozen=True, kw_only=True):
    """How many sessions were ended."""

    count: int


class Token(Record, frozen=True, kw_only=True):
    """A token; never its text."""

    id: str
    name: str
    scopes: tuple[str, ...]
    made_at: datetime
    expires_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None


class Person(Record, frozen=True, kw_only=True):
    """A person as lists show him or her."""

    username: str
    name: str
    email: str
    unit_id: int | None = None
    unit: str = ""
    roles: tuple[str, ...]
    active: bool
    signed_in_at: datetime | None = None
    has_factor: bool
    version: int


class Grant(Record, frozen=True, kw_only=True):
    """That a person has, or had, a role."""

    role: str
    granted_by: str
    starts_at: datetime
    ends_at: datetime | None = None


class WholePerson(Person, frozen=True, kw_only=True):
    """A person with roles over time, and what keeps the account open."""

    grants: tuple[Grant, ...] = ()
    session_count: int
    only_member_of: int
    """In how many cases nobody else could go on."""


class Link(Record, frozen=True, kw_only=True):
    """A link to a password, which is told this once."""

    username: str
    link: str
    mailed: bool


class Unit(Record, frozen=True, kw_only=True):
    """A part of the agency."""

    id: int
    name: str
    above_id: int | None = None
    level: int = 0


class Delegation(Record, frozen=True, kw_only=True):
    """That somebody stands in for somebody."""

    id: int
    by: str
    to: str
    case_id: str | None = None
    all_cases: bool
    starts_at: datetime
    ends_at: datetime
    reason: str
    revoked_at: datetime | None = None


class Officer(Record, frozen=True, kw_only=True):
    """Somebody on duty."""

    username: str
    name: str


class Swap(Record, frozen=True, kw_only=True):
    """A question whether a colleague takes a turn."""

    id: int
    to: str
    asked_by: str
    reason: str = ""


class Shift(Record, frozen=True, kw_only=True):
    """A turn of duty."""

    id: int
    username: str
    name: str
    starts_at: datetime
    ends_at: datetime
    taken_over_at: datetime | None = None
    called_off_at: datetime | None = None
    swap: Swap | None = None


class WholeShift(Shift, frozen=True, kw_only=True):
    """A turn with what is handed over."""

    handover: str = ""
    before: str = ""
    """The note of the turn before."""


class Gap(Record, frozen=True, kw_only=True):
    """A time in which nobody is on duty."""

    starts_at: datetime
    ends_at: datetime


class Roster(Record, frozen=True, kw_only=True):
    """A part of the roster."""

    shifts: tuple[Shift, ...]
    gaps: tuple[Gap, ...]
