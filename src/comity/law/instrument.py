"""Instruments: what a request can rest on, as its data file says it.

One TOML file an instrument (``data/instruments/multilateral/<id>.toml``, ``data/instruments/bilateral/<id>.toml``,
``data/instruments/general/<id>.toml``); the parties of a multilateral one stand beside it in ``<id>.csv``. Models
(``data/instruments/models/<id>.toml``) are patterns for treaties whose own text was not read: never routes themselves.
These records are the schema of those files: an unknown key is an error.
"""

from collections.abc import Mapping

import msgspec

from comity.law.dates import PartialDate
from comity.law.vocabulary import (
    Absence,
    Addressee,
    Basis,
    Channel,
    Confidence,
    DualCriminality,
    EndKind,
    Fact,
    InstrumentKind,
    Measure,
    RefusalGround,
    ReservationEffect,
    ScopeOffences,
    TimeUnit,
    TreatyStatus,
)

StateCode = str


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of every record that a data file holds."""


class Condition(Record, frozen=True, kw_only=True):
    """A condition of a provision, in our own words."""

    text: str
    fact: Fact = Fact.NONE
    """The fact of the case that decides it; empty: a person must check."""
    when_requested: StateCode = ""
    """Applies only where this state is the requested one."""
    when_requesting: StateCode = ""
    """Applies only where this state is the requesting one."""
    gate: bool = False
    """While it is to be checked the provision is conditional, whatever its fact says of itself."""


class TimeLimit(Record, frozen=True, kw_only=True):
    """A period that a provision sets. ``value`` 0: no fixed figure, see ``kind``."""

    value: int
    unit: TimeUnit
    starts: str
    """The event from which it runs."""
    kind: str
    """What it limits: ``minimum_duration``, ``decision``, ``production`` and so on."""
    only_if: Fact = Fact.NONE
    """It runs only where this fact is true: the person agrees, it is an emergency."""

    def holds(self, facts: Mapping[str, bool]) -> bool:
        """Whether it runs by the facts that are known; one that nobody has told is not counted on."""
        return not self.only_if or facts.get(self.only_if.value, False)


class Provision(Record, frozen=True, kw_only=True):
    """One article (or part of one) and one measure that it gives."""

    article: str
    measure: Measure
    summary: str
    duty: bool
    """True: owed if the conditions are met and no ground applies. False: may be given."""
    conditions: tuple[Condition, ...] = ()
    dual_criminality: DualCriminality = DualCriminality.INHERITED
    refusal_grounds: tuple[RefusalGround, ...] | None = None
    """None: the instrument's general list; empty: none applies."""
    channel: Channel = Channel.INHERITED
    addressee: Addressee = Addressee.AUTHORITY
    time_limits: tuple[TimeLimit, ...] = ()
    offences: tuple[ScopeOffences, ...] = ()
    """Narrows the instrument's scope; empty: as the instrument."""
    min_years: int = 0
    """Least maximum penalty in years; 0: as the instrument."""
    above_min: bool = False
    """The maximum has to be more than ``min_years``, and not only to reach it."""
    needs: str = ""
    """Id of another instrument that must bind both states for this provision to work."""
    only_requested: tuple[StateCode, ...] = ()
    """The provision works only where one of these is the requested state; empty: any."""
    only_offences: tuple[str, ...] = ()
    """Canonical offences for which it is there, with the ways of acting that rest on them; empty: as the scope says."""
    from_on: PartialDate = ""
    """The first day on which it is given, where that is later than the instrument's; empty: since the instrument."""
    subsidiary: bool = False
    """Works only where no mutual assistance treaty binds the pair (Budapest 27(1), UNTOC 18(7)).

    For extradition: is the basis only where no extradition treaty binds the pair; where one does, the offence is read
    into it (Budapest 24(2)-(3), UNTOC 16(3)-(4), UNCAC 44(4)-(5)).
    """
    yields: bool = False
    """Steps back where another treaty on extradition binds the pair, and is a basis of its own where none does
    (Montevideo 1933 art. 21)."""
    general: bool = False
    """The instrument's general duty of assistance, not a rule on this measure (Budapest 25(1))."""
    note: str = ""
    """What a reader should know that is no condition of the provision."""
    confidence: Confidence
    source_url: str


class Content(Record, frozen=True, kw_only=True):
    """Something that a request must say."""

    field: str
    requirement: str
    article: str
    measures: tuple[Measure, ...] = ()
    """Empty: for every measure."""


