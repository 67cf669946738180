"""Two instruments side by side: what each gives and asks for, the differences that matter first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from comity.law.instrument import Condition, General, Instrument, Provision, TimeLimit, grounds_of
from comity.law.penalty import years_words
from comity.law.provide import dual_criminality_rule
from comity.law.reference.instrument_sheet import life_of, party_lines, scope_of
from comity.law.registry import Registry
from comity.law.route import Answer
from comity.law.vocabulary import Channel, Confidence, InstrumentKind, Measure
from comity.law.way import NO_RULES

NOTHING = "nothing said"


class Side(Answer, frozen=True, kw_only=True):
    """One of the two, in short."""

    id: str
    title: str
    kind: InstrumentKind
    binding: bool
    life: str
    bound: int
    """States and territories that it binds on the day."""
    caution: str = ""
    """Why what is told of it may not hold; empty: its text was read."""


class Difference(Answer, frozen=True, kw_only=True):
    """One question and what each of the two answers."""

    topic: str
    first: str
    second: str
    differs: bool
    matters: str
    """What follows from it for a request."""


class MeasureComparison(Answer, frozen=True, kw_only=True):
    """One measure under both."""

    measure: Measure
    given_by: str
    """``both``, or the id of the only one that gives it."""
    first_articles: tuple[str, ...]
    second_articles: tuple[str, ...]
    rows: tuple[Difference, ...]


class Comparison(Answer, frozen=True, kw_only=True):
    """Both instruments as of a day."""

    as_of: date
    first: Side
    second: Side
    general: tuple[Difference, ...]
    """What holds for each as a whole: differences first, the weightiest at the head."""
    measures: tuple[MeasureComparison, ...]
    """Those that only one gives first, then those that differ, then those that do not."""
    contents: tuple[Difference, ...]
    """What a request must say, field by field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Topic:
    """A question about an instrument or a provision; asked in the order of weight."""

    name: str
    matters: str


def compare(first: Instrument, second: Instrument, registry: Registry, on: date) -> Comparison:
    """The comparison; texts that differ in wording only count as differing."""
    given = [m for m in Measure if _gives(first, m) or _gives(second, m)]
    measures = [_measure(m, first, second) for m in given]
    return Comparison(
        as_of=on,
        first=_side(first, registry, on),
        second=_side(second, registry, on),
        general=_sorted(_row(topic, ask(first), ask(second)) for topic, ask in _GENERAL),
        measures=tuple(sorted(measures, key=_weight)),
        contents=_contents(first, second),
    )


def _side(instrument: Instrument, registry: Registry, on: date) -> Side:
    return Side(
        id=instrument.id,
        title=instrument.title,
        kind=instrument.kind,
        binding=instrument.binding,
        life=life_of(instrument),
        bound=sum(line.bound == "yes" for line in party_lines(instrument, registry, on)),
        caution=_caution(instrument),
    )


def _caution(instrument: Instrument) -> str:
    if instrument.provisions_of:
        return f"its text was not read: the provisions of {instrument.provisions_of} are assumed"
    low = sum(p.confidence is Confidence.LOW for p in instrument.provisions)
    return f"{low} of {len(instrument.provisions)} provisions are from memory" if low else ""


def _row(topic: _Topic, first: str, second: str) -> Difference:
    a, b = first or NOTHING, second or NOTHING
    return Difference(topic=topic.name, first=a, second=b, differs=a != b, matters=topic.matters)


def _sorted(rows: Iterable[Difference]) -> tuple[Difference, ...]:
    """What differs before what does not, each in the order of weight."""
    return tuple(sorted(rows, key=lambda row: not row.differs))


def _words(values: tuple[str, ...]) -> str:
    return ", ".join(dict.fromkeys(value.replace("_", " ") for value in values))


def _rules(instrument: Instrument) -> General:
    return instrument.general or NO_RULES


def _relation(instrument: Instrument) -> str:
    parts = [f"needs {instrument.parent}"] if instrument.parent else []
    if instrument.replaces or instrument.replaces_kinds:
        names = (*instrument.replaces, *(kind.value for kind in instrument.replaces_kinds))
        parts.append(f"takes the place of {', '.join(names)} (Art. {instrument.replaces_article})")
    parts.append(_rules(instrument).subsidiarity)
    return "; ".join(part for part in parts if part)


_GENERAL: tuple[tuple[_Topic, Callable[[Instrument], str]], ...] = (
    (_Topic(name="binding", matters="whether anything is owed"), lambda i: "yes" if i.binding else "no"),
    (_Topic(name="in force", matters="whether it can carry a request today"), life_of),
    (_Topic(name="offences reached", matters="whether the case falls under it at all"), scope_of),
    (
        _Topic(name="dual criminality", matters="whether the conduct must be an offence there too"),
        lambda i: f"{_rules(i).dual_criminality.value.replace('_', ' ')} {_rules(i).dual_criminality_note}".strip(),
    ),
    (
        _Topic(name="refusal grounds", matters="what the request must anticipate"),
        lambda i: _words(tuple(sorted(g.value for g in _rules(i).refusal_grounds))),
    ),
    (_Topic(name="channel", matters="how fast it travels and to whom"), lambda i: _words((_rules(i).channel.value,))),
    (_Topic(name="urgent channel", matters="what to do when hours count"), lambda i: _rules(i).urgent_channel),
    (_Topic(name="use limitation", matters="what the product may be used for"), lambda i: _rules(i).use_limitation),
    (
        _Topic(name="confidentiality", matters="whether the suspect may learn"),
        lambda i: _rules(i).confidentiality,
    ),
    (_Topic(name="languages", matters="what must be translated"), lambda i: _rules(i).languages),
    (_Topic(name="form", matters="what it must look like"), lambda i: _rules(i).form),
    (_Topic(name="relation to others", matters="which of several carries the request"), _relation),
    (_Topic(name="costs", matters="who pays"), lambda i: _rules(i).costs),
)


