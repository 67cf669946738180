"""Letters of request: from a step of the plan to what the other side's officer can execute, checked before it leaves.

>>> from comity.letters import Kind, kinds
>>> kinds()[Kind.LETTER_ROGATORY].family.value
'judicial'
"""

from comity.letters.address import texts, with_texts
from comity.letters.briefing import brief_for, steps_with_letters
from comity.letters.checks import Expected, Finding, Report, State, check_letter, expected_of
from comity.letters.compose import Brief, Statements, answer, compose, follow_up, kind_for
from comity.letters.drafted import Drafted, checked, draft, from_json, require_ready, to_json
from comity.letters.errors import LettersDataError, LettersError, NoLetterError, NotReadyError
from comity.letters.model import Kind, Letter, Origin, OriginKind, Text
from comity.letters.render import Page, lay_out, plain_text
from comity.letters.tables import kinds
from comity.letters.wording import catalogue, languages

__all__ = [
    "Brief",
    "Drafted",
    "Expected",
    "Finding",
    "Kind",
    "Letter",
    "LettersDataError",
    "LettersError",
    "NoLetterError",
    "NotReadyError",
    "Origin",
    "OriginKind",
    "Page",
    "Report",
    "State",
    "Statements",
    "Text",
    "answer",
    "brief_for",
    "catalogue",
    "check_letter",
    "checked",
    "compose",
    "draft",
    "expected_of",
    "follow_up",
    "from_json",
    "kind_for",
    "kinds",
    "languages",
    "lay_out",
    "plain_text",
    "require_ready",
    "steps_with_letters",
    "texts",
    "to_json",
    "with_texts",
]
