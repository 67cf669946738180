"""The routes of a plan, each told once: what holds for an instrument toward a state, whatever the step."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from comity.law import Content, RefusalRisk, RouteAddressee, Source
from comity.plan.model import Plan, RouteChoice, Step

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteSheet:
    """An instrument toward one state, with everything that the plan's steps say of it."""

    key: str
    """``instrument-STATE``, for links."""
    route: RouteChoice
    """One of its uses: title, kind, languages and limits are the same in all."""
    addressees: tuple[RouteAddressee, ...]
    recommended_in: tuple[str, ...]
    """Ids of steps."""
    fallback_in: tuple[str, ...]
    risks: tuple[RefusalRisk, ...]
    contents: tuple[Content, ...]
    """What a request must say, over all measures that the plan asks for."""
    sources: tuple[Source, ...]


def sheet_key(route: RouteChoice) -> str:
    """The key of a route's sheet."""
    return f"{route.instrument}-{route.addressee.state}"


def route_sheets(plan: Plan) -> tuple[RouteSheet, ...]:
    """A sheet for each instrument and state: those recommended first, in the order of the steps."""
    uses: dict[str, list[tuple[Step, RouteChoice]]] = {}
    for step, route in (*_recommended(plan), *_fallbacks(plan)):
        uses.setdefault(sheet_key(route), []).append((step, route))
    return tuple(_sheet(key, found) for key, found in uses.items())


def _recommended(plan: Plan) -> Iterator[tuple[Step, RouteChoice]]:
    return ((step, step.recommended) for step in plan.steps if step.recommended)


def _fallbacks(plan: Plan) -> Iterator[tuple[Step, RouteChoice]]:
    return ((step, route) for step in plan.steps for route in step.fallbacks)


def _sheet(key: str, uses: list[tuple[Step, RouteChoice]]) -> RouteSheet:
    routes = [route for _, route in uses]
    return RouteSheet(
        key=key,
        route=routes[0],
        addressees=_once(route.addressee for route in routes),
        recommended_in=_once(step.id for step, route in uses if route is step.recommended),
        fallback_in=_once(step.id for step, route in uses if route is not step.recommended),
        risks=_once(risk for route in routes for risk in route.refusal_risks),
        contents=_once(content for route in routes for content in route.contents),
        sources=_once(source for route in routes for source in route.sources),
    )


def _once(items: Iterable[Item]) -> tuple[Item, ...]:
    """Without repetition, in order."""
    return tuple(dict.fromkeys(items))
