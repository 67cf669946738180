"""Detectors of operational obstacles."""

from collections.abc import Iterator
from datetime import date, timedelta

from comity.law import Channel, Measure, RefusalGround, state_name
from comity.law.names import language_name, official_languages
from comity.plan.case import ConfidentialityLevel
from comity.plan.counting import RECALL_WINDOW
from comity.plan.instants import instant, is_time
from comity.plan.model import UrgencyLevel
from comity.plan.obstacles.scene import Detector, Hit, Scene, by_state, by_title
from comity.plan.phrases import clock
from comity.plan.stepping import Planned

SLOW = frozenset({Channel.CENTRAL_AUTHORITIES, Channel.DIPLOMATIC})
SHORT_FACTS = 200
ANSWER_DAYS = 30
MANY_DAYS = 366
#: Measures that come too late once what they ask for is no longer kept or held.
WAITING = frozenset(
    {
        Measure.DOMAIN_REGISTRATION,
        Measure.SUBSCRIBER_INFORMATION,
        Measure.TRAFFIC_DATA,
        Measure.CONTENT_DATA,
        Measure.SEARCH_SEIZURE,
    }
)


def mla_slowness(scene: Scene) -> Iterator[Hit]:
    """A formal way without any time limit."""
    slow = ((p, route) for p, route in scene.routed if route.channel in SLOW and p.step.due is None)
    return by_title(scene, slow, "no time is set for the answer under")


def preservation_lapse(scene: Scene) -> Iterator[Hit]:
    """What is preserved or held is kept for a time only; what stands already counts from its real day."""
    for planned in scene.planned:
        expires = planned.step.expires
        if expires is None:
            continue
        followers = [p.step for p in scene.planned if planned.step.id in p.step.depends_on]
        held = planned.step.measure is Measure.FREEZING
        waiting = [] if held else [step.id for step in followers if step.measure in WAITING]
        end = f"{expires.on}"
        end += f" at {expires.at[11:16]} there, {expires.at_requesting[11:16]} here" if expires.at else ""
        late = "ended on" if expires.on < scene.on else "ends on"
        fact = f"{planned.step.holder_name}, {planned.step.measure.value}: what stands {late} {end}"
        fact += f" ({expires.computation}){_spent(scene, planned, expires.on)}"
        yield Hit(
            fact=fact + (f"; waiting for it: {', '.join(waiting)}" if waiting else ""),
            steps=(planned.step.id, *waiting),
            state=planned.step.state,
            on=max(expires.on, scene.on),
        )


def _spent(scene: Scene, planned: Planned, end: date) -> str:
    """How much of a period that began on a known day has passed."""
    real = [done.effective for done in planned.earlier if done.effective]
    if not real:
        return ""
    whole, gone = (end - max(real)).days, (scene.on - max(real)).days
    return f"; {min(100, max(0, round(100 * gone / max(1, whole))))} % of the time has passed"


def incomplete_request(scene: Scene) -> Iterator[Hit]:
    """What requests must say and the case file does not."""
    case = scene.case
    missing = [
        ("authority.contact", not case.authority.contact),
        ("authority.signatory", not case.authority.signatory),
        ("urgency.reason", case.urgency.level is not UrgencyLevel.ROUTINE and not case.urgency.reason.strip()),
        ("confidentiality.reason", _secret(scene) and not case.confidentiality.reason.strip()),
    ]
    missing += [(f"offences ({o.id}): sections", not o.sections) for o in case.offences]
    missing += [(f"offences ({o.id}): max_penalty_years", o.max_penalty_years is None) for o in case.offences]
    named = [name for name, lacks in missing if lacks]
    steps = tuple(p.step.id for p in scene.abroad)
    if named and steps:
        yield Hit(fact=f"not in the case file: {', '.join(named)}", steps=steps)
    if len(case.facts.strip()) < SHORT_FACTS and steps:
        yield Hit(fact=f"the facts have only {len(case.facts.strip())} characters", steps=steps)


def overbroad_request(scene: Scene) -> Iterator[Hit]:
    """A span of time is missing or very long."""
    for planned in scene.abroad:
        period = planned.step.period
        if period is None:
            continue
        if not period.start:
            fact = f"{planned.step.title}: {period.why}"
        else:
            days = (instant(period.end, scene.moments.zone) - instant(period.start, scene.moments.zone)).days
            if days <= MANY_DAYS:
                continue
            fact = f"{planned.step.title}: the span is {days} days"
        yield Hit(fact=fact, steps=(planned.step.id,), state=planned.step.state)


def wrong_legal_entity(scene: Scene) -> Iterator[Hit]:
    """The same account may be held by another entity of the group."""
    for holder in scene.holding.holders:
        doubtful = [note for note in holder.notes if " may instead be held by " in note]
        if doubtful:
            steps = tuple(p.step.id for p in scene.planned if p.step.holder == holder.id)
            more = f" (and {len(doubtful) - 1} more)" if len(doubtful) > 1 else ""
            yield Hit(fact=f"{holder.name}: {doubtful[0]}{more}", steps=steps, state=holder.state)


def language_translation(scene: Scene) -> Iterator[Hit]:
    """No official language is shared."""
    own = official_languages(scene.case.requesting_state)
    states: dict[str, list[str]] = {}
    for planned, route in scene.routed:
        if route.channel is not Channel.DIRECT_TO_PROVIDER:
            states.setdefault(planned.step.state, []).append(planned.step.id)
    for state, steps in states.items():
        theirs = official_languages(state)
        if theirs and own and not set(own) & set(theirs):
            fact = f"{state_name(state)} works in {_languages(theirs)}; {state_name(scene.case.requesting_state)} in "
            yield Hit(fact=fact + _languages(own), steps=tuple(steps), state=state)


