"""A whole letter."""

from datetime import date

from comity.letters.model.kind import Kind
from comity.letters.model.party import Basis, Handover, Party
from comity.letters.model.record import Record
from comity.letters.model.request import Item, Payment
from comity.letters.model.substance import DualCriminality, LawText, Offence, Person
from comity.letters.model.terms import About, EarlierAct, Enclosure, Particular, Signatory, Undertaking
from comity.letters.model.text import Text

SCHEMA = "comity-letter-1"


class Letter(Record, frozen=True, kw_only=True):
    """A letter as structured data: what every form of output is made from."""

    schema: str = SCHEMA
    kind: Kind
    title: Text
    reference: str
    """Of this letter, unique in the case."""
    case_reference: str
    dated_on: date
    language: str = "en"
    """BCP 47 tag of the language in which it was drafted."""
    requesting: Party
    """Who sends it."""
    conducting: Party | None = None
    """Who conducts the case, where it is another."""
    court: Party | None = None
    """The court that issues it, where one does."""
    addressee: Party
    chain: tuple[Handover, ...] = ()
    """Empty: the hands of the sending side are its own affair; earlier letters told them."""
    about: About | None = None
    """The letter that this one follows up or answers."""
    basis: tuple[Basis, ...] = ()
    stage: tuple[Text, ...] = ()
    facts: tuple[Text, ...] = ()
    """Numbered paragraphs."""
    losses: tuple[Text, ...] = ()
    persons: tuple[Person, ...] = ()
    offences: tuple[Offence, ...] = ()
    dual_criminality: tuple[DualCriminality, ...] = ()
    law_texts: tuple[LawText, ...] = ()
    """Of the sections cited, each once, as far as their text is at hand."""
    link: tuple[Text, ...] = ()
    """Why the requested state, and why this holder."""
    assistance: tuple[Item, ...] = ()
    payments: tuple[Payment, ...] = ()
    purpose: tuple[Text, ...] = ()
    necessity: tuple[Text, ...] = ()
    """Why the measure is needed and less would not do."""
    procedure: tuple[Text, ...] = ()
    confidentiality: tuple[Text, ...] = ()
    urgency: tuple[Text, ...] = ()
    earlier: tuple[EarlierAct, ...] = ()
    privilege: tuple[Text, ...] = ()
    undertakings: tuple[Undertaking, ...] = ()
    particulars: tuple[Particular, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    signatures: tuple[Signatory, ...] = ()
