"""Whether a letter may be signed: it is ours, its pages are no draft with gaps, and say what its data say."""

import unicodedata

from comity.letters.errors import NotReadyError, SigningError
from comity.letters.model import Letter
from comity.letters.read.opened import Opened
from comity.letters.sign.agreement import agreement
from comity.letters.sign.verdict import Agreement
from comity.letters.wording import catalogue, languages


def require_our_letter(letter: Letter | None, *, what: str) -> None:
    """Raises SigningError where a file holds no letter of ours, as an enclosure or a stranger's letter does not."""
    if letter is None:
        raise SigningError(
            what=what,
            problem="it holds no letter of ours as data, so that nobody can check what is signed",
            remedy="give the letter as it was drafted; a paper that goes with one is signed with --foreign",
        )


def require_ready_page(opened: Opened, letter: Letter | None, *, what: str, not_ready: bool = False) -> None:
    """Raises NotReadyError where it is a draft with gaps, SigningError where its pages and its data differ.

    Where there are data, the pages are made again from them, so that a draft is known in any script; else by the banner
    in any of our languages. `not_ready`: a draft with gaps is let through; pages that differ never are.
    """
    text = _plain(" ".join(line.text for line in opened.lines))
    for language in languages():
        banner = catalogue(language).say("banner.not_ready")
        if not not_ready and _plain(banner) in text:
            raise NotReadyError(what=what, gaps=(f"it says so on its pages: {banner}",))
    if letter is not None and opened.data is not None and opened.lines:
        found = agreement(opened.data, letter, opened)
        if found.draft and not not_ready:
            raise NotReadyError(what=what, gaps=("it says so on its pages",))
        if found.agreement is Agreement.DIFFERS:
            raise SigningError(
                what=what, problem=found.why, remedy="write the letter again from its data; nobody signs two letters"
            )


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
