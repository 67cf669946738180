"""Harmonisation: which treaty offences a state's law is known to punish, how heavily, and how much of that is unknown.

Each treaty offence asks the same questions: is it punished, and does its maximum penalty reach each threshold that an
instrument sets (one year for extradition under Budapest art. 24(1)(a), three for content under Regulation 2023/1543,
four for a serious crime under UNTOC art. 2(b))? The answer is yes, no or unknown; the score is the share of each, and
every yes or no unfolds to the sections behind it. A law that is not in the data is unknown, never no.
"""

from datetime import date
from enum import StrEnum

from comity.law.instrument import Instrument, StateCode
from comity.law.names import state_name
from comity.law.penalty import (
    Coverage,
    coverage,
    known_at_other_times,
    name_of,
    no_longer_punished,
    not_yet_punished,
    penalty_words,
    reaches,
)
from comity.law.reference.source import source_of
from comity.law.registry import Registry
from comity.law.route import Answer, ConditionState, Source
from comity.law.state import NationalOffence, Offence
from comity.law.vocabulary import Measure


class Answered(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Catalogue(StrEnum):
    """Whose list of offences."""

    BUDAPEST = "budapest"
    UNCC = "uncc"


class Threshold(Answer, frozen=True, kw_only=True):
    """A least maximum penalty and the instruments that ask for it."""

    years: int
    above: bool
    """More than these years are asked for, and not only as many."""
    asked_by: tuple[str, ...]

    @property
    def mark(self) -> str:
        """``1`` or ``more than 1``."""
        return f"{'more than ' if self.above else ''}{self.years}"


class SectionLine(Answer, frozen=True, kw_only=True):
    """A section of national law, with its source."""

    name: str
    title: str
    max_years: float | None
    life_only: bool
    """Where it is 99: not death."""
    conditions: str
    special: bool
    """Reaches the conduct only with a further element: its penalty counts only where there is no other section."""
    source: Source


class OffenceCoverage(Answer, frozen=True, kw_only=True):
    """One treaty offence under a state's law."""

    offence: str
    title: str
    budapest_article: str
    uncc_article: str
    punished: Answered
    max_years: float | None
    life_only: bool
    """Where it is 99: not death."""
    """Heaviest known maximum; 99: life or death; None: not known."""
    thresholds: tuple[Answered, ...]
    """In the order of the thresholds asked about."""
    shortfalls: tuple[str, ...]
    """Where it falls short, and what is not known."""
    sections: tuple[SectionLine, ...]
    recalled: tuple[SectionLine, ...]
    """Sections known from memory only: they prove nothing, but say where to look."""


class Score(Answer, frozen=True, kw_only=True):
    """Answers counted: ``yes + no + unknown == questions``."""

    questions: int
    yes: int
    no: int
    unknown: int
    recalled: int
    """How many of the unknown answers have a section from memory to look up."""

    @property
    def unknown_share(self) -> float:
        """The part of the questions that the data do not answer, 0 to 1."""
        return self.unknown / self.questions if self.questions else 1.0

    @property
    def least(self) -> float:
        """The score if every unknown answer were no, 0 to 1."""
        return self.yes / self.questions if self.questions else 0.0

    @property
    def most(self) -> float:
        """The score if every unknown answer were yes, 0 to 1."""
        return self.least + self.unknown_share if self.questions else 1.0


class Harmonisation(Answer, frozen=True, kw_only=True):
    """A state's law against the lists of treaty offences, as of a day."""

    state: StateCode
    name: str
    as_of: date
    documented: bool
    """False: the data hold nothing of its law."""
    thresholds: tuple[Threshold, ...]
    offences: tuple[OffenceCoverage, ...]
    score: Score


def treaty_offences(registry: Registry, catalogue: Catalogue | None = None) -> tuple[Offence, ...]:
    """The offences that a convention lists by article; of one or both."""
    return tuple(
        offence
        for offence in registry.offences.values()
        if (catalogue is not Catalogue.UNCC and offence.budapest_article[:1].isdigit())
        or (catalogue is not Catalogue.BUDAPEST and offence.uncc_article[:1].isdigit())
    )


def thresholds_of(registry: Registry, measure: Measure | None = None) -> tuple[Threshold, ...]:
    """Every least maximum penalty that some instrument asks for, for one measure or for any."""
    asked: dict[tuple[int, bool], dict[str, None]] = {}
    for instrument in registry.instruments.values():
        own = (instrument.scope.min_years, instrument.scope.above_min) if instrument.scope else (0, False)
        for provision in instrument.provisions:
            least = (provision.min_years, provision.above_min) if provision.min_years else own
            if least[0] and (measure is None or provision.measure is measure):
                asked.setdefault(least, {})[_asked_by(instrument)] = None
    return tuple(Threshold(years=y, above=above, asked_by=tuple(by)) for (y, above), by in sorted(asked.items()))


def _asked_by(instrument: Instrument) -> str:
    """The model whose penalty is assumed, or the treaty itself where its own scope was read."""
    return instrument.provisions_of if instrument.scope and instrument.scope.assumed else instrument.id


def harmonisation(
    state: StateCode,
    registry: Registry,
    on: date,
    *,
    catalogue: Catalogue | None = None,
    measure: Measure | None = None,
) -> Harmonisation:
    """A state against one list or both, by the thresholds of one measure or of all."""
    thresholds = thresholds_of(registry, measure)
    offences = tuple(_covered(o, state, registry, on, thresholds) for o in treaty_offences(registry, catalogue))
    law = registry.states.get(state)
    return Harmonisation(
        state=state,
        name=state_name(state),
        as_of=on,
        documented=bool(law and law.offences),
        thresholds=thresholds,
        offences=offences,
        score=_score(offences),
    )


def harmonisations(
    registry: Registry, on: date, *, catalogue: Catalogue | None = None, measure: Measure | None = None
) -> tuple[Harmonisation, ...]:
    """Every state of whose law the data hold something, the best known first."""
    documented = [code for code, law in registry.states.items() if law.offences]
    found = [harmonisation(code, registry, on, catalogue=catalogue, measure=measure) for code in documented]
    return tuple(sorted(found, key=lambda h: (-h.score.least, h.score.unknown, h.name)))


_OF_STATE = {
    ConditionState.MET: Answered.YES,
    ConditionState.UNMET: Answered.NO,
    ConditionState.TO_CHECK: Answered.UNKNOWN,
}


def _covered(
    offence: Offence, state: StateCode, registry: Registry, on: date, thresholds: tuple[Threshold, ...]
) -> OffenceCoverage:
    cover = coverage(registry, state, offence.id, on)
    never = not_yet_punished(registry, state, offence.id, on) or no_longer_punished(registry, state, offence.id, on)
    unpunished = "" if cover.sections else never
    punished = Answered.YES if cover.sections else Answered.NO if unpunished else Answered.UNKNOWN
    other = unpunished or known_at_other_times(registry, state, offence.id)
    reached = tuple(_reached(cover, punished, threshold) for threshold in thresholds)
    return OffenceCoverage(
        offence=offence.id,
        title=offence.title,
        budapest_article=offence.budapest_article,
        uncc_article=offence.uncc_article,
        punished=punished,
        max_years=cover.max_years,
        life_only=cover.life_only,
        thresholds=reached,
        shortfalls=_shortfalls(cover, punished, other, reached, thresholds),
        sections=tuple(_section(section) for section in cover.sections),
        recalled=tuple(_section(section) for section in cover.recalled),
    )


def _reached(cover: Coverage, punished: Answered, least: Threshold) -> Answered:
    return _OF_STATE[reaches(cover, least.years, above=least.above)] if punished is Answered.YES else punished


def _shortfalls(
    cover: Coverage,
    punished: Answered,
    other: str,
    reached: tuple[Answered, ...],
    thresholds: tuple[Threshold, ...],
) -> tuple[str, ...]:
    if punished is Answered.NO:
        return (f"not yet punished on the day: {other}",)
    if punished is Answered.UNKNOWN:
        return (_unknown(cover, other),)
    found = [f"covered through {', '.join(cover.through)} only"] if cover.through else []
    below = [t.mark for t, answer in zip(thresholds, reached, strict=True) if answer is Answered.NO]
    if below and cover.ceiling is not None:
        most = penalty_words(cover.ceiling.max_penalty_years or 0)
        found.append(f"at most {most}: below the threshold of {' and '.join(below)}")
    open_ended = [t.mark for t, answer in zip(thresholds, reached, strict=True) if answer is Answered.UNKNOWN]
    if open_ended:
        found.append(f"whether it reaches {' and '.join(open_ended)} years is not known")
    return tuple(found)


def _unknown(cover: Coverage, other: str) -> str:
    if cover.recalled:
        names = "; ".join(dict.fromkeys(name_of(section) for section in cover.recalled[:3]))
        return f"from memory only, to be looked up: {names}"
    if other:
        return f"not in force on the day, and what was is not in the data: {other}"
    return "no section in the data: not known" if cover.documented else "its law is not in the data: not known"


def _section(section: NationalOffence) -> SectionLine:
    return SectionLine(
        name=name_of(section),
        title=section.title,
        max_years=section.max_penalty_years,
        life_only=section.life_only,
        conditions=section.conditions,
        special=section.special,
        source=source_of(name_of(section), section),
    )


def _score(offences: tuple[OffenceCoverage, ...]) -> Score:
    answers = [(answer, bool(o.recalled)) for o in offences for answer in (o.punished, *o.thresholds)]
    return Score(
        questions=len(answers),
        yes=sum(answer is Answered.YES for answer, _ in answers),
        no=sum(answer is Answered.NO for answer, _ in answers),
        unknown=sum(answer is Answered.UNKNOWN for answer, _ in answers),
        recalled=sum(recalled and answer is Answered.UNKNOWN for answer, recalled in answers),
    )
