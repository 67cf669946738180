"""Rules of jurisdiction: each is an instrument's or one state's own, and gives a ground."""

from collections.abc import Iterator

from comity.law.finding import Finding, error
from comity.law.ground import GroundRule
from comity.law.names import is_state
from comity.law.reading import Reading


def check_jurisdiction(reading: Reading) -> Iterator[Finding]:
    """An article belongs to an instrument or to a state's own law, never to both or none."""
    for place in reading.grounds:
        for problem, remedy in _problems(place.record):
            yield error(place.file, place.row, "jurisdiction", problem, remedy)
    for criterion in reading.criteria:
        if not criterion.record.grounds:
            remedy = "name the grounds whose facts speak for a state"
            yield error(criterion.file, criterion.row, "jurisdiction", "no grounds", remedy)


def _problems(rule: GroundRule) -> Iterator[tuple[str, str]]:
    if bool(rule.instrument) == bool(rule.state):
        yield "an instrument's article or a state's own law, one of the two", "fill in instrument or state"
    if rule.state and not is_state(rule.state):
        yield f"no state {rule.state!r}", "write an ISO 3166 code such as IN"
    if bool(rule.state) != bool(rule.law):
        yield "a state's own law has a title, an instrument has one of its own", "fill in law where state is filled in"
    if not rule.grounds:
        yield "no grounds", "name the grounds that it gives"
