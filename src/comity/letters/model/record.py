"""The base of all records of a letter."""

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the records of a letter; what is not in the schema is refused."""
