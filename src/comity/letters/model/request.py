"""What is asked for: numbered, one measure each, with its exact objects and its period."""

from comity.law import Measure
from comity.letters.model.record import Record
from comity.letters.model.text import Origin, Text


class Subject(Record, frozen=True, kw_only=True):
    """One exact object: an account, address, domain or person."""

    kind: str
    """STIX's name where it has one (`comity.leads.model.ObservableKind`)."""
    value: str
    """As the holder would search for it."""
    shown: str = ""
    """For people; empty: as the value."""
    detail: str = ""
    """What makes it exact: instants with offset, source port, message id, reference of a payment."""
    moments: tuple[Text, ...] = ()
    """What happened at these instants, each with its own."""
    origin: Origin


class Span(Record, frozen=True, kw_only=True):
    """The time for which data are asked."""

    start: str
    """RFC 3339 with offset, or ISO 8601 date; empty: not told."""
    end: str
    why: Text | None = None


class Item(Record, frozen=True, kw_only=True):
    """One numbered measure."""

    number: int
    measure: Measure
    what: Text
    """The sentence that asks for it."""
    holder: str = ""
    """Who has it; empty: the state itself is asked."""
    holder_id: str = ""
    """Id of the plan's holder or of the provider table."""
    subjects: tuple[Subject, ...] = ()
    period: Span | None = None
    data: tuple[Text, ...] = ()
    """What exactly is wanted of each object: categories of data, kinds of records."""
    reason: tuple[Text, ...] = ()
    """The nexus: how what is asked for bears on the offence."""
    origin: Origin


class Payment(Record, frozen=True, kw_only=True):
    """One payment to stop, recall or trace."""

    at: str
    """RFC 3339 with offset; without one it is weak."""
    amount: str
    """Decimal, as text."""
    currency: str
    """ISO 4217; empty: not told."""
    source: str
    target: str
    reference: str = ""
    origin: Origin
