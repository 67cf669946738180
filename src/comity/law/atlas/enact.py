"""A step, taken: the law as it would be afterwards. A step that changes nothing gives back the same registry."""

from datetime import date
from typing import assert_never

import msgspec

from comity.law.atlas.openness import Openness, openness_to
from comity.law.atlas.step import Accession, Denunciation, EntryIntoForce, NewTreaty, Step, TreatyKind, Withdrawal
from comity.law.dates import span
from comity.law.entry import computed_exit
from comity.law.errors import StepError
from comity.law.instrument import Instrument, Participation, StateCode
from comity.law.names import state_name
from comity.law.registry import Registry
from comity.law.standing import Bound
from comity.law.vocabulary import Absence, Basis, Confidence, EndKind, InstrumentKind, TreatyStatus

SUPPOSED = "supposed"
"""Stands in the place of a source where a fact is supposed."""

_MODELS = {TreatyKind.MLAT: "bilateral-mlat", TreatyKind.EXTRADITION: "bilateral-extradition"}


def enact(step: Step, registry: Registry) -> Registry:
    """The law after a step; StepError where nobody can take it."""
    match step:
        case Accession():
            return _accede(step, registry)
        case Denunciation():
            return _denounce(step, registry)
        case NewTreaty():
            return _conclude(step, registry)
        case Withdrawal():
            return _withdraw(step, registry)
        case EntryIntoForce():
            return _enter(step, registry)
        case _:
            assert_never(step)


def bound_from(registry: Registry, instrument: Instrument, state: StateCode, since: date) -> date | None:
    """The first day, not before one, on which an instrument and its parents surely bind a state; None: never."""
    position, bit = registry.position(state), 1 << registry.shared.index(instrument)
    for day in (since, *(start for start in position.starts if start > since)):
        segment = position.on(day)
        if not (segment.no | segment.unknown) & bit:
            return day
    return None


def is_joined(instrument: Instrument) -> bool:
    """Whether states take part in an instrument one by one."""
    return instrument.basis is Basis.PARTIES and not instrument.states


def has_consented(row: Participation) -> bool:
    """Whether a row says that a state consented to be bound."""
    return row.how not in {"", "unknown", "excluded"}


def _accede(step: Accession, registry: Registry) -> Registry:
    instrument = registry.instrument(step.instrument)
    if not is_joined(instrument):
        raise _refused(step, f"{instrument.id} has no accession", "name a multilateral instrument, or use signs-mlat")
    _check_can_join(step, instrument, registry)
    after = _join(registry, instrument, step.state, step.on)
    if after is not registry:
        for network in _coming_along(instrument, registry):
            after = _join(after, network, step.state, step.on)
    return after


def concludes_through(state: StateCode, instrument: Instrument, registry: Registry) -> StateCode:
    """The state that joins an instrument for a territory; empty: it joins, or has joined, itself."""
    territory = registry.territories.get(state)
    if territory is None or any(row.state == state for row in registry.parties(instrument.id)):
        return ""
    return territory.through


def _check_can_join(step: Accession, instrument: Instrument, registry: Registry) -> None:
    name = state_name(step.state)
    if openness_to(instrument, step.state, registry) is Openness.CLOSED:
        remedy = f"it is open to: {instrument.open_to or ', '.join(instrument.eligible)}"
        raise _refused(step, f"{instrument.id} is not open to {name}", remedy)
    above_code = concludes_through(step.state, instrument, registry)
    if above_code:
        above = state_name(above_code)
        problem = f"{name} concludes no such treaty itself: {above} does it, for {name} too or not"
        raise _refused(step, problem, f"let {above} take the step")


def _coming_along(instrument: Instrument, registry: Registry) -> tuple[Instrument, ...]:
    """Networks that every party of an instrument belongs to (the 24/7 network: Budapest art. 35)."""
    return tuple(i for i in registry.shared if i.kind is InstrumentKind.NETWORK and i.parent == instrument.id)


def _join(registry: Registry, instrument: Instrument, state: StateCode, on: date) -> Registry:
    row = next((row for row in registry.parties(instrument.id) if row.state == state), None)
    consent = Participation(
        state=state,
        signed_on=row.signed_on if row else "",
        bound_on=on.isoformat(),
        how="ratification" if row and row.signed_on else "accession",
        source_url=SUPPOSED,
        as_of=on.isoformat(),
        confidence=Confidence.HIGH,
    )
    after = registry.with_party(instrument.id, consent)
    binds = bound_from(after, instrument, state, on)
    if binds is None:
        return registry if row is not None and has_consented(row) and not row.ended_on else after
    return registry if registry.standing(instrument, state, binds).bound is Bound.YES else after


