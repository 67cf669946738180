"""Which route each act takes: the best that is open or conditional, fallbacks, and why the others do not work."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import msgspec

from comity.law import (
    Addressee,
    Channel,
    ConditionKind,
    ConditionState,
    InstrumentKind,
    Measure,
    Query,
    Registry,
    Route,
    RouteAddressee,
    Status,
    state_name,
)
from comity.leads.model import Role
from comity.plan.case import Case
from comity.plan.draft import Draft
from comity.plan.model import Holder, RouteChoice, UrgencyClass, UrgencyLevel
from comity.plan.phrases import words
from comity.plan.sender import is_shared_relay
from comity.plan.tables import paces
from comity.plan.targets import target_facts

MAX_FALLBACKS = 3
MAX_CLOSED = 4
BETWEEN_TWO = frozenset({InstrumentKind.MLAT, InstrumentKind.EXTRADITION, InstrumentKind.MOU})
WITHOUT_TREATY = {
    InstrumentKind.COMITY: "letters rogatory",
    InstrumentKind.VOLUNTARY_DISCLOSURE: "voluntary disclosure by the provider",
}
_BY_MEASURE = {
    Measure.PRESERVATION: {"follow_up_intended": True},
    # money is frozen for whoever lost it: an order that secures evidence does not hold it
    Measure.FREEZING: {"kept_as_evidence": False},
}
"""What the plan makes true of each measure."""
FAST = frozenset({Channel.CONTACT_POINTS_24_7, Channel.DIRECT_TO_PROVIDER, Channel.POLICE, Channel.FIU})


class Found(Protocol):
    """An answer of the law: the engine's own, or one that was written down."""

    @property
    def routes(self) -> tuple[Route, ...]:
        """Every route, best first."""
        ...


Finder = Callable[[Query, Registry], Found]


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """The routes of one act; `recommended` None: none is open or conditional, or the act is at home."""

    recommended: Route | None = None
    fallbacks: tuple[Route, ...] = ()
    routes: tuple[Route, ...] = ()
    """All, best first, closed ones too."""

    @property
    def closed(self) -> tuple[Route, ...]:
        """The routes that do not work."""
        return tuple(route for route in self.routes if route.status is Status.CLOSED)


NO_ROUTE = Routing()


@dataclass(frozen=True, kw_only=True)
class Router:
    """Asks the law once for each question."""

    case: Case
    on: date
    registry: Registry
    finder: Finder
    _asked: dict[tuple[object, ...], tuple[Route, ...]] = field(default_factory=dict)

    def route(self, draft: Draft) -> Routing:
        """The routes of a draft; none at home."""
        if draft.state == self.case.requesting_state or draft.only == "direct":
            return NO_ROUTE
        routes = self._routes(draft)
        usable = tuple(route for route in routes if route.status is not Status.CLOSED)
        if draft.only:
            usable = tuple(route for route in usable if route.evidence is (draft.only == "formal"))
        if not usable:
            return Routing(routes=routes)
        rest = usable[1:]
        if is_urgent(draft):
            rest = tuple(sorted(rest, key=lambda route: (route.status is not Status.OPEN, route.channel not in FAST)))
        return Routing(recommended=usable[0], fallbacks=_diverse(usable[0], rest), routes=routes)

    def way_to(self, state: str) -> Route | None:
        """The best route to who a customer of a provider in a state is; None: at home, or no route works."""
        if state == self.case.requesting_state:
            return None
        facts = {"transnational": True, "specific_identifier": True, "provider_in_requested_state": True}
        routes = self._ask(state, Measure.SUBSCRIBER_INFORMATION, facts | self.case.legal_facts, urgent=False)
        return next((route for route in routes if route.status is not Status.CLOSED), None)

    def _routes(self, draft: Draft) -> tuple[Route, ...]:
        return self._ask(draft.state, draft.measure, self._facts(draft), urgent=is_urgent(draft))

    def _ask(self, state: str, measure: Measure, facts: dict[str, bool], *, urgent: bool) -> tuple[Route, ...]:
        key = (state, measure, urgent, tuple(sorted(facts.items())))
        found = self._asked.get(key)
        if found is None:
            query = Query(
                requesting=self.case.requesting_state,
                requested=state,
                measure=measure,
                on=self.on,
                offences=tuple(dict.fromkeys(offence.id for offence in self.case.offences)),
                urgent=urgent,
                facts=facts,
            )
            found = self._asked[key] = self.finder(query, self.registry).routes
        return found

    def _facts(self, draft: Draft) -> dict[str, bool]:
        """What the plan itself makes true, and over it what the case file says."""
        facts = {"transnational": True, **_BY_MEASURE.get(draft.measure, {})}
        if draft.objects:
            facts["specific_identifier"] = True
        if any(key.endswith(f":{Measure.PRESERVATION.value}") for key in draft.after):
            facts["preservation_requested"] = True
        if draft.measure is Measure.TRAFFIC_DATA:
            facts["trace_next_provider"] = _only_passed_on(draft)
        if _established(draft, self.registry):
            facts["provider_in_requested_state"] = True
        if draft.measure is Measure.EXTRADITION:
            facts |= {"extradition_requested": True, "person_in_requested_state": True}
            facts |= {"person_is_national_there": draft.nationality == draft.state} if draft.nationality else {}
        for other in self.case.proceedings:
            if other.state == draft.state:
                facts["prior_judgment" if "judg" in other.stage.casefold() else "proceedings_there"] = True
        if self.case.urgency.level is UrgencyLevel.EMERGENCY:
            facts["emergency_to_life"] = True
        # what is known of the suspect behind an account goes before what is said of the case as a whole
        persons = target_facts((held.observable for held in draft.objects), draft.state, self.case)
        return facts | self.case.legal_facts | persons


