"""Names of files as they may be shown: nothing in them moves the cursor, hides, or turns the direction of writing."""

_MAX_NAME_CHARS = 255
_JOINERS = "\u200c\u200d"
"""Signs without form that words in many scripts need."""


def shown_name(name: str) -> str:
    """A file's name with all that cannot be printed escaped (``\\u001b``), cut where it is absurdly long."""
    return visible(name[:_MAX_NAME_CHARS]) + ("…" if len(name) > _MAX_NAME_CHARS else "")


def shown_path(path: str) -> str:
    """A path with all that cannot be printed escaped, bytes that are no UTF-8 included."""
    return visible(path)


def visible(text: str) -> str:
    """A text with all that cannot be seen escaped: control signs, line ends, marks of direction, lone surrogates."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() or sign in _JOINERS else f"\\u{ord(sign):04x}" for sign in text)
