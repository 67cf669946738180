"""Latin letters for names in other scripts, by the table of anyascii: a help to read aloud, never who a person is.

The table knows letters, not languages: vowels that Arabic does not write are missing, and Chinese characters are read
as in Mandarin. The spelling of a passport, where it is known, goes first and is kept in the letter.

>>> latin("Пётр Щукин")
'Petr Shchukin'
>>> latin("Jürgen Müller")
''
"""

import unicodedata


def latin(name: str) -> str:
    """The name in ASCII letters; empty where it is in Latin letters already, or has none."""
    if not any(_is_foreign(character) for character in name):
        return ""
    from anyascii import anyascii

    # soft and hard signs, which the table writes as apostrophes, are left out in passports
    return " ".join(str(anyascii(_spaced(name))).replace("'", "").split())


def _is_foreign(character: str) -> bool:
    return character.isalpha() and not unicodedata.name(character, "").startswith(("LATIN ", "FULLWIDTH LATIN "))


def _spaced(name: str) -> str:
    """Chinese syllables one by one: where a family name ends would be a guess."""
    return "".join(f"{c} " if unicodedata.name(c, "").startswith("CJK ") else c for c in name)
