"""How values stand in a narrow page: long ones shortened in the middle, where they tell least."""

import re

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


def article(text: str) -> str:
    """An article as a page names it: ``Art. 18``, but ``practice`` and ``18 USC 2703``."""
    return f"Art. {text}" if re.match(r"\d+\w{0,3}(?! [A-Z])\b", text) else text
