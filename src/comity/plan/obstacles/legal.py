"""Detectors of legal obstacles: each a small question about one fact of the planned case."""

from collections.abc import Iterator

from comity.law import (
    ConditionKind,
    ConditionState,
    Confidence,
    Fact,
    InstrumentKind,
    Measure,
    RefusalGround,
    RiskState,
    Route,
    Status,
    state_name,
)
from comity.law.citing import cite_article
from comity.law.standing import Bound
from comity.leads.model import ObservableKind
from comity.plan.instants import day_of
from comity.plan.obstacles.scene import Detector, Hit, Scene, by_state, by_title
from comity.plan.phrases import listing
from comity.plan.tables import paces, signs
from comity.plan.targets import target_facts

#: Routes that rest on goodwill and not on a treaty.
GOODWILL = frozenset({InstrumentKind.COMITY, InstrumentKind.SCHEME, InstrumentKind.VOLUNTARY_DISCLOSURE})
#: Generic top-level domains hide registrants since the Temporary Specification of 2018-05-25 (ICANN).
COUNTRY_LABEL = 2


def no_treaty_basis(scene: Scene) -> Iterator[Hit]:
    """No treaty or network carries a measure that needs a legal basis: nothing is open, or only goodwill is."""

    def found() -> Iterator[tuple[str, str, str]]:
        for planned in scene.abroad:
            usable = [route for route in planned.routing.routes if route.status is not Status.CLOSED]
            if planned.draft.informal or planned.draft.direct or any(route.kind not in GOODWILL for route in usable):
                continue
            measure = planned.step.measure.value.replace("_", " ")
            here = f"only {usable[0].title} is left, which nobody owes" if usable else "nothing is open"
            yield planned.step.state, f"{planned.step.state_name}, {measure}: {here}", planned.step.id

    return by_state(found())


def _conditions(scene: Scene, kind: ConditionKind) -> Iterator[Hit]:
    """Conditions of a kind on the routes taken that are not met, or not known to be."""

    def found() -> Iterator[tuple[str, str, str]]:
        for planned, route in scene.routed:
            for condition in route.conditions:
                if condition.kind is kind and condition.state is not ConditionState.MET:
                    why = f": {condition.why}" if condition.why else ""
                    fact = f"{planned.step.state_name}, {scene.title(route)}: {condition.text}{why}"
                    yield planned.step.state, fact, planned.step.id

    return by_state(found())


def dual_criminality_gap(scene: Scene) -> Iterator[Hit]:
    """A route asks for dual criminality, and our data do not show it."""
    return _conditions(scene, ConditionKind.DUAL_CRIMINALITY)


def organised_group_unproven(scene: Scene) -> Iterator[Hit]:
    """A route taken reaches only offences of an organised group, and the case file does not say that there is one."""
    yield from by_state(
        (
            planned.step.state,
            f"{planned.step.state_name}, {scene.title(route)}: open only where three or more act together for gain, "
            "and the case file does not say so (legal_facts.organised_group)",
            planned.step.id,
        )
        for planned, route in scene.routed
        if any(
            c.kind is ConditionKind.GROUP and c.gate and c.state is ConditionState.TO_CHECK for c in route.conditions
        )
    )


def penalty_threshold(scene: Scene) -> Iterator[Hit]:
    """A least penalty is not reached, or not known to be, and nothing else keeps a route from being open."""

    def found() -> Iterator[tuple[str, str, str]]:
        for planned in scene.abroad:
            for route in planned.routing.routes:
                lacking = [c for c in route.conditions if c.kind is ConditionKind.PENALTY and _lacks(c.state)]
                unmet = [c for c in route.conditions if c.state is ConditionState.UNMET]
                only = all(c.kind is ConditionKind.PENALTY for c in unmet)
                if lacking and only and _between_both(scene, planned.step.state, route):
                    fact = f"{route.title}: {lacking[0].text} ({lacking[0].why or 'not known'})"
                    yield planned.step.state, fact, planned.step.id

    return by_state(found())


def _lacks(state: ConditionState) -> bool:
    return state is not ConditionState.MET


