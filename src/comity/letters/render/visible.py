"""What cannot be seen in a text from the evidence is shown by its code, in every form of output.

>>> from comity.letters.render.visible import visible
>>> visible("invoice\\u202efdp.exe")
'invoice<U+202E>fdp.exe'
"""

import re
import unicodedata

#: Category by category what has no shape of its own: controls, formats, private, unassigned, separators, surrogates.
_SHAPELESS = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
#: Needed to write Persian, Hindi or Arabic properly, and signs of Arabic and other scripts that only count as formats.
_KEPT = frozenset("\u200c\u200d\u200e\u200f\u06dd\u070f\u08e2") | {chr(code) for code in range(0x0600, 0x0606)}
#: Letters and marks that are blank or vanish: fillers, joiners, a blank of Braille, selectors of variants.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0") | {
    chr(code) for code in range(0xE0100, 0xE01F0)
}
_PLAIN = re.compile("[ -~]*")


def visible(text: str) -> str:
    """A text in one line, with what cannot be seen shown by its code."""
    flat = " ".join(text.split())
    if _PLAIN.fullmatch(flat):
        return flat
    return "".join(code_of(character) if is_hidden(character) else character for character in flat)


def is_hidden(character: str) -> bool:
    """Whether a character is not seen by who reads the text."""
    if character in _BLANK:
        return True
    return unicodedata.category(character) in _SHAPELESS and character not in _KEPT


def code_of(character: str) -> str:
    """How a character is shown that cannot be: ``<U+202E>``."""
    return f"<U+{ord(character):04X}>"
