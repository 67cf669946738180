"""Boxes of official forms: each stands there, ticked where the letter's data say so."""

import re

from comity.letters.errors import LettersDataError
from comity.letters.fields import content
from comity.letters.model import Letter
from comity.letters.render.setting import Setting
from comity.letters.tables import Box, Part, boxes

TICKED, EMPTY = "[X]", "[ ]"
"""In letters of every font, and read out as they are."""


def put_boxes(setting: Setting, part: Part) -> None:
    """The boxes of a section, in its order."""
    for name in part.boxes:
        box = boxes()[name]
        mark = TICKED if is_ticked(box, setting.letter) else EMPTY
        setting.line(f"{mark} {setting.catalogue.say(box.label)}")


def is_ticked(box: Box, letter: Letter) -> bool:
    """Whether the letter's data tick a box, or what a person said of it; what nobody said does not."""
    return any(_holds(rule, letter) for rule in box.when) or _says(box, letter)


def _says(box: Box, letter: Letter) -> bool:
    """Whether a person's words name this box, and none of those that exclude it."""
    if not box.words_of:
        return False
    said = [p.text.text for p in letter.particulars if p.field == box.words_of]
    named = {other.id for other in boxes().values() if other.words_of == box.words_of and _names(other, said)}
    return named == {box.id}


def _names(box: Box, said: list[str]) -> bool:
    return any(re.search(word, text, re.IGNORECASE) for text in said for word in box.words)


def _holds(rule: str, letter: Letter) -> bool:
    name, _, rest = rule.partition(":")
    match name:
        case "always":
            return True
        case "has":
            return bool(content(letter, rest))
        case "said":
            field, _, phrase = rest.partition(":")
            return any(p.field == field and p.text.phrase == phrase for p in letter.particulars)
        case "measure":
            return any(item.measure.value in rest.split(",") for item in letter.assistance)
        case "years":
            known = [offence.max_penalty_years for offence in letter.offences]
            known += [p.max_penalty_years for offence in letter.offences for p in offence.provisions]
            return any(years is not None and years >= float(rest) for years in known)
        case _:
            raise LettersDataError(file="letters/data/boxes.toml", problem=f"{rule!r} is no rule")
