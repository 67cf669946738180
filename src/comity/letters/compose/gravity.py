"""Whether an offence of the case may be punished by death where it is prosecuted."""

from functools import lru_cache

from comity.law.penalty import LIFE_OR_DEATH_YEARS
from comity.letters.compose.brief import Brief
from comity.letters.compose.law import offences
from comity.letters.model import Offence
from comity.letters.tables import Row, read_table


class _Abolished(Row, frozen=True, kw_only=True):
    """States whose law knows no death penalty for any crime."""

    states: tuple[str, ...]
    source_url: str
    as_of: str
    confidence: str


def may_bear_death(brief: Brief) -> bool:
    """Whether the case's own penalty or a section that it names is life or death, in a state that may impose death.

    The tables write life and death as one figure; a state that is not known to have abolished death may impose it.
    """
    if brief.case.requesting_state in _abolished():
        return False
    return any(gravest(offence) >= LIFE_OR_DEATH_YEARS for offence in offences(brief))


def gravest(offence: Offence) -> float:
    """The heaviest penalty that is known of an offence, in years; 0: none is."""
    known = (offence.max_penalty_years, *(provision.max_penalty_years for provision in offence.provisions))
    return max((years for years in known if years is not None), default=0)


@lru_cache(maxsize=1)
def _abolished() -> frozenset[str]:
    return frozenset(read_table("abolished.toml", _Abolished).states)
