"""Where a signature is put: at the place that the letter keeps for it, never over what is written."""

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from comity.letters.errors import LetterFileError
from comity.letters.sign.block import HEIGHT, WIDTH

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

#: Name of the destination in a PDF that marks the place of a signatory, by number.
DESTINATION = "signature-{number}"
MARGIN = 36.0
_GAP = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place on a page; points from its lower left corner."""

    page: int
    """From 0."""
    left: float
    bottom: float
    how: str
    """``marked`` (the letter marks it), ``named`` (the signatory's line was found) or ``free`` (room on the page)."""

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Lower left and upper right corner."""
        left, bottom = round(self.left), round(self.bottom)
        return left, bottom, left + round(WIDTH), bottom + round(HEIGHT)


def find_place(data: bytes, *, number: int, names: tuple[str, ...] = ()) -> Place:
    """The place of the signatory with a number.

    It is the destination ``signature-N`` of the PDF; else the line that names the signatory, on the last page that has
    it; else free room at the foot of the last page, beside that of the signatories before.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(data))
        return _marked(reader, number) or _named(reader, names) or _free(reader, number)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise LetterFileError(path="PDF", problem=f"it is damaged ({error})", remedy="make it anew") from None


def _marked(reader: "PdfReader", number: int) -> Place | None:
    found = reader.named_destinations.get(DESTINATION.format(number=number))
    if found is None or found.top is None:
        return None
    page = reader.get_destination_page_number(found)
    if page is None:
        return None
    # the mark stands above the name; the block goes below it, where the line to sign on is
    left = float(found.left or MARGIN)
    return Place(page=page, left=left, bottom=max(float(found.top) - HEIGHT, _GAP), how="marked")


def _named(reader: "PdfReader", names: tuple[str, ...]) -> Place | None:
    wanted = [_plain(name) for name in names if len(_plain(name)) > 3]
    for index in range(len(reader.pages) - 1, -1, -1):
        for text, left, bottom in reversed(_lines(reader.pages[index])):
            if any(name in _plain(text) for name in wanted) and bottom - HEIGHT - _GAP > 0:
                width = float(reader.pages[index].mediabox.width)
                beside = min(left, width - MARGIN - WIDTH)
                return Place(page=index, left=beside, bottom=bottom - HEIGHT - _GAP, how="named")
    return None


def _free(reader: "PdfReader", number: int) -> Place:
    """The foot of the last page: two blocks beside each other, further pairs above."""
    index = len(reader.pages) - 1
    page = reader.pages[index]
    column, row = (number - 1) % 2, (number - 1) // 2
    left = MARGIN + column * (float(page.mediabox.width) - 2 * MARGIN - WIDTH)
    lowest = min((bottom for _, _, bottom in _lines(page)), default=float(page.mediabox.height))
    bottom = min(MARGIN / 2 + row * (HEIGHT + _GAP), max(lowest - HEIGHT - _GAP, _GAP))
    return Place(page=index, left=left, bottom=bottom, how="free")


def _lines(page: "PageObject") -> list[tuple[str, float, float]]:
    """The pieces of text on a page, each with where it begins."""
    found: list[tuple[str, float, float]] = []

    def visit(text: str, matrix: list[float], at: list[float], _font: object, _size: object) -> None:
        if text.strip():
            left = matrix[0] * at[4] + matrix[2] * at[5] + matrix[4]
            bottom = matrix[1] * at[4] + matrix[3] * at[5] + matrix[5]
            found.append((text, left, bottom))

    page.extract_text(visitor_text=visit)
    return found


def _plain(text: str) -> str:
    return "".join(text.casefold().split())
