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
from comity.plan.stepping import Planned


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One fact of the case that shows an obstacle."""

    fact: str
    steps: tuple[str, ...] = ()
    state: str = ""


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

    def legal_entity(self, planned: Planned) -> str:
        """Of the holder that a step asks; empty: not known."""
        return planned.draft.holder.legal_entity if planned.draft.holder else ""


Detector = Callable[[Scene], Iterator[Hit]]


def by_state(found: Iterator[tuple[str, str, str]]) -> Iterator[Hit]:
    """Hits that say the same of one state, as one: from (state, fact, step)."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for state, fact, step in found:
        grouped.setdefault((state, fact), []).append(step)
    for (state, fact), steps in grouped.items():
        yield Hit(fact=fact, steps=tuple(dict.fromkeys(steps)), state=state)
