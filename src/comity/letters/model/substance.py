"""What the case is about: persons, the law that was broken, and that law's counterpart on the other side."""

from comity.letters.model.record import Record
from comity.letters.model.text import Origin, Text


class Person(Record, frozen=True, kw_only=True):
    """A suspect, witness, victim or third party, as far as known."""

    name: str
    """A name or a handle, in its own script; never invented."""
    name_latin: str = ""
    role: str = "suspect"
    """``suspect``, ``witness``, ``victim``, ``third_party``; ``sought`` for extradition."""
    nationality: str = ""
    """ISO 3166 code; empty: not known."""
    residence: str = ""
    born: str = ""
    """ISO 8601 date and place, as far as known."""
    identity: tuple[str, ...] = ()
    """Identity papers, marks, photographs: what establishes who it is."""
    note: Text | None = None
    origin: Origin


class Provision(Record, frozen=True, kw_only=True):
    """A section of the requesting state's law."""

    law: str
    section: str
    mark: str = "s."
    """What stands before the number where the law is cited: ``s.``, ``art.`` or ``§``."""
    title: str = ""
    """The section's heading; empty: not known."""
    max_penalty_years: float | None = None
    """99: life or death. None: not known, a fine only, or as the base offence."""
    life_only: bool = False
    """Of 99: life imprisonment, and not death."""
    in_force_from: str = ""
    """ISO 8601, as exact as its source; empty: not known."""
    in_force_to: str = ""
    """Its last day; empty: in force, or not known."""
    origin: Origin


class LawText(Record, frozen=True, kw_only=True):
    """What a section says that the letter cites, for its annex."""

    law: str
    section: str
    """Both as in the `Provision` that it is of."""
    paragraphs: tuple[Text, ...]
    official: bool = False
    """These are the words of the law as published; else they say what it provides in the words of who drafted."""


class Offence(Record, frozen=True, kw_only=True):
    """One offence with the provisions that punish it."""

    id: str
    """Canonical id in the law data."""
    title: str
    max_penalty_years: float | None = None
    """As the case says; None: not told."""
    provisions: tuple[Provision, ...] = ()
    origin: Origin


class DualCriminality(Record, frozen=True, kw_only=True):
    """Why the conduct is an offence in the requested state too."""

    offence: str
    verdict: str
    """``satisfied``, ``not_satisfied`` or ``unknown``, by the law engine."""
    argument: Text
    sections_there: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    """Elements of the conduct that the offence there names too."""
    elements_open: tuple[str, ...] = ()
    """Elements that it does not name: the facts should not rest on them."""
    carries: bool = False
    """Whether the request rests on this offence."""
    origin: Origin
