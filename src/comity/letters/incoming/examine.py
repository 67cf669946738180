"""A request that arrived, checked from the requested side, by the same engine and rules that the sender should use."""

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec.structs import replace

from comity.law import (
    Content,
    DualCriminalityFinding,
    InstrumentKind,
    Measure,
    Query,
    RefusalGround,
    Registry,
    RiskState,
    Route,
    Routes,
    Status,
    find_routes,
    state_name,
)
from comity.law.dual_criminality import dual_criminality
from comity.letters.checks import Expected, check_letter, contents_of
from comity.letters.incoming.alarms import alarms_of
from comity.letters.incoming.competence import competence_of, language_of
from comity.letters.incoming.examination import Admissibility, Examination, Outcome, Question, Risk, Way
from comity.letters.incoming.facts import facts_of, spoken
from comity.letters.incoming.open_points import open_points
from comity.letters.incoming.questions import is_lacking, questions_of
from comity.letters.incoming.received import Received
from comity.letters.model import Family, Letter
from comity.letters.sign.verdict import Agreement
from comity.letters.tables import asks_holder, fields_of, kinds

_GROUNDS = frozenset(ground.value for ground in RefusalGround)
OTHERS_SHOWN = 3
"""Ways beside those that the request names."""


def examine(
    received: Received,
    registry: Registry,
    *,
    as_of: date,
    received_on: date | None = None,
    facts: Mapping[str, bool] | None = None,
) -> Examination:
    """The request as the officer here finds it on a day; `facts` are those that the officer knows beside it.

    A fact may be the id of a ground for refusal too: it is there, or it is not. UnknownTermError for a fact that is not
    in the vocabulary of the law.
    """
    letter = received.letter
    told = {name: holds for name, holds in (facts or {}).items() if name in _GROUNDS}
    facts = {name: holds for name, holds in (facts or {}).items() if name not in _GROUNDS}
    came_on = min(received_on or as_of, as_of)
    if not _is_between_two(letter) or received.sides_unsure:
        return _untold(received, as_of=as_of, received_on=came_on)
    queries = [_query(letter, measure, as_of=as_of, received_on=came_on, facts=facts) for measure in _measures(letter)]
    found = [find_routes(query, registry) for query in queries]
    willing = _asks_will(letter)
    carried = [] if willing else [_carrying(letter, routes) for routes in found]
    known = frozenset(facts) | spoken(letter)
    measures = tuple(_admissibility(letter, routes, registry, known) for routes in found)
    first = next((route for route in carried if route is not None), None)
    expected = _expected(letter, registry, first)
    report = check_letter(letter, expected)
    language = language_of(letter, first, received.shown)
    risks = _with_alarms(tuple(_risks(carried)), alarms_of(letter, received.alarms, facts), told)
    excluded = tuple(_excluded(carried, risks))
    dual = dual_criminality(queries[0], registry) if queries else ()
    asked = () if willing else measures
    questions = questions_of(received, report, measures=asked, language=language, dual=dual)
    outcome, why = _uncarried(letter) if willing else _outcome(letter, measures, _live(risks, dual), questions)
    if received.data.agreement is Agreement.DIFFERS:
        outcome, why = Outcome.NOT_BELIEVED, received.data.why
    return Examination(
        reference=letter.reference,
        requesting=letter.requesting.state,
        requested=letter.addressee.state,
        as_of=as_of,
        received_on=came_on,
        outcome=outcome,
        why=why,
        competence=competence_of(letter, first),
        measures=measures,
        risks=risks,
        excluded=excluded,
        dual_criminality=dual,
        language=language,
        contents=report,
        questions=questions,
        notes=received.notes,
    )


def _is_between_two(letter: Letter) -> bool:
    return (
        bool(letter.requesting.state and letter.addressee.state) and letter.requesting.state != letter.addressee.state
    )


def _measures(letter: Letter) -> tuple[Measure, ...]:
    """What is asked for; a letter about an earlier one may name measures and asks for none."""
    if "assistance" not in fields_of(letter.kind):
        return ()
    return tuple(dict.fromkeys(item.measure for item in letter.assistance))


def _query(letter: Letter, measure: Measure, *, as_of: date, received_on: date, facts: Mapping[str, bool]) -> Query:
    return Query(
        requesting=letter.requesting.state,
        requested=letter.addressee.state,
        measure=measure,
        on=as_of,
        offences=tuple(dict.fromkeys(offence.id for offence in letter.offences)),
        urgent=bool(letter.urgency),
        received_on=received_on,
        facts=facts_of(letter, measure) | dict(facts),
    )


