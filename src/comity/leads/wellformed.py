"""Texts that can be written as UTF-8: what a decoder kept of bytes that it could not read is shown as such."""

import re
from typing import TypeVar

import msgspec
from msgspec import structs

_SURROGATE = re.compile("[\ud800-\udfff]")
_Record = TypeVar("_Record", bound=msgspec.Struct)


def well_formed(text: str) -> str:
    """The text with each lone surrogate, a byte that was no letter, as U+FFFD."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def well_formed_record(record: _Record) -> _Record:
    """A record with all its texts so."""
    changed = {
        name: well_formed(value)
        for name in record.__struct_fields__
        if isinstance(value := getattr(record, name), str) and _SURROGATE.search(value)
    }
    return structs.replace(record, **changed) if changed else record
