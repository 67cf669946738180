"""The base of all records of a plan."""

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the records of a plan."""
