"""What is expected of a letter beside its kind: the route's articles, the measures, and circumstances of the case.

It is kept with the letter, because a letter from which something was removed no longer tells what it should have.
"""

import msgspec

from comity.law import Content, Instrument, Measure, Registry
from comity.law.route import ConditionKind, RiskState
from comity.letters.compose.brief import Brief
from comity.letters.compose.law import unread
from comity.letters.compose.terms import without_treaty
from comity.letters.model.record import Record

UNREAD = "unread"
"""The circumstance that nobody has read the text of the instrument."""


class Expected(Record, frozen=True, kw_only=True):
    """What the checks must know beside the letter."""

    state: str
    """The requested state."""
    instrument: str = ""
    measures: tuple[Measure, ...] = ()
    contents: tuple[Content, ...] = ()
    """What the instrument's articles ask for."""
    circumstances: tuple[str, ...] = ()
    """Ids that requirements name as their `when`: ``urgent``, ``confidential``, ``no_treaty``, ``unread``,
    ``preserved``, ``dual_criminality``, and each ground for refusal that the facts raise."""


def contents_of(instrument: Instrument, measures: tuple[Measure, ...]) -> tuple[Content, ...]:
    """What an instrument asks for in a request for some measures."""
    return tuple(c for c in instrument.contents if not c.measures or any(m in c.measures for m in measures))


def expected(brief: Brief) -> Expected:
    """What is expected of the letter that a brief gives."""
    instrument = brief.registry.instruments.get(brief.route.instrument) if brief.route else None
    return Expected(
        state=brief.requested,
        instrument=instrument.id if instrument else "",
        measures=brief.measures,
        contents=_contents(brief, instrument) if instrument else (),
        circumstances=_circumstances(brief),
    )


def expected_of(registry: Registry, *, instrument: str, state: str, measures: tuple[Measure, ...]) -> Expected:
    """What is expected of a letter of which only the instrument, the requested state and the measures are known."""
    known = registry.instruments.get(instrument)
    return Expected(
        state=state,
        instrument=instrument if known else "",
        measures=measures,
        contents=contents_of(known, measures) if known else (),
    )


def _contents(brief: Brief, instrument: Instrument) -> tuple[Content, ...]:
    """Without the articles of a model, where they were assumed for a treaty that nobody has read."""
    found = contents_of(instrument, brief.measures)
    return tuple(msgspec.structs.replace(asked, article="") for asked in found) if unread(brief) else found


def _circumstances(brief: Brief) -> tuple[str, ...]:
    route = brief.route
    found = {
        "urgent": brief.urgent,
        "confidential": brief.confidential,
        "no_treaty": without_treaty(brief),
        UNREAD: unread(brief),
        "preserved": any(
            done.state == brief.requested and done.measure is Measure.PRESERVATION for done in brief.case.earlier_steps
        )
        and Measure.PRESERVATION not in brief.measures,
        "dual_criminality": route is not None
        and any(condition.kind is ConditionKind.DUAL_CRIMINALITY for condition in route.conditions),
    }
    risks = () if route is None else (r.ground.value for r in route.refusal_risks if r.state is RiskState.LIVE)
    return (*(name for name, holds in found.items() if holds), *risks)
