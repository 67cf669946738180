"""What happened where an observable stands: the row of a log, a message of a chat, a payment, a call."""

import msgspec


class Event(msgspec.Struct, frozen=True, gc=False):
    """One event; what it does not tell is empty."""

    at: str = ""
    """`Place.at`."""
    by: str = ""
    """`Place.by`."""
    act: str = ""
    """`Place.act`."""
    agent: str = ""
    """`Place.agent`."""
    telling: bool = False
    """Says more than that somebody was there: its place is kept where not all can be listed."""


NO_EVENT = Event()
