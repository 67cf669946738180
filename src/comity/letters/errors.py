"""What `letters` raises.

::

    ComityError
    └── LettersError
        ├── LettersDataError   a table under ``letters/data`` that breaks its schema
        ├── NoLetterError      a step, route or kind for which there is no letter
        └── NotReadyError      a letter with gaps, where only a complete one is wanted
"""

from comity.errors import ComityError


class LettersError(ComityError):
    """Base of the errors of drafting."""


class LettersDataError(LettersError):
    """A table of this package that breaks its schema."""

    def __init__(self, *, file: str, problem: str) -> None:
        self.file = file
        super().__init__(f"{file}: {problem}; mend the table")


class NoLetterError(LettersError):
    """There is no letter for what was asked; says what there is instead."""

    def __init__(self, *, what: str, problem: str, remedy: str) -> None:
        self.what = what
        super().__init__(f"{what}: {problem}; {remedy}")


class NotReadyError(LettersError):
    """A letter that has gaps and must not leave; names each of them."""

    def __init__(self, *, what: str, gaps: tuple[str, ...]) -> None:
        self.what = what
        self.gaps = gaps
        super().__init__(f"{what} is not ready: {'; '.join(gaps)}")
