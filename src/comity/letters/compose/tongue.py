"""In which language the words of the case file are: that of the letter as it is drafted."""

from typing import Any

import msgspec

from comity.letters.errors import NoLetterError
from comity.letters.model import Letter, OriginKind, Provision, Text
from comity.letters.wording import ORIGINAL, catalogue_tag, languages


def in_tongue(letter: Letter, language: str) -> Letter:
    """A letter whose free words are in a language: fixed wording is said in it, what the case file tells is of it.

    Headings of sections that the law data give are in English and are left out of it. NoLetterError where there is no
    wording in the language.
    """
    tag = catalogue_tag(language)
    if not tag:
        raise NoLetterError(
            what=f"a case file in {language!r}",
            problem="there is no wording in it",
            remedy=f"write the case file in one of {', '.join(languages())}, and say which in its key language",
        )
    if tag == ORIGINAL:
        return letter
    changed: Letter = msgspec.convert(_told(letter, tag), Letter)
    return msgspec.structs.replace(changed, language=tag)


def _told(value: object, language: str) -> Any:
    if isinstance(value, Text):
        own = value.free and value.origin.kind is OriginKind.CASE_FILE
        return msgspec.to_builtins(msgspec.structs.replace(value, language=language) if own else value)
    if isinstance(value, Provision) and value.origin.kind is OriginKind.LAW_DATA:
        return msgspec.to_builtins(msgspec.structs.replace(value, title=""))
    if isinstance(value, msgspec.Struct):
        return {name: _told(getattr(value, name), language) for name in value.__struct_fields__}
    if isinstance(value, tuple):
        return [_told(item, language) for item in value]
    return msgspec.to_builtins(value)