def _gives(instrument: Instrument, measure: Measure) -> tuple[Provision, ...]:
    return tuple(p for p in instrument.provisions if p.measure is measure)


def _measure(measure: Measure, first: Instrument, second: Instrument) -> MeasureComparison:
    a, b = _gives(first, measure), _gives(second, measure)
    rows: tuple[Difference, ...] = ()
    if a and b:
        rows = _sorted(_row(topic, ask(first, a), ask(second, b)) for topic, ask in _PROVISION)
    return MeasureComparison(
        measure=measure,
        given_by="both" if a and b else first.id if a else second.id,
        first_articles=tuple(dict.fromkeys(p.article for p in a)),
        second_articles=tuple(dict.fromkeys(p.article for p in b)),
        rows=rows,
    )


def _weight(comparison: MeasureComparison) -> tuple[bool, int]:
    """Given by one only; then by how many answers differ."""
    return comparison.given_by == "both", -sum(row.differs for row in comparison.rows)


def _offences(instrument: Instrument, provisions: tuple[Provision, ...]) -> str:
    scope = instrument.scope
    own = [k.value for p in provisions for k in (p.offences or (scope.offences if scope else ()))]
    least = {(one.min_years, one.above_min) for p in provisions if (one := p if p.min_years else scope)}
    years = [f"{'above' if above else 'from'} {years_words(years)}" for years, above in sorted(least) if years]
    return _words(tuple(own)) + (f", {' or '.join(years)}" if years else "")


def _limit(limit: TimeLimit) -> str:
    figure = f"{limit.value} {limit.unit.value} " if limit.value else ""
    return f"{figure}{limit.kind.replace('_', ' ')}, from {limit.starts}"


def _condition(condition: Condition) -> str:
    return condition.fact.value.replace("_", " ") if condition.fact else condition.text


def _grounds(instrument: Instrument, provisions: tuple[Provision, ...]) -> str:
    return _words(tuple(sorted({g.value for p in provisions for g in grounds_of(instrument, p)})))


def _channel(instrument: Instrument, provisions: tuple[Provision, ...]) -> str:
    general = _rules(instrument).channel
    return _words(tuple((general if p.channel is Channel.INHERITED else p.channel).value for p in provisions))


_Ask = Callable[[Instrument, tuple[Provision, ...]], str]
_PROVISION: tuple[tuple[_Topic, _Ask], ...] = (
    (
        _Topic(name="owed", matters="a duty, or at the other's pleasure"),
        lambda i, ps: "a duty" if i.binding and any(p.duty for p in ps) else "may be given",
    ),
    (_Topic(name="offences", matters="whether the case falls under it"), _offences),
    (
        _Topic(name="dual criminality", matters="whether the conduct must be an offence there too"),
        lambda i, ps: _words(tuple(dual_criminality_rule(i, p).value for p in ps)),
    ),
    (
        _Topic(name="time limits", matters="when to expect it, and when it lapses"),
        lambda _, ps: "; ".join(dict.fromkeys(_limit(t) for p in ps for t in p.time_limits)),
    ),
    (_Topic(name="channel", matters="to whom it goes"), _channel),
    (
        _Topic(name="addressee", matters="an authority, or the provider itself"),
        lambda _, ps: _words(tuple(p.addressee.value for p in ps)),
    ),
    (_Topic(name="refusal grounds", matters="what the request must anticipate"), _grounds),
    (
        _Topic(name="conditions", matters="what must be shown"),
        lambda _, ps: "; ".join(dict.fromkeys(_condition(c) for p in ps for c in p.conditions)),
    ),
    (
        _Topic(name="steps back", matters="whether another treaty goes before it"),
        lambda _, ps: "where a treaty of assistance binds" if all(p.subsidiary for p in ps) else "no",
    ),
)


def _contents(first: Instrument, second: Instrument) -> tuple[Difference, ...]:
    fields = list(dict.fromkeys(c.field for i in (first, second) for c in i.contents))
    rows = [
        _row(_Topic(name=name, matters="must stand in the request"), _required(first, name), _required(second, name))
        for name in fields
    ]
    return tuple(sorted(rows, key=lambda row: (NOTHING not in (row.first, row.second), row.topic)))


def _required(instrument: Instrument, field: str) -> str:
    return "; ".join(f"{c.requirement} (Art. {c.article})" for c in instrument.contents if c.field == field)
