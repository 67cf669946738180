"""Texts, each with where it comes from, so that it can be checked, translated and traced by itself."""

from enum import StrEnum

import msgspec

from comity.law import Confidence
from comity.letters.model.record import Record


class OriginKind(StrEnum):
    CASE_FILE = "case_file"
    PLAN = "plan"
    LAW_DATA = "law_data"
    WORDING = "wording"
    """Fixed wording of Comity alone."""
    DRAFTER = "drafter"
    """Written into the letter by a person."""
    RECEIVED = "received"
    """Read from a letter that arrived."""


class Origin(Record, frozen=True, kw_only=True):
    """Where a content of a letter comes from."""

    kind: OriginKind
    where: str = ""
    """Key of the case file, step and holder of the plan, instrument and article, or section of a law."""
    url: str = ""
    as_of: str = ""
    confidence: Confidence | None = None
    """None: not a matter of confidence, such as what the case file says."""


class Text(Record, frozen=True, kw_only=True):
    """One text of a letter.

    Fixed wording names its `phrase`, so that any language with a catalogue can say it; `text` then holds it in
    `language` all the same, so that the letter can be read without one. A text without a phrase is free: only a
    translator can turn it into another language.
    """

    text: str
    language: str = "en"
    """BCP 47."""
    phrase: str = ""
    """Key in the catalogues of wording; empty: free text."""
    arguments: dict[str, str] = msgspec.field(default_factory=dict)
    """What the phrase is about: codes of states, ids of measures, ISO dates, free words."""
    origin: Origin

    @property
    def free(self) -> bool:
        """Whether a translator must turn it into another language."""
        return not self.phrase
