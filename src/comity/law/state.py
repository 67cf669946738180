"""What the data say of one state: authorities, offences, its nationals, positions; canonical offences and providers.

``data/states/<CODE>/{authorities,nationals,offences,positions,texts}.csv``, ``data/offences.csv``,
``data/providers.csv``, ``data/groups/<GROUP>.csv``.
"""

from enum import StrEnum

from comity.law.dates import PartialDate
from comity.law.instrument import Record, StateCode
from comity.law.vocabulary import AuthorityRole, Confidence, ReservationEffect


class Authority(Record, frozen=True, kw_only=True):
    """An authority that sends or receives requests; of several that serve, the first in a file is the usual one."""

    role: AuthorityRole
    name: str
    instrument: str = ""
    """Id of the instrument that it serves; empty: any that has no authority of its own."""
    measures: str = ""
    """Measure ids joined by ``;`` that it serves; empty: all."""
    city: str = ""
    languages: str = ""
    """ISO 639 codes joined by ``;``."""
    public_url: str = ""
    source_url: str
    as_of: PartialDate
    confidence: Confidence


class NationalOffence(Record, frozen=True, kw_only=True):
    """A section of national law that covers a canonical offence."""

    law: str
    section: str
    title: str
    offence_id: str
    mark: str = ""
    """What stands before the number where the law is cited: ``s.``, ``art.`` or ``§``; where a row leaves it out, it is
    filled in from the state's manner."""
    max_penalty_years: float | None = None
    """99: life or death. None: unknown, fine only, or as the base offence."""
    life_only: bool = False
    """Of 99: by its source it is life imprisonment, and not death."""
    special: bool = False
    """Reaches the conduct only with a further element (a syndicate, a public servant): its penalty proves nothing about
    the ordinary case."""
    first: bool = False
    """By its source no law of the state punished the conduct before this one; else the time before it is unknown."""
    last: bool = False
    """By its source no law of the state punished the conduct after this one (its last day is ``in_force_to``); else
    the time after it is unknown."""
    heaviest: bool = False
    """By its source no section of the state's law on this offence carries more, aggravated forms among them; else a
    heavier form than those in the data is unknown."""
    conditions: str = ""
    in_force_from: PartialDate = ""
    in_force_to: PartialDate = ""
    source_url: str
    as_of: PartialDate
    confidence: Confidence


class SectionText(Record, frozen=True, kw_only=True):
    """What a section of national law says: its own words, or what it provides in ours."""

    law: str
    section: str
    """As ``offences.csv`` writes it."""
    language: str = "en"
    """BCP 47."""
    official: bool = False
    """These are the words of the law as published; else they say in our own words what it provides."""
    text: str
    """Paragraphs stand apart by a line break."""
    in_force_from: PartialDate = ""
    in_force_to: PartialDate = ""
    source_url: str
    as_of: PartialDate
    confidence: Confidence


class Stance(StrEnum):
    """Where a state stands that gives a reason about an instrument."""

    STAYS_OUT = "stays_out"
    UNDECIDED = "undecided"  # it says that it is still considering
    JOINED_LATER = "joined_later"  # the reason is why it stayed out before


class StatedPosition(Record, frozen=True, kw_only=True):
    """One reason that a state gives for staying out of an instrument, in our own words."""

    instrument: str
    stance: Stance
    reason: str
    said_by: str
    """Who said it, or who reports it."""
    said_on: PartialDate = ""
    source_url: str
    as_of: PartialDate
    confidence: Confidence


class NationalsRule(Record, frozen=True, kw_only=True):
    """What a state's own law says of the surrender of its nationals, under whatever instrument they are sought."""

    effect: ReservationEffect
    """One of those that speak of nationals."""
    not_under: tuple[str, ...] = ()
    """Instruments for which that law makes an exception: they, or their own declarations, decide."""
    not_offences: tuple[str, ...] = ()
    """Canonical offences for which that law makes an exception."""
    unless: str = ""
    """An exception that turns on what no fact of a case says: a person has to look."""
    law: str
    section: str
    """As the law is cited: ``art. 61(1)``."""
    in_force_from: PartialDate = ""
    in_force_to: PartialDate = ""
    source_url: str
    as_of: PartialDate
    confidence: Confidence


class Offence(Record, frozen=True, kw_only=True):
    """A canonical offence; with ``maps_to`` it is a way of acting and rests on the treaty offences named there."""

    id: str
    title: str
    description: str
    elements: tuple[str, ...]
    budapest_article: str = ""
    uncc_article: str = ""
    eu_evidence_article: str = ""
    """Of Regulation (EU) 2023/1543: why traffic and content data are produced whatever the penalty."""
    iccs_code: str = ""
    maps_to: tuple[str, ...] = ()
    source_url: str
    as_of: PartialDate
    confidence: Confidence


class Provider(Record, frozen=True, kw_only=True):
    """A company that holds data, one row per controlling entity."""

    id: str
    name: str
    legal_entity: str = ""
    """Empty: no source names it."""
    jurisdiction: StateCode
    services: tuple[str, ...] = ()
    email_domains: tuple[str, ...] = ()
    web_domains: tuple[str, ...] = ()
    asn: tuple[int, ...] = ()
    law_enforcement_url: str = ""
    guidelines_url: str = ""
    preservation_days: int | None = None
    accepts_foreign_direct_requests: str = "unknown"
    emergency_channel: str = "unknown"
    notifies_user_by_default: str = "unknown"
    notes: str = ""
    source_url: str
    as_of: PartialDate
    confidence: Confidence


class Membership(Record, frozen=True, kw_only=True):
    """One period in which what binds a group (the EU) binds a state as well; a state may have several."""

    state: StateCode
    from_on: PartialDate
    to_on: PartialDate = ""
    """The last day of the period."""
    note: str = ""
    source_url: str
    as_of: PartialDate
    confidence: Confidence