def _between_both(scene: Scene, state: str, route: Route) -> bool:
    """Whether a route would work between the two but for the conditions of its provisions."""
    instrument = scene.registry.instruments.get(route.instrument)
    if route.status is not Status.CLOSED or instrument is None:
        return route.status is not Status.CLOSED
    both = (scene.case.requesting_state, state)
    return all(scene.registry.standing(instrument, one, scene.on).bound is not Bound.NO for one in both)


def refusal_ground_live(scene: Scene) -> Iterator[Hit]:
    """A ground that a fact of the case raises; dual criminality has its own place."""

    def found() -> Iterator[tuple[str, str, str]]:
        for planned, route in scene.routed:
            for risk in route.refusal_risks:
                if risk.state is RiskState.LIVE and risk.ground is not RefusalGround.DUAL_CRIMINALITY_ABSENT:
                    name = risk.ground.value.replace("_", " ")
                    yield planned.step.state, f"{route.title}, {name}: {risk.why}; {risk.remedy}", planned.step.id
                elif risk.ground is RefusalGround.POLITICAL_OFFENCE and risk.state is RiskState.POSSIBLE:
                    for offence in scene.case.offences:
                        if offence.id in signs().judged_differently:
                            fact = (
                                f"{route.title}: {offence.id} is judged differently from state to state; {risk.remedy}"
                            )
                            yield planned.step.state, fact, planned.step.id

    return by_state(found())


def reservation_or_declaration(scene: Scene) -> Iterator[Hit]:
    """A reservation or declaration of the requested state bears on the route taken, or closes another."""

    def found() -> Iterator[tuple[str, str, str]]:
        for planned in scene.abroad:
            taken = planned.routing.recommended
            for route in planned.routing.routes:
                for condition in route.conditions:
                    bears = condition.kind is ConditionKind.RESERVATION
                    closes = condition.state is ConditionState.UNMET
                    if bears and (closes or (route is taken and condition.state is not ConditionState.MET)):
                        fact = f"{planned.step.state_name}, {route.title}: {condition.text}"
                        why = f" ({condition.why})" if condition.why else ""
                        yield planned.step.state, fact + why, planned.step.id

    return by_state(found())


def data_retention_absent(scene: Scene) -> Iterator[Hit]:
    """What is asked for is older than such data are known to live."""
    for planned in scene.planned:
        life = paces()[planned.draft.pace].life_days
        period = planned.step.period
        if planned.step.measure is not Measure.PRESERVATION or period is None or not period.start or not life:
            continue
        age = (scene.on - day_of(period.start, scene.moments.zone)).days
        if age > life:
            yield Hit(
                fact=f"{planned.step.title}: the oldest moment lies {age} days back; such data may go after {life}",
                steps=(planned.step.id,),
                state=planned.step.state,
            )


def whois_closed(scene: Scene) -> Iterator[Hit]:
    """Registrants of names under generic domains have not been public since 2018."""
    for planned in scene.planned:
        if planned.step.measure is Measure.DOMAIN_REGISTRATION:
            names = [o.value for o in planned.step.objects if o.kind is ObservableKind.DOMAIN and _generic(o.value)]
            if names:
                shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
                yield Hit(
                    fact=f"{shown}: under a generic domain, where registrants are hidden by default since May 2018",
                    steps=(planned.step.id,),
                    state=planned.step.state,
                )


def _generic(domain: str) -> bool:
    label = domain.rpartition(".")[2]
    return len(label) != COUNTRY_LABEL and not label.startswith("xn--")


def jurisdiction_conflict(scene: Scene) -> Iterator[Hit]:
    """More than one state may claim, or the requesting state hardly can."""
    for conflict in scene.jurisdiction.conflicts:
        # a duty binds only those of them that are parties
        bound: dict[tuple[str, ...], list[str]] = {}
        for duty in conflict.duties:
            bound.setdefault(duty.states, []).append(f"{duty.title} {cite_article(duty.article)}")
        told = (
            f"; {listing([state_name(state) for state in states])} are to consult under {listing(articles)}"
            for states, articles in bound.items()
        )
        yield Hit(fact=f"{conflict.reason}{''.join(told)}")


