"""Single steps that somebody could take, each with who must act and what lies before it."""

from dataclasses import dataclass
from datetime import date, timedelta

from comity.law.atlas.enact import concludes_through, has_consented, is_joined
from comity.law.atlas.openness import Openness, openness_to
from comity.law.atlas.step import Accession, EntryIntoForce, NewTreaty, Step, TreatyKind, Withdrawal
from comity.law.dates import span
from comity.law.instrument import Instrument, StateCode
from comity.law.names import is_state, state_name
from comity.law.registry import Registry
from comity.law.standing import Bound
from comity.law.vocabulary import Basis, EndKind, InstrumentKind, Measure, ReservationEffect

_LEAD = timedelta(days=400)
"""So long before the day asked about a consent is supposed, so that it works by then under every instrument's rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A step, supposed early enough to work on the day asked about."""

    step: Step
    says: str
    """The step as a sentence without its day."""
    actors: tuple[str, ...]
    """Who must act, and how."""
    hurdles: tuple[str, ...] = ()
    """What must be there before the step has its effect."""


def accessions(state: StateCode, registry: Registry, on: date) -> tuple[Candidate, ...]:
    """Joining each instrument that is, or may be, open to a state and does not surely bind it."""
    segment = registry.position(state).on(on)
    free = segment.no | segment.unknown
    return tuple(
        _accession(state, instrument, registry, on)
        for place, instrument in enumerate(registry.shared)
        if free >> place & 1
        and is_joined(instrument)
        and not instrument.ended_on
        and openness_to(instrument, state, registry) is not Openness.CLOSED
        and not concludes_through(state, instrument, registry)
    )


def _accession(state: StateCode, instrument: Instrument, registry: Registry, on: date) -> Candidate:
    who, name = state_name(state), instrument.short_title or instrument.title
    row = next((row for row in registry.parties(instrument.id) if row.state == state), None)
    signed = row is not None and bool(row.signed_on) and not row.how
    actors = [f"{who} ratifies, as it has signed" if signed else f"{who} deposits its consent"]
    if openness_to(instrument, state, registry) in (Openness.INVITATION, Openness.UNKNOWN):
        actors.insert(
            0, f"those in {name} invite it or agree ({instrument.open_to or 'to whom it is open is not known'})"
        )
    perhaps = registry.position(state).on(on).unknown >> registry.shared.index(instrument) & 1
    if perhaps:
        actors.insert(0, "check first: it may be bound already")
    return Candidate(
        step=Accession(state=state, instrument=instrument.id, on=on - _LEAD),
        says=f"{state} {'ratifies' if signed else 'accedes'} {instrument.id}",
        actors=tuple(actors),
        hurdles=_hurdles(instrument, state, registry, on),
    )


def _hurdles(instrument: Instrument, state: StateCode, registry: Registry, on: date) -> tuple[str, ...]:
    """Entry into force, and the parent of a protocol."""
    found = []
    name = instrument.short_title or instrument.title
    if not instrument.in_force_on and instrument.not_in_force_as_of:
        found.append(f"{name} was not in force when last checked ({instrument.not_in_force_as_of})")
    parent = registry.instruments.get(instrument.parent)
    if parent is not None:
        segment = registry.position(state).on(on)
        if (segment.no | segment.unknown) >> registry.shared.index(parent) & 1:
            title = parent.short_title or parent.title
            found.append(f"only parties to the {title} can take part: first {state} accedes {parent.id}")
    return tuple(found)


def treaty(state: StateCode, other: StateCode, kind: TreatyKind, registry: Registry, on: date) -> Candidate | None:
    """A new treaty between two states; None where one of the kind binds them, or waits to enter into force."""
    wanted = InstrumentKind.MLAT if kind is TreatyKind.MLAT else InstrumentKind.EXTRADITION
    for known in registry.treaties_between(state, other):
        bound = min(registry.standing(known, party, on).bound for party in (state, other))
        waits = bound is Bound.NO and _pending(known, registry, on, (state, other))
        if known.kind is wanted and (bound is Bound.YES or waits):
            return None
    return Candidate(
        step=NewTreaty(state=state, other=other, kind=kind, on=on),
        says=f"{state} signs-{kind} {other}",
        actors=(f"{state_name(state)} and {state_name(other)} negotiate, sign and ratify",),
    )


def treaty_makers(registry: Registry) -> tuple[StateCode, ...]:
    """States that our data know to have consented to any instrument; most territories have not."""
    consented = {r.state for rows in registry.data.participations.values() for r in rows if has_consented(r)}
    own = {s for i in registry.instruments.values() if i.basis is Basis.PARTIES for s in i.states}
    return tuple(sorted(state for state in consented | own if is_state(state)))


def withdrawals(registry: Registry, on: date, states: tuple[StateCode, ...] = ()) -> tuple[Candidate, ...]:
    """Withdrawing each reservation that stands on a day and does something; of some states, or of all."""
    found: dict[str, Candidate] = {}
    for instrument in registry.instruments.values():
        for r in instrument.reservations:
            stands = not (r.withdrawn_on and span(r.withdrawn_on)[0] <= on)
            if stands and r.effect is not ReservationEffect.NONE and (not states or r.state in states):
                says = f"{r.state} withdraws-reservation {instrument.id} {r.article}"
                step = Withdrawal(state=r.state, instrument=instrument.id, article=r.article, on=on)
                actors = (f"{state_name(r.state)} withdraws its {r.kind} to Art. {r.article}: {r.summary}",)
                found[says] = Candidate(step=step, says=says, actors=actors)
    return tuple(found.values())


def entries_into_force(registry: Registry, on: date, states: tuple[StateCode, ...]) -> tuple[Candidate, ...]:
    """Entry into force of each instrument that is known not to be, multilateral or between any of the states."""
    found = []
    for instrument in registry.instruments.values():
        waiting = instrument.basis is Basis.PARTIES and not instrument.in_force_on and not instrument.ended_on
        if waiting and (
            _pending(instrument, registry, on, states) if instrument.states else instrument.not_in_force_as_of
        ):
            how = instrument.entry_note or "its parties ratify it"
            found.append(
                Candidate(
                    step=EntryIntoForce(instrument=instrument.id, on=on - _LEAD),
                    says=f"instrument {instrument.id} enters-into-force",
                    actors=(f"the states that signed complete it: {how}",),
                )
            )
    return tuple(found)


def _pending(treaty_signed: Instrument, registry: Registry, on: date, states: tuple[StateCode, ...]) -> bool:
    concerned = any(state in treaty_signed.states for state in states)
    given_up = treaty_signed.end_kind is not EndKind.NONE
    return (
        concerned and not given_up and registry.standing(treaty_signed, treaty_signed.states[0], on).bound is Bound.NO
    )


def treaty_kind(measure: Measure) -> TreatyKind:
    """The kind of bilateral treaty that gives a measure."""
    return TreatyKind.EXTRADITION if measure is Measure.EXTRADITION else TreatyKind.MLAT
