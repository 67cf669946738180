"""Tables of a DOCX file, as elements: widths fixed, columns from the right where the language is."""

from collections.abc import Sequence
from dataclasses import dataclass

from comity.letters.render.word.writing import Element, child


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table that is filled row by row."""

    element: Element
    widths: tuple[int, ...]
    """Of the columns, in twentieths of a point."""

    def row(self, *, head: bool = False, whole: bool = True) -> tuple[Element, ...]:
        """The cells of a new row; each must get a paragraph. `head` repeats on each page, `whole` is not broken."""
        made = child(self.element, "tr")
        form = child(made, "trPr")
        if whole:
            child(form, "cantSplit")
        if head:
            child(form, "tblHeader")
        return tuple(self._cell(made, width) for width in self.widths)

    def _cell(self, row: Element, width: int) -> Element:
        cell = child(row, "tc")
        child(child(cell, "tcPr"), "tcW", w=width, type="dxa")
        return cell


def add_grid(holder: Element, widths: Sequence[int], *, style: str, rtl: bool, indent: int = 0) -> Grid:
    """A table at the end of a body or cell."""
    table = child(holder, "tbl")
    form = child(table, "tblPr")
    child(form, "tblStyle", val=style)
    if rtl:
        child(form, "bidiVisual")
    child(form, "tblW", w=sum(widths), type="dxa")
    child(form, "tblInd", w=indent, type="dxa")
    child(form, "tblLayout", type="fixed")
    child(form, "tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1)
    columns = child(table, "tblGrid")
    for width in widths:
        child(columns, "gridCol", w=width)
    return Grid(element=table, widths=tuple(widths))


def shares(needs: Sequence[float], width: int) -> tuple[int, ...]:
    """Columns of a width, each as wide as it needs in proportion; together exactly the width."""
    whole = sum(needs)
    made = [int(width * need / whole) for need in needs]
    made[-1] += width - sum(made)
    return tuple(made)
