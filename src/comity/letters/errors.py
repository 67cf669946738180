"""What `letters` raises.

::

    ComityError
    └── LettersError
        ├── LettersDataError   a table under ``letters/data`` that breaks its schema
        ├── SigningError       a key, certificate, place or time stamp with which nothing can be signed
        ├── NotTheLetterError  a signed file that is not what may go out (comity.letters.sign.outgoing)
        ├── LetterFileError    a file that cannot be read as a letter
        │   ├── LetterLimitError    it goes past a limit (size, pages, depth, count)
        │   └── ActiveContentError  it holds scripts, actions or files that a letter must not bring
        ├── NoLetterError      a step, route or kind for which there is no letter
        ├── NotReadyError      a letter with gaps, where only a complete one is wanted
        ├── FontsError         a script for which this machine has no font
        └── TypesettingError   a page that the compiler refused: a fault of ours
"""

from comity.errors import ComityError


class LettersError(ComityError):
    """Base of the errors of drafting."""


class LettersDataError(LettersError):
    """A table of this package that breaks its schema."""

    def __init__(self, *, file: str, problem: str) -> None:
        self.file = file
        super().__init__(f"{file}: {problem}; mend the table")


class SigningError(LettersError):
    """Nothing can be signed with what was given."""

    def __init__(self, *, what: str, problem: str, remedy: str) -> None:
        self.what = what
        super().__init__(f"{what}: {problem}; {remedy}")


class LetterFileError(LettersError):
    """A file that cannot be read as a letter."""

    def __init__(self, *, path: str, problem: str, remedy: str) -> None:
        self.path = path
        super().__init__(f"{path}: {problem}; {remedy}")


class LetterLimitError(LetterFileError):
    """A file that goes past one of the `ReadLimits`."""

    def __init__(self, *, path: str, limit: str, allowed: int, actual: int | None = None) -> None:
        self.limit = limit
        self.allowed = allowed
        self.actual = actual
        found = "" if actual is None else f" (found {actual:,})"
        super().__init__(
            path=path, problem=f"more than {limit} = {allowed:,}{found}", remedy="ask for a plain copy of the letter"
        )


class ActiveContentError(LetterFileError):
    """A file with something in it that acts, or with files inside: never opened, only named."""

    def __init__(self, *, path: str, found: tuple[str, ...]) -> None:
        self.found = found
        super().__init__(
            path=path,
            problem=f"it holds {', '.join(found)}",
            remedy="treat it as hostile, and ask for a plain copy of the letter",
        )


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


class FontsError(LettersError):
    """A letter in a script for which this machine has no font; names the package that brings it."""

    def __init__(self, *, script: str, package: str, problem: str) -> None:
        self.script = script
        self.package = package
        super().__init__(problem)


class TypesettingError(LettersError):
    """The compiler refused a page, or warned of it; the letter can still be had as DOCX or text."""

    def __init__(self, *, reference: str, problem: str) -> None:
        self.problem = problem
        super().__init__(f"{reference} could not be set: {problem}; report it, and use --format docx meanwhile")
