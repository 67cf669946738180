"""How values stand in a narrow page: long ones shortened in the middle, where they tell least."""

MARK = "…"


def middle(text: str, width: int) -> str:
    """A text of at most so many characters; the beginning and the end stay, as people compare those."""
    if len(text) <= width or width < len(MARK) + 2:
        return text
    left = (width - len(MARK) + 1) // 2
    return f"{text[:left]}{MARK}{text[len(text) - (width - len(MARK) - left) :]}"
