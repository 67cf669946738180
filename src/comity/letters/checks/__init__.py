"""Checks that suffice: what the officer on the other side would send back, before it is sent."""

from comity.letters.checks.check import CHECKS, check_letter, judge
from comity.letters.checks.expected import Expected, contents_of, expected, expected_of
from comity.letters.checks.finding import Finding, Report, State
from comity.letters.checks.requirement import Requirement, applies, content_row, has_field, requirements

__all__ = [
    "CHECKS",
    "Expected",
    "Finding",
    "Report",
    "Requirement",
    "State",
    "applies",
    "check_letter",
    "content_row",
    "contents_of",
    "expected",
    "expected_of",
    "has_field",
    "judge",
    "requirements",
]
