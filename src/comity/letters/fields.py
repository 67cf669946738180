"""Contents of a letter by field: what is there, and the letter without it.

A field is a member of `Letter`, a dotted piece of one (``assistance.period``), or the id of a particular.
"""

from collections.abc import Callable
from types import MappingProxyType
from typing import Any

import msgspec

from comity.letters.model import Item, Letter, Party, Signatory, Text

Content = tuple[object, ...]
MEMBERS = frozenset(Letter.__struct_fields__)
CONDUCTS = "conducts"
"""Role of the party that conducts the case."""
_NEVER_EMPTY = frozenset({"schema", "kind", "title", "dated_on", "language", "particulars"})


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
    emptied = _EMPTIED.get(field)
    return emptied(letter) if emptied else _without_member(letter, field)


def _without_item(name: str, empty: object) -> Callable[[Letter], Letter]:
    """Takes a piece out of every item of the assistance."""
    change: dict[str, Any] = {name: empty}
    return lambda letter: msgspec.structs.replace(
        letter, assistance=tuple(msgspec.structs.replace(item, **change) for item in letter.assistance)
    )


def _without_provisions(letter: Letter) -> Letter:
    bare = tuple(msgspec.structs.replace(offence, provisions=()) for offence in letter.offences)
    return msgspec.structs.replace(letter, offences=bare)


def _without_contacts(letter: Letter) -> Letter:
    conducting = msgspec.structs.replace(letter.conducting, contacts=()) if letter.conducting else None
    sender = msgspec.structs.replace(letter.requesting, contacts=())
    return msgspec.structs.replace(letter, requesting=sender, conducting=conducting)


def _without_languages(letter: Letter) -> Letter:
    return msgspec.structs.replace(letter, addressee=msgspec.structs.replace(letter.addressee, languages=()))


def _without_reach(letter: Letter) -> Letter:
    """Without how the addressee is reached."""
    return msgspec.structs.replace(letter, addressee=msgspec.structs.replace(letter.addressee, contacts=(), url=""))


def _without_conducting(letter: Letter) -> Letter:
    sender = letter.requesting
    nobody = msgspec.structs.replace(sender, role="requesting") if sender.role == CONDUCTS else sender
    return msgspec.structs.replace(letter, conducting=None, requesting=nobody)


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


def _conducting(letter: Letter) -> Content:
    """Who conducts the case: the sender itself, where nobody else is named."""
    itself = letter.requesting if letter.requesting.role == CONDUCTS else None
    party = letter.conducting or itself
    return (party,) if party is not None and party.name.strip() else ()


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
        case _:
            return True


_PIECES: MappingProxyType[str, Callable[[Letter], Content]] = MappingProxyType(
    {
        "assistance.subjects": lambda letter: tuple(s for item in letter.assistance for s in item.subjects),
        "assistance.period": lambda letter: tuple(i.period for i in letter.assistance if i.period is not None),
        "assistance.reason": lambda letter: tuple(why for i in letter.assistance for why in i.reason),
        "offences.provisions": lambda letter: tuple(p for offence in letter.offences for p in offence.provisions),
        "requesting.contacts": _contacts,
        "conducting": _conducting,
        "addressee.contacts": lambda letter: tuple(c for c in (*letter.addressee.contacts, letter.addressee.url) if c),
        "addressee.languages": lambda letter: letter.addressee.languages,
    }
)
_EMPTIED: MappingProxyType[str, Callable[[Letter], Letter]] = MappingProxyType(
    {
        "assistance.subjects": _without_item("subjects", ()),
        "assistance.period": _without_item("period", None),
        "assistance.reason": _without_item("reason", ()),
        "offences.provisions": _without_provisions,
        "requesting.contacts": _without_contacts,
        "addressee.contacts": _without_reach,
        "addressee.languages": _without_languages,
        "conducting": _without_conducting,
    }
)
