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
_LETTER, _WIDE = 10.0, 0.55
"""Height of a letter where the page does not tell it, points; its usual width as a part of that."""
_AROUND = 24
"""Letters that may stand around a name in its line."""


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

    It is the destination ``signature-N`` of the PDF; else room below or beside the line that names the signatory; else
    room on the last page that has any. Nothing that stands there is covered, unless no page has room at all.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(data))
        return _marked(reader, number) or _named(reader, names) or _free(reader)
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
    sheet = _sheet(reader.pages[page])
    left = min(max(float(found.left or 0), sheet.margin), max(sheet.width - MARGIN - WIDTH, 0))
    top = float(found.top) - _GAP / 2
    # a heading that stands close above must not be touched
    above = [p for p in sheet.pieces if p.bottom < top < p.top and p.left < left + WIDTH and left < p.right]
    top = min((top, *(piece.bottom - _GAP for piece in above)))
    return Place(page=page, left=left, bottom=max(top - HEIGHT, _GAP), how="marked")


def _named(reader: "PdfReader", names: tuple[str, ...]) -> Place | None:
    wanted = [_plain(name) for name in names if len(_plain(name)) > 3]
    for index in range(len(reader.pages) - 1, -1, -1):
        sheet = _sheet(reader.pages[index])
        named = [piece for piece in sheet.pieces if any(_names(piece.text, name) for name in wanted)]
        for piece in reversed(named):
            beside = min(piece.left, sheet.width - MARGIN - WIDTH)
            below = piece.bottom - HEIGHT - _GAP
            for left, bottom in ((beside, below), (sheet.width - MARGIN - WIDTH, below + HEIGHT / 2)):
                if sheet.is_free(left, bottom):
                    return Place(page=index, left=left, bottom=bottom, how="named")
    return None


def _names(text: str, name: str) -> bool:
    """Whether a line is a name, with a number or an office around it, and no sentence in which it occurs."""
    plain = _plain(text)
    return name in plain and len(plain) <= len(name) + _AROUND


def _free(reader: "PdfReader") -> Place:
    """Room on the last page that has any, from the foot up, the left column first."""
    last = len(reader.pages) - 1
    for index in range(last, -1, -1):
        sheet = _sheet(reader.pages[index])
        columns = (MARGIN, sheet.width - MARGIN - WIDTH)
        rows = range(round(MARGIN), round(sheet.height - MARGIN - HEIGHT), round(HEIGHT / 4))
        place = next(((left, bottom) for bottom in rows for left in columns if sheet.is_free(left, bottom)), None)
        if place is not None:
            return Place(page=index, left=place[0], bottom=place[1], how="free")
    return Place(page=last, left=MARGIN, bottom=_GAP, how="free")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """Something on a page: text, or the frame of an annotation; points."""

    text: str = ""
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """A page and what stands on it."""

    width: float
    height: float
    pieces: tuple[_Piece, ...]

    @property
    def margin(self) -> float:
        """Where the lines of the page begin on the left, those outside `MARGIN` aside; `MARGIN` where it has none."""
        return min((piece.left for piece in self.pieces if piece.text and piece.left >= MARGIN), default=MARGIN)

    def is_free(self, left: float, bottom: float) -> bool:
        """Whether a block fits there, on the page and over nothing."""
        right, top = left + WIDTH, bottom + HEIGHT
        inside = left >= 0 and bottom >= 0 and right <= self.width and top <= self.height
        return inside and not any(
            piece.left < right and left < piece.right and piece.bottom < top and bottom < piece.top
            for piece in self.pieces
        )


def _sheet(page: "PageObject") -> _Sheet:
    box = page.mediabox
    pieces = (*_texts(page), *_frames(page))
    return _Sheet(width=float(box.width), height=float(box.height), pieces=pieces)


def _texts(page: "PageObject") -> tuple[_Piece, ...]:
    """The pieces of text on a page; how wide they are is estimated."""
    found: list[_Piece] = []

    def visit(text: str, matrix: list[float], at: list[float], _font: object, size: float) -> None:
        if text.strip():
            left = matrix[0] * at[4] + matrix[2] * at[5] + matrix[4]
            bottom = matrix[1] * at[4] + matrix[3] * at[5] + matrix[5]
            high = abs(size * (at[3] or 1) * (matrix[3] or 1)) or _LETTER
            wide = max(map(len, text.splitlines()), default=0) * high * _WIDE
            found.append(_Piece(text=text, left=left, bottom=bottom - high * 0.3, right=left + wide, top=bottom + high))

    page.extract_text(visitor_text=visit)
    return tuple(found)


def _frames(page: "PageObject") -> tuple[_Piece, ...]:
    """Where annotations are shown: the blocks of those who signed before."""
    found = []
    for annotation in page.get("/Annots") or ():
        rect = annotation.get_object().get("/Rect")
        if rect is not None and len(rect) == 4:
            left, bottom, right, top = (float(one) for one in rect)
            found.append(_Piece(left=left, bottom=bottom, right=right, top=top))
    return tuple(found)


def _plain(text: str) -> str:
    return "".join(text.casefold().split())
