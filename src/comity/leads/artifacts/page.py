"""An HTML page as passages: what it shows, where its links lead, what it hides in comments and scripts."""

from collections.abc import Iterator

from comity.leads.artifacts.decode import ByteOffsets, DecodedText
from comity.leads.artifacts.event import NO_EVENT, Event
from comity.leads.artifacts.passage import PlainPassage
from comity.leads.mail.pages import read_page


class _Finder:
    """Where in the page's source a piece of its text stands, sought onwards from the piece before."""

    def __init__(self, decoded: DecodedText) -> None:
        self._source = decoded.text
        self._bytes = ByteOffsets(decoded)
        self._at = 0

    def byte(self, piece: str) -> int:
        """Byte offset; -1 where the source writes it differently (character references)."""
        found = self._source.find(piece, self._at)
        if found < 0:
            found = self._source.find(piece)
        if found < 0:
            return -1
        self._at = found
        return self._bytes.at(found)


class _PageText:
    """The visible text of a page; its offsets are sought in the source."""

    covered = ()

    def __init__(self, text: str, place: str, finder: _Finder) -> None:
        self.text = text
        self._place = place
        self._finder = finder

    def where(self, char: int) -> str:
        return self._place

    def offset(self, char: int) -> int:
        word = self.text[char : char + 200].split()
        return self._finder.byte(word[0]) if word else -1

    def event(self, char: int) -> Event:
        return NO_EVENT


def page_passages(decoded: DecodedText) -> Iterator[PlainPassage | _PageText]:
    """The passages of a page."""
    page = read_page(decoded.text)
    finder = _Finder(decoded)
    yield _PageText(page.text, "text", finder)
    links = _Finder(decoded)
    for number, link in enumerate(page.links, start=1):
        yield PlainPassage(text=link.target, place=f"{link.at or 'link'} target {number}", base=links.byte(link.target))
    for place, pieces in (("comment", page.comments), ("script", page.scripts), ("style", page.styles)):
        for number, piece in enumerate(pieces, start=1):
            yield _PageText(piece, f"{place} {number}", _Finder(decoded))