def is_urgent(draft: Draft) -> bool:
    """Whether an act must go out within hours."""
    return paces()[draft.pace].level is UrgencyClass.HOURS


def _only_passed_on(draft: Draft) -> bool:
    """Whether everything asked about only passed a communication on: then the next provider on its path is wanted.

    Log-ins of an account lead to a person and not to the next provider: they are data stored like others, which the
    Budapest Convention gives under Art. 31 and not under Art. 30.
    """
    return bool(draft.objects) and all(
        held.nexus.role is Role.ANONYMISER or is_shared_relay(held.nexus.reasons) for held in draft.objects
    )


def _established(draft: Draft, registry: Registry) -> bool:
    """Whether the holder is known to be established in the state that is asked."""
    if draft.holder is None:
        return False
    row = registry.providers.get(draft.holder.provider)
    if row is not None:
        return row.jurisdiction == draft.state
    return draft.holder.role is Role.FINANCIAL_INSTITUTION


def _diverse(first: Route, rest: tuple[Route, ...]) -> tuple[Route, ...]:
    """Fallbacks that differ from the first and from each other by more than their wording."""
    seen = {(first.instrument, first.channel)}
    kept: list[Route] = []
    for route in rest:
        key = (route.instrument, route.channel)
        if key not in seen:
            seen.add(key)
            kept.append(route)
    return tuple(kept[:MAX_FALLBACKS])


def choice(route: Route, registry: Registry, *, contents: bool, holder: Holder | None = None) -> RouteChoice:
    """A route as a plan shows it; ``holder``: who is asked, where the route leads to it without an authority."""
    return RouteChoice(
        instrument=route.instrument,
        title=route.title,
        called=short_name(route, registry),
        kind=route.kind,
        status=route.status,
        article=route.article,
        channel=route.channel,
        addressee=_addressee(route, holder),
        binding=route.binding,
        evidence=route.evidence,
        why=route.why,
        chosen_because=route.rank.reasons,
        conditions=route.conditions,
        time_limits=route.time_limits,
        languages=route.languages,
        refusal_risks=route.refusal_risks,
        contents=route.contents if contents else (),
        opens_on=route.opens_on,
        closes_on=route.closes_on,
        assumed=route.assumed,
        use_limitation=route.use_limitation,
        urgent_channel=route.urgent_channel,
        sources=route.sources,
    )


def _addressee(route: Route, holder: Holder | None) -> RouteAddressee:
    """To whom it goes; a provider or registrar that the law only calls so is named."""
    to = route.addressee
    if holder is None or to.name or to.kind is Addressee.AUTHORITY:
        return to
    return msgspec.structs.replace(to, name=holder.legal_entity or holder.name, url=holder.url)


def short_name(route: Route, registry: Registry) -> str:
    """What people call a route's instrument; one between two states by its kind and the other state."""
    found = registry.instruments.get(route.instrument)
    if found is not None and found.short_title:
        return found.short_title
    if route.kind in BETWEEN_TWO:
        return f"{words(route.kind.value)} with {state_name(route.addressee.state)}"
    if route.kind in WITHOUT_TREATY:
        return WITHOUT_TREATY[route.kind]
    return route.title


def closed_lines(routing: Routing) -> tuple[str, ...]:
    """Why routes do not work: those first that open on a known day or that the case itself closes."""
    ranked = sorted(routing.closed, key=_distance)
    return tuple(_line(route) for route in ranked[:MAX_CLOSED])


def _distance(route: Route) -> tuple[bool, bool, int, bool, str]:
    by_case = any(
        condition.kind is ConditionKind.STATED and condition.state is ConditionState.UNMET
        for condition in route.conditions
    )
    return route.opens_on is None, not by_case, len(route.closed_by), not route.binding, route.title


def _line(route: Route) -> str:
    opens = f"; opens on {route.opens_on}" if route.opens_on else ""
    return f"{route.title}: {'; '.join(route.closed_by or route.why[-1:]) or 'closed'}{opens}"
