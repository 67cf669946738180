"""Whether the offence under investigation is one that an instrument reaches."""

from collections.abc import Iterable, Iterator

import msgspec

from comity.law.condition import by_fact, judged
from comity.law.electronic import any_electronic
from comity.law.instrument import Instrument, Provision, Scope
from comity.law.keep import kept
from comity.law.names import state_name
from comity.law.penalty import Coverage, coverage, is_light, penalty_of, reaches, years_words
from comity.law.query import Query
from comity.law.registry import Registry
from comity.law.route import ConditionKind, ConditionState, RouteCondition
from comity.law.state import Offence
from comity.law.vocabulary import Fact, Measure, ScopeOffences

MET, UNMET, TO_CHECK = ConditionState.MET, ConditionState.UNMET, ConditionState.TO_CHECK

#: Classes of offences that an instrument establishes or names itself.
_ESTABLISHED = frozenset({ScopeOffences.SERIOUS_CRIME_MIN_YEARS, ScopeOffences.CORRUPTION})

_CORRUPTION_ALONE = (ScopeOffences.CORRUPTION,)

#: Elements of an offence that lives on another one.
_RESTS_ON_ANOTHER = frozenset({"proceeds_of_crime", "base_offence"})

#: What is known of a group of offenders, and the condition that there is one.
_IN_A_GROUP = {
    known: judged(
        ConditionKind.GROUP,
        "an organised criminal group is involved",
        by_fact(known),
        gate=True,
        fact=Fact.ORGANISED_GROUP,
    )
    for known in (None, True, False)
}

_Verdict = tuple[ConditionState, str]
_REACHED = "the offence is one that the instrument reaches"


def scope_conditions(
    instrument: Instrument, provision: Provision, query: Query, registry: Registry
) -> tuple[RouteCondition, ...]:
    """The conditions that come from the offence: its class, its group, its penalty."""
    classes = provision.offences or (instrument.scope.offences if instrument.scope else ())
    years = provision.min_years or (instrument.scope.min_years if instrument.scope else 0)
    if classes == _CORRUPTION_ALONE:
        query = _by_what_lies_behind(query, registry)
    found: list[RouteCondition] = []
    if ScopeOffences.ORGANISED_CRIME in classes:
        found.append(_organised(query))
    if classes and ScopeOffences.ALL_OFFENCES not in classes and not any_electronic(classes, query.measure):
        found.append(_offence_class(instrument.scope, classes, years, query, registry))
    if provision.min_years and ScopeOffences.SERIOUS_CRIME_MIN_YEARS not in classes:
        found.append(_threshold(provision.min_years, query, registry, above=provision.above_min))
    if instrument.provisions_of and instrument.scope and query.measure is Measure.EXTRADITION:
        found += _of_scope(instrument.scope, query, registry)
    return tuple(found)


def _of_scope(scope: Scope, query: Query, registry: Registry) -> Iterator[RouteCondition]:
    """What the scope of a treaty asks whose provisions are a model's: its own, or a likely one."""
    if scope.assumed:
        yield from _unread(scope, query, registry) if query.offences else ()
    elif scope.min_years:
        yield _threshold(scope.min_years, query, registry, above=scope.above_min)


def _unread(scope: Scope, query: Query, registry: Registry) -> Iterator[RouteCondition]:
    """What the text of a treaty on extradition that was not read is likely to take away: a light offence, as most want
    a maximum of one year and many of more, and one that an old list does not have."""
    if scope.may_list:
        why = "its text was not read, and it is, or may be, of a time when treaties often listed offences"
        yield judged(ConditionKind.OFFENCE, _REACHED, TO_CHECK, why, gate=True)
    states = (query.requesting, query.requested)
    covers = [[coverage(registry, state, offence, query.on) for state in states] for offence in query.offences]
    light = [[c for c in pair if is_light(c, scope.min_years)] for pair in covers]
    if scope.min_years and all(light):
        text = f"punishable by as much as the treaty wants (not read: {_penalty_text(scope.min_years, above=True)}?)"
        known = (f"{c.offence} carries up to {c.heaviest} in {state_name(c.state)}" for pair in light for c in pair)
        yield judged(ConditionKind.PENALTY, text, TO_CHECK, "; ".join(known), gate=True)


