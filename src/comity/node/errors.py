"""What a node refuses, and why; `comity.node.middleware` turns each into an answer in one place.

::

    ComityError
    └── NodeError
        ├── ConfigError        a setting that cannot be
        ├── NotAllowedError    the person lacks the right, and may know that the thing is there
        ├── HiddenError        the person may not know whether the thing is there
        ├── StepUpError        the act needs a fresh proof that the person is present
        ├── InvalidError       input that cannot be taken, by field
        └── ChangedError       somebody else changed it first; nothing was written
"""

from collections.abc import Mapping

from comity.errors import ComityError


class NodeError(ComityError):
    """Base of what a node refuses."""


class ConfigError(NodeError):
    """A setting that cannot be; the text names file and field."""


class NotAllowedError(NodeError):
    """The person lacks a right for a thing that he or she may know of."""


class HiddenError(NodeError):
    """The thing is not there, or the person may not know that it is: both read alike."""

    def __init__(self) -> None:
        super().__init__("there is nothing here, or nothing that you may see")


class StepUpError(NodeError):
    """The act needs a fresh proof of presence."""


class InvalidError(NodeError):
    """Input that cannot be taken: problems by field (the empty field: the whole)."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{field}: {text}" if field else text for field, text in problems.items()))
        self.problems = dict(problems)


class ChangedError(NodeError):
    """Somebody else changed it since it was read; `actual` is the version that stands now."""

    def __init__(self, *, expected: int, actual: int) -> None:
        super().__init__(f"it was changed by somebody else (version {actual}; you saw {expected}): read it again")
        self.expected, self.actual = expected, actual
