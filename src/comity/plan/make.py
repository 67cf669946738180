"""`make_plan`: a case, its leads and the law, made into a plan."""

from collections import Counter
from datetime import date

import msgspec

from comity.law import Registry, find_routes, state_name
from comity.law.clock import zone_of
from comity.law.penalty import coverage, name_of
from comity.leads.model import Finding, Leads, Severity
from comity.plan.case import Case
from comity.plan.casetext import LABEL
from comity.plan.conflicts import find_jurisdiction
from comity.plan.counting import Clock
from comity.plan.days import check_day
from comity.plan.evidence import Evidence
from comity.plan.flows import find_flows
from comity.plan.holding import Holding, find_holders
from comity.plan.inferred import with_exchanges, with_inferred, with_told
from comity.plan.model import (
    CaseAuthority,
    CaseOffence,
    CaseSummary,
    CaseSuspect,
    CaseVictims,
    Counts,
    Holder,
    NotPursued,
    Obstacle,
    Plan,
    Step,
    UrgencyLevel,
)
from comity.plan.moments import Moments
from comity.plan.notices import find_notices
from comity.plan.obstacles import find_obstacles
from comity.plan.obstacles.scene import Scene
from comity.plan.provenance import find_provenance
from comity.plan.routing import Finder, Router
from comity.plan.states import involved_states
from comity.plan.stepping import Stepper
from comity.plan.timeline import find_events
from comity.plan.visitorlogs import ADDRESSES

_GRAVITY = {Severity.WARNING: 0, Severity.NOTICE: 1, Severity.INFO: 2}


def make_plan(case: Case, leads: Leads, *, on: date, registry: Registry, finder: Finder = find_routes) -> Plan:
    """The plan of a case for a day; the same inputs give the same plan. PlanDayError: a day out of all bounds."""
    check_day(on)
    leads = with_told(with_exchanges(with_inferred(leads, registry), case, registry), case, registry)
    zone = case.time_zone or zone_of(case.requesting_state)
    evidence = Evidence(case=case, leads=leads, registry=registry)
    router = Router(case=case, on=on, registry=registry, finder=finder)
    holding = find_holders(evidence, router)
    moments = Moments(evidence=evidence, zone=zone)
    clock = Clock(
        on=on,
        requesting=case.requesting_state,
        requesting_zone=zone,
        subdivision=case.holidays,
        emergency=case.urgency.level is UrgencyLevel.EMERGENCY,
    )
    planned = Stepper(
        evidence=evidence,
        holding=holding,
        router=router,
        clock=clock,
        moments=moments,
    ).steps()
    jurisdiction = find_jurisdiction(case, holding.holders, registry, on, evidence.paid_into)
    obstacles = find_obstacles(
        Scene(
            case=case,
            evidence=evidence,
            holding=holding,
            planned=planned,
            jurisdiction=jurisdiction,
            moments=moments,
            registry=registry,
            on=on,
        )
    )
    steps = tuple(_with_obstacles(p.step, obstacles) for p in planned)
    holders = tuple(_with_steps(holder, steps) for holder in holding.holders)
    states = involved_states(case, holders, steps)
    return Plan(
        case=_summary(case, leads, registry, zone=zone, on=on),
        on=on,
        counts=_counts(leads, holding),
        states=states,
        holders=holders,
        steps=steps,
        obstacles=obstacles,
        jurisdiction=jurisdiction,
        not_pursued=tuple(sorted(holding.passed_over, key=_worth)),
        findings=tuple(sorted((*find_notices(case, evidence, moments, on), *leads.findings), key=_gravity)),
        flows=find_flows(evidence),
        events=find_events(moments, steps),
        provenance=find_provenance(
            leads=leads, states=states, holders=holders, passed=holding.passed_over, steps=steps, on=on
        ),
    )


def _with_obstacles(step: Step, obstacles: tuple[Obstacle, ...]) -> Step:
    return msgspec.structs.replace(step, obstacles=tuple(o.key for o in obstacles if step.id in o.steps))


def _with_steps(holder: Holder, steps: tuple[Step, ...]) -> Holder:
    asked = {step.measure: step.id for step in reversed(steps) if step.holder == holder.id}
    gives = tuple(
        msgspec.structs.replace(
            give,
            step=asked.get(give.measure, ""),
            why_not="" if give.measure in asked else "nothing of the case fits it, or it is for emergencies only",
        )
        for give in holder.gives
    )
    return msgspec.structs.replace(holder, gives=gives)


def _worth(passed: NotPursued) -> tuple[str, bool, str, str]:
    """Within a reason the addresses first: of what was left out they are most likely a trace."""
    return passed.code, passed.kind not in ADDRESSES, passed.kind.value, passed.value


def _gravity(finding: Finding) -> tuple[int, str, str, str]:
    return _GRAVITY[finding.severity], finding.artifact, finding.code, finding.where


def _counts(leads: Leads, holding: Holding) -> Counts:
    pursued = {tie.observable for holder in holding.holders for tie in holder.ties}
    # the case file is read where nothing else can be, and is no evidence for that
    artifacts = [artifact for artifact in leads.artifacts if artifact.path != LABEL]
    return Counts(
        artifacts=len(artifacts),
        observables=len(leads.observables),
        tied=sum(any(nexus.state for nexus in observable.nexus) for observable in leads.observables),
        pursued=len(pursued),
        artifacts_by_kind=dict(Counter(artifact.kind for artifact in artifacts)),
    )


def _summary(case: Case, leads: Leads, registry: Registry, *, zone: str, on: date) -> CaseSummary:
    return CaseSummary(
        reference=case.reference,
        title=case.title,
        state=case.requesting_state,
        state_name=state_name(case.requesting_state),
        time_zone=zone,
        authority=CaseAuthority(
            name=case.authority.name,
            unit=case.authority.unit,
            contact=case.authority.contact,
            signatory=case.authority.signatory,
        ),
        offences=tuple(
            CaseOffence(
                id=offence.id,
                title=registry.offence(offence.id).title,
                sections=offence.sections or _sections(case, offence.id, registry, on),
                max_penalty_years=offence.max_penalty_years,
            )
            for offence in case.offences
        ),
        facts=case.facts.strip(),
        victims=tuple(
            CaseVictims(
                state=victims.state,
                state_name=state_name(victims.state),
                number=victims.number,
                loss="" if victims.loss is None else f"{victims.loss:f}",
                currency=victims.currency or case.currency,
            )
            for victims in case.victims
        ),
        suspects=tuple(
            CaseSuspect(
                name=suspect.name,
                nationality=suspect.nationality or "",
                residence=suspect.residence or "",
                note=suspect.note,
            )
            for suspect in case.suspects
        ),
        currency=case.currency,
        urgency=case.urgency.level,
        urgency_reason=case.urgency.reason.strip(),
        confidentiality=case.confidentiality.level.value,
        legal_facts=case.legal_facts,
        artifacts=leads.artifacts,
    )


def _sections(case: Case, offence: str, registry: Registry, on: date) -> tuple[str, ...]:
    """Sections of the law data, marked as such, where the case file names none."""
    found = coverage(registry, case.requesting_state, offence, on).sections
    return tuple(dict.fromkeys(f"{name_of(row)} (from the law data: check)" for row in found))[:3]
