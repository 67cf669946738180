"""What is expected of a letter beside its kind: the route's articles, the measures, and circumstances of the case.

It is kept with the letter, because a letter from which something was removed no longer tells what it should have.
"""

from collections.abc import Iterator

import msgspec

from comity.law import Channel, Content, Instrument, Measure, Registry, Status
from comity.law.route import ConditionKind, ConditionState, RiskState
from comity.law.vocabulary import RefusalGround
from comity.letters.compose.brief import Brief
from comity.letters.compose.gravity import may_bear_death
from comity.letters.compose.law import unread
from comity.letters.compose.terms import without_treaty
from comity.letters.model import Family, Letter
from comity.letters.model.record import Record
from comity.letters.tables import kinds

_CHECKED_ELSEWHERE = frozenset({ConditionKind.DUAL_CRIMINALITY, ConditionKind.RECALLED})
OUTGOING = "outgoing"
"""The circumstance that the letter is drafted here, and has not arrived."""
UNREAD = "unread"
"""The circumstance that nobody has read the text of the instrument."""


OPEN = "open_conditions"
"""The circumstance that the instrument may be used only on conditions which the case has not shown."""


class OpenCondition(Record, frozen=True, kw_only=True):
    """A condition of the route that the facts of the case leave open."""

    text: str
    """In the words of the law data."""
    holds_back: bool
    """The requesting side must show it; False: the requested side judges it."""


class Expected(Record, frozen=True, kw_only=True):
    """What the checks must know beside the letter."""

    state: str
    """The requested state."""
    instrument: str = ""
    measures: tuple[Measure, ...] = ()
    contents: tuple[Content, ...] = ()
    """What the instrument's articles ask for."""
    circumstances: tuple[str, ...] = ()
    """Ids that requirements name as their `when`: ``outgoing``, ``urgent``, ``confidential``, ``no_treaty``,
    ``contact_point``,
    ``unread``, ``open_conditions``, ``preserved``, ``dual_criminality``, and each ground for refusal that
    the facts raise."""
    conditions: tuple[OpenCondition, ...] = ()
    """What the instrument may be used for, as far as the case has not shown it."""


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
        conditions=_conditions(brief),
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


def with_told(expected: Expected, letter: Letter) -> Expected:
    """What is expected, with the circumstances that the words of the letter raise, whoever reads it."""
    raised = (*expected.circumstances, *_told_by(letter, expected.measures))
    return msgspec.structs.replace(expected, circumstances=tuple(dict.fromkeys(raised)))


def _told_by(letter: Letter, measures: tuple[Measure, ...]) -> Iterator[str]:
    # a sentence of ours on why such data vanish claims no urgency of this case
    if any(not text.phrase.startswith("pace.") for text in letter.urgency):
        yield "urgent"
    if letter.confidentiality:
        yield "confidential"
    kept = any(act.measure == Measure.PRESERVATION and act.state == letter.addressee.state for act in letter.earlier)
    if kept and Measure.PRESERVATION not in measures:
        yield "preserved"


def _contents(brief: Brief, instrument: Instrument) -> tuple[Content, ...]:
    """Without the articles of a model, where they were assumed for a treaty that nobody has read."""
    found = contents_of(instrument, brief.measures)
    return tuple(msgspec.structs.replace(asked, article="") for asked in found) if unread(brief) else found


def _conditions(brief: Brief) -> tuple[OpenCondition, ...]:
    """Those without which the route does not stand hold the letter back; dual criminality and unread texts have checks
    of their own."""
    route = brief.route
    if route is None:
        return ()
    left = [c for c in route.conditions if c.state is not ConditionState.MET and c.kind not in _CHECKED_ELSEWHERE]
    bare = route.status is Status.CONDITIONAL and not any(condition.gate for condition in left)
    return tuple(
        OpenCondition(text=condition.text, holds_back=condition.gate or bare or condition.state is ConditionState.UNMET)
        for condition in left
    )


def _circumstances(brief: Brief) -> tuple[str, ...]:
    route = brief.route
    found = {
        OUTGOING: True,
        "urgent": brief.urgent,
        "confidential": brief.confidential,
        "no_treaty": without_treaty(brief),
        "contact_point": brief.channel is Channel.CONTACT_POINTS_24_7,
        UNREAD: unread(brief),
        OPEN: any(condition.holds_back for condition in _conditions(brief)),
        "preserved": any(
            done.state == brief.requested and done.measure is Measure.PRESERVATION for done in brief.case.earlier_steps
        )
        and Measure.PRESERVATION not in brief.measures,
        "dual_criminality": route is not None
        and any(condition.kind is ConditionKind.DUAL_CRIMINALITY for condition in route.conditions),
    }
    raised = [name for name, holds in found.items() if holds]
    return tuple(dict.fromkeys((*raised, *_grounds(brief))))


def _grounds(brief: Brief) -> Iterator[str]:
    """The grounds for refusal that the facts raise, and death, where the case's own sections or penalties say so."""
    risks = brief.route.refusal_risks if brief.route else ()
    yield from (risk.ground.value for risk in risks if risk.state is RiskState.LIVE)
    named = any(risk.ground is RefusalGround.DEATH_PENALTY for risk in risks)
    # a person is not handed over to die whatever the treaty says of it, or leaves unsaid
    if (named or kinds()[brief.kind].family is Family.SURRENDER) and may_bear_death(brief):
        yield RefusalGround.DEATH_PENALTY.value
