"""What stands already and ends by itself: a bank's hold, a host's own keeping of its logs."""

from comity.law import Confidence, Measure
from comity.law.clock import day_note, local, zone_of
from comity.plan.case import EarlierStep
from comity.plan.counting import Clock
from comity.plan.draft import Draft
from comity.plan.instants import day_of, instant
from comity.plan.model import Deadline

_WHAT = {
    Measure.FREEZING: "the hold that stands ends",
    Measure.PRESERVATION: "the holder deletes what it keeps by itself",
}


def first_to_end(earlier: tuple[EarlierStep, ...], draft: Draft, clock: Clock) -> Deadline | None:
    """The first end of what earlier steps achieved, on the holder's clock and on ours; None: none is known."""
    ends = [done for done in earlier if done.lapses]
    if not ends:
        return None
    done = min(ends, key=lambda one: instant(one.lapses or "", clock.requesting_zone))
    return _deadline(done, done.lapses or "", draft, clock)


def _deadline(done: EarlierStep, lapses: str, draft: Draft, clock: Clock) -> Deadline:
    zone = zone_of(draft.state)
    timed = len(lapses) > len("2026-11-27")
    moment = instant(lapses, clock.requesting_zone)
    day = local(moment, zone).date() if timed else day_of(lapses, clock.requesting_zone)
    note = day_note(draft.state, day)
    return Deadline(
        kind="expires",
        what=_WHAT.get(draft.measure, "what was achieved earlier ends"),
        on=day,
        at=local(moment, zone).isoformat(timespec="minutes") if timed else "",
        at_requesting=local(moment, clock.requesting_zone).isoformat(timespec="minutes") if timed else "",
        zone=zone,
        computation=f"as the holder said{note}",
        assumes=f"nobody extends it; {done.holder or draft.state} said so in answer to the step of {done.sent}",
        source="the case file, earlier_steps",
        confidence=Confidence.HIGH,
    )
