"""How values stand in a narrow page: long ones shortened in the middle, where they tell least."""

from decimal import Decimal, InvalidOperation

MARK = "…"


def middle(text: str, width: int) -> str:
    """A text of at most so many characters; the beginning and the end stay, as people compare those."""
    if len(text) <= width or width < len(MARK) + 2:
        return text
    left = (width - len(MARK) + 1) // 2
    return f"{text[:left]}{MARK}{text[len(text) - (width - len(MARK) - left) :]}"


def count(number: int, noun: str) -> str:
    """``1 step``, ``2 steps``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def amount(text: str) -> str:
    """An amount with its thousands apart; the text itself where it is none."""
    try:
        return f"{Decimal(text):,f}"
    except InvalidOperation:
        return text


def article(text: str) -> str:
    """An article as a page names it: ``Art. 18``, but ``practice``."""
    return f"Art. {text}" if text[:1].isdigit() else text
