"""The life of a request: where it stands, what is owed by when, what it hangs on, and whether it was asked before.

Events are added and never changed; everything else is computed from them at a moment that is given.

>>> from datetime import UTC, datetime
>>> from comity.docket import Act, Direction, Event, Side, add, possible_acts, standing
>>> noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
>>> drafted = Event(act=Act.DRAFT, at=noon, recorded_at=noon, by="asha", side=Side.REQUESTING)
>>> events = add(Direction.OUTGOING, (), drafted)
>>> standing(Direction.OUTGOING, events).state
<State.DRAFT: 'draft'>
>>> [one.act.value for one in possible_acts(standing(Direction.OUTGOING, events))]
['revise', 'check', 'withdraw', 'note', 'strike']
"""

from comity.docket.alarm import Alarm, AlarmPolicy, Audience, Level, alarms
from comity.docket.chain import Lack, chain_of, lacks, link
from comity.docket.duplicates import Duplicate, Likeness, find_duplicates
from comity.docket.errors import ActError, DocketError, HistoryError
from comity.docket.event import Event
from comity.docket.follow import follow_ups, side_of
from comity.docket.life import PossibleAct, Standing, add, effective, possible_acts, standing
from comity.docket.lists import Lists, Row, Waits, Watched, make_lists, waits
from comity.docket.request import Link, Promise, Request, Target, promises_of
from comity.docket.tables import OPEN, Need, Reason, act_rules, reasons
from comity.docket.vocabulary import Act, Direction, Relation, Side, State
from comity.docket.watch import watch

__all__ = [
    "OPEN",
    "Act",
    "ActError",
    "Alarm",
    "AlarmPolicy",
    "Audience",
    "Direction",
    "DocketError",
    "Duplicate",
    "Event",
    "HistoryError",
    "Lack",
    "Level",
    "Likeness",
    "Link",
    "Lists",
    "Need",
    "PossibleAct",
    "Promise",
    "Reason",
    "Relation",
    "Request",
    "Row",
    "Side",
    "Standing",
    "State",
    "Target",
    "Waits",
    "Watched",
    "act_rules",
    "add",
    "alarms",
    "chain_of",
    "effective",
    "find_duplicates",
    "follow_ups",
    "lacks",
    "link",
    "make_lists",
    "possible_acts",
    "promises_of",
    "reasons",
    "side_of",
    "standing",
    "waits",
    "watch",
]
