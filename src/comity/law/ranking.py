"""Which route first: what is binding, fast and usable in court; where it is urgent, what is fast."""

from comity.law.instrument import TimeLimit
from comity.law.route import Rank
from comity.law.vocabulary import Channel, InstrumentKind, Measure, Status, TimeUnit

_STATUS = {Status.OPEN: 1000, Status.CONDITIONAL: 500, Status.CLOSED: 0}

#: Points for speed, from what the channels are known for: hours, days, weeks, months.
_SPEED = {
    Channel.CONTACT_POINTS_24_7: (40, "reached at any hour"),
    Channel.DIRECT_TO_PROVIDER: (34, "no authority in between"),
    Channel.FIU: (28, "units exchange within days"),
    Channel.POLICE: (26, "police exchange within days"),
    Channel.JUDICIAL_DIRECT: (22, "court to court"),
    Channel.CENTRAL_AUTHORITIES: (12, "through two central authorities"),
    Channel.DIPLOMATIC: (0, "through the foreign ministries: the slowest"),
    Channel.INHERITED: (0, ""),
}

_HOURS = {TimeUnit.HOURS: 1, TimeUnit.DAYS: 24, TimeUnit.WORKING_DAYS: 34, TimeUnit.MONTHS: 730, TimeUnit.YEARS: 8760}
_DUE_KINDS = ("decision", "production", "execution", "recognition", "serve", "provider_response")
_PUTTING_OFF = ("extension", "delay")
_INFORMAL = frozenset({Channel.POLICE, Channel.FIU})

ASSUMED = (-15, "the treaty's text was not read: what such treaties usually give is assumed")
SUBSIDIARY = (-30, "steps back where another treaty does its work")
GENERAL = (-10, "by its general duty of assistance: it has no rule of its own on this measure")


def rank(
    *,
    status: Status,
    kind: InstrumentKind,
    channel: Channel,
    binding: bool,
    evidence: bool,
    lessened: tuple[tuple[int, str], ...],
    time_limits: tuple[TimeLimit, ...],
    urgent: bool,
) -> Rank:
    """The score of a route and the reasons for it, the weightiest first; `lessened` by `ASSUMED` and its like."""
    speed, pace = speed_of(channel, time_limits)
    points = [
        (_STATUS[status], f"the route is {status.value}"),
        (60 if binding else 0, "owed under the instrument" if binding else "not owed: it may be given"),
        (30 if evidence else 0, "usable as evidence" if evidence else "for information only"),
        (speed * (4 if urgent else 1), f"{pace}; weighs more because it is urgent" if urgent else pace),
        (8 if kind in (InstrumentKind.MLAT, InstrumentKind.EXTRADITION) else 0, "made for this pair of states"),
        *lessened,
    ]
    return Rank(
        score=sum(p for p, _ in points), reasons=tuple(text for p, text in points if p or text[:3] in ("not", "for"))
    )


def speed_of(channel: Channel, time_limits: tuple[TimeLimit, ...]) -> tuple[int, str]:
    """Points for how fast a channel is, more where a time limit is set for the answer; and the reason in words."""
    speed, pace = _SPEED[channel]
    limit = shortest_due_hours(time_limits)
    if limit is None:
        return speed, pace
    return speed + (10 if limit <= 24 * 10 else 5), f"{pace}, with a time limit of {_readable(limit)}"


def is_evidence(channel: Channel, measure: Measure) -> bool:
    """Whether what comes can be used in court as it is: intelligence cannot, whichever channel brings it."""
    return channel not in _INFORMAL and measure is not Measure.POLICE_INFORMATION


def shortest_due_hours(time_limits: tuple[TimeLimit, ...]) -> int | None:
    """The shortest period within which the requested state must answer, in hours; None: no figure is set.

    The limits must be those that run in the case (`TimeLimit.holds`).
    """
    due = [t.value * _HOURS[t.unit] for t in time_limits if t.value and _is_due(t.kind)]
    return min(due, default=None)


def _is_due(kind: str) -> bool:
    """A period within which to answer; one by which an answer may be put off is none."""
    return kind.startswith(_DUE_KINDS) and not any(word in kind for word in _PUTTING_OFF)


def _readable(hours: int) -> str:
    return f"{hours} hours" if hours < 48 else f"{round(hours / 24)} days"
