"""One instrument on one sheet: what it gives, who is bound on a day, what was reserved, where that is known from."""

from datetime import date

from comity.law.instrument import Content, Exclusion, Instrument, Provision, Reservation, StateCode
from comity.law.names import all_states, state_name
from comity.law.penalty import years_words
from comity.law.registry import Registry
from comity.law.route import Answer, Source
from comity.law.standing import Bound, Standing
from comity.law.vocabulary import (
    Absence,
    Basis,
    Channel,
    Confidence,
    DualCriminality,
    EndKind,
    InstrumentKind,
    RefusalGround,
)


class PartyLine(Answer, frozen=True, kw_only=True):
    """How one state stands to the instrument on the day."""

    state: StateCode
    name: str
    bound: str
    """``yes``, ``no`` or ``unknown``."""
    why: str
    opens_on: date | None = None
    closes_on: date | None = None
    source_url: str = ""
    confidence: Confidence | None = None


class InstrumentSheet(Answer, frozen=True, kw_only=True):
    """What the data say of one instrument, as of a day."""

    id: str
    aliases: tuple[str, ...]
    title: str
    short_title: str
    kind: InstrumentKind
    binding: bool
    reference: str
    depositary: str
    parent: str
    replaces: tuple[str, ...]
    sparing_note: str
    """By what rule requests received before stay with what it replaces; empty: none is known."""
    hub_note: str
    """Why it works through some of its members only; empty: it works between all."""
    as_of: date
    life: str
    """In force since when, by what."""
    scope: str
    channel: Channel | None
    dual_criminality: DualCriminality | None
    refusal_grounds: tuple[RefusalGround, ...]
    languages: str
    provisions: tuple[Provision, ...]
    assumed_from: str
    """Id of the model whose provisions are assumed because the text was not read; empty: its own."""
    contents: tuple[Content, ...]
    reservations: tuple[Reservation, ...]
    exclusions: tuple[Exclusion, ...]
    parties: tuple[PartyLine, ...]
    """States of which the table says something, and territories that are reached; the bound first."""
    missing_means: str
    """What it means that a state is not among `parties`."""
    note: str
    verification: str
    sources: tuple[Source, ...]

    def counted(self, bound: Bound) -> int:
        """How many states are bound, not bound, or not known to be."""
        return sum(line.bound == bound.name.lower() for line in self.parties)


_ORDER = {"yes": 0, "unknown": 1, "no": 2}


def instrument_sheet(instrument: Instrument, registry: Registry, on: date) -> InstrumentSheet:
    """The sheet of an instrument."""
    general = instrument.general
    return InstrumentSheet(
        id=instrument.id,
        aliases=instrument.aliases,
        title=instrument.title,
        short_title=instrument.short_title,
        kind=instrument.kind,
        binding=instrument.binding,
        reference=instrument.reference,
        depositary=instrument.depositary,
        parent=instrument.parent,
        replaces=instrument.replaces,
        sparing_note=instrument.sparing_note,
        hub_note=instrument.hub_note,
        as_of=on,
        life=life_of(instrument),
        scope=scope_of(instrument),
        channel=general.channel if general else None,
        dual_criminality=general.dual_criminality if general else None,
        refusal_grounds=general.refusal_grounds if general else (),
        languages=general.languages if general else "",
        provisions=instrument.provisions,
        assumed_from=instrument.provisions_of,
        contents=instrument.contents,
        reservations=instrument.reservations,
        exclusions=instrument.exclusions,
        parties=party_lines(instrument, registry, on),
        missing_means=_missing(instrument),
        note=instrument.note,
        verification=instrument.verification,
        sources=tuple(
            Source(what=instrument.title, url=url, as_of=instrument.as_of, confidence=instrument.confidence)
            for url in instrument.source_urls
        ),
    )


def life_of(instrument: Instrument) -> str:
    """Its dates, in words."""
    words = [f"{name} {value}" for name, value in _dates(instrument) if value]
    if instrument.end_kind is not EndKind.NONE:
        words[-1] += f" ({instrument.end_kind.value})"
    return "; ".join(words) or f"{instrument.status.value.replace('_', ' ')}; its dates were not sourced"


def _dates(instrument: Instrument) -> tuple[tuple[str, str], ...]:
    return (
        ("adopted", instrument.adopted_on),
        ("signed", instrument.signed_on),
        ("applied provisionally from", instrument.provisional_on),
        ("in force since", instrument.in_force_on),
        ("found in force on", instrument.in_force_by),
        ("not in force when last checked,", instrument.not_in_force_as_of),
        ("ended on", instrument.ended_on),
    )


def scope_of(instrument: Instrument) -> str:
    """Which offences it reaches, in words."""
    scope = instrument.scope
    if scope is None:
        return "not read"
    words = " or ".join(kind.value.replace("_", " ") for kind in scope.offences)
    least = years_words(scope.min_years)
    years = f", {'above' if scope.above_min else 'from'} a maximum of {least}" if scope.min_years else ""
    return words + years + (f" ({scope.note})" if scope.note else "")


def party_lines(instrument: Instrument, registry: Registry, on: date) -> tuple[PartyLine, ...]:
    """Every state of which the data say something under the instrument on a day."""
    if instrument.basis is Basis.UNIVERSAL:
        return ()
    lines = [_line(state, registry.standing(instrument, state, on)) for state in _states(instrument, registry)]
    return tuple(sorted(lines, key=lambda line: (_ORDER[line.bound], line.name)))


def _states(instrument: Instrument, registry: Registry) -> list[StateCode]:
    """Parties of the table or the treaty, members of a group that is one, territories of any of them."""
    named = {row.state for row in registry.parties(instrument.id)} | set(instrument.states)
    for group in named & set(registry.data.groups):
        named = (named - {group}) | {row.state for row in registry.data.groups[group]}
    for territory in registry.territories.values():
        standing = registry.timeline(instrument, territory.code).standings[-1]
        if standing.bound is not Bound.NO:
            named.add(territory.code)
    return sorted(named & set(all_states()))


def _line(state: StateCode, standing: Standing) -> PartyLine:
    row = standing.row
    return PartyLine(
        state=state,
        name=state_name(state),
        bound=standing.bound.name.lower(),
        why=standing.why,
        opens_on=standing.opens_on if standing.bound is Bound.NO else None,
        closes_on=standing.closes_on if standing.bound is not Bound.NO else None,
        source_url=row.source_url if row else "",
        confidence=row.confidence if row else None,
    )


def _missing(instrument: Instrument) -> str:
    if instrument.basis is Basis.UNIVERSAL:
        return "it needs no party: it works between any two states"
    if instrument.states:
        return "not a party: the treaty is between the two"
    if instrument.absence is Absence.NOT_PARTY:
        return f"not a party: the table is complete (as of {instrument.as_of})"
    return f"not known: the table is not complete (as of {instrument.as_of})"
