"""What `docket` raises.

::

    ComityError
    └── DocketError
        ├── ActError            an act that cannot be done now: where the request stands, and what can be done
        ├── HistoryError        events that cannot have happened one after the other
        └── DocketDataError     a table under ``docket/data`` that breaks its schema
"""

from comity.errors import ComityError


class DocketError(ComityError):
    """Base of the errors of the docket."""


class ActError(DocketError):
    """An act that cannot be done now."""

    def __init__(self, *, act: str, problem: str, remedy: str) -> None:
        self.act = act
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{act}: {problem}; {remedy}")


class HistoryError(DocketError):
    """Events that cannot have happened one after the other."""

    def __init__(self, *, number: int, cause: ActError) -> None:
        self.number = number
        """Of the event, from 1."""
        self.cause = cause
        super().__init__(f"event {number}: {cause}")


class DocketDataError(DocketError):
    """A table of the docket that breaks its schema."""

    def __init__(self, *, file: str, problem: str) -> None:
        self.file = file
        super().__init__(f"docket/data/{file}: {problem}; mend the table")
