"""Requests with their whole history, read fast: for statistics, where no row of the database is needed."""

from collections.abc import Iterator

import msgspec

from comity import docket
from comity.docket.statistics import Recorded
from comity.node.requests.models import Event, Request, RequestQuerySet

CHUNK = 2000
_REQUEST = msgspec.json.Decoder(docket.Request)
_EVENT = msgspec.json.Decoder(docket.Event)


def recorded(rows: RequestQuerySet) -> Iterator[Recorded]:
    """Requests with their events, read once and in order, a few in memory at a time."""
    events = Event.objects.filter(request__in=rows) if rows.query.where else Event.objects.all()
    stream = events.order_by("request_id", "number").values_list("request_id", "record").iterator(CHUNK)
    head = next(stream, None)
    for pk, record in rows.order_by("pk").values_list("pk", "record").iterator(CHUNK):
        found: list[docket.Event] = []
        while head is not None and head[0] <= pk:
            if head[0] == pk:
                found.append(_EVENT.decode(bytes(head[1])))
            head = next(stream, None)
        yield Recorded(request=_REQUEST.decode(bytes(record)), events=tuple(found))


def recorded_few(ids: list[str]) -> list[Recorded]:
    """Some requests with their events."""
    return list(recorded(Request.objects.filter(pk__in=ids)))
