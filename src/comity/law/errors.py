"""What `law` raises.

::

    ComityError
    └── LawError
        ├── UnknownTermError    a state, measure, offence or instrument that the registry does not know
        ├── SameStateError      a question whose two states are one
        ├── StepError           a step of a what-if that nobody can take, or that cannot be read
        └── LawDataError        a data file that cannot be read as its schema says
"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from comity.errors import ComityError

MOST_NAMED = 60
"""A vocabulary longer than this is not listed in an error."""
_SHOWN = 3


class LawError(ComityError):
    """Base of the errors of the law engine."""


class UnknownTermError(LawError):
    """A term that is not in the vocabulary; names its nearest neighbours."""

    def __init__(self, *, what: str, term: str, known: Iterable[str]) -> None:
        choices: Sequence[str] = sorted(known)
        self.what = what
        self.term = term
        self.nearest = _nearest(term, choices)
        known_are = (
            f"known are: {', '.join(choices)}" if len(choices) <= MOST_NAMED else f"none of {len(choices):,} is near it"
        )
        hint = f"did you mean {', '.join(self.nearest)}?" if self.nearest else known_are
        super().__init__(f"unknown {what} {term!r}; {hint}")


def _nearest(term: str, choices: Sequence[str]) -> tuple[str, ...]:
    """First the names that go on where the term stops: of ``in-us`` its treaties, and not ``is-us``."""
    wanted = term.strip().casefold()
    spelt = {choice.casefold(): choice for choice in choices}
    longer = [folded for folded in spelt if wanted and folded.startswith(f"{wanted}-")]
    close = get_close_matches(wanted, spelt, n=_SHOWN, cutoff=0.5)
    return tuple(spelt[folded] for folded in dict.fromkeys((*longer, *close)))[:_SHOWN]


class SameStateError(LawError):
    """A state needs no route to itself."""

    def __init__(self, state: str) -> None:
        self.state = state
        super().__init__(f"{state} asks itself; name two different states, or order it under domestic law")


class StepError(LawError):
    """A step of a what-if that nobody can take, or a sentence that says none."""

    def __init__(self, *, step: str, problem: str, remedy: str) -> None:
        self.step = step
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{step!r}: {problem}; {remedy}")


class LawDataError(LawError):
    """A row of a data file that breaks its schema."""

    def __init__(self, *, file: str, where: str, problem: str, remedy: str) -> None:
        self.file = file
        self.where = where
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{file} {where}: {problem}; {remedy}")
