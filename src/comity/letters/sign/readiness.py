"""Whether a letter says of itself, on its pages, that it is a draft with gaps."""

from comity.letters.errors import NotReadyError
from comity.letters.read.opened import Opened
from comity.letters.wording import catalogue, languages


def require_ready_page(opened: Opened, *, what: str) -> None:
    """Raises NotReadyError where the pages bear the banner of a draft with gaps, in any of our languages."""
    text = " ".join(" ".join(line.text for line in opened.lines).casefold().split())
    for language in languages():
        banner = catalogue(language).say("banner.not_ready")
        if banner.casefold() in text:
            raise NotReadyError(what=what, gaps=(f"it says so on its pages: {banner}",))
