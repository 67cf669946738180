"""What stands around a letter: its head, and the words of cover, headers, footers and places to sign."""

from comity.law.names import state_name
from comity.letters.model import Letter, Party
from comity.letters.render.page import Furniture, Letterhead
from comity.letters.saying import locale_of
from comity.letters.wording import Catalogue

DATA_FILE = "letter.json"
"""Name under which a letter's data are kept in the file."""


def letterhead(letter: Letter, words: Catalogue) -> Letterhead:
    """Who writes to whom."""
    sender, addressee = letter.requesting, letter.addressee
    place = ", ".join(part for part in (addressee.address, addressee.city) if part)
    lines = (addressee.officer, _name(addressee, words), addressee.unit, place, _state(addressee, words))
    return Letterhead(
        state=_state(sender, words),
        authority=_name(sender, words),
        unit=sender.unit,
        contacts=tuple(part for part in (sender.address, sender.city, *sender.contacts) if part),
        addressee=tuple(line for line in lines if line),
    )


def furniture(letter: Letter, words: Catalogue) -> Furniture:
    """The words, in the page's language; what a renderer counts stays in braces."""
    asks = any(text.text.strip() for text in letter.confidentiality)
    return Furniture(
        language=language_name(words.language),
        marking=words.say("page.confidential") if asks else "",
        page=words.say("page.of", page="{page}", pages="{pages}"),
        sender=words.say("page.from"),
        addressee=words.say("page.to"),
        written_in=words.say("page.language"),
        data=words.say("page.data", file=DATA_FILE),
        scan=words.say("page.scan"),
        digest=words.say("label.digest"),
        signed=words.say("page.signed"),
        signed_on=words.say("page.signed_on"),
        annex=words.say("page.annex"),
        original=words.say("page.original"),
        translation=words.say("page.translation"),
    )


def language_name(code: str) -> str:
    """A language's name in itself; the code where CLDR knows none."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code, sep="-").get_display_name() or code
    except (UnknownLocaleError, ValueError):
        return code


def _name(party: Party, words: Catalogue) -> str:
    if party.office:
        return words.say(f"office.{party.office}", state=party.state)
    return f"{party.name} ({party.name_latin})" if party.name_latin else party.name


def _state(party: Party, words: Catalogue) -> str:
    return state_name(party.state, locale_of(words.language)) if party.state else ""
