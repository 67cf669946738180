"""In which language the pages of one of our own letters are: its data keep the language in which it was drafted."""

import re

from comity.letters.drafted import Drafted
from comity.letters.model import Letter
from comity.letters.model.record import Record
from comity.letters.read.opened import Opened
from comity.letters.recognise.cues import folded
from comity.letters.recognise.language import language_of
from comity.letters.render.furniture import language_name
from comity.letters.wording import catalogue, languages


class Shown(Record, frozen=True, kw_only=True):
    """What is shown."""

    language: str
    """ISO 639."""
    untranslated: int = 0
    """Places that are marked as still to be translated."""


def shown_of(letter: Letter, held: Drafted | None, opened: Opened) -> Shown:
    """By what the cover says, else by the words; a file that is data alone by the rendition that it holds."""
    if not opened.lines:
        rendition = held.rendition if held is not None else None
        if rendition is None:
            return Shown(language=letter.language)
        left = sum(text.to_translate for text in rendition.texts)
        return Shown(language=rendition.language, untranslated=left)
    lines = [_bare(line.text) for line in opened.lines]
    found, sure = language_of("\n".join(line.text for line in opened.lines))
    language = _declared(lines) or (found if sure else letter.language)
    return Shown(language=language, untranslated=_marks(language, opened))


def _marks(language: str, opened: Opened) -> int:
    """Lines with the mark of what is to be translated; its words from the right may come in another order."""
    if language not in languages() or language == catalogue().language:
        return 0
    mark = frozenset(catalogue(language).say("label.to_translate").split())
    return sum("[" in line.text and mark <= frozenset(re.split(r"[\s\[\]]+", line.text)) for line in opened.lines)


def _declared(lines: list[str]) -> str:
    """The language that the cover names in itself."""
    for code in languages():
        label, name = _bare(catalogue(code).say("page.language")), _bare(language_name(code))
        # beside its original, a second language follows
        if any(line.startswith(label + name) or line == name + label for line in lines):
            return code
    return ""


def _bare(text: str) -> str:
    return "".join(character for character in folded(text) if character.isalnum())