def reach_conditions(instrument: Instrument, query: Query, registry: Registry) -> tuple[RouteCondition, ...]:
    """The conditions under which an instrument's own offences are those of a question.

    Narrower than assistance: evidence in electronic form of any offence brings no jurisdiction with it (Budapest 22(1)
    and UNCC 22(1) speak of the offences established under them).
    """
    classes = instrument.scope.offences if instrument.scope else ()
    years = instrument.scope.min_years if instrument.scope else 0
    listed = ScopeOffences.CYBERCRIME_LISTED
    own = (listed,) if listed in classes else tuple(c for c in classes if c in _ESTABLISHED)
    found = (_organised(query),) if ScopeOffences.ORGANISED_CRIME in classes else ()
    return (*found, _offence_class(instrument.scope, own, years, query, registry)) if own else found


def _by_what_lies_behind(query: Query, registry: Registry) -> Query:
    """The question without offences that live on another one, where another one is named: that one decides."""
    behind = _behind(registry, query.offences)
    return query if behind == query.offences else msgspec.structs.replace(query, offences=behind)


@kept(1 << 10)
def _behind(registry: Registry, offences: tuple[str, ...]) -> tuple[str, ...]:
    """The offences that live on no other one; all, where there is none of these."""
    return tuple(o for o in offences if _RESTS_ON_ANOTHER.isdisjoint(registry.offence(o).elements)) or offences


def _organised(query: Query) -> RouteCondition:
    return _IN_A_GROUP[query.facts.get(Fact.ORGANISED_GROUP.value)]


def _offence_class(
    scope: Scope | None, classes: tuple[ScopeOffences, ...], years: int, query: Query, registry: Registry
) -> RouteCondition:
    if not query.offences:
        return _unnamed(classes)
    catalogue = scope.catalogue if scope else ""
    if ScopeOffences.SERIOUS_CRIME_MIN_YEARS in classes:
        return _best(_verdicts(classes, catalogue, years, query, registry))
    return _of_any_day(registry, classes, catalogue, query.offences)


@kept(1 << 12)
def _of_any_day(
    registry: Registry, classes: tuple[ScopeOffences, ...], catalogue: str, offences: tuple[str, ...]
) -> RouteCondition:
    """Where no penalty decides, neither the day nor the states do."""
    return _best(verdict for offence in offences for verdict in _named(classes, catalogue, offence, registry))


def _best(given: Iterable[_Verdict]) -> RouteCondition:
    verdicts = list(given)
    for wanted in (MET, TO_CHECK):
        for state, why in verdicts:
            if state is wanted:
                return judged(ConditionKind.OFFENCE, _REACHED, state, why, gate=True)
    return judged(ConditionKind.OFFENCE, _REACHED, UNMET, "; ".join(dict.fromkeys(why for _, why in verdicts)))


def _unnamed(classes: tuple[ScopeOffences, ...]) -> RouteCondition:
    """No offence named: taken for one of cybercrime, so an instrument on corruption alone may not reach it."""
    if classes == _CORRUPTION_ALONE:
        why = "no offence was named, and it reaches offences of corruption only"
        return judged(ConditionKind.OFFENCE, _REACHED, TO_CHECK, why, gate=True)
    return judged(ConditionKind.OFFENCE, _REACHED, TO_CHECK, "no offence was named")


def _verdicts(
    classes: tuple[ScopeOffences, ...], catalogue: str, years: int, query: Query, registry: Registry
) -> Iterator[_Verdict]:
    for offence in query.offences:
        yield from _named(classes, catalogue, offence, registry)
        if ScopeOffences.SERIOUS_CRIME_MIN_YEARS in classes:
            yield _serious(registry, coverage(registry, query.requesting, offence, query.on), years)


def _named(classes: tuple[ScopeOffences, ...], catalogue: str, offence: str, registry: Registry) -> Iterator[_Verdict]:
    """What the classes say that name offences."""
    if ScopeOffences.CYBERCRIME_LISTED in classes:
        yield _listed(registry, offence, catalogue)
    if ScopeOffences.CORRUPTION in classes:
        yield _corruption(registry.offence(offence))


