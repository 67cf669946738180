"""Offences in a state's own law: which sections cover a canonical offence on a day, and how heavy they are."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from comity.law.dates import span
from comity.law.instrument import StateCode
from comity.law.keep import kept
from comity.law.registry import Registry
from comity.law.route import ConditionState
from comity.law.state import NationalOffence
from comity.law.vocabulary import Confidence

LIFE_OR_DEATH_YEARS = 99
UNDATED_COUNTS_YEARS = 20
"""For so long before the day of its source a section whose first day is not known is taken to have been law."""


def name_of(section: NationalOffence) -> str:
    """A section with its law, as one cites it."""
    return f"{section.law}, {section.mark or 's.'} {section.section}"


def years_words(years: float) -> str:
    """``1 year``, ``0.5 years``, ``4 years``."""
    return f"{years:g} year{'' if years == 1 else 's'}"


def penalty_words(years: float, *, life_only: bool = False) -> str:
    """A maximum penalty in words; `life_only`: it is known not to be death."""
    if years < LIFE_OR_DEATH_YEARS:
        return years_words(years)
    return "life imprisonment" if life_only else "life imprisonment or death"


def penalty_of(section: NationalOffence) -> str:
    """The known maximum penalty of a section, and the section."""
    return f"{penalty_words(section.max_penalty_years or 0, life_only=section.life_only)} ({name_of(section)})"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Coverage:
    """The sections of one state that cover one canonical offence while no section comes or goes."""

    state: StateCode
    offence: str
    sections: tuple[NationalOffence, ...]
    through: tuple[str, ...]
    """Empty: covered as such. Else the treaty offences to which the offence maps and that are covered."""
    recalled: tuple[NationalOffence, ...]
    """Sections known from memory only, or that may be younger than the day: to look up, proving nothing."""
    documented: bool
    """False: the data hold nothing of this state's law, so that no section proves nothing."""
    ordinary: tuple[NationalOffence, ...]
    """The sections that need no further element; all, where every one does."""
    max_years: float | None
    """The heaviest known maximum penalty of the ordinary sections; None: not known."""
    ceiling: NationalOffence | None
    """The section beyond which no form of the offence goes; None: a form heavier than those in the data is not
    excluded."""

    @property
    def names(self) -> str:
        """Two or three sections, named."""
        named = tuple(dict.fromkeys(name_of(section) for section in self.ordinary))
        more = f" and {len(named) - 3} more" if len(named) > 3 else ""
        return "; ".join(named[:3]) + more

    @property
    def heaviest(self) -> str:
        """The section with the heaviest known maximum penalty and that penalty; empty: none is known."""
        known = [section for section in self.ordinary if section.max_penalty_years is not None]
        if not known:
            return ""
        return penalty_of(max(known, key=lambda s: (s.max_penalty_years or 0, not s.life_only)))

    @property
    def life_only(self) -> bool:
        """Whether no ordinary section carries death, as far as the heaviest are known."""
        return all(s.life_only for s in self.ordinary if (s.max_penalty_years or 0) >= LIFE_OR_DEATH_YEARS)


def in_force(section: NationalOffence, on: date) -> bool:
    """Whether a section was law on a day; an open beginning or end counts as in force."""
    if section.in_force_from and on < span(section.in_force_from)[0]:
        return False
    return not (section.in_force_to and on > span(section.in_force_to)[1])


def coverage(registry: Registry, state: StateCode, offence_id: str, on: date) -> Coverage:
    """How a state's law covers a canonical offence on a day."""
    starts, coverages = history(registry, state, offence_id)
    return coverages[bisect_right(starts, on) - 1]


@kept(1 << 14)
def history(registry: Registry, state: StateCode, offence_id: str) -> tuple[tuple[date, ...], tuple[Coverage, ...]]:
    """How a state's law covers a canonical offence, from each day on which a section comes or goes."""
    law = registry.states.get(state)
    rows = law.offences if law else ()
    rests_on = registry.offence(offence_id).maps_to
    touching = tuple(row for row in rows if row.offence_id in {offence_id, *rests_on})
    comes = {span(row.in_force_from)[0] for row in touching if row.in_force_from}
    comes |= {_relied_on_from(row) for row in touching if not row.in_force_from}
    goes = {span(row.in_force_to)[1] + timedelta(days=1) for row in touching if row.in_force_to}
    starts = tuple(sorted({date.min, *comes, *goes}))
    covers = (_on(touching, state, offence_id, rests_on, on, documented=bool(rows)) for on in starts)
    return starts, tuple(covers)


def not_yet_punished(registry: Registry, state: StateCode, offence_id: str, on: date) -> str:
    """The law by which a state first punished an offence, where that came after a day; empty: not known.

    A day before the earliest law in our data is unknown: an older law may have gone before it.
    """
    firsts = _outermost_laws(registry, state, offence_id, "first")
    if not firsts or any(on >= span(row.in_force_from)[0] for row in firsts):
        return ""
    return "; ".join(f"{name_of(row)} (from {row.in_force_from})" for row in firsts)


