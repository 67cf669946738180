"""One state on one sheet: by what it is bound, its treaties and with whom, whom to ask, what it is not in and why."""

from datetime import date
from enum import StrEnum

from comity.law.dates import span
from comity.law.instrument import Instrument, Reservation, StateCode, is_consent
from comity.law.names import official_languages, state_name
from comity.law.nationals import law_on_nationals
from comity.law.reference.source import source_of
from comity.law.registry import Registry
from comity.law.route import Answer, Source
from comity.law.standing import Bound, Standing
from comity.law.state import Authority, NationalsRule, StatedPosition
from comity.law.territory import Territory
from comity.law.vocabulary import Basis, InstrumentKind


class BondState(StrEnum):
    """How a state stands to an instrument, in the order in which a sheet tells it."""

    BOUND = "bound"
    COMING = "coming"  # will be bound on a known day
    CONSENTED = "consented"  # consented, but the instrument is not in force
    SIGNED = "signed"
    UNKNOWN = "unknown"
    ENDED = "ended"
    EXCLUDED = "excluded"
    OPEN = "open"  # not in it, and could join
    AFTER_PARENT = "after_parent"  # not in it; open to parties of its parent
    NOT_FOR_IT = "not_for_it"  # a circle that it does not belong to


class Bond(Answer, frozen=True, kw_only=True):
    """One shared instrument, seen from the state."""

    instrument: str
    title: str
    kind: InstrumentKind
    binding: bool
    """False: a scheme or network that obliges nobody."""
    state: BondState
    why: str
    opens_on: date | None = None
    closes_on: date | None = None
    open_to: str = ""
    """Who can join, in words."""
    reservations: tuple[Reservation, ...] = ()
    reasons: tuple[StatedPosition, ...] = ()
    """What the state says about staying out."""
    sources: tuple[Source, ...] = ()


class TreatyBond(Answer, frozen=True, kw_only=True):
    """One treaty between two parties."""

    instrument: str
    title: str
    kind: InstrumentKind
    partner: str
    partner_name: str
    bound: str
    """``yes``, ``no`` or ``unknown`` on the day."""
    why: str
    assumed: bool
    """True: the text was not read; a model's provisions are assumed."""


class StateSheet(Answer, frozen=True, kw_only=True):
    """What the data say of one state, as of a day."""

    state: StateCode
    name: str
    as_of: date
    languages: tuple[str, ...]
    groups: tuple[str, ...]
    """Groups that it belongs to on the day, such as ``EU``."""
    territory: Territory | None
    territories: tuple[StateCode, ...]
    """Territories that it answers for."""
    bonds: tuple[Bond, ...]
    treaties: tuple[TreatyBond, ...]
    authorities: tuple[Authority, ...]
    offences_known: int
    """Sections of its law in the data; 0: none, which proves nothing."""
    nationals: NationalsRule | None
    """What its law says of the surrender of its nationals, whatever the instrument; None: not in the data."""
    providers: tuple[str, ...]
    """Ids of providers whose data are controlled from it."""

    def of(self, *states: BondState) -> tuple[Bond, ...]:
        """The shared instruments to which it stands so."""
        return tuple(bond for bond in self.bonds if bond.state in states)

    @property
    def gaps(self) -> tuple[Bond, ...]:
        """Instruments open to it that do not bind it and are not known to be about to."""
        return self.of(BondState.SIGNED, BondState.OPEN, BondState.AFTER_PARENT)


def state_sheet(state: StateCode, registry: Registry, on: date) -> StateSheet:
    """The sheet of a state or territory."""
    law = registry.states.get(state)
    order = list(BondState)
    bonds = [_bond(i, state, registry, on) for i in registry.shared if i.basis is Basis.PARTIES]
    return StateSheet(
        state=state,
        name=state_name(state),
        as_of=on,
        languages=official_languages(state),
        groups=tuple(group for group in registry.data.groups if _is_member(registry, group, state, on)),
        territory=registry.territories.get(state),
        territories=tuple(t.code for t in registry.territories.values() if t.through == state),
        bonds=tuple(sorted(bonds, key=lambda bond: (order.index(bond.state), bond.instrument))),
        treaties=_treaties(state, registry, on),
        authorities=law.authorities if law else (),
        offences_known=len(law.offences) if law else 0,
        nationals=law_on_nationals(registry, state, on),
        providers=tuple(p.id for p in registry.providers.values() if p.jurisdiction == state),
    )


