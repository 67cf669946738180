"""`check_law_data`: every finding over a data folder, what could not be read included."""

from comity.law.checks import CHECKS
from comity.law.finding import Finding, Severity
from comity.law.reading import Reading


def check_law_data(reading: Reading) -> tuple[Finding, ...]:
    """All findings, by file and row; errors and warnings together."""
    found = [finding for check in CHECKS for finding in check(reading)]
    return tuple(sorted({*reading.findings, *found}))


def has_errors(findings: tuple[Finding, ...]) -> bool:
    """Whether one of them forbids using the data."""
    return any(finding.severity is Severity.ERROR for finding in findings)