def _languages(codes: tuple[str, ...]) -> str:
    return ", ".join(language_name(code) for code in codes)


def no_urgency_justified(scene: Scene) -> Iterator[Hit]:
    """Urgency without facts; an emergency that the legal facts deny."""
    urgency = scene.case.urgency
    if urgency.level is not UrgencyLevel.ROUTINE and not urgency.reason.strip():
        yield Hit(fact=f"urgency is {urgency.level.value} and no reason is given")
    denied = scene.case.legal_facts.get("emergency_to_life") is False
    if urgency.level is UrgencyLevel.EMERGENCY and denied:
        yield Hit(fact="urgency is emergency, and legal_facts.emergency_to_life is false")


def _secret(scene: Scene) -> bool:
    return scene.case.confidentiality.level is ConfidentialityLevel.CONFIDENTIAL


def confidentiality_breach_risk(scene: Scene) -> Iterator[Hit]:
    """The case is secret and the holder tells its users."""
    if not _secret(scene):
        return
    for holder in scene.holding.holders:
        row = scene.registry.providers.get(holder.provider)
        if row is not None and row.notifies_user_by_default == "yes":
            steps = tuple(p.step.id for p in scene.planned if p.step.holder == holder.id)
            yield Hit(
                fact=f"{holder.name} tells its users by default (provider table, {row.as_of})",
                steps=steps,
                state=holder.state,
            )


def de_minimis(scene: Scene) -> Iterator[Hit]:
    """The route knows the ground, and the case file tells no loss."""
    if any(victims.loss for victims in scene.case.victims):
        return iter(())

    def found() -> Iterator[tuple[str, str, str]]:
        for planned, route in scene.routed:
            if any(risk.ground is RefusalGround.DE_MINIMIS for risk in route.refusal_risks):
                yield planned.step.state, f"{route.title}: no loss is given in the case file", planned.step.id

    return by_state(found())


def poor_coordination(scene: Scene) -> Iterator[Hit]:
    """A step repeats an earlier one, or proceedings run elsewhere."""
    for planned in scene.planned:
        if planned.step.earlier:
            yield Hit(
                fact=f"{planned.step.holder_name or planned.step.state_name}: {planned.step.earlier}",
                steps=(planned.step.id,),
                state=planned.step.state,
            )
    for other in scene.case.proceedings:
        yield Hit(fact=f"proceedings in {state_name(other.state)}: {other.stage}", state=other.state)


def public_private_gap(scene: Scene) -> Iterator[Hit]:
    """A holder that the table does not know, or whose answer to foreign requests it does not know."""

    def found() -> Iterator[tuple[str, str, str]]:
        for planned, _ in scene.routed:
            holder = planned.draft.holder
            if holder is None or planned.step.measure not in (Measure.PRESERVATION, Measure.SUBSCRIBER_INFORMATION):
                continue
            row = scene.registry.providers.get(holder.provider)
            if row is None:
                yield holder.state, f"{holder.name} is not in the provider table", planned.step.id
            elif row.accepts_foreign_direct_requests == "unknown":
                yield holder.state, f"{holder.name}: whether it answers foreign requests is not known", planned.step.id

    return by_state(found())


def payment_reported_late(scene: Scene) -> Iterator[Hit]:
    """Between the payment and its report, or the plan, lie more than the 72 hours in which a recall works best."""
    zone = scene.moments.zone
    money = scene.case.money
    noticed = money.reported or money.recall or f"{scene.on}"
    payees = {h.observable.value.casefold() for h in scene.pursued}
    paid = [t for t in scene.evidence.payments if t.target.casefold() in payees and is_time(t.at)]
    late = [t for t in paid if instant(noticed, zone) - instant(t.at, zone) > RECALL_WINDOW]
    steps = tuple(p.step.id for p in scene.planned if p.step.measure is Measure.FREEZING)
    if late:
        share = "every payment was" if len(late) == len(paid) else f"{len(late)} of {len(paid)} payments were"
        fact = f"{share} made more than 72 hours before {clock(noticed)}, the first on "
        yield Hit(fact=fact + clock(min(t.at for t in late)), steps=steps, on=scene.on)
    elif paid and instant(f"{scene.on}", zone) - max(instant(t.at, zone) for t in paid) > RECALL_WINDOW:
        fact = f"the last payment was on {clock(max(t.at for t in paid))}: the 72 hours have passed"
        yield Hit(fact=fact, steps=steps, on=scene.on)


def no_feedback(scene: Scene) -> Iterator[Hit]:
    """An earlier request without an outcome."""
    for done in scene.case.earlier_steps:
        waiting = (scene.on - done.sent).days
        if not done.outcome and done.sent + timedelta(days=ANSWER_DAYS) < scene.on:
            measure = done.measure.value.replace("_", " ")
            yield Hit(
                fact=f"{measure} asked of {done.holder or state_name(done.state)} on {done.sent}: {waiting} days",
                state=done.state,
            )


DETECTORS: dict[str, Detector] = {
    "mla_slowness": mla_slowness,
    "preservation_lapse": preservation_lapse,
    "incomplete_request": incomplete_request,
    "overbroad_request": overbroad_request,
    "wrong_legal_entity": wrong_legal_entity,
    "language_translation": language_translation,
    "no_urgency_justified": no_urgency_justified,
    "confidentiality_breach_risk": confidentiality_breach_risk,
    "de_minimis": de_minimis,
    "poor_coordination": poor_coordination,
    "public_private_gap": public_private_gap,
    "payment_reported_late": payment_reported_late,
    "no_feedback": no_feedback,
}
