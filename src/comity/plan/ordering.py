"""The order of acts: what vanishes first comes first, and nothing comes before what it depends on."""

from collections.abc import Mapping
from datetime import date
from heapq import heapify, heappop, heappush
from typing import Any

from comity.plan.draft import Draft
from comity.plan.model import UrgencyClass
from comity.plan.tables import acts, paces

_LEVELS = {UrgencyClass.HOURS: 0, UrgencyClass.DAYS: 1, UrgencyClass.WEEKS: 2, UrgencyClass.AFTER: 3}

_Place = tuple[int, int, int, int, str, str]


def in_order(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """The drafts, most urgent first, each after those that it depends on.

    A key in `after` that no draft has is passed over; a circle, which no table makes, keeps the order of urgency.
    """
    return _arranged(drafts, {draft.key: _place(draft) for draft in drafts})


def in_order_of_days(drafts: tuple[Draft, ...], leaving: dict[str, date]) -> tuple[Draft, ...]:
    """Drafts in order of urgency, by the day on which they leave, each after those that it depends on."""
    return _arranged(drafts, {draft.key: (leaving[draft.key], at) for at, draft in enumerate(drafts)})


def number_of(step: str) -> int:
    """The number of a step's id."""
    return int(step[1:])


def _arranged(drafts: tuple[Draft, ...], places: Mapping[str, Any]) -> tuple[Draft, ...]:
    by_key = {draft.key: draft for draft in drafts}
    waits = {draft.key: {key for key in draft.after if key in by_key and key != draft.key} for draft in drafts}
    followers: dict[str, list[str]] = {}
    for key, before in waits.items():
        for other in before:
            followers.setdefault(other, []).append(key)
    ready = [(places[key], key) for key, before in waits.items() if not before]
    heapify(ready)
    done: list[Draft] = []
    while ready:
        _, key = heappop(ready)
        done.append(by_key[key])
        for follower in followers.get(key, ()):
            waits[follower].discard(key)
            if not waits[follower]:
                heappush(ready, (places[follower], follower))
    placed = {draft.key for draft in done}
    left = [draft for draft in drafts if draft.key not in placed]
    return (*done, *sorted(left, key=lambda draft: places[draft.key]))


def _place(draft: Draft) -> _Place:
    pace = paces()[draft.pace]
    order = acts().order
    measure = order.index(draft.measure) if draft.measure in order else len(order)
    return _LEVELS[pace.level], pace.rank, measure, -draft.weight, draft.state, draft.key