def _named(letter: Letter) -> tuple[str, ...]:
    return tuple(basis.instrument for basis in letter.basis if basis.instrument)


def _carrying(letter: Letter, found: Routes) -> Route | None:
    """The route that carries the request: one that it names, else the best; None: nothing does."""
    named = _named(letter)
    there = [option for option in found.options if option.status is not Status.CLOSED]
    there.sort(key=lambda option: option.instrument.id not in named)
    return found.explain(there[0]) if there else None


def _admissibility(letter: Letter, found: Routes, registry: Registry, known: frozenset[str]) -> Admissibility:
    """One measure with its ways; `known`: the facts that the officer told, or the letter speaks to."""
    named = _named(letter)
    best: dict[str, Route] = {}
    others = 0
    for option in found.options:
        name = option.instrument.id
        other = name not in named
        if name in best or (other and (option.status is Status.CLOSED or others >= OTHERS_SHOWN)):
            continue
        others += other
        best[name] = found.explain(option)
    titles = {basis.instrument: basis.title for basis in letter.basis}
    invoked = tuple(
        _way(best[n], known, invoked=True) if n in best else _absent(n, titles[n], registry)
        for n in dict.fromkeys(named)
    )
    rest = tuple(_way(route, known, invoked=False) for name, route in best.items() if name not in named)
    return Admissibility(measure=found.query.measure, ways=(*invoked, *rest))


def _absent(instrument: str, title: str, registry: Registry) -> Way:
    known = registry.instruments.get(instrument)
    if known is None or known.kind is InstrumentKind.COMITY:
        # comity is no treaty that gives a measure or does not: the requested state's own law decides, and our data
        # do not hold it
        what = "this instrument" if known is None else "whether the law here allows it without a treaty"
        check = (f"{what}: our data do not say, read it",)
        return Way(instrument=instrument, title=title, status=Status.CONDITIONAL, invoked=True, to_check=check)
    why = ("it does not give this measure between the two states",)
    return Way(instrument=instrument, title=title, invoked=True, why=why)


def _way(route: Route, known: frozenset[str], *, invoked: bool) -> Way:
    def told(state: str) -> tuple[str, ...]:
        return tuple(f"{c.text}{f' ({c.why})' if c.why else ''}" for c in route.conditions if c.state.value == state)

    return Way(
        instrument=route.instrument,
        title=route.title,
        article=route.article,
        status=route.status,
        invoked=invoked,
        duty=route.binding,
        why=route.why,
        to_check=told("to_check"),
        unmet=told("unmet"),
        open_points=tuple(open_points(route, known)),
    )


def _expected(letter: Letter, registry: Registry, route: Route | None) -> Expected:
    instrument = registry.instruments.get(route.instrument) if route is not None else None
    measures = _measures(letter)
    contents: tuple[Content, ...] = contents_of(instrument, measures) if instrument is not None else ()
    live = () if route is None else (r.ground.value for r in route.refusal_risks if r.state is RiskState.LIVE)
    return Expected(
        state=letter.addressee.state,
        instrument=instrument.id if instrument is not None else "",
        measures=measures,
        contents=contents,
        circumstances=tuple(live),
    )


def _risks(carried: list[Route | None]) -> list[Risk]:
    found: dict[str, Risk] = {}
    for route in carried:
        for risk in route.refusal_risks if route is not None else ():
            if route is not None and risk.state is not RiskState.EXCLUDED:
                one = Risk(
                    ground=risk.ground,
                    state=risk.state,
                    instrument=route.instrument,
                    why=risk.why,
                    remedy=risk.remedy,
                )
                kept = found.get(risk.ground.value)
                if kept is None or (kept.state is RiskState.POSSIBLE and risk.state is RiskState.LIVE):
                    found[risk.ground.value] = one
    return sorted(found.values(), key=lambda risk: risk.state is not RiskState.LIVE)


def _with_alarms(risks: tuple[Risk, ...], alarms: tuple[Risk, ...], told: Mapping[str, bool]) -> tuple[Risk, ...]:
    """What the request itself says, or the officer, goes before what an instrument merely leaves open."""
    known = tuple(
        Risk(ground=RefusalGround(name), state=RiskState.LIVE, instrument="", why="the officer here says it")
        for name, holds in told.items()
        if holds and name not in {alarm.ground.value for alarm in alarms}
    )
    alarms = tuple(alarm for alarm in (*alarms, *known) if told.get(alarm.ground.value, True))
    risks = tuple(risk for risk in risks if told.get(risk.ground.value, True))
    live = {risk.ground for risk in risks if risk.state is RiskState.LIVE}
    remedies = {risk.ground: risk for risk in risks}
    raised = tuple(
        replace(alarm, instrument=kept.instrument, remedy=kept.remedy)
        if (kept := remedies.get(alarm.ground)) is not None
        else alarm
        for alarm in alarms
        if alarm.ground not in live
    )
    grounds = {risk.ground for risk in raised}
    found = (*raised, *(risk for risk in risks if risk.ground not in grounds))
    return tuple(sorted(found, key=lambda risk: risk.state is not RiskState.LIVE))