class Scope(Record, frozen=True, kw_only=True):
    """Which offences an instrument reaches; several classes are alternatives."""

    offences: tuple[ScopeOffences, ...]
    catalogue: str = ""
    """Whose list ``cybercrime_listed`` means: ``budapest``, ``uncc`` or ``eu-e-evidence`` (columns of
    ``offences.csv``); empty: a list of its own that was not mapped."""
    min_years: int = 0
    above_min: bool = False
    """The maximum has to be more than ``min_years``, and not only to reach it."""
    assumed: bool = False
    """Lent by a model to a treaty whose text was not read; never in a file."""
    may_list: bool = False
    """Of those: it is, or may be, of a time when treaties often listed offences: check whether it has this one."""
    note: str = ""


class General(Record, frozen=True, kw_only=True):
    """Rules that hold for every provision which does not set its own."""

    dual_criminality: DualCriminality
    dual_criminality_note: str = ""
    lifted_from_years: int = 0
    """Not tested for the Union's listed categories with at least this maximum in the issuing state; 0: no list."""
    refusal_grounds: tuple[RefusalGround, ...] = ()
    refusal_note: str = ""
    use_limitation: str = ""
    confidentiality: str = ""
    costs: str = ""
    urgent_channel: str = ""
    channel: Channel
    receiver: str = ""
    """Who receives it in the requested state, where that is not the desk that usually serves the channel."""
    languages: str = ""
    form: str = ""
    subsidiarity: str = ""


class Reservation(Record, frozen=True, kw_only=True):
    """A reservation or declaration of one state, and what it does to the provisions that it touches."""

    state: StateCode
    article: str
    kind: str
    """``reservation``, ``declaration``, ``notification``; ``implementing law`` and the like."""
    summary: str
    effect: ReservationEffect = ReservationEffect.TO_READ
    provisions: tuple[str, ...] = ()
    """Articles of this instrument's provisions that it touches, as written there; empty: by `measures` alone."""
    measures: tuple[Measure, ...] = ()
    """Measures that it touches; empty: every measure of those articles."""
    toward: tuple[StateCode, ...] = ()
    """It speaks only of requests between its state and one of these; empty: of everybody's."""
    min_years: int = 0
    """For `ReservationEffect.LEAST_PENALTY`."""
    spares_listed: bool = False
    """It does not touch offences that the instrument itself establishes (Budapest 29(4))."""
    made_on: PartialDate = ""
    withdrawn_on: PartialDate = ""
    source_url: str
    as_of: PartialDate
    confidence: Confidence


class Exclusion(Record, frozen=True, kw_only=True):
    """Two sets of parties between which an instrument does not work, from one day to another."""

    states: tuple[StateCode, ...]
    toward: tuple[StateCode, ...]
    from_on: PartialDate
    to_on: PartialDate = ""
    one_way: bool = False
    """It keeps `states` from asking `toward`, and not the other way round: what a court of the latter found void there
    may still be honoured by the former."""
    unsure: bool = False
    """Whether it works between them is not known: announced, reported or begun, but not read."""
    reason: str
    source_url: str
    as_of: PartialDate
    confidence: Confidence


class Participation(Record, frozen=True, kw_only=True):
    """What one state did about one instrument: a row of ``<id>.csv``.

    ``how`` is the form of consent (``ratification``, ``accession``, ``membership``, ``extension`` ...); empty: signed
    only, not bound; ``unknown``: whether it consented is not known. Of a territory: ``extension`` (reached, as long as
    the state that answers for it is bound) or ``excluded`` (declared not to be reached).
    ``in_force_on`` empty on a party's row: the date was not sourced.
    """

    state: StateCode
    signed_on: PartialDate = ""
    bound_on: PartialDate = ""
    how: str = ""
    in_force_on: PartialDate = ""
    in_force_by: PartialDate = ""
    """Where ``in_force_on`` is unknown: a day on which it was in force for the state by what the source says."""
    ended_on: PartialDate = ""
    """The first day on which it no longer works."""
    end_kind: EndKind = EndKind.NONE
    saves_pending: bool = False
    """A request received before the end is still dealt with."""
    note: str = ""
    source_url: str
    as_of: PartialDate
    confidence: Confidence


def is_consent(party: Participation) -> bool:
    """Whether the row says that the state (or one for it) consented to be bound."""
    return party.how not in {"", "unknown", "excluded"}