def no_longer_punished(registry: Registry, state: StateCode, offence_id: str, on: date) -> str:
    """The law by which a state last punished an offence, where that ended before a day; empty: not known.

    A day after the latest law in our data is unknown: a younger law may have come after it.
    """
    lasts = _outermost_laws(registry, state, offence_id, "last")
    if not lasts or any(on <= span(row.in_force_to)[1] for row in lasts):
        return ""
    return "; ".join(f"{name_of(row)} (to {row.in_force_to})" for row in lasts)


@kept(1 << 14)
def _outermost_laws(
    registry: Registry, state: StateCode, offence_id: str, which: Literal["first", "last"]
) -> tuple[NationalOffence, ...]:
    """For each treaty offence on which an offence rests its first or last law; empty: one of them is not known."""
    law = registry.states.get(state)
    rows = [row for row in (law.offences if law else ()) if (row.first if which == "first" else row.last)]
    wanted = registry.offence(offence_id).maps_to or (offence_id,)
    found = [next((row for row in rows if row.offence_id == each), None) for each in wanted]
    return tuple(dict.fromkeys(row for row in found if row)) if all(found) else ()


@kept(1 << 14)
def known_at_other_times(registry: Registry, state: StateCode, offence_id: str) -> str:
    """Sections that cover an offence on some day, with their days; empty: none is known for any day."""
    law = registry.states.get(state)
    wanted = {offence_id, *registry.offence(offence_id).maps_to}
    rows = [row for row in (law.offences if law else ()) if row.offence_id in wanted]
    return "; ".join(
        f"{name_of(row)} ({row.in_force_from or 'earlier'} to {row.in_force_to or 'now'})" for row in rows[:3]
    )


def is_relied_on(section: NationalOffence, on: date) -> bool:
    """Whether a section proves something for a day: it was read, and is not perhaps younger than the day."""
    if section.confidence is Confidence.LOW:
        return False
    return bool(section.in_force_from) or on >= _relied_on_from(section)


def _relied_on_from(section: NationalOffence) -> date:
    read = span(section.as_of)[0]
    return date(read.year - UNDATED_COUNTS_YEARS, read.month, 1)


def _on(
    rows: tuple[NationalOffence, ...],
    state: StateCode,
    offence_id: str,
    rests_on: tuple[str, ...],
    on: date,
    *,
    documented: bool,
) -> Coverage:
    current = tuple(row for row in rows if in_force(row, on))
    sourced = tuple(row for row in current if is_relied_on(row, on))
    own = tuple(row for row in sourced if row.offence_id == offence_id)
    mapped = () if own else sourced
    ordinary = tuple(row for row in own or mapped if not row.special) or own or mapped
    known = tuple(row.max_penalty_years for row in ordinary if row.max_penalty_years is not None)
    return Coverage(
        state=state,
        offence=offence_id,
        sections=own or mapped,
        through=tuple(dict.fromkeys(row.offence_id for row in mapped)),
        recalled=tuple(row for row in current if not is_relied_on(row, on)),
        documented=documented,
        ordinary=ordinary,
        max_years=max(known, default=None),
        ceiling=_ceiling(current, sourced, rests_on or (offence_id,)),
    )


def _ceiling(
    current: tuple[NationalOffence, ...], sourced: tuple[NationalOffence, ...], offences: tuple[str, ...]
) -> NationalOffence | None:
    """The heaviest section, recalled ones among them, where the data have the heaviest form of each of the offences."""
    complete = {row.offence_id for row in sourced if row.heaviest}
    if not complete.issuperset(offences):
        return None
    return max(current, key=lambda row: row.max_penalty_years or 0)


def may_be_death(cover: Coverage) -> bool:
    """Whether an ordinary section may carry death: by a known maximum that is more than life."""
    return cover.max_years is not None and cover.max_years >= LIFE_OR_DEATH_YEARS and not cover.life_only


def reaches(cover: Coverage, years: float, *, above: bool = False) -> ConditionState:
    """Whether a maximum penalty of at least so many years (`above`: of more) is certain, excluded, or to be checked.

    Known sections that stay below exclude nothing by themselves: the offence may have an aggravated form, or rest on
    another one whose penalty is not known.
    """
    if cover.max_years is not None and _suffices(cover.max_years, years, above=above):
        return ConditionState.MET
    below = cover.ceiling is not None and not _suffices(cover.ceiling.max_penalty_years or 0, years, above=above)
    return ConditionState.UNMET if below else ConditionState.TO_CHECK


def is_light(cover: Coverage, years: float) -> bool:
    """Whether the ordinary case is known to carry no more than so many years."""
    return cover.max_years is not None and cover.max_years <= years


def _suffices(penalty: float, years: float, *, above: bool) -> bool:
    return penalty > years if above else penalty >= years
