"""What an event of one request brings with it for those that it hangs on."""

from collections.abc import Iterator, Mapping

from comity.docket.errors import ActError
from comity.docket.event import Event
from comity.docket.life import add
from comity.docket.request import Request
from comity.docket.tables import Doer, act_rules
from comity.docket.vocabulary import Act, Direction, Relation, Side


def side_of(act: Act, direction: Direction) -> Side:
    """Whose act it is, by the table; what either side does is taken for ours."""
    doer = act_rules()[act].side
    if doer is not Doer.EITHER:
        return Side(doer)
    return Side.REQUESTING if direction is Direction.OUTGOING else Side.REQUESTED


def follow_ups(
    request: Request, event: Event, *, requests: Mapping[str, Request], events: Mapping[str, tuple[Event, ...]]
) -> Iterator[tuple[str, Event]]:
    """Ids and events of the preservations whose data `request` asks for, once it has arrived.

    Those that are refused, withdrawn or closed keep nothing any more, and those that were followed before are left out.
    """
    if event.act not in {Act.DELIVER, Act.ACKNOWLEDGE}:
        return
    for tie in request.links:
        earlier = requests.get(tie.to)
        if earlier is None or tie.relation is not Relation.ASKS_FOR_PRESERVED:
            continue
        if any(one.act is Act.FOLLOW_UP for one in events[tie.to]):
            continue
        follow = Event(
            act=Act.FOLLOW_UP,
            at=event.at,
            recorded_at=event.recorded_at,
            by=event.by,
            side=Side.REQUESTING,
            note=request.reference,
        )
        try:
            add(earlier.direction, events[tie.to], follow)
        except ActError:
            continue
        yield tie.to, follow
