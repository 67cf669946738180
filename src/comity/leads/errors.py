"""What `leads` raises.

::

    ComityError
    └── LeadsError
        ├── UnreadableInputError    nothing at this path can be read at all
        └── LimitError              an input that goes past a limit (size, depth, count)
"""

from comity.errors import ComityError


class LeadsError(ComityError):
    """Base of the errors of reading evidence."""


class UnreadableInputError(LeadsError):
    """A path that does not exist or holds nothing to read."""

    def __init__(self, *, path: str, problem: str, remedy: str) -> None:
        self.path = path
        super().__init__(f"{path}: {problem}; {remedy}")


class LimitError(LeadsError):
    """An input that goes past one of the `Limits`."""

    def __init__(self, *, path: str, limit: str, allowed: int, actual: int | None = None) -> None:
        self.path = path
        self.limit = limit
        self.allowed = allowed
        self.actual = actual
        found = "" if actual is None else f" (found {actual:,})"
        super().__init__(f"{path}: more than {limit} = {allowed:,}{found}; split the input or raise the limit")