def blocking_or_conflicting_law(scene: Scene) -> Iterator[Hit]:
    """US law bars its providers from giving content to foreign authorities without an executive agreement."""
    for planned in scene.abroad:
        if planned.step.measure is Measure.CONTENT_DATA and planned.step.state == "US":
            kinds = {r.kind for r in planned.routing.routes if r.status is Status.OPEN}
            if InstrumentKind.EXECUTIVE_AGREEMENT not in kinds:
                yield Hit(
                    fact=f"{planned.step.holder_name}: 18 USC 2702 bars content, and no executive agreement is open "
                    f"for it between {state_name(scene.case.requesting_state)} and the United States on {scene.on}",
                    steps=(planned.step.id,),
                    state="US",
                )


def content_threshold_us(scene: Scene) -> Iterator[Hit]:
    """Content asked of a provider in the United States, and the case does not say that probable cause is shown."""
    for planned in scene.abroad:
        asked = planned.step.measure is Measure.CONTENT_DATA and planned.step.state == "US"
        if asked and not scene.case.legal_facts.get("probable_cause_shown", False):
            yield Hit(
                fact=f"{planned.step.title}: the case file does not say that probable cause is shown "
                "(legal_facts.probable_cause_shown)",
                steps=(planned.step.id,),
                state="US",
            )


def target_not_shown(scene: Scene) -> Iterator[Hit]:
    """A direct order is taken that may not target persons of the other state, and whose an account is is not told."""
    fact = Fact.TARGET_FOREIGN_TO_REQUESTED_STATE.value

    def found() -> Iterator[tuple[str, str, str]]:
        for planned, route in scene.routed:
            known = target_facts((held.observable for held in planned.draft.objects), planned.step.state, scene.case)
            if route.kind is InstrumentKind.EXECUTIVE_AGREEMENT and fact not in known | scene.case.legal_facts:
                values = listing([thing.shown for thing in planned.step.objects])
                text = f"whose {values} is: a national of {planned.step.state_name}, or somebody there, is out of reach"
                yield planned.step.state, f"the case file does not say {text}", planned.step.id

    return by_state(found())


def speciality_use_limit(scene: Scene) -> Iterator[Hit]:
    """Several offences or proceedings, and an instrument that limits use to those named."""
    offences = {offence.id for offence in scene.case.offences}
    others = [p.state for p in scene.case.proceedings]
    if len(offences) < 2 and not others:
        return iter(())

    also = f" and proceedings in {', '.join(others)}" if others else ""
    text = f"the case has {len(offences)} offences{also}, and use is limited to what the request names under"
    return by_title(scene, ((p, route) for p, route in scene.routed if route.use_limitation), text)


def admissibility_authentication(scene: Scene) -> Iterator[Hit]:
    """The recommended channel gives information and not evidence."""
    informal = ((p, route) for p, route in scene.routed if not route.evidence)
    return by_title(scene, informal, "for information only, through")


def evidence_of_offence_abroad_only(scene: Scene) -> Iterator[Hit]:
    """No firm link of the case to the requesting state."""
    own = [c for c in scene.jurisdiction.claims if c.state == scene.case.requesting_state]
    if not any(claim.strength is not Confidence.LOW for claim in own):
        name = state_name(scene.case.requesting_state)
        yield Hit(fact=f"the case file names no victim, act, system or suspect in {name}")


DETECTORS: dict[str, Detector] = {
    "no_treaty_basis": no_treaty_basis,
    "dual_criminality_gap": dual_criminality_gap,
    "organised_group_unproven": organised_group_unproven,
    "penalty_threshold": penalty_threshold,
    "refusal_ground_live": refusal_ground_live,
    "reservation_or_declaration": reservation_or_declaration,
    "data_retention_absent": data_retention_absent,
    "whois_closed": whois_closed,
    "jurisdiction_conflict": jurisdiction_conflict,
    "blocking_or_conflicting_law": blocking_or_conflicting_law,
    "content_threshold_us": content_threshold_us,
    "target_not_shown": target_not_shown,
    "speciality_use_limit": speciality_use_limit,
    "admissibility_authentication": admissibility_authentication,
    "evidence_of_offence_abroad_only": evidence_of_offence_abroad_only,
}
