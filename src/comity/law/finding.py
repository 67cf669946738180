"""What a check of the law data found: a value, with the place and the remedy."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether the data may be used as they are."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Finding:
    """One thing to mend in one place."""

    file: str
    """Path below the data folder, with forward slashes."""
    row: str
    """Line of a CSV file, or the place inside a TOML file; empty: the file as a whole."""
    code: str
    severity: Severity
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file} {self.row}".rstrip()
        return f"{place}: {self.problem}; {self.remedy} [{self.code}]"


def error(file: str, row: str, code: str, problem: str, remedy: str) -> Finding:
    """A finding that must be mended before the data are used."""
    return Finding(file=file, row=row, code=code, severity=Severity.ERROR, problem=problem, remedy=remedy)


def warning(file: str, row: str, code: str, problem: str, remedy: str) -> Finding:
    """A finding that a person should look at."""
    return Finding(file=file, row=row, code=code, severity=Severity.WARNING, problem=problem, remedy=remedy)
