"""What reading a translator's file raises.

::

    LettersError
    └── XliffError
        ├── XliffFileError          not XLIFF 2, broken, hostile or past a limit
        ├── OtherLetterError        a file made for another letter, or in another language
        ├── StaleTranslationError   the letter says something else now than the translator saw
        └── LostPlaceholderError    a translation without an exact value that its source has, or with one too many
"""

from comity.letters.errors import LettersError

SHOWN = 3


class XliffError(LettersError):
    """Base of the errors of translators' files."""


class XliffFileError(XliffError):
    """A file that cannot be read as XLIFF 2."""

    def __init__(self, *, problem: str, remedy: str) -> None:
        self.problem = problem
        super().__init__(f"the XLIFF file {problem}; {remedy}")


class OtherLetterError(XliffError):
    """A file that was made for another letter."""

    def __init__(self, *, what: str, expected: str, actual: str) -> None:
        self.expected = expected
        self.actual = actual
        super().__init__(
            f"the XLIFF file is of another letter: its {what} is {actual!r}, that of the letter {expected!r};"
            " give the file that was exported from this letter"
        )


class StaleTranslationError(XliffError):
    """Texts that the letter no longer has as the translator saw them."""

    def __init__(self, *, places: tuple[str, ...]) -> None:
        self.places = places
        super().__init__(
            f"the letter has changed since the XLIFF file was made, at {_listed(places)};"
            " export it again, with what was translated so far"
        )


class LostPlaceholderError(XliffError):
    """A translation whose exact values are not those of its source."""

    def __init__(self, *, place: str, lost: tuple[str, ...], extra: tuple[str, ...]) -> None:
        self.place = place
        self.lost = lost
        self.extra = extra
        told = [f"lacks {_listed(lost)}"] if lost else []
        told += [f"has {_listed(extra)} too often or from elsewhere"] if extra else []
        super().__init__(f"the translation of {place} {' and '.join(told)}; put each exact value of the source in once")


def _listed(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:SHOWN])
    return f"{shown} and {len(names) - SHOWN} more" if len(names) > SHOWN else shown
