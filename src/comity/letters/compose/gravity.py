"""Whether an offence of the case may be punished by death where it is prosecuted."""

from functools import lru_cache

from comity.law.penalty import LIFE_OR_DEATH_YEARS
from comity.letters.compose.brief import Brief
from comity.letters.compose.law import offences
from comity.letters.compose.lawtext import law_texts
from comity.letters.model import LawText, Offence
from comity.letters.recognise.cues import cues, folded, phrase
from comity.letters.tables import Row, read_table


class _Abolished(Row, frozen=True, kw_only=True):
    """States whose law knows no death penalty for any crime."""

    states: tuple[str, ...]
    source_url: str
    as_of: str
    confidence: str


def may_bear_death(brief: Brief) -> bool:
    """Whether the case's own penalty or a section that it names may be death, in a state that may impose it.

    Life and death are one figure; that it is life alone must be known of the section. A state that is not known to have
    abolished death may impose it.
    """
    return bears_death(brief.case.requesting_state, offences(brief), law_texts(brief))


def bears_death(state: str, offences: tuple[Offence, ...], texts: tuple[LawText, ...]) -> bool:
    """Whether offences may be punished by death where a state prosecutes them: by figure, or in the plain words of a
    law."""
    if state in _abolished():
        return False
    told = phrase(cues().phrase["death_penalty"])
    worded = any(told.search(folded(said.text)) for text in texts for said in text.paragraphs)
    return worded or any(_death(offence) for offence in offences)


def _death(offence: Offence) -> bool:
    grave = [p for p in offence.provisions if (p.max_penalty_years or 0) >= LIFE_OR_DEATH_YEARS]
    if grave:
        return not all(provision.life_only for provision in grave)
    return gravest(offence) >= LIFE_OR_DEATH_YEARS


def gravest(offence: Offence) -> float:
    """The heaviest penalty that is known of an offence, in years; 0: none is."""
    known = (offence.max_penalty_years, *(provision.max_penalty_years for provision in offence.provisions))
    return max((years for years in known if years is not None), default=0)


@lru_cache(maxsize=1)
def _abolished() -> frozenset[str]:
    return frozenset(read_table("abolished.toml", _Abolished).states)
