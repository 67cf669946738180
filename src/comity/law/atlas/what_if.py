"""What if? The law with some steps taken, beside the law as it is, on one day."""

from datetime import date

from comity.law.atlas.atlas import Atlas
from comity.law.atlas.change import Change, ChangeKind, changes
from comity.law.atlas.enact import bound_from, enact, ends_on, is_joined, waits_for_consents
from comity.law.atlas.openness import Openness, openness_to
from comity.law.atlas.step import Accession, Denunciation, EntryIntoForce, NewTreaty, Step
from comity.law.instrument import Instrument, StateCode
from comity.law.registry import Registry
from comity.law.route import Answer
from comity.law.vocabulary import Absence, Confidence, Measure


class StepEffect(Answer, frozen=True, kw_only=True):
    """What becomes of one step."""

    step: str
    """The step as a sentence."""
    works_from: date | None
    """The first day on which it works; None: on no day that is known."""
    changes_law: bool
    """False: the law is so already."""
    note: str
    """Why it works later than it is taken, or not at all; empty: it works from its own day."""


class Consequences(Answer, frozen=True, kw_only=True):
    """What some steps change, as of a day."""

    as_of: date
    offences: tuple[str, ...]
    steps: tuple[StepEffect, ...]
    counts: dict[ChangeKind, int]
    """Ordered pairs of states and measures, by what happens to the answer."""
    changes: tuple[Change, ...]
    """The weightiest first."""


def what_if(
    registry: Registry,
    steps: tuple[Step, ...],
    *,
    on: date | None = None,
    measures: tuple[Measure, ...] = tuple(Measure),
    states: tuple[StateCode, ...] = (),
    offences: tuple[str, ...] = (),
) -> Consequences:
    """What opens, closes, becomes stronger or faster, as of a day; without one, the day on which the last step works.

    Steps are taken in the order given; those that are taken after the day asked about count for nothing on it. Only
    cells in which one of `states` takes part; none named: all. Raises StepError for a step that nobody can take.
    """
    effects, _ = _take(registry, steps)
    as_of = on or max((e.works_from or step.on for e, step in zip(effects, steps, strict=True)), default=date.max)
    _, after = _take(registry, tuple(step for step in steps if step.on <= as_of))
    found: tuple[Change, ...] = ()
    if after is not registry:
        atlas = Atlas(registry, on=as_of, offences=offences)
        found = tuple(changes(atlas, atlas.under(after), measures=measures, states=states))
    order = list(ChangeKind)
    ranked = sorted(found, key=lambda c: (order.index(c.kind), c.requesting, c.measure, -len(c.requested), c.requested))
    counts = {kind: sum(len(change.requested) for change in found if change.kind is kind) for kind in ChangeKind}
    return Consequences(
        as_of=as_of,
        offences=offences,
        steps=effects,
        counts={kind: number for kind, number in counts.items() if number},
        changes=tuple(ranked),
    )


def _take(registry: Registry, steps: tuple[Step, ...]) -> tuple[tuple[StepEffect, ...], Registry]:
    """All steps taken; when each works is seen once all are, because one may bring another into force."""
    after, changed = registry, []
    for step in steps:
        enacted = enact(step, after)
        changed.append(enacted is not after)
        after = enacted
    return tuple(_effect(step, registry, after, changes_law=c) for step, c in zip(steps, changed, strict=True)), after


def _effect(step: Step, before: Registry, after: Registry, *, changes_law: bool) -> StepEffect:
    works_from: date | None = step.on
    note = "" if changes_law else "the law is so already: nothing changes"
    if isinstance(step, Accession):
        instrument = after.instrument(step.instrument)
        works_from = bound_from(after, instrument, step.state, step.on)
        if changes_law:
            note = _why_later(instrument, step.state, step.on, works_from, after)
        note = "; ".join(filter(None, (note, _invited(instrument, step.state, before))))
    elif isinstance(step, Denunciation):
        instrument = after.instrument(step.instrument)
        works_from = ends_on(instrument, step.on)
        note = note or _period_of_notice(instrument)
    elif isinstance(step, NewTreaty):
        note = note or "ratified and in force by that day, as this supposes: between states it takes years"
    elif isinstance(step, EntryIntoForce) and changes_law:
        note = "between those who consented to it, each from the day that its own rule gives"
        if waits_for_consents(before.instrument(step.instrument)):
            note += "; too few have: those that signed are taken to have consented by then, and nobody else"
        elif (joined := after.instrument(step.instrument)).absence is Absence.UNKNOWN and is_joined(joined):
            note += "; its table is not complete: a state without a row counts as perhaps bound"
    return StepEffect(step=str(step), works_from=works_from, changes_law=changes_law, note=note)


def _invited(instrument: Instrument, state: StateCode, before: Registry) -> str:
    if openness_to(instrument, state, before) is not Openness.INVITATION:
        return ""
    return f"those in it must invite it or agree first ({instrument.open_to})"


def _period_of_notice(instrument: Instrument) -> str:
    rule = instrument.exit_rule
    if rule is None:
        return "its period of notice was not sourced: taken to end on the day of the notice"
    memory = ", from memory" if rule.confidence is Confidence.LOW else ""
    return f"ends by the instrument's own rule (Art. {rule.article}{memory})"


def _why_later(instrument: Instrument, state: StateCode, on: date, works_from: date | None, after: Registry) -> str:
    if works_from == on:
        return ""
    if works_from is not None:
        article = instrument.entry_rule.article if instrument.entry_rule else ""
        return f"bound from {works_from} by the instrument's own rule{f' (Art. {article})' if article else ''}"
    return "; ".join(obstacles(instrument, state, on, after)) or "from which day it binds is not known: check it"


def obstacles(instrument: Instrument, state: StateCode, on: date, registry: Registry) -> tuple[str, ...]:
    """What keeps an instrument from binding a state that consents to it on a day."""
    found = []
    name = instrument.short_title or instrument.title
    if instrument.not_in_force_as_of and not instrument.in_force_on:
        found.append(f"{name} was not in force when last checked ({instrument.not_in_force_as_of})")
    elif not instrument.in_force_on and not instrument.in_force_by:
        found.append(f"the day on which {name} entered into force was not sourced")
    parent = registry.instruments.get(instrument.parent)
    if parent is not None and bound_from(registry, parent, state, on) is None:
        found.append(f"it needs {parent.short_title or parent.title} ({parent.id}), which does not bind the state")
    return tuple(found)
