"""Times of a mail's way: delays between hops, clocks that are wrong, a Date that does not fit."""

from comity.leads.mail.dates import Instant, has_zone, read_instant
from comity.leads.mail.headers import HeaderBlock
from comity.leads.mail.notes import Notes
from comity.leads.mail.received import ReceivedLine
from comity.leads.mail.trust import Boundary
from comity.leads.model import Severity

_SKEW_SECONDS = 120
"""Clocks of mail servers differ by less; more backwards is worth a look."""
_DATE_SECONDS = 24 * 3600
_STALLED_SECONDS = 24 * 3600


def delays(lines: tuple[ReceivedLine, ...]) -> tuple[int | None, ...]:
    """For each line, top first, the seconds since the line below it; None where one of both has no time."""
    out: list[int | None] = []
    for index, line in enumerate(lines):
        below = lines[index + 1] if index + 1 < len(lines) else None
        known = below is not None and below.at is not None and line.at is not None
        out.append(line.at.seconds_since(below.at) if known and line.at and below and below.at else None)
    return tuple(out)


def sent_at(block: HeaderBlock) -> Instant | None:
    """The moment of the Date header."""
    return read_instant(block.value("date"))


def judge_times(block: HeaderBlock, lines: tuple[ReceivedLine, ...], boundary: Boundary, notes: Notes) -> None:
    """Note what does not fit in the times."""
    _judge_date(block, lines, boundary, notes)
    for index, delay in enumerate(delays(lines)):
        where = lines[index].field.where
        trusted = (
            "the receiving side's own clocks"
            if index + 1 < boundary.trusted
            else "a clock is wrong or a line is forged"
        )
        if delay is not None and delay < -_SKEW_SECONDS:
            message = f"line [{index + 1}] was written {_span(-delay)} before the line under it: {trusted}"
            notes.finding("received-time-reversed", Severity.NOTICE, where, message)
        elif delay is not None and delay > _STALLED_SECONDS:
            message = (
                f"between line [{index + 2}] and line [{index + 1}] {_span(delay)} went by: the mail was held, "
                "or a time is wrong"
            )
            notes.finding("received-delay", Severity.NOTICE, where, message)


def _judge_date(block: HeaderBlock, lines: tuple[ReceivedLine, ...], boundary: Boundary, notes: Notes) -> None:
    field = block.first("date")
    if field is None:
        notes.finding("date-missing", Severity.NOTICE, "header", "the mail has no Date, which RFC 5322 requires")
        return
    written = read_instant(field.value)
    if written is None:
        if field.value and not has_zone(field.value):
            message = f"Date {field.value[:80]!r} names no time zone that is known; no instant can be told"
            notes.finding("date-without-zone", Severity.NOTICE, field.where, message)
        else:
            notes.finding("date-unreadable", Severity.NOTICE, field.where, f"Date {field.value[:80]!r} cannot be read")
        return
    seen = (
        boundary.line.at if boundary.line and boundary.line.at else next((line.at for line in lines if line.at), None)
    )
    if seen is None:
        return
    ahead = written.seconds_since(seen)
    if abs(ahead) > _DATE_SECONDS:
        relation = "after" if ahead > 0 else "before"
        message = (
            f"Date is {_span(abs(ahead))} {relation} the receiving side took the mail in ({seen.rfc3339}); the "
            "sender sets Date at will"
        )
        notes.finding("date-far-from-received", Severity.NOTICE, field.where, message)


def _span(seconds: int) -> str:
    """A span of two minutes or more, in the largest unit of which it has two."""
    for size, name in ((86_400, "day"), (3_600, "hour")):
        if seconds >= 2 * size:
            return f"{seconds // size} {name}s"
    return f"{seconds // 60} minutes"
