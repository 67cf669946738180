"""What a node answers with. Fields that a newer node adds are passed over."""

from datetime import datetime

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of answers: messages from others keep to their own version."""


class Case(Record, frozen=True, kw_only=True):
    """A case."""

    id: str
    reference: str
    title: str
    kind: str
    """``own`` or ``foreign``."""
    status: str
    """``open`` or ``closed``."""
    opened_at: datetime
    closed_at: datetime | None = None
    version: int
    """Give it back with a change: who changes an older version is told."""


class Member(Record, frozen=True, kw_only=True):
    """Somebody who may see a case."""

    username: str
    name: str
    added_at: datetime
    reason: str = ""


class ProblemField(Record, frozen=True, kw_only=True):
    """A problem with one field."""

    field: str = ""
    detail: str = ""


class Problem(Record, frozen=True, kw_only=True):
    """Problem details (RFC 9457)."""

    title: str = ""
    detail: str = ""
    errors: tuple[ProblemField, ...] = ()
