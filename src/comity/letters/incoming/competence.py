"""Who deals with a request here, and whether it is in a language that is accepted."""

import re
import unicodedata

from comity.law import Route
from comity.law.names import is_language, language_name, official_languages
from comity.letters.incoming.examination import Competence, Desk, LanguageFinding, Tongue
from comity.letters.model import Letter
from comity.letters.shown import Shown

_SMALL = frozenset("the of for and de la le du des der die das und fuer y del da do".split())
_ENOUGH = 0.6
_OF_DATA = "en"
"""Language in which our data name most authorities."""


def competence_of(letter: Letter, route: Route | None) -> Competence:
    """The authority that the route names, against the one that the letter was sent to."""
    to = letter.addressee.name
    if route is None or not route.addressee.name:
        note = route.addressee.note if route is not None else ""
        return Competence(desk=Desk.UNKNOWN, addressed_to=to, note=note or "our data name no authority for it")
    there = route.addressee
    desk = Desk.RIGHT if to and _is_same(to, there.name) else Desk.OTHER
    if not to or (desk is Desk.OTHER and not letter.language.startswith(_OF_DATA)):
        desk = Desk.UNKNOWN  # one authority has a name in each language
    return Competence(desk=desk, addressed_to=to, authority=there.name, city=there.city, url=there.url, note=there.note)


def language_of(letter: Letter, route: Route | None, shown: Shown | None = None) -> LanguageFinding:
    """The language of the letter, as its pages are, against those of the authority, else of the state."""
    language = (shown.language if shown is not None else letter.language).split("-", maxsplit=1)[0]
    found = _accepted(letter, route, language)
    if shown is None or not shown.untranslated or found.state is not Tongue.ACCEPTED:
        return found
    places = "1 place is" if shown.untranslated == 1 else f"{shown.untranslated} places are"
    why = f"it is in {language_name(language)}, but {places} marked as still to be translated"
    return LanguageFinding(state=Tongue.NOT_ACCEPTED, language=language, accepted=found.accepted, why=why)


def _accepted(letter: Letter, route: Route | None, language: str) -> LanguageFinding:
    named = _codes(route.addressee.languages if route is not None else "")
    named = named or _codes(";".join(letter.addressee.languages))  # as the sender's law data name them
    official = official_languages(letter.addressee.state) if letter.addressee.state else ()
    if language in named:
        return LanguageFinding(
            state=Tongue.ACCEPTED, language=language, accepted=named, why="the authority here accepts it"
        )
    if language in official:
        return LanguageFinding(
            state=Tongue.ACCEPTED, language=language, accepted=official, why="it is an official language here"
        )
    if named:
        wanted = ", ".join(map(language_name, named))
        why = f"it is in {language_name(language)}; the authority here accepts {wanted}"
        return LanguageFinding(state=Tongue.NOT_ACCEPTED, language=language, accepted=named, why=why)
    why = f"it is in {language_name(language)}; which languages are accepted here was not sourced"
    return LanguageFinding(state=Tongue.UNKNOWN, language=language, accepted=official, why=why)


def _codes(languages: str) -> tuple[str, ...]:
    found = re.findall(r"[a-z]{2,3}", languages)
    return tuple(dict.fromkeys(code for code in found if is_language(code)))


def _is_same(one: str, other: str) -> bool:
    """Whether two names are one authority's: most words of a part of the first, the address aside, are in the other."""
    there = _words(other)
    parts = [words for words in map(_words, one.split(",")) if words]
    return any(len(words & there) >= _ENOUGH * len(words) and len(words & there) > 1 for words in parts)


def _words(name: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ü", "ue").replace("ö", "oe").replace("ä", "ae"))
    bare = "".join(character for character in plain if not unicodedata.combining(character))
    return set(re.findall(r"\w{2,}", bare)) - _SMALL
