"""Who asks, who is asked, and through whose hands the letter goes."""

from comity.letters.model.record import Record
from comity.letters.model.text import Origin, Text


class Party(Record, frozen=True, kw_only=True):
    """An authority, court, provider or bureau."""

    name: str
    """In its own script; empty: not known."""
    name_latin: str = ""
    """Transliterated, where the name is in another script."""
    office: str = ""
    """Key of its name in the catalogues, where it is an office that every language has a name for."""
    unit: str = ""
    officer: str = ""
    """Name of the person who answers questions: never translated."""
    rank: str = ""
    """Of that person: rank or office, in words."""
    role: str = ""
    """What it does in the case, such as ``conducts the investigation``."""
    address: str = ""
    city: str = ""
    state: str = ""
    """ISO 3166 code; empty: not known."""
    contacts: tuple[str, ...] = ()
    """E-mail addresses and telephones, as they may stand in a letter."""
    languages: tuple[str, ...] = ()
    """ISO 639 codes of the languages that it accepts; empty: not known."""
    url: str = ""
    note: str = ""
    """What is not known about it, or what to ask first."""
    origin: Origin


class Handover(Record, frozen=True, kw_only=True):
    """One hand through which the letter goes, in order."""

    number: int
    who: str
    office: str = ""
    """As `Party.office`."""
    state: str
    does: Text
    adds: tuple[Text, ...] = ()
    """Papers or statements that it adds."""
    signs: bool = False
    form: str = ""
    """Name of the official form, where there is one."""
    legal_basis: str = ""
    origin: Origin


class Basis(Record, frozen=True, kw_only=True):
    """An instrument on which the letter rests."""

    instrument: str
    """Id in the law data; empty: none, courtesy or the law of the requested state alone."""
    title: str
    article: str
    channel: str
    """How it travels: a channel of `comity.law.Channel`."""
    statement: Text
    """The sentence that invokes it."""
    origin: Origin
