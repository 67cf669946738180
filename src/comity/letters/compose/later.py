"""Letters about an earlier one: what the requesting side sends afterwards, and what the requested side answers.

`follow_up` and `answer` take the earlier letter as data, whether it was drafted here or read from what arrived.
"""

from collections.abc import Mapping
from datetime import date

import msgspec

from comity.letters.errors import NoLetterError
from comity.letters.fields import MEMBERS
from comity.letters.model import (
    About,
    Enclosure,
    Item,
    Kind,
    Letter,
    Origin,
    OriginKind,
    Particular,
    Party,
    Signatory,
    Text,
)
from comity.letters.tables import fields_of, kinds, parts
from comity.letters.wording import fixed

Statements = Mapping[str, tuple[Text, ...]]
"""What a person says, by field."""


def follow_up(earlier: Letter, kind: Kind, *, on: date, statements: Statements | None = None) -> Letter:
    """A later letter of the side that sent `earlier`; what both kinds have is taken over from it.

    NoLetterError where the kind is none that follows a letter.
    """
    _check(kind, "earlier")
    has = fields_of(kind)
    kept = {
        name: getattr(earlier, name)
        for name in MEMBERS
        if name in has and name not in {"about", "enclosures"} and getattr(earlier, name)
    }
    kept["assistance"] = tuple(_asked_again(item, kind) for item in kept.get("assistance", ()))
    bare = Letter(
        kind=kind,
        title=fixed(f"kind.{kind.value}"),
        reference=f"{earlier.reference} / {kind.value}",
        case_reference=earlier.case_reference,
        dated_on=on,
        language=earlier.language,
        requesting=earlier.requesting,
        addressee=earlier.addressee,
        about=about(earlier),
    )
    carried = tuple(p for p in earlier.particulars if p.field in has)
    return stated(msgspec.structs.replace(bare, particulars=carried, **kept), statements or {})


def answer(
    incoming: Letter,
    kind: Kind,
    *,
    on: date,
    by: Party,
    signatory: str = "",
    received_on: date | None = None,
    statements: Statements | None = None,
) -> Letter:
    """An answer of the requested side: sender and addressee change places.

    NoLetterError where the kind is no answer.
    """
    _check(kind, "incoming")
    bare = Letter(
        kind=kind,
        title=fixed(f"kind.{kind.value}"),
        reference=f"{incoming.reference} / {kind.value}",
        case_reference=incoming.case_reference,
        dated_on=on,
        requesting=by,
        addressee=incoming.requesting,
        about=msgspec.structs.replace(about(incoming), received_on=received_on),
        basis=incoming.basis if "basis" in fields_of(kind) else (),
        signatures=(Signatory(number=1, name=signatory, authority=by.name, origin=by.origin),),
    )
    return stated(bare, statements or {})


def about(letter: Letter) -> About:
    """A reference to a letter."""
    return About(
        kind=letter.kind,
        reference=letter.reference,
        dated_on=letter.dated_on,
        from_state=letter.requesting.state,
    )


def stated(letter: Letter, statements: Statements) -> Letter:
    """The letter with what a person says: particulars and lists of texts, each in place of what was there."""
    has = fields_of(letter.kind)
    for field, said in statements.items():
        if field not in has:
            raise NoLetterError(
                what=f"statement {field!r}",
                problem=f"a letter of the kind {letter.kind.value} has no such field",
                remedy=f"it has {', '.join(sorted(has - MEMBERS))}",
            )
        if field == "enclosures":
            papers = tuple(
                Enclosure(number=n, id="other", title=text, origin=text.origin) for n, text in enumerate(said, 1)
            )
            letter = msgspec.structs.replace(letter, enclosures=papers)
        elif field in MEMBERS:
            letter = msgspec.structs.replace(letter, **{field: said})
        else:
            rest = tuple(p for p in letter.particulars if p.field != field)
            added = tuple(Particular(field=field, text=text) for text in said)
            letter = msgspec.structs.replace(letter, particulars=(*rest, *added))
    return msgspec.structs.replace(letter, particulars=_in_order(letter))


def _in_order(letter: Letter) -> tuple[Particular, ...]:
    order = [field for part in kinds()[letter.kind].parts for field in parts()[part].fields]
    return tuple(sorted(letter.particulars, key=lambda p: order.index(p.field)))


def _asked_again(item: Item, kind: Kind) -> Item:
    if kind is not Kind.PRESERVATION_EXTENSION:
        return item
    origin = Origin(kind=OriginKind.WORDING)
    return msgspec.structs.replace(item, what=fixed("ask.extension", origin=origin, holder=item.holder))


def _check(kind: Kind, made: str) -> None:
    row = kinds()[kind]
    if row.made != made:
        known = ", ".join(k.value for k, other in kinds().items() if other.made == made)
        raise NoLetterError(what=kind.value, problem="it is made another way", remedy=f"name one of {known}")
