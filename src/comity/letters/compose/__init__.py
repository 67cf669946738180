"""From a case and the steps of its plan to a letter; from an earlier letter to the next one."""

from comity.letters.compose.brief import Brief
from comity.letters.compose.draft import compose, kind_for, reference_of, statement_fields
from comity.letters.compose.later import Statements, about, answer, follow_up, stated

__all__ = [
    "Brief",
    "Statements",
    "about",
    "answer",
    "compose",
    "follow_up",
    "kind_for",
    "reference_of",
    "stated",
    "statement_fields",
]
