"""What a check says: for each requirement whether the letter answers it, and what to do where it does not."""

from enum import StrEnum

from comity.law import Confidence
from comity.letters.model.record import Record
from comity.letters.model.text import Text


class State(StrEnum):
    PRESENT = "present"
    WEAK = "weak"
    """Something is said that the officer there would send back."""
    MISSING = "missing"


class Finding(Record, frozen=True, kw_only=True):
    """One requirement, and how the letter meets it."""

    id: str
    """Id of the requirement; ``article:<instrument>:<name>`` for one that an instrument's article sets."""
    requirement: str = ""
    """Id of the requirement whose reason and example it carries; empty: none."""
    field: str
    state: State
    required: bool
    """False: advice, which does not hold the letter back."""
    title: str
    articles: str
    why: str
    """Why the officer on the other side needs it."""
    example: str
    """Good text."""
    problems: tuple[Text, ...] = ()
    source_url: str = ""
    confidence: Confidence

    @property
    def is_article(self) -> bool:
        """Whether an article of the instrument asks for it."""
        return self.id.startswith("article:")

    @property
    def is_gap(self) -> bool:
        """Whether it keeps the letter from leaving."""
        return self.required and self.state is not State.PRESENT


class Report(Record, frozen=True, kw_only=True):
    """Every finding of one letter."""

    ready: bool
    """No gap: what is required is there and good enough to send."""
    findings: tuple[Finding, ...]
    advice: tuple[str, ...] = ()
    """What the instrument asks for beside the letter itself."""

    @property
    def gaps(self) -> tuple[Finding, ...]:
        """What keeps the letter from leaving, the missing first; what an article asks again is not told twice."""
        every = [finding for finding in self.findings if finding.is_gap]
        named = {finding.field for finding in every if not finding.is_article}
        found = [finding for finding in every if not (finding.is_article and finding.field in named)]
        return tuple(sorted(found, key=lambda finding: finding.state is not State.MISSING))

    @property
    def advised(self) -> tuple[Finding, ...]:
        """What would make it better."""
        return tuple(f for f in self.findings if not f.required and f.state is not State.PRESENT)
