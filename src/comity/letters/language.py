"""In which language a letter goes out: as asked, else one that the addressee accepts, else that of the draft."""

from dataclasses import dataclass

from comity.law.names import language_name
from comity.letters.errors import NoLetterError
from comity.letters.model import Letter
from comity.letters.translation import same_language
from comity.letters.wording import catalogue_tag, languages


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A language, and why it."""

    language: str
    """The tag of its catalogue."""
    why: str
    """In words, for who drafts."""


def choose_language(letter: Letter, asked: str = "") -> Choice:
    """The language of a letter; NoLetterError where one is asked for in which there is no wording.

    What the addressee accepts is what the law data say of the authority; where they say nothing, the letter goes out as
    it was drafted.
    """
    if asked:
        known = _known(asked)
        return Choice(language=known, why=f"{language_name(known)}: asked for")
    own = catalogue_tag(letter.language)
    accepted = letter.addressee.languages
    name = language_name(own)
    if not accepted:
        return Choice(language=own, why=f"{name}: which languages the addressee accepts is not known, ask it")
    told = ", ".join(language_name(code) for code in accepted)
    if any(same_language(code, own) for code in accepted):
        return Choice(language=own, why=f"{name}: the addressee accepts it")
    found = next((tag for code in accepted if (tag := catalogue_tag(code))), "")
    if found:
        return Choice(language=found, why=f"{language_name(found)}: the addressee accepts {told}")
    return Choice(
        language=own, why=f"{name}: the addressee accepts {told}, in which there is no wording; have it translated"
    )


def _known(asked: str) -> str:
    known = catalogue_tag(asked)
    if not known:
        raise NoLetterError(
            what=f"language {asked!r}",
            problem="there is no wording in it",
            remedy=f"choose one of {', '.join(f'{tag} ({language_name(tag)})' for tag in languages())}",
        )
    return known
