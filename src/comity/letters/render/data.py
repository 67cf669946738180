"""A letter's data as they travel inside its other forms: the letter alone, by its published JSON Schema.

What the checks found, and what they expected, are the sender's own affair and stay at home.
"""

import msgspec

from comity.letters.model import Letter

_NOT_XML = ("\ufffe", "\uffff")
"""Beside controls, which JSON escapes anyway (XML 1.0, section 2.2)."""


def letter_data(letter: Letter) -> bytes:
    """The letter as JSON, indented, ending with a line feed; the same letter gives the same bytes.

    What XML cannot hold is escaped, so that the same bytes can stand in a DOCX file.
    """
    made = msgspec.json.format(msgspec.json.encode(letter), indent=2) + b"\n"
    for character in _NOT_XML:
        made = made.replace(character.encode(), f"\\u{ord(character):04x}".encode())
    return made


def letter_from(data: bytes) -> Letter:
    """The letter that `letter_data` wrote; msgspec.ValidationError where it breaks the schema."""
    return msgspec.json.decode(data, type=Letter)
