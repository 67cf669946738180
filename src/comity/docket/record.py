"""The base of all records of the docket."""

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of what the docket reads and writes; what is not in the schema is refused."""
