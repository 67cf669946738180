"""Counting requests for a report: the docket's statistics over the database, small numbers hidden at once.

What is shown adds up to published totals, so hiding is done by `docket.statistics.suppress`, table by table. Counts
beside medians are rounded, since they would be compared with the totals of other tables.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime

from django.db.models import Count, Q

from comity.docket.statistics import Figure, article_28, durations, refusal_reasons, suppress
from comity.node.cells import Cell
from comity.node.oversight.models import Notification
from comity.node.oversight.report import Report, Table
from comity.node.requests.history import recorded
from comity.node.requests.models import Request, RequestQuerySet, Tie

LEAST = 5
_ORDERS = ("epoc", "epoc_pr")


def count(*, year: int, agency: str, now: datetime) -> Report:
    """The report of the requests that were opened in a year (0: ever)."""
    rows = Request.objects.all() if not year else Request.objects.filter(opened_at__range=_span(year))
    tables = (
        _grouped("by_state", ("direction", "state"), rows),
        _grouped("by_measure", ("direction", "measure"), rows),
        _grouped("by_pair", ("direction", "requesting", "requested"), rows),
        _grouped("overdue", ("waits", "measure"), rows.filter(next_ends_at__lte=now, is_over=False)),
        _durations(rows),
        _refusals(rows),
        _notifications(rows, now.date()),
        *([_article_28(year)] if year else []),
    )
    return Report(agency=agency, year=year, as_of=now, least=LEAST, tables=tables)


def _span(year: int) -> tuple[datetime, datetime]:
    return datetime(year, 1, 1, tzinfo=UTC), datetime(year, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)


def _grouped(name: str, by: tuple[str, ...], rows: RequestQuerySet) -> Table:
    """Counts by some columns: of each value of the first a total, so each is hidden by itself."""
    counts = {
        tuple(str(row[column]) for column in by): row["number"]
        for row in rows.order_by().values(*by).annotate(number=Count("pk"))
    }
    return Table(id=name, columns=(*by, "count"), rows=tuple(_hidden(counts)))


def _hidden(counts: Mapping[tuple[str, ...], int]) -> Iterator[tuple[Cell, ...]]:
    for first in sorted({key[0] for key in counts}):
        part = {"\x1f".join(key): number for key, number in counts.items() if key[0] == first}
        cells, _total = suppress(part, least=LEAST)
        for key in sorted(cells):
            yield (*key.split("\x1f"), cells[key].count)


def _durations(rows: RequestQuerySet) -> Table:
    found = durations(recorded(rows))
    columns = ("leg", "requesting", "requested", "measure", "instrument", "median_days", "about")
    shown = tuple(
        (
            one.leg.value,
            one.requesting,
            one.requested,
            one.measure,
            one.instrument,
            one.median_days if one.count >= LEAST else None,
            rounded(one.count) if one.count >= LEAST else None,
        )
        for one in found
    )
    return Table(id="durations", columns=columns, rows=shown)


def rounded(number: int) -> int:
    """To the nearest multiple of `LEAST`."""
    return LEAST * round(number / LEAST)


def _refusals(rows: RequestQuerySet) -> Table:
    """Only requests that were given a reason are read."""
    reasoned = rows.filter(events__act__in=("refuse", "postpone", "ask")).distinct()
    counts: Counter[tuple[str, ...]] = Counter()
    for one in refusal_reasons(recorded(Request.objects.filter(pk__in=reasoned.values("pk")))):
        counts[one.act.value, one.text, one.requesting, one.requested] += one.count
    columns = ("act", "reason", "requesting", "requested", "count")
    return Table(id="refusals", columns=columns, rows=tuple(_hidden(counts)))


def _notifications(rows: RequestQuerySet, today: date) -> Table:
    """How people concerned were told."""
    every = Notification.objects.filter(request__in=rows)
    due = every.due(today)
    counts = {
        ("given",): every.exclude(given_at=None).count(),
        ("overdue",): due.count(),
        ("delayed",): every.filter(given_at=None, delayed_until__gt=today).count(),
        ("ahead",): every.filter(given_at=None, delayed_until=None, due_on__gt=today).count(),
    }
    cells, _total = suppress({key[0]: number for key, number in counts.items()}, least=LEAST)
    shown = tuple((key, cell.count) for key, cell in cells.items())
    return Table(id="notifications", columns=("state", "count"), rows=shown)


def _article_28(year: int) -> Table:
    """Regulation (EU) 2023/1543 art. 28(2): the orders of a year, and what hangs on them."""
    orders = Request.objects.filter(kind__in=_ORDERS)
    after = Tie.objects.filter(to__kind__in=_ORDERS).values("request")
    found = article_28(recorded(Request.objects.filter(Q(pk__in=orders.values("pk")) | Q(pk__in=after))), year)
    columns = ("point", "what", "kind", "data", "addressee", "emergency", "detail", "value")
    shown = tuple(
        (one.point, one.what, one.kind, one.data, one.addressee, str(one.emergency).lower(), one.detail, value)
        for one, value in fit(found)
    )
    return Table(id="article_28", columns=columns, rows=shown)


def fit(found: Iterable[Figure]) -> Iterator[tuple[Figure, float | None]]:
    """Figures of art. 28(2) with small ones hidden.

    Of a group with few orders nothing is shown; what an outcome leaves over is a part of the group too; an average
    is shown where what it is made of is not few.
    """
    groups: dict[tuple[str, str, str, bool], list[Figure]] = {}
    for one in found:
        groups.setdefault((one.kind, one.data, one.addressee, one.emergency), []).append(one)
    for group in groups.values():
        issued = next((int(one.value) for one in group if one.point == "a"), 0)
        outcome = _outcomes(group, issued)
        few_done = outcome.get("complied with") is None
        for one in group:
            yield one, _value(one, issued, outcome, few_done=few_done)


def _outcomes(group: list[Figure], issued: int) -> dict[str, int | None]:
    done = {one.what: int(one.value) for one in group if one.point == "c"}
    cells, _total = suppress({**done, "open": max(issued - sum(done.values()), 0)}, least=LEAST)
    return {what: cell.count for what, cell in cells.items()}


def _value(one: Figure, issued: int, outcome: dict[str, int | None], *, few_done: bool) -> float | None:
    if issued < LEAST:
        return None
    match one.point:
        case "c":
            return outcome.get(one.what)
        case "e" | "f":
            return None if few_done else one.value
        case _:
            rest = issued - one.value
            return None if 0 < one.value < LEAST or 0 < rest < LEAST else one.value
