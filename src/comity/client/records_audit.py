"""What a node answers with about its audit trail."""

from datetime import datetime

from comity.client.records import Record


class Entry(Record, frozen=True, kw_only=True):
    """One entry: who did or read what, when; no content of a case."""

    number: int
    at: datetime
    actor: str
    """User name; empty: nobody who was signed in, or the node itself."""
    acting_for: str = ""
    act: str
    case: str = ""
    """Id of the case."""
    reference: str = ""
    """The case's own number, where the token's owner is a member."""
    about: str = ""
    subject: str = ""
    facts: dict[str, str | int | bool]


class Checkpoint(Record, frozen=True, kw_only=True):
    """A signed head of the trail."""

    size: int
    at: datetime
    note: str
    """The signed note (C2SP tlog-checkpoint)."""


class Keys(Record, frozen=True, kw_only=True):
    """Verifier keys of the trail."""

    keys: tuple[str, ...]


class Seen(Record, frozen=True, kw_only=True):
    """That one person read or did something in a case."""

    username: str
    name: str
    count: int
    first_at: datetime
    last_at: datetime
