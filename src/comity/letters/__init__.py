"""Letters of request: from a step of the plan to what the other side's officer can execute, checked before it leaves.

>>> from comity.letters import Kind, kinds
>>> kinds()[Kind.LETTER_ROGATORY].family.value
'judicial'
"""

from comity.letters.address import texts, with_texts
from comity.letters.briefing import brief_for, steps_with_letters
from comity.letters.checks import Expected, Finding, Report, State, check_letter, expected_of
from comity.letters.compose import Brief, Statements, answer, compose, follow_up, kind_for
from comity.letters.drafted import (
    Drafted,
    checked,
    draft,
    from_json,
    in_language,
    in_words_of,
    require_ready,
    to_json,
    translated,
)
from comity.letters.errors import FontsError, LettersDataError, LettersError, NoLetterError, NotReadyError
from comity.letters.language import Choice, choose_language
from comity.letters.model import Kind, Letter, Origin, OriginKind, Text
from comity.letters.render import Page, PairedPage, lay_out, pair, paired_text, plain_text
from comity.letters.rendition import Rendered, Rendition
from comity.letters.tables import kinds
from comity.letters.translation import Translated, Translation, TranslationState, free_texts, untranslated
from comity.letters.wording import catalogue, languages

__all__ = [
    "Brief",
    "Choice",
    "Drafted",
    "Expected",
    "Finding",
    "FontsError",
    "Kind",
    "Letter",
    "LettersDataError",
    "LettersError",
    "NoLetterError",
    "NotReadyError",
    "Origin",
    "OriginKind",
    "Page",
    "PairedPage",
    "Rendered",
    "Rendition",
    "Report",
    "State",
    "Statements",
    "Text",
    "Translated",
    "Translation",
    "TranslationState",
    "answer",
    "brief_for",
    "catalogue",
    "check_letter",
    "checked",
    "choose_language",
    "compose",
    "draft",
    "expected_of",
    "follow_up",
    "free_texts",
    "from_json",
    "in_language",
    "in_words_of",
    "kind_for",
    "kinds",
    "languages",
    "lay_out",
    "pair",
    "paired_text",
    "plain_text",
    "require_ready",
    "steps_with_letters",
    "texts",
    "to_json",
    "translated",
    "untranslated",
    "with_texts",
]