def _is_member(registry: Registry, group: str, state: StateCode, on: date) -> bool:
    return any(
        row.state == state
        and (not row.from_on or span(row.from_on)[0] <= on)
        and not (row.to_on and on > span(row.to_on)[1])
        for row in registry.data.groups[group]
    )


def _bond(instrument: Instrument, state: StateCode, registry: Registry, on: date) -> Bond:
    standing = registry.standing(instrument, state, on)
    law = registry.states.get(state)
    return Bond(
        instrument=instrument.id,
        title=instrument.title,
        kind=instrument.kind,
        binding=instrument.binding,
        state=bond_state(instrument, state, standing, registry, on),
        why=standing.why,
        opens_on=standing.opens_on if standing.bound is Bound.NO else None,
        closes_on=standing.closes_on if standing.bound is not Bound.NO else None,
        open_to=instrument.open_to,
        reservations=tuple(r for r in instrument.reservations if r.state == state),
        reasons=tuple(p for p in (law.positions if law else ()) if p.instrument == instrument.id),
        sources=(source_of("row", standing.row),) if standing.row else (),
    )


def bond_state(instrument: Instrument, state: StateCode, standing: Standing, registry: Registry, on: date) -> BondState:
    """How a state stands to a shared instrument, in one word."""
    match standing.bound:
        case Bound.YES:
            return BondState.BOUND
        case Bound.UNKNOWN:
            outside = standing.row is None and _lacks_parent(instrument, state, registry, on)
            return BondState.AFTER_PARENT if outside else BondState.UNKNOWN
        case Bound.NO if standing.row is None:
            return _outside(instrument, state, registry, on)
        case _:
            return _not_bound(instrument, standing, on)


def _not_bound(instrument: Instrument, standing: Standing, on: date) -> BondState:
    row = standing.row
    assert row is not None  # the caller's case
    if row.how == "excluded":
        return BondState.EXCLUDED
    if any(day and span(day)[0] <= on for day in (row.ended_on, instrument.ended_on)):
        return BondState.ENDED
    if standing.opens_on is not None:
        return BondState.COMING
    return BondState.CONSENTED if is_consent(row) else BondState.SIGNED


def _outside(instrument: Instrument, state: StateCode, registry: Registry, on: date) -> BondState:
    if (instrument.eligible and state not in instrument.eligible) or instrument.ended_on:
        return BondState.NOT_FOR_IT
    return BondState.AFTER_PARENT if _lacks_parent(instrument, state, registry, on) else BondState.OPEN


def _lacks_parent(instrument: Instrument, state: StateCode, registry: Registry, on: date) -> bool:
    parent = registry.instruments.get(instrument.parent)
    return parent is not None and registry.standing(parent, state, on).bound is Bound.NO


def _treaties(state: StateCode, registry: Registry, on: date) -> tuple[TreatyBond, ...]:
    found = []
    for treaty in registry.instruments.values():
        if treaty.basis is not Basis.PARTIES or not treaty.states:
            continue
        own = [party for party in treaty.states if registry.stands_as(state, party)]
        if len(own) == 1:
            found.append(_treaty(treaty, state, own[0], registry, on))
    return tuple(sorted(found, key=lambda t: (t.bound != "yes", t.partner_name, t.instrument)))


def _treaty(treaty: Instrument, state: StateCode, own: str, registry: Registry, on: date) -> TreatyBond:
    standing = registry.standing(treaty, state, on)
    partner = next(party for party in treaty.states if party != own)
    return TreatyBond(
        instrument=treaty.id,
        title=treaty.title,
        kind=treaty.kind,
        partner=partner,
        partner_name=state_name(partner),
        bound=standing.bound.name.lower(),
        why=standing.why,
        assumed=bool(treaty.provisions_of),
    )
