"""Why requests were refused or sent back."""

from collections import Counter
from collections.abc import Iterable

from comity.docket.life import effective
from comity.docket.record import Record
from comity.docket.statistics.recorded import Recorded
from comity.docket.tables import reasons
from comity.docket.vocabulary import Act

_REASONED = (Act.REFUSE, Act.POSTPONE, Act.ASK)


class ReasonCount(Record, frozen=True, kw_only=True):
    """How often a reason was given by one state to another."""

    act: Act
    reason: str
    text: str
    requesting: str
    requested: str
    count: int


def refusal_reasons(recorded: Iterable[Recorded]) -> tuple[ReasonCount, ...]:
    """How often each coded reason was given, the most frequent first; of one request each reason once."""
    found: Counter[tuple[Act, str, str, str]] = Counter()
    for one in recorded:
        given = {(e.act, code) for e in effective(one.events) if e.act in _REASONED for code in e.reasons}
        found.update((act, code, one.request.requesting, one.request.requested) for act, code in given)
    rows = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        ReasonCount(act=act, reason=code, text=reasons()[code].text, requesting=a, requested=b, count=count)
        for (act, code, a, b), count in rows
    )
