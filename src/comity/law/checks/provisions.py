"""Provisions: what a kind of instrument can carry, and figures that make sense."""

from collections.abc import Iterator

from comity.law.finding import Finding, error
from comity.law.instrument import Instrument, Provision, TimeLimit
from comity.law.reading import Reading
from comity.law.vocabulary import Basis, Channel, InstrumentKind, Measure, ScopeOffences, TimeUnit

#: The longest period that still makes sense, by unit.
LONGEST = {
    TimeUnit.HOURS: 240,
    TimeUnit.DAYS: 730,
    TimeUnit.WORKING_DAYS: 250,
    TimeUnit.MONTHS: 60,
    TimeUnit.YEARS: 30,
}
GREATEST_THRESHOLD_YEARS = 20
_ASSISTANCE = {InstrumentKind.MLAT, InstrumentKind.AGREEMENT_SUPPLEMENT, InstrumentKind.EXECUTIVE_AGREEMENT}
_EXTRADITION = {InstrumentKind.EXTRADITION, InstrumentKind.EXTRADITION_ARRANGEMENT}
_BESIDE_EXTRADITION = {Measure.EXTRADITION, Measure.SEARCH_SEIZURE}


def check_provisions(reading: Reading) -> Iterator[Finding]:
    """Articles, periods, thresholds, and no extradition under an assistance treaty or the other way round."""
    for place in reading.instruments:
        instrument = place.record
        yield from _frame(place.file, instrument)
        for index, provision in enumerate(instrument.provisions, 1):
            row = f"provisions[{index}] ({provision.article}, {provision.measure})"
            yield from _provision(place.file, row, provision)
            yield from _kind(place.file, row, instrument, provision)
            yield from _states(place.file, row, instrument, provision)
        for index, content in enumerate(instrument.contents, 1):
            if not (content.article and content.field and content.requirement):
                yield error(
                    place.file, f"contents[{index}]", "empty", "a field is empty", "say what, where, by which article"
                )


def _frame(file: str, instrument: Instrument) -> Iterator[Finding]:
    if instrument.provisions and (instrument.scope is None or instrument.general is None):
        yield error(file, "", "frame", "provisions without [scope] or [general]", "add both tables")
    if instrument.provisions and instrument.provisions_of:
        problem = "own provisions and a model's at once"
        yield error(file, "provisions_of", "frame", problem, "take provisions_of out: the own text was read")
    scope = instrument.scope
    if scope is not None:
        yield from _threshold(file, "scope", scope.offences, scope.min_years, above=scope.above_min)
        if not scope.offences:
            yield error(file, "scope", "frame", "no class of offences", "name at least one")
        if scope.assumed or scope.may_list:
            yield error(file, "scope", "frame", "a scope that a model lends", "take assumed and may_list out")
    general = instrument.general
    if general is not None and general.channel is Channel.INHERITED:
        yield error(file, "general", "frame", "the general channel is inherited", "name the channel")
    if instrument.basis is Basis.REQUESTED_STATE and not instrument.states:
        yield error(file, "states", "frame", "rests on a state's law without naming it", "name the states")


def _provision(file: str, row: str, provision: Provision) -> Iterator[Finding]:
    if not provision.article.strip():
        yield error(file, row, "empty", "no article", "name the article, or write 'not read' or 'practice'")
    if not provision.summary.strip():
        yield error(file, row, "empty", "no summary", "say in a sentence what it gives")
    for item in provision.conditions:
        if not item.text.strip():
            yield error(file, row, "empty", "a condition without text", "say what must hold")
    for limit in provision.time_limits:
        yield from _period(file, row, limit)
    yield from _threshold(file, row, provision.offences, provision.min_years, above=provision.above_min)


def _period(file: str, row: str, limit: TimeLimit) -> Iterator[Finding]:
    if not 0 <= limit.value <= LONGEST[limit.unit]:
        problem = f"a period of {limit.value} {limit.unit}"
        yield error(file, row, "period", problem, f"write 0 (no figure) to {LONGEST[limit.unit]}")
    if not (limit.starts and limit.kind):
        yield error(file, row, "period", "a period without start or kind", "say from when it runs and what it limits")


def _threshold(
    file: str, row: str, offences: tuple[ScopeOffences, ...], years: int, *, above: bool
) -> Iterator[Finding]:
    if not 0 <= years <= GREATEST_THRESHOLD_YEARS:
        yield error(file, row, "threshold", f"min_years {years}", f"write 0 to {GREATEST_THRESHOLD_YEARS}")
    if ScopeOffences.SERIOUS_CRIME_MIN_YEARS in offences and not years:
        yield error(file, row, "threshold", "serious crime without a figure", "give min_years")
    if above and not years:
        yield error(file, row, "threshold", "above_min without a figure", "give min_years")


def _kind(file: str, row: str, instrument: Instrument, provision: Provision) -> Iterator[Finding]:
    if instrument.kind in _ASSISTANCE and provision.measure is Measure.EXTRADITION:
        yield error(file, row, "measure", f"a {instrument.kind} carries no extradition", "use a treaty on extradition")
    if instrument.kind in _EXTRADITION and provision.measure not in _BESIDE_EXTRADITION:
        yield error(
            file, row, "measure", f"a {instrument.kind} carries no {provision.measure}", "use a treaty on assistance"
        )


def _states(file: str, row: str, instrument: Instrument, provision: Provision) -> Iterator[Finding]:
    whens = (state for item in provision.conditions for state in (item.when_requested, item.when_requesting))
    named = {*provision.only_requested, *(state for state in whens if state)}
    if len(instrument.states) == 2 and not named <= {*instrument.states}:
        problem = f"{', '.join(sorted(named - {*instrument.states}))} is no party"
        yield error(file, row, "requested-state", problem, "name one of the two parties")
