"""What detectors look at, and what they say."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from comity.law import Registry, Route
from comity.leads.model import Observable
from comity.plan.case import Case
from comity.plan.evidence import Evidence
from comity.plan.holding import Held, Holding
from comity.plan.model import Jurisdiction
from comity.plan.moments import Moments
from comity.plan.routing import short_name
from comity.plan.stepping import Planned


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One fact of the case that shows an obstacle."""

    fact: str
    steps: tuple[str, ...] = ()
    state: str = ""
    on: date | None = None
    """The day on which it bites; None: no day of its own."""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """The whole case as planned."""

    case: Case
    evidence: Evidence
    holding: Holding
    planned: tuple[Planned, ...]
    jurisdiction: Jurisdiction
    moments: Moments
    registry: Registry
    on: date

    @cached_property
    def abroad(self) -> tuple[Planned, ...]:
        """The steps that cross a border."""
        return tuple(p for p in self.planned if not p.step.domestic)

    @cached_property
    def routed(self) -> tuple[tuple[Planned, Route], ...]:
        """The steps that take a route, with it."""
        return tuple((p, p.routing.recommended) for p in self.abroad if p.routing.recommended is not None)

    @cached_property
    def pursued(self) -> tuple[Held, ...]:
        """Everything that a holder has, once for each holder."""
        return tuple(held for group in self.holding.held.values() for held in group)

    @cached_property
    def stateless(self) -> tuple[Observable, ...]:
        """Observables passed over because no state can be told."""
        codes = {passed.observable for passed in self.holding.passed_over if passed.code == "no-state"}
        return tuple(o for o in self.evidence.leads.observables if f"{o.kind.value}:{o.value}" in codes)

    def title(self, route: Route) -> str:
        """The short title of a route's instrument."""
        return short_name(route, self.registry)


Detector = Callable[[Scene], Iterator[Hit]]


def by_title(scene: Scene, found: Iterator[tuple[Planned, Route]], text: str) -> Iterator[Hit]:
    """What steps share that take their routes through certain instruments, as one hit: `text`, then the instruments."""
    pairs = tuple(found)
    if not pairs:
        return
    states: dict[str, list[str]] = {}
    for planned, route in pairs:
        states.setdefault(scene.title(route), []).append(planned.step.state)
    named = "; ".join(f"{title} ({', '.join(dict.fromkeys(there))})" for title, there in states.items())
    yield Hit(fact=f"{text}: {named}", steps=tuple(dict.fromkeys(planned.step.id for planned, _ in pairs)))


def by_state(found: Iterator[tuple[str, str, str]]) -> Iterator[Hit]:
    """Hits that say the same of one state, as one: from (state, fact, step)."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for state, fact, step in found:
        grouped.setdefault((state, fact), []).append(step)
    for (state, fact), steps in grouped.items():
        yield Hit(fact=fact, steps=tuple(dict.fromkeys(steps)), state=state)