class EntryRule(Record, frozen=True, kw_only=True):
    """How long after its consent a later party is bound.

    ``days`` after deposit; or the first day of the month after ``months`` from deposit; both 0: not known.
    """

    days: int = 0
    months: int = 0
    same_day: bool = False
    """With ``months``: on the day of that number, and not with the month that follows."""
    article: str = ""


class ExitRule(Record, frozen=True, kw_only=True):
    """How long after a notice of denunciation a party is bound no more."""

    months: int
    next_month: bool = False
    """It ends with the first day of the month that follows the period."""
    article: str
    source_url: str
    confidence: Confidence


class Instrument(Record, frozen=True, kw_only=True):
    """Anything that a request can rest on."""

    id: str
    aliases: tuple[str, ...] = ()
    """Other ids under which it is known, such as the one formed from its states and year."""
    title: str
    short_title: str = ""
    kind: InstrumentKind
    basis: Basis = Basis.PARTIES
    between_states: bool = False
    """Works between states alone, whatever its basis: not between parts of one. Without it treaties alone do so."""
    binding: bool = True
    assistance: bool = False
    """A treaty of general mutual legal assistance: where it binds, `subsidiary` provisions of others step back."""
    reference: str = ""
    depositary: str = ""
    adopted_on: PartialDate = ""
    signed_on: PartialDate = ""
    provisional_on: PartialDate = ""
    """First day of provisional application, where the instrument was applied before it entered into force."""
    in_force_on: PartialDate = ""
    """Of the instrument itself; empty: unknown, unless ``not_in_force_as_of`` is set."""
    in_force_by: PartialDate = ""
    """Where ``in_force_on`` is unknown: a day on which a source found it in force, so that it is later on too."""
    not_in_force_as_of: PartialDate = ""
    """The last day on which a source found it not in force."""
    ended_on: PartialDate = ""
    """The first day on which it no longer works."""
    end_kind: EndKind = EndKind.NONE
    term_ends_on: PartialDate = ""
    """Concluded for a term that ends then unless it is extended; whether it was is not known."""
    status: TreatyStatus = TreatyStatus.UNKNOWN
    """Bilateral treaties only: what the source says."""
    states: tuple[StateCode, ...] = ()
    """Bilateral: the two parties, alphabetically (``EU`` stands for its members). ``requested_state``: whose law."""
    saves_pending: bool = False
    """A request received before the end is still dealt with."""
    saving_note: str = ""
    """The article or rule that says so."""
    pending_unknown: bool = False
    """Whether a request received before the end is still dealt with was not sourced: check it."""
    replaces: tuple[str, ...] = ()
    """Ids of instruments whose corresponding provisions step back between states that this one binds."""
    replaces_kinds: tuple[InstrumentKind, ...] = ()
    """Kinds of bilateral treaties that step back likewise."""
    replaces_article: str = ""
    hub: str = ""
    """How (``Participation.how``) those take part through whom all others are tied: between two others it does not
    work."""
    hub_note: str = ""
    """Why."""
    spares_pending: bool = False
    """A request received before it bound both states stays under what it replaces."""
    sparing_note: str = ""
    """The article or rule that says so."""
    parent: str = ""
    """A protocol binds only where its parent does too."""
    entry_rule: EntryRule | None = None
    exit_rule: ExitRule | None = None
    """None: not known."""
    entry_note: str = ""
    open_to: str = ""
    eligible: tuple[StateCode, ...] = ()
    """The only states that can take part, where that is a closed circle; empty: see ``open_to``."""
    absence: Absence = Absence.UNKNOWN
    lists_before: PartialDate = ""
    """Models only: treaties of the kind that were signed before this day often list the offences that they reach."""
    provisions_of: str = ""
    """Id of the model whose provisions are assumed because the treaty's own text was not read."""
    scope: Scope | None = None
    general: General | None = None
    provisions: tuple[Provision, ...] = ()
    contents: tuple[Content, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    note: str = ""
    verification: str = ""
    """What of the text was read, what was recalled."""
    source_urls: tuple[str, ...]
    as_of: PartialDate
    confidence: Confidence


def needs_two_states(instrument: Instrument) -> bool:
    """Whether it does not work between a state and a part of it, nor between two parts of one."""
    return instrument.between_states or instrument.basis is Basis.PARTIES


def grounds_of(instrument: Instrument, provision: Provision) -> tuple[RefusalGround, ...]:
    """The provision's own grounds for refusal, or the instrument's."""
    if provision.refusal_grounds is not None:
        return provision.refusal_grounds
    return instrument.general.refusal_grounds if instrument.general else ()
