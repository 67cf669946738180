"""A letter as structured data: every renderer, translation, signature and check works on these records.

Each is a frozen `msgspec.Struct`, written to JSON as it stands (the schema is published). Days are ISO 8601 dates;
instants RFC 3339 text; empty text means *none* or *not known*, as the field says. Every `Text` can be addressed by
itself (`comity.letters.address`).
"""

from comity.letters.model.kind import Family, Kind
from comity.letters.model.party import Basis, Handover, Party
from comity.letters.model.request import Item, Payment, Span, Subject
from comity.letters.model.substance import DualCriminality, LawText, Offence, Person, Provision
from comity.letters.model.terms import (
    About,
    EarlierAct,
    Enclosure,
    Particular,
    Signatory,
    Undertaking,
    UndertakingKind,
)
from comity.letters.model.text import Origin, OriginKind, Text
from comity.letters.model.whole import SCHEMA, Letter

__all__ = [
    "SCHEMA",
    "About",
    "Basis",
    "DualCriminality",
    "EarlierAct",
    "Enclosure",
    "Family",
    "Handover",
    "Item",
    "Kind",
    "LawText",
    "Letter",
    "Offence",
    "Origin",
    "OriginKind",
    "Particular",
    "Party",
    "Payment",
    "Person",
    "Provision",
    "Signatory",
    "Span",
    "Subject",
    "Text",
    "Undertaking",
    "UndertakingKind",
]
