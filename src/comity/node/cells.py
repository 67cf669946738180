"""Cells of CSV files (RFC 4180) that no spreadsheet takes for a formula."""

Cell = str | int | float | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def quiet(cell: Cell) -> str:
    """A cell with an apostrophe before what a spreadsheet would compute; `loud` takes it away. None: empty."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


def loud(text: str) -> str:
    """What `quiet` was given."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text