def _denounce(step: Denunciation, registry: Registry) -> Registry:
    instrument = registry.instrument(step.instrument)
    if instrument.states and step.state in instrument.states:
        return _end_treaty(step, instrument, registry)
    row = next((row for row in registry.parties(instrument.id) if row.state == step.state), None)
    unlisted = row is None and is_joined(instrument) and instrument.absence is Absence.UNKNOWN
    if not unlisted and (row is None or not (has_consented(row) or row.how == "unknown")):
        problem = f"{state_name(step.state)} is not a party to {instrument.id}"
        raise _refused(step, problem, "name an instrument by which it is bound")
    if row is None:
        row = Participation(state=step.state, how="perhaps", source_url=SUPPOSED, as_of="", confidence=Confidence.HIGH)
    ends = ends_on(instrument, step.on)
    if row.ended_on and span(row.ended_on)[0] <= ends:
        return registry
    ended = msgspec.structs.replace(row, ended_on=ends.isoformat(), end_kind=EndKind.DENOUNCED)
    return registry.with_party(instrument.id, ended)


def ends_on(instrument: Instrument, notice: date) -> date:
    """The first day on which a notice has ended what bound: its own day where the period is not known."""
    return computed_exit(notice, instrument.exit_rule) if instrument.exit_rule else notice


def _end_treaty(step: Denunciation, treaty: Instrument, registry: Registry) -> Registry:
    ends = ends_on(treaty, step.on)
    if treaty.ended_on and span(treaty.ended_on)[0] <= ends:
        return registry
    ended = msgspec.structs.replace(treaty, ended_on=ends.isoformat(), end_kind=EndKind.TERMINATED)
    return registry.with_instrument(ended)


def _conclude(step: NewTreaty, registry: Registry) -> Registry:
    if step.state == step.other:
        raise _refused(step, "a state concludes no treaty with itself", "name two different states")
    model = _MODELS[step.kind]
    if all(known.id != model for known in registry.data.models):
        raise _refused(step, f"the law data have no model {model!r} for such a treaty", "add the model to the data")
    return registry.with_treaties((treaty_between(step, registry),))


def treaty_between(step: NewTreaty, registry: Registry) -> Instrument:
    """The treaty that two states would conclude; its articles are the model's."""
    first, second = sorted((step.state, step.other))
    name = f"{first}-{second}-{step.kind}-{step.on.year}".lower()
    taken = registry.instruments
    free = name if name not in taken else next(f"{name}-{n}" for n in range(2, 1000) if f"{name}-{n}" not in taken)
    what = "mutual legal assistance" if step.kind is TreatyKind.MLAT else "extradition"
    return Instrument(
        id=free,
        title=f"Supposed treaty on {what} between {state_name(first)} and {state_name(second)}",
        kind=InstrumentKind.MLAT if step.kind is TreatyKind.MLAT else InstrumentKind.EXTRADITION,
        assistance=step.kind is TreatyKind.MLAT,
        in_force_on=step.on.isoformat(),
        status=TreatyStatus.IN_FORCE,
        states=(first, second),
        provisions_of=_MODELS[step.kind],
        source_urls=(SUPPOSED,),
        as_of=step.on.isoformat(),
        confidence=Confidence.HIGH,
    )


def _withdraw(step: Withdrawal, registry: Registry) -> Registry:
    instrument = registry.instrument(step.instrument)
    own = [r for r in instrument.reservations if r.state == step.state]
    meant = [r for r in own if not step.article or r.article.casefold() == step.article.casefold()]
    if not meant:
        named = ", ".join(dict.fromkeys(r.article for r in own))
        remedy = f"it reserved: {named}" if named else "our data have no reservation of that state there"
        raise _refused(step, f"{state_name(step.state)} has no such reservation to {instrument.id}", remedy)
    standing = [r for r in meant if not r.withdrawn_on or span(r.withdrawn_on)[0] > step.on]
    if not standing:
        return registry
    day = step.on.isoformat()
    changed = tuple(
        msgspec.structs.replace(r, withdrawn_on=day) if any(r is s for s in standing) else r
        for r in instrument.reservations
    )
    return registry.with_instrument(msgspec.structs.replace(instrument, reservations=changed))


def _enter(step: EntryIntoForce, registry: Registry) -> Registry:
    instrument = registry.instrument(step.instrument)
    if instrument.basis is not Basis.PARTIES:
        raise _refused(step, f"{instrument.id} needs no entry into force", "name a treaty")
    if instrument.in_force_on and span(instrument.in_force_on)[1] <= step.on:
        return registry
    changed = msgspec.structs.replace(
        instrument,
        in_force_on=step.on.isoformat(),
        in_force_by="",
        not_in_force_as_of="",
        status=TreatyStatus.IN_FORCE if instrument.states else instrument.status,
    )
    if not waits_for_consents(instrument):
        return registry.with_instrument(changed)
    after = registry.with_instrument(msgspec.structs.replace(changed, absence=Absence.NOT_PARTY))
    for row in registry.parties(instrument.id):
        if not row.how:
            consent = {
                "bound_on": row.signed_on or step.on.isoformat(),
                "in_force_on": step.on.isoformat(),
                "how": "ratification",
            }
            after = after.with_party(instrument.id, msgspec.structs.replace(row, **consent, confidence=Confidence.HIGH))
    return after


def waits_for_consents(instrument: Instrument) -> bool:
    """Whether it is not in force because too few have consented, so that its entry means that signatories have."""
    return not instrument.states and not instrument.in_force_on and bool(instrument.not_in_force_as_of)


def _refused(step: Step, problem: str, remedy: str) -> StepError:
    return StepError(step=str(step), problem=problem, remedy=remedy)
