"""What `plan` raises.

::

    ComityError
    └── PlanError
        ├── CaseFileError      a case folder or case file that cannot be used as it is
        ├── PlanDayError       a day for which no plan can be made
        └── PlanDataError      a table under ``plan/data`` that breaks its schema
"""

from datetime import date

from comity.errors import ComityError


class PlanError(ComityError):
    """Base of the errors of planning."""


class CaseFileError(PlanError):
    """A case folder or case file that cannot be used; says where and how to mend it."""

    def __init__(self, *, path: str, problem: str, remedy: str, line: int = 0) -> None:
        self.path = path
        self.line = line
        self.problem = problem
        self.remedy = remedy
        place = f"{path} line {line}" if line else path
        super().__init__(f"{place}: {problem}; {remedy}")


class PlanDataError(PlanError):
    """A table of the planner that breaks its schema."""

    def __init__(self, *, file: str, problem: str) -> None:
        self.file = file
        super().__init__(f"{file}: {problem}; mend the table")


class PlanDayError(PlanError):
    """A day for which no plan can be made."""

    def __init__(self, *, on: date, first: date, last: date) -> None:
        self.on = on
        super().__init__(f"{on}: no plan can be made for this day; choose one from {first} to {last}")
