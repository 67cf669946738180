"""Offences in a state's own law: which sections cover a canonical offence on a day, and how heavy they are."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

from comity.law.dates import span
from comity.law.instrument import StateCode
from comity.law.keep import kept
from comity.law.registry import Registry
from comity.law.route import ConditionState
from comity.law.state import NationalOffence
from comity.law.vocabulary import Confidence

LIFE_OR_DEATH_YEARS = 99


def name_of(section: NationalOffence) -> str:
    """A section with its law, as one cites it."""
    return f"{section.law}, {section.mark or 's.'} {section.section}"


def penalty_words(years: float) -> str:
    """A maximum penalty in words."""
    return "life imprisonment or death" if years >= LIFE_OR_DEATH_YEARS else f"{years:g} years"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The sections of one state that cover one canonical offence."""

    state: StateCode
    offence: str
    sections: tuple[NationalOffence, ...]
    through: tuple[str, ...]
    """Empty: covered as such. Else the treaty offences to which the offence maps and that are covered."""
    recalled: tuple[NationalOffence, ...]
    """Sections known from memory only: to look up, proving nothing."""
    documented: bool
    """False: the data hold nothing of this state's law, so that no section proves nothing."""

    @property
    def ordinary(self) -> tuple[NationalOffence, ...]:
        """The sections that need no further element; all, where every one does."""
        return tuple(s for s in self.sections if not s.special) or self.sections

    @property
    def max_years(self) -> float | None:
        """The heaviest known maximum penalty of the ordinary sections; None: not known."""
        return max((s.max_penalty_years for s in self.ordinary if s.max_penalty_years is not None), default=None)

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
        section = max(known, key=lambda s: s.max_penalty_years or 0)
        return f"{penalty_words(section.max_penalty_years or 0)} ({name_of(section)})"


def in_force(section: NationalOffence, on: date) -> bool:
    """Whether a section was law on a day; an open beginning or end counts as in force."""
    if section.in_force_from and on < span(section.in_force_from)[0]:
        return False
    return not (section.in_force_to and on > span(section.in_force_to)[1])


def coverage(registry: Registry, state: StateCode, offence_id: str, on: date) -> Coverage:
    """How a state's law covers a canonical offence on a day."""
    starts, coverages = _history(registry, state, offence_id)
    return coverages[bisect_right(starts, on) - 1]


@kept(1 << 14)
def _history(registry: Registry, state: StateCode, offence_id: str) -> tuple[tuple[date, ...], tuple[Coverage, ...]]:
    """Coverage from each day on which a section comes or goes."""
    law = registry.states.get(state)
    rows = law.offences if law else ()
    wanted = {offence_id, *registry.offence(offence_id).maps_to}
    touching = tuple(row for row in rows if row.offence_id in wanted)
    comes = {span(row.in_force_from)[0] for row in touching if row.in_force_from}
    goes = {span(row.in_force_to)[1] + timedelta(days=1) for row in touching if row.in_force_to}
    starts = tuple(sorted({date.min, *comes, *goes}))
    return starts, tuple(_on(touching, state, offence_id, on, documented=bool(rows)) for on in starts)


def not_yet_punished(registry: Registry, state: StateCode, offence_id: str, on: date) -> str:
    """The law by which a state first punished an offence, where that came after a day; empty: not known.

    A day before the earliest law in our data is unknown: an older law may have gone before it.
    """
    firsts = _first_laws(registry, state, offence_id)
    if not firsts or any(on >= span(row.in_force_from)[0] for row in firsts):
        return ""
    return "; ".join(f"{name_of(row)} (from {row.in_force_from})" for row in firsts)


@kept(1 << 14)
def _first_laws(registry: Registry, state: StateCode, offence_id: str) -> tuple[NationalOffence, ...]:
    """For each treaty offence on which an offence rests its first law in a state; empty: one of them is not known."""
    law = registry.states.get(state)
    rows = law.offences if law else ()
    wanted = registry.offence(offence_id).maps_to or (offence_id,)
    found = [next((r for r in rows if r.first and r.offence_id == each), None) for each in wanted]
    return tuple(dict.fromkeys(r for r in found if r)) if all(found) else ()


@kept(1 << 14)
def known_at_other_times(registry: Registry, state: StateCode, offence_id: str) -> str:
    """Sections that cover an offence on some day, with their days; empty: none is known for any day."""
    law = registry.states.get(state)
    wanted = {offence_id, *registry.offence(offence_id).maps_to}
    rows = [row for row in (law.offences if law else ()) if row.offence_id in wanted]
    return "; ".join(
        f"{name_of(row)} ({row.in_force_from or 'earlier'} to {row.in_force_to or 'now'})" for row in rows[:3]
    )


def _on(
    rows: tuple[NationalOffence, ...], state: StateCode, offence_id: str, on: date, *, documented: bool
) -> Coverage:
    current = tuple(row for row in rows if in_force(row, on))
    sourced = tuple(row for row in current if row.confidence is not Confidence.LOW)
    own = tuple(row for row in sourced if row.offence_id == offence_id)
    mapped = () if own else sourced
    return Coverage(
        state=state,
        offence=offence_id,
        sections=own or mapped,
        through=tuple(dict.fromkeys(row.offence_id for row in mapped)),
        recalled=tuple(row for row in current if row.confidence is Confidence.LOW),
        documented=documented,
    )


def reaches(cover: Coverage, years: float) -> ConditionState:
    """Whether a maximum penalty of at least so many years is certain, excluded, or to be checked."""
    heaviest = cover.max_years
    if heaviest is not None and heaviest >= years:
        return ConditionState.MET
    if not cover.sections or any(section.max_penalty_years is None for section in cover.ordinary):
        return ConditionState.TO_CHECK
    return ConditionState.UNMET
