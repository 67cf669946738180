"""What the plan rests on, what it took for granted, and what it could not know."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from comity.law import Confidence, state_name
from comity.law.clock import knows_holidays
from comity.leads.model import Leads
from comity.plan.model import DataSet, Holder, InvolvedState, NotPursued, Provenance, RouteChoice, Step
from comity.plan.obstacles import undecided

MAX_SETS = 40

_ASSUMPTIONS = (
    "Requests leave by electronic means on the day shown; enter the real days as they come.",
    "A public holiday is one of the whole state, and of the subdivision named in the case file.",
    "Periods in days are calendar days, and the day of the event is not counted.",
    "Weights order what is asked for; they prove nothing.",
)


def find_provenance(
    *,
    leads: Leads,
    states: tuple[InvolvedState, ...],
    holders: tuple[Holder, ...],
    passed: tuple[NotPursued, ...],
    steps: tuple[Step, ...],
    on: date,
) -> Provenance:
    """What a reader must know to check the plan or to make it again."""
    return Provenance(
        comity=version_of("comity"),
        on=on,
        data_sets=tuple(_data_sets(leads, steps)),
        assumptions=_ASSUMPTIONS,
        limits=tuple(_limits(states, holders, steps, on)),
    )


@lru_cache(maxsize=8)
def version_of(package: str) -> str:
    """The installed version of a package; ``unknown`` where it is not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"


def _data_sets(leads: Leads, steps: tuple[Step, ...]) -> Iterator[DataSet]:
    routes = [route for step in steps for route in _routes(step)]
    dates = sorted({source.as_of for route in routes for source in route.sources if source.as_of})
    if dates:
        span = dates[0] if dates[0] == dates[-1] else f"{dates[0]} to {dates[-1]}"
        yield DataSet(name="law data behind the routes shown", as_of=span)
    named = {reason.source for o in leads.observables for nexus in o.nexus for reason in nexus.reasons if reason.source}
    # a payment or a mail is evidence, not a data set
    sets = sorted(name for name in named if not name.startswith(("mail ", "payment ")))
    for name in sets[:MAX_SETS]:
        yield DataSet(name=name, as_of="", note="cited by ties of observables")
    if len(sets) > MAX_SETS:
        yield DataSet(name=f"and {len(sets) - MAX_SETS} more", as_of="", note="cited by ties of observables")
    yield DataSet(name="holidays", as_of=version_of("holidays"), note="public holidays and weekends")
    yield DataSet(name="tzdata", as_of=version_of("tzdata"), note="time zones, where the machine has none of its own")


def _routes(step: Step) -> tuple[RouteChoice, ...]:
    return (*((step.recommended,) if step.recommended else ()), *step.fallbacks)


def _limits(
    states: tuple[InvolvedState, ...], holders: tuple[Holder, ...], steps: tuple[Step, ...], on: date
) -> Iterator[str]:
    for state in states:
        if not knows_holidays(state.state, on.year):
            yield f"The public holidays of {state.name} in {on.year} are not known to us: its usual week is assumed."
    unsure = [holder for holder in holders if holder.confidence is Confidence.LOW]
    if unsure:
        named = ", ".join(f"{holder.name} ({holder.state})" for holder in unsure[:5])
        more = f" and {len(unsure) - 5} more" if len(unsure) > 5 else ""
        yield f"Ties of low confidence: {named}{more}."
    low = {s.state for s in steps if s.recommended and _low(s.recommended)}
    if low:
        yield f"Routes that rest on a fact of low confidence: {', '.join(state_name(state) for state in sorted(low))}."
    assumed = dict.fromkeys(s.recommended.title for s in steps if s.recommended and s.recommended.assumed)
    for title in assumed:
        yield f"The text of {title} was not read: a model's articles are assumed."
    yield f"No data decide: {'; '.join(undecided())}."


def _low(route: RouteChoice) -> bool:
    return any(source.confidence is Confidence.LOW for source in route.sources)
