"""The statistics that member states keep under Regulation (EU) 2023/1543 art. 28(2)."""

from collections import defaultdict
from collections.abc import Iterable
from statistics import mean

from comity.docket.record import Record
from comity.docket.statistics.recorded import Recorded
from comity.docket.tables import reasons
from comity.docket.vocabulary import Act, Relation

EPOC = "epoc"
EPOC_PR = "epoc_pr"
_SECONDS_A_DAY = 86_400


class Figure(Record, frozen=True, kw_only=True):
    """One figure of the list."""

    point: str
    """Of art. 28(2): ``a``."""
    what: str
    kind: str
    """``epoc`` or ``epoc_pr``."""
    data: str
    """The measure: which kind of data."""
    addressee: str
    emergency: bool
    detail: str = ""
    """The ground for a refusal."""
    value: float
    """A count; of points e and f an average in days."""


_Key = tuple[str, str, str, str, str, bool, str]


def article_28(recorded: Iterable[Recorded], year: int) -> tuple[Figure, ...]:
    """The figures of one calendar year of issue, UTC, by data, addressee and emergency.

    Orders that were sent for enforcement are requests that enforce another; remedies are acts of the docket.
    """
    everything = tuple(recorded)
    orders = [one for one in everything if _is_order(one) and _issued_in(one, year)]
    by_id = {one.request.id: one for one in everything}
    later = _later(everything)
    counts: dict[_Key, float] = defaultdict(float)
    times: dict[_Key, list[float]] = defaultdict(list)
    for one in orders:
        for point, what, detail in _counted(one, later.get(one.request.id, ())):
            counts[_key(one, point, what, detail)] += 1
        for point, what, days in _timed(one, later.get(one.request.id, ())):
            times[_key(one, point, what, "")].append(days)
    for one in everything:
        enforced = [by_id[tie.to] for tie in one.request.links if tie.relation is Relation.ENFORCES and tie.to in by_id]
        for order in enforced:
            if _is_order(order) and _issued_in(one, year):
                counts[_key(order, "g", "sent for enforcement", "")] += 1
                if one.did(Act.EXECUTE):
                    counts[_key(order, "g", "enforced", "")] += 1
    rows = {**counts, **{key: round(mean(days), 1) for key, days in times.items()}}
    return tuple(_figure(key, value) for key, value in sorted(rows.items()))


def _is_order(one: Recorded) -> bool:
    return one.request.kind in {EPOC, EPOC_PR}


def _issued_in(one: Recorded, year: int) -> bool:
    sent = one.first(Act.SEND, Act.DELIVER)
    return sent is not None and sent.year == year


def _later(everything: tuple[Recorded, ...]) -> dict[str, tuple[Recorded, ...]]:
    found: dict[str, tuple[Recorded, ...]] = {}
    for one in everything:
        for tie in one.request.links:
            if tie.relation is Relation.ASKS_FOR_PRESERVED:
                found[tie.to] = (*found.get(tie.to, ()), one)
    return found


def _counted(one: Recorded, later: tuple[Recorded, ...]) -> Iterable[tuple[str, str, str]]:
    yield "a", "issued", ""
    if one.request.kind == EPOC and one.request.emergency:
        yield "b", "issued in an emergency", ""
    if one.did(Act.EXECUTE):
        yield "c", "complied with", ""
    elif one.did(Act.REFUSE):
        yield "c", "not complied with", ""
    if one.did(Act.NOTIFY):
        yield "d", "notified to the enforcing authority", ""
    for code in sorted({code for e in one.events if e.act is Act.REFUSE for code in e.reasons}):
        yield "d", "refused", reasons()[code].text
    if one.did(Act.REMEDY):
        yield "h", "remedy sought", ""


def _timed(one: Recorded, later: tuple[Recorded, ...]) -> Iterable[tuple[str, str, float]]:
    issued, done = one.first(Act.SEND), one.first(Act.EXECUTE)
    if issued is None or done is None:
        return
    if one.request.kind == EPOC:
        yield "e", "days from issue to the data", (done - issued).total_seconds() / _SECONDS_A_DAY
        return
    asked = [sent for other in later if (sent := other.first(Act.SEND)) is not None and sent >= issued]
    if asked:
        yield (
            "f",
            "days from issue to the request for production",
            (min(asked) - issued).total_seconds() / _SECONDS_A_DAY,
        )


def _key(one: Recorded, point: str, what: str, detail: str) -> _Key:
    request = one.request
    holders = sorted({target.holder for target in request.targets if target.holder})
    return point, what, request.kind, request.measure.value, ", ".join(holders), request.emergency, detail


def _figure(key: _Key, value: float) -> Figure:
    point, what, kind, data, addressee, emergency, detail = key
    return Figure(
        point=point,
        what=what,
        kind=kind,
        data=data,
        addressee=addressee,
        emergency=emergency,
        detail=detail,
        value=value,
    )
