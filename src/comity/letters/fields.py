"""Contents of a letter by field: what is there, and the letter without it.

A field is a member of `Letter`, a dotted piece of one (``assistance.period``), or the id of a particular.
"""

from collections.abc import Callable
from types import MappingProxyType
from typing import Any

import msgspec

from comity.letters.model import DualCriminality, Handover, Item, Letter, Offence, Party, Signatory, Text

Content = tuple[object, ...]
MEMBERS = frozenset(Letter.__struct_fields__)
_NEVER_EMPTY = frozenset({"schema", "kind", "title", "dated_on", "language", "particulars"})

_PIECES: MappingProxyType[str, Callable[[Letter], Content]] = MappingProxyType(
    {
        "assistance.subjects": lambda letter: tuple(s for item in letter.assistance for s in item.subjects),
        "assistance.period": lambda letter: tuple(i.period for i in letter.assistance if i.period is not None),
        "assistance.reason": lambda letter: tuple(why for i in letter.assistance for why in i.reason),
        "offences.provisions": lambda letter: tuple(p for offence in letter.offences for p in offence.provisions),
        "requesting.contacts": lambda letter: _contacts(letter),
        "addressee.languages": lambda letter: letter.addressee.languages,
    }
)


def content(letter: Letter, field: str) -> Content:
    """What a letter has in a field; empty: nothing."""
    piece = _PIECES.get(field)
    if piece is not None:
        return piece(letter)
    if field in MEMBERS:
        value = getattr(letter, field)
        values = value if isinstance(value, tuple) else (value,)
        return tuple(item for item in values if _says_something(item))
    return tuple(p.text for p in letter.particulars if p.field == field and _says_something(p.text))


def words(letter: Letter, field: str) -> str:
    """The texts of a field, joined; empty: it has none."""
    return "\n".join(item.text for item in content(letter, field) if isinstance(item, Text))


def without(letter: Letter, field: str) -> Letter:
    """The letter without what it has in a field: for a copy that must not tell everything, and for tests."""
    replace = msgspec.structs.replace
    match field:
        case "assistance.subjects":
            return replace(letter, assistance=tuple(replace(i, subjects=()) for i in letter.assistance))
        case "assistance.period":
            return replace(letter, assistance=tuple(replace(i, period=None) for i in letter.assistance))
        case "assistance.reason":
            return replace(letter, assistance=tuple(replace(i, reason=()) for i in letter.assistance))
        case "offences.provisions":
            return replace(letter, offences=tuple(replace(o, provisions=()) for o in letter.offences))
        case "requesting.contacts":
            conducting = replace(letter.conducting, contacts=()) if letter.conducting else None
            return replace(letter, requesting=replace(letter.requesting, contacts=()), conducting=conducting)
        case "addressee.languages":
            return replace(letter, addressee=replace(letter.addressee, languages=()))
        case _:
            return _without_member(letter, field)


def _without_member(letter: Letter, field: str) -> Letter:
    if field not in MEMBERS:
        return msgspec.structs.replace(letter, particulars=tuple(p for p in letter.particulars if p.field != field))
    if field in _NEVER_EMPTY:
        return letter
    value = getattr(letter, field)
    changed: dict[str, Any] = {field: _emptied(value)}
    return msgspec.structs.replace(letter, **changed)


def _emptied(value: object) -> object:
    if isinstance(value, tuple):
        return ()
    if isinstance(value, str):
        return ""
    if isinstance(value, Party):
        return Party(name="", origin=value.origin) if value.name else value
    return None


def _contacts(letter: Letter) -> Content:
    parties = (letter.requesting, letter.conducting)
    return tuple(contact for party in parties if party is not None for contact in party.contacts)


def _says_something(value: object) -> bool:
    match value:
        case None | "":
            return False
        case Text():
            return bool(value.text.strip())
        case Party() | Signatory():
            return bool(value.name.strip())
        case Item():
            return bool(value.what.text.strip())
        case Offence() | Handover() | DualCriminality():
            return True
        case _:
            return True
