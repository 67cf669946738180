"""From a plan to the briefs of its letters: which steps, on which route, as which kind."""

import re
from collections.abc import Iterator
from datetime import date

from comity.law import Measure, Query, Registry, Status, find_routes
from comity.leads.model import Transfer
from comity.letters.compose import Brief, kind_for
from comity.letters.compose.reference import reference
from comity.letters.errors import NoLetterError
from comity.letters.model import Kind
from comity.letters.tables import kinds
from comity.plan import Case, Plan
from comity.plan.caseerror import nearest
from comity.plan.model import RouteChoice, Step
from comity.plan.payments import each_once
from comity.plan.routing import choice

#: Kinds that a step may be written as instead of the one that its route needs.
INSTEAD = {
    Kind.EXTRADITION_REQUEST: frozenset({Kind.PROVISIONAL_ARREST}),
    Kind.MLA_REQUEST: frozenset({Kind.LETTER_ROGATORY, Kind.PRESERVATION_FOLLOW_UP}),
    Kind.JIT_PROPOSAL: frozenset({Kind.JURISDICTION_CONSULTATION, Kind.TRANSFER_OF_PROCEEDINGS}),
}

#: The end of a letter's reference: ``AE-6AD679``.
_MARK = re.compile(r"[A-Z]{2}-[0-9A-F]{6}", re.IGNORECASE)


def brief_for(
    names: tuple[str, ...],
    *,
    case: Case,
    plan: Plan,
    registry: Registry,
    on: date,
    transfers: tuple[Transfer, ...] = (),
    instrument: str = "",
    kind: Kind | None = None,
) -> Brief:
    """The brief of one letter for some steps, on the recommended route or on a named instrument.

    NoLetterError where a step does not exist, needs no letter or has no such route, or where the steps cannot stand
    in one letter.
    """
    steps = tuple(_step(case, plan, name) for name in dict.fromkeys(names))
    routes = [_route(step, case=case, registry=registry, on=on, instrument=instrument) for step in steps]
    own = [kind_for(step, route) for step, route in zip(steps, routes, strict=True)]
    _check_together(steps, routes, own)
    return Brief(
        case=case,
        plan=plan,
        steps=steps,
        route=routes[0],
        kind=_kind(own[0], kind, steps[0]),
        registry=registry,
        on=on,
        transfers=each_once(transfers),
    )


def steps_with_letters(plan: Plan) -> Iterator[Step]:
    """Every step of a plan that needs a letter on its recommended route, in order."""
    for step in plan.steps:
        try:
            kind_for(step, step.recommended)
        except NoLetterError:
            continue
        yield step


def _step(case: Case, plan: Plan, name: str) -> Step:
    """A step by its id, its number, or the mark of its letter's reference, which is the same on every day."""
    if _MARK.fullmatch(name):
        marked = (step for step in steps_with_letters(plan) if _mark(case, step) == name.upper())
        found = next(marked, None)
        if found is None:
            remedy = "comity draft CASE --all writes every letter with its reference"
            raise NoLetterError(what=f"step {name!r}", problem="no letter of the plan has this mark", remedy=remedy)
        return found
    wanted = name if name.startswith("s") else f"s{name}"
    found = next((step for step in plan.steps if step.id == wanted), None)
    if found is None:
        known = tuple(step.id for step in plan.steps)
        raise NoLetterError(what=f"step {name!r}", problem="the plan has none", remedy=nearest(wanted, known))
    return found


def _mark(case: Case, step: Step) -> str:
    """The end of the reference of a step's letter."""
    kind = kind_for(step, step.recommended)
    return reference(case, (step,), kind=kind, route=step.recommended).rpartition(" ")[2]


def _route(step: Step, *, case: Case, registry: Registry, on: date, instrument: str) -> RouteChoice | None:
    if not instrument or step.domestic:
        return step.recommended
    planned = (*((step.recommended,) if step.recommended else ()), *step.fallbacks)
    named = next((route for route in planned if route.instrument == instrument), None)
    return named or _asked(step, case=case, registry=registry, on=on, instrument=instrument)


def _asked(step: Step, *, case: Case, registry: Registry, on: date, instrument: str) -> RouteChoice:
    """A route that the plan does not show, as the law gives it."""
    query = Query(
        requesting=case.requesting_state,
        requested=step.state,
        measure=step.measure,
        on=on,
        offences=tuple(dict.fromkeys(offence.id for offence in case.offences)),
        facts={"transnational": True, "specific_identifier": bool(step.objects)} | case.legal_facts,
    )
    routes = [route for route in find_routes(query, registry).routes if route.instrument == instrument]
    open_ones = [route for route in routes if route.status is not Status.CLOSED]
    if open_ones:
        return choice(open_ones[0], registry, contents=True)
    what = f"{step.id} by {instrument!r}"
    if routes:
        raise NoLetterError(
            what=what, problem=f"the route is closed: {'; '.join(routes[0].why)}", remedy=_planned(step)
        )
    known = tuple(registry.instruments)
    problem = "no such instrument" if instrument not in registry.instruments else _gives_not(step.measure)
    remedy = _planned(step) if instrument in registry.instruments else nearest(instrument, known)
    raise NoLetterError(what=what, problem=problem, remedy=remedy)


def _gives_not(measure: Measure) -> str:
    return f"it does not give {measure.value.replace('_', ' ')} between these states"


def _planned(step: Step) -> str:
    planned = (*((step.recommended,) if step.recommended else ()), *step.fallbacks)
    names = ", ".join(dict.fromkeys(route.instrument for route in planned))
    return f"the plan offers {names}" if names else "the plan offers none"


def _kind(own: Kind, wanted: Kind | None, step: Step) -> Kind:
    if wanted is None or wanted is own:
        return own
    if wanted is Kind.PRESERVATION_EXTENSION and step.measure is not Measure.PRESERVATION:
        raise NoLetterError(
            what=f"{wanted.value} of {step.id}",
            problem=f"the step asks for {step.measure.value.replace('_', ' ')}; only a preservation is extended",
            remedy="name the step of the preservation",
        )
    if wanted in INSTEAD.get(own, ()) or kinds()[wanted].made == "earlier":
        return wanted
    later = {kind for kind, row in kinds().items() if row.made == "earlier"}
    others = ", ".join(kind.value for kind in sorted({*INSTEAD.get(own, ()), *later}))
    raise NoLetterError(
        what=wanted.value,
        problem=f"the step needs a letter of the kind {own.value}",
        remedy=f"leave the kind out{f', or name {others}' if others else ''}",
    )


def _check_together(steps: tuple[Step, ...], routes: list[RouteChoice | None], own: list[Kind]) -> None:
    """One letter has one addressee, one instrument and one kind."""
    marks = {
        (
            step.state,
            kind,
            route.instrument if route else "",
            route.channel if route else "",
            route.addressee.name if route and route.addressee.name else step.holder if route is None else "",
        )
        for step, route, kind in zip(steps, routes, own, strict=True)
    }
    if len(marks) > 1:
        raise NoLetterError(
            what=", ".join(step.id for step in steps),
            problem="they go to different addressees or on different routes",
            remedy="draft a letter for each",
        )
