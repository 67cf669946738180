"""One canonical offence on one sheet: its elements, its treaty articles, the states whose law is known to cover it."""

from datetime import date

from comity.law.instrument import StateCode
from comity.law.names import state_name
from comity.law.penalty import coverage, name_of
from comity.law.registry import Registry
from comity.law.route import Answer
from comity.law.state import Offence


class CoveringState(Answer, frozen=True, kw_only=True):
    """A state whose law covers the offence on the day."""

    state: StateCode
    name: str
    sections: tuple[str, ...]
    through: tuple[str, ...]
    """The treaty offences through which a way of acting is covered; empty: covered as such."""
    max_years: float | None
    life_only: bool
    """Where it is 99: not death."""
    """99: life or death; None: not known."""


class OffenceSheet(Answer, frozen=True, kw_only=True):
    """What the data say of one canonical offence, as of a day."""

    offence: Offence
    as_of: date
    covered: tuple[CoveringState, ...]
    not_found: tuple[StateCode, ...]
    """States of whose law the data hold something, but no section for this offence: not known, never *no*."""


def offence_sheet(offence: Offence, registry: Registry, on: date) -> OffenceSheet:
    """The sheet of an offence."""
    known = [code for code in sorted(registry.states) if registry.states[code].offences]
    covers = [coverage(registry, code, offence.id, on) for code in known]
    return OffenceSheet(
        offence=offence,
        as_of=on,
        covered=tuple(
            CoveringState(
                state=cover.state,
                name=state_name(cover.state),
                sections=tuple(dict.fromkeys(name_of(section) for section in cover.sections)),
                through=cover.through,
                max_years=cover.max_years,
                life_only=cover.life_only,
            )
            for cover in covers
            if cover.sections
        ),
        not_found=tuple(cover.state for cover in covers if not cover.sections),
    )
