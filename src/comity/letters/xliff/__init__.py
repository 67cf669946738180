"""Letters to translators and back: XLIFF 2 (OASIS, versions 2.0 and 2.1, core only).

A file holds every text of a letter in its order. What a translator must render is a unit; what is fixed wording stands
there with its translation, to be read and not to be touched. Exact values inside a text, such as accounts and
addresses, are placeholders, so that none can be lost or changed. What is read again is kept beside the letter.

>>> from comity.letters.xliff import to_xliff
>>> to_xliff.__name__
'to_xliff'
"""

from comity.letters.xliff.errors import (
    LostPlaceholderError,
    OtherLetterError,
    StaleTranslationError,
    XliffError,
    XliffFileError,
)
from comity.letters.xliff.limits import XliffLimits
from comity.letters.xliff.read import from_xliff
from comity.letters.xliff.write import to_xliff

__all__ = [
    "LostPlaceholderError",
    "OtherLetterError",
    "StaleTranslationError",
    "XliffError",
    "XliffFileError",
    "XliffLimits",
    "from_xliff",
    "to_xliff",
]
