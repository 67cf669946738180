"""The word of one check on one field."""

from collections.abc import Iterable
from dataclasses import dataclass

from comity.letters.checks.expected import Expected
from comity.letters.checks.finding import State
from comity.letters.fields import Content
from comity.letters.model import Letter, Text
from comity.letters.wording import said


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a check looks at."""

    letter: Letter
    field: str
    content: Content
    """What the letter has in the field; never empty."""
    about: str
    """What stands after the colon of the check's name."""
    measures: tuple[str, ...]
    """Measures that the requirement is about; empty: any."""
    expected: Expected

    @property
    def words(self) -> str:
        """The texts of the field, a line each."""
        return "\n".join(item.text for item in self.content if isinstance(item, Text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Present, weak or missing, and why."""

    state: State
    problems: tuple[Text, ...] = ()


PRESENT = Verdict(state=State.PRESENT)


def problem(key: str, **arguments: str) -> Text:
    """A problem in fixed wording."""
    return said(f"problem.{key}", arguments)


def missing(*problems: Text) -> Verdict:
    """What is required is not there."""
    return Verdict(state=State.MISSING, problems=problems)


def weak_if(problems: Iterable[Text]) -> Verdict:
    """Weak for each problem; present where there is none."""
    found = tuple(problems)
    return Verdict(state=State.WEAK, problems=found) if found else PRESENT
