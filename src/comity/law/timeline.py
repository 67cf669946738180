"""How the answer for a pair and a measure changed over the years, and will change by what is already known."""

from datetime import date, timedelta

import msgspec

from comity.law.dates import span
from comity.law.find import find_routes
from comity.law.instrument import Instrument
from comity.law.query import Query
from comity.law.registry import Registry
from comity.law.route import Answer
from comity.law.vocabulary import Status

FIRST_DAY = date(1950, 1, 1)


class Change(Answer, frozen=True, kw_only=True):
    """One instrument's change of status on a day."""

    on: date
    instrument: str
    title: str
    before: Status | None
    """None: it stood so on the first day that the time line looks at."""
    after: Status
    why: tuple[str, ...]
    answer: Status
    """Of the best route from that day on, by whatever instrument."""
    through: str
    """What that route rests on."""


class RouteTimeline(Answer, frozen=True, kw_only=True):
    """Every change of the law between two days, oldest first, and what sources found on a day of their own."""

    query: Query
    from_on: date
    to_on: date
    changes: tuple[Change, ...]
    found: tuple[Change, ...] = ()
    """What is known from a day on because a source speaks for it: the law changed before, on a day not sourced."""


def timeline(query: Query, registry: Registry, *, from_on: date = FIRST_DAY, to_on: date) -> RouteTimeline:
    """The changes of every route from one day to another; the query's own day does not matter."""
    changes: list[Change] = []
    learnt: list[Change] = []
    lawful = law_days(query, registry)
    stood: dict[str, Status] = {}
    for day in (from_on, *(d for d in turning_days(query, registry) if from_on < d <= to_on)):
        found = find_routes(msgspec.structs.replace(query, on=day), registry)
        best: dict[str, Status] = {}
        for option in found.options:
            best.setdefault(option.instrument.id, option.status)
        for option in found.options:
            changed = option.instrument.id
            if best.pop(changed, None) is None or stood.get(changed) is option.status:
                continue
            silent = changed not in stood and option.status is Status.CLOSED
            if not silent:
                (changes if day == from_on or day in lawful else learnt).append(
                    Change(
                        on=day,
                        instrument=changed,
                        title=option.instrument.title,
                        before=stood.get(changed, None if day == from_on else Status.CLOSED),
                        after=option.status,
                        why=found.explain(option).why,
                        answer=found.options[0].status,
                        through=found.options[0].instrument.id,
                    )
                )
            stood[changed] = option.status
    return RouteTimeline(query=query, from_on=from_on, to_on=to_on, changes=tuple(changes), found=tuple(learnt))


def turning_days(query: Query, registry: Registry) -> tuple[date, ...]:
    """Every day on which something that the answer rests on begins or ends, or is found by a source, in order."""
    a, b = query.requesting, query.requested
    days = {*registry.position(a).starts, *registry.position(b).starts}
    for treaty in registry.treaties_between(a, b):
        days |= {*registry.timeline(treaty, a).starts, *registry.timeline(treaty, b).starts}
    return tuple(sorted(days | law_days(query, registry)))


def law_days(query: Query, registry: Registry) -> set[date]:
    """Those of the turning days on which the law itself changes."""
    a, b = query.requesting, query.requested
    days: set[date] = set()
    for instrument in (*registry.shared, *registry.treaties_between(a, b)):
        days |= _days_of_instrument(instrument)
        for line in (registry.timeline(instrument, a), registry.timeline(instrument, b)):
            days |= {day for day, standing in zip(line.starts, line.standings, strict=True) if not standing.found}
    for state in (a, b):
        law = registry.states.get(state)
        for section in law.offences if law else ():
            days |= {span(section.in_force_from)[0]} if section.in_force_from else set()
            days |= {span(section.in_force_to)[1] + timedelta(days=1)} if section.in_force_to else set()
    return days


def _days_of_instrument(instrument: Instrument) -> set[date]:
    """Days on which exclusions and reservations come and go, and provisions come."""
    days = {span(r.made_on)[0] for r in instrument.reservations if r.made_on}
    days |= {span(r.withdrawn_on)[0] for r in instrument.reservations if r.withdrawn_on}
    days |= {span(e.from_on)[0] for e in instrument.exclusions if e.from_on}
    days |= {day for p in instrument.provisions if p.from_on for day in span(p.from_on)}
    return days | {span(e.to_on)[1] + timedelta(days=1) for e in instrument.exclusions if e.to_on}