def listed_offence(offence: Offence, catalogue: str, registry: Registry) -> Offence | None:
    """The offence itself, or the one that it rests on, which a catalogue of offences has; None: neither."""
    candidates = (offence, *(registry.offence(other) for other in offence.maps_to))
    return next((candidate for candidate in candidates if _article(candidate, catalogue)), None)


@kept(1 << 10)
def _listed(registry: Registry, offence_id: str, catalogue: str) -> _Verdict:
    offence = registry.offence(offence_id)
    if not catalogue:
        return TO_CHECK, f"{offence.id}: whether the instrument's own list of offences has it was not mapped"
    found = listed_offence(offence, catalogue, registry)
    if found is None:
        return UNMET, f"{offence.id} is not among its offences"
    article = _article(found, catalogue)
    if found is offence:
        return MET, f"{offence.id} is an offence of its article {article}"
    return MET, f"{offence.id} rests on {found.id}, an offence of its article {article}"


def _article(offence: Offence, catalogue: str) -> str:
    articles = {
        "budapest": offence.budapest_article,
        "uncc": offence.uncc_article,
        "eu-e-evidence": offence.eu_evidence_article,
    }
    return articles.get(catalogue, "")


@kept(1 << 12)
def _serious(registry: Registry, cover: Coverage, years: int) -> _Verdict:
    state = reaches(cover, years)
    offence, where = cover.offence, state_name(cover.state)
    if state is MET:
        return state, f"{offence} carries up to {cover.heaviest} in {where}; {years} needed"
    if state is UNMET and cover.ceiling is not None:
        return state, f"{offence} carries at most {penalty_of(cover.ceiling)} in {where}; {years} needed"
    if cover.heaviest:
        return state, f"{offence} carries up to {cover.heaviest} in {where}; {years} needed: {_heavier(cover, years)}"
    return state, f"the maximum penalty for {offence} in {where} is not known to us; {years_words(years)} needed"


def _heavier(cover: Coverage, years: int) -> str:
    """By what more than the ordinary case carries the offence may reach a threshold."""
    forms = [s for s in (*cover.sections, *cover.recalled) if (s.max_penalty_years or 0) >= years]
    if not forms:
        return "whether a heavier form reaches that is not known to us"
    form = penalty_of(max(forms, key=lambda s: s.max_penalty_years or 0))
    return f"a form of it, or an offence behind it, carries up to {form}: check whether it is the case"


def _corruption(offence: Offence) -> _Verdict:
    if not _RESTS_ON_ANOTHER.isdisjoint(offence.elements):
        return TO_CHECK, f"{offence.id} counts where the offence behind it is one of corruption"
    return UNMET, f"{offence.id} is not an offence of corruption"


def _penalty_text(years: int, *, above: bool) -> str:
    return f"{'more than' if above else 'at least'} {years_words(years)}"


def _threshold(years: int, query: Query, registry: Registry, *, above: bool) -> RouteCondition:
    """A least maximum penalty; for extradition under the laws of both states (ETS 24 art. 2(1))."""
    text = f"punishable by {_penalty_text(years, above=above)}"
    states = (query.requesting, query.requested) if query.measure is Measure.EXTRADITION else (query.requesting,)
    if not query.offences:
        return judged(ConditionKind.PENALTY, text, TO_CHECK, "no offence was named")
    whys: list[str] = []
    best = UNMET
    for offence in query.offences:
        covers = [coverage(registry, state, offence, query.on) for state in states]
        verdicts = [reaches(cover, years, above=above) for cover in covers]
        whys += [f"{offence} in {state_name(s)}: {v.value}" for s, v in zip(states, verdicts, strict=True)]
        if all(v is MET for v in verdicts):
            return judged(ConditionKind.PENALTY, text, MET, "; ".join(whys[-len(states) :]))
        if UNMET not in verdicts:
            best = TO_CHECK
    return judged(ConditionKind.PENALTY, text, best, "; ".join(whys), gate=True)
