"""Names of files as senders give them, made harmless."""

import unicodedata

NAME_MAX = 200


def plain_name(name: str) -> str:
    """The last part of a name without what hides or misleads: controls, marks that turn the direction of writing."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    shown = "".join(letter for letter in last if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    return shown.strip().lstrip(".")[:NAME_MAX] or "file"


def free_name(name: str, key: str, taken: set[str]) -> str:
    """A harmless name that no other file of a folder has: `taken` holds those, and then this one too."""
    plain = plain_name(name)
    stem, dot, suffix = plain.rpartition(".")
    found = plain if plain.casefold() not in taken else f"{stem or plain}-{key[:6]}{dot}{suffix if stem else ''}"
    taken.add(found.casefold())
    return found
