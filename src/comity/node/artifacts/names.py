"""Names of files as senders give them, made harmless."""

import unicodedata

NAME_MAX = 200


def plain_name(name: str) -> str:
    """The last part of a name without what hides or misleads: controls, marks that turn the direction of writing."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    shown = "".join(letter for letter in last if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    return shown.strip().lstrip(".")[:NAME_MAX] or "file"