def _excluded(carried: list[Route | None], risks: tuple[Risk, ...]) -> Iterator[Risk]:
    """Grounds that no carrying instrument leaves open."""
    seen = {risk.ground for risk in risks}
    for route in carried:
        for risk in route.refusal_risks if route is not None else ():
            if route is not None and risk.ground not in seen:
                seen.add(risk.ground)
                yield Risk(ground=risk.ground, state=risk.state, instrument=route.instrument, why=risk.why)


def _live(risks: tuple[Risk, ...], dual: tuple[DualCriminalityFinding, ...]) -> list[str]:
    """Grounds that the facts raise; that our data do not know the offences here raises none."""
    unknown = () if is_lacking(dual) else (RefusalGround.DUAL_CRIMINALITY_ABSENT,)
    live = [risk.ground for risk in risks if risk.state is RiskState.LIVE and risk.ground not in unknown]
    return [ground.value.replace("_", " ") for ground in live]


def _outcome(
    letter: Letter, measures: tuple[Admissibility, ...], live: list[str], questions: tuple[Question, ...]
) -> tuple[Outcome, str]:
    if not measures and "assistance" in fields_of(letter.kind):
        return Outcome.CANNOT_TELL, "it was not recognised what is asked for"
    closed = [one.measure.value.replace("_", " ") for one in measures if one.carried is None]
    if closed and len(closed) == len(measures):
        return _uncarried(letter)
    if live:
        return Outcome.REFUSAL_OPEN, f"a person must weigh: {', '.join(live)}"
    if closed:
        return Outcome.ASK_BACK, f"in part: nothing carries {', '.join(closed)}"
    needed = [question for question in questions if question.needed]
    if needed:
        things = "thing is" if len(needed) == 1 else "things are"
        return Outcome.ASK_BACK, f"{len(needed)} {things} to be asked back"
    said = "it can be executed" if measures else "it asks for no measure: nothing is to be executed"
    return Outcome.ADMISSIBLE, said


def _is_to_holder(letter: Letter) -> bool:
    return asks_holder(letter.kind) or kinds()[letter.kind].family is Family.NOTICE


def _asks_will(letter: Letter) -> bool:
    """Whether a holder is asked of its own will: the letter says so itself, and rests on no instrument."""
    return _is_to_holder(letter) and bool(letter.basis) and not _named(letter)


def _uncarried(letter: Letter) -> tuple[Outcome, str]:
    if _is_to_holder(letter):
        return Outcome.CANNOT_TELL, "it goes to a holder, not to the state: whether it answers is for its own law"
    return Outcome.NOT_ADMISSIBLE, "nothing carries it between the two states on this day"


def _untold(received: Received, *, as_of: date, received_on: date) -> Examination:
    """Where it is not known who asks whom, the law has no answer; the contents can be checked all the same."""
    letter = received.letter
    same = letter.requesting.state and letter.requesting.state == letter.addressee.state
    why = "it was not recognised which state asks which"
    if same:
        why = f"both sides were recognised as {state_name(letter.requesting.state)}"
    elif _is_between_two(letter):
        sides = f"{state_name(letter.requesting.state)} asks {state_name(letter.addressee.state)}"
        why = f"it is not sure that {sides}: say it with --from and --to"
    report = check_letter(letter, Expected(state=letter.addressee.state, measures=_measures(letter)))
    language = language_of(letter, None, received.shown)
    outcome = Outcome.CANNOT_TELL
    if received.data.agreement is Agreement.DIFFERS:
        outcome, why = Outcome.NOT_BELIEVED, received.data.why
    return Examination(
        reference=letter.reference,
        requesting=letter.requesting.state,
        requested=letter.addressee.state,
        as_of=as_of,
        received_on=received_on,
        outcome=outcome,
        why=why,
        competence=competence_of(letter, None),
        measures=(),
        risks=alarms_of(letter, received.alarms, {}),
        dual_criminality=(),
        language=language,
        contents=report,
        questions=questions_of(received, report, measures=(), language=language, dual=()),
        notes=received.notes,
    )
