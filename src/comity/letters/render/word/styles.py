"""Names of the styles of the DOCX form, as ``parts/styles.xml`` defines them."""

from enum import StrEnum
from types import MappingProxyType
from typing import Final

TEXT_WIDTH_TWIPS: Final = 9184
"""A4 without margins of 24 mm."""
NUMBER_TWIPS: Final = 624
"""11 mm: the column of numbers, where running text is moved in."""


class Look(StrEnum):
    """A paragraph style, by its id."""

    NORMAL = "Normal"
    TITLE = "Title"
    COVER_TITLE = "CoverTitle"
    COVER_SECOND = "CoverOther"
    STATE = "State"
    AUTHORITY = "Authority"
    MARKING = "Marking"
    PART = "Heading1"
    ANNEX = "AnnexHeading"
    SECOND_HEADING = "SecondHeading"
    GROUP = "Group"
    NUMBERED_GROUP = "NumberedGroup"
    PARAGRAPH = "LetterParagraph"
    SENTENCE = "LetterSentence"
    FACING = "LetterFacing"
    ITEM = "LetterItem"
    LABEL = "LetterLabel"
    VALUE = "LetterValue"
    EXACT = "LetterExact"
    TABLE_HEAD = "TableHead"
    TABLE_TEXT = "TableText"
    TABLE_EXACT = "TableExact"
    TABLE_NUMBER = "TableNumber"
    GAP = "Gap"
    SIGNATORY = "Signatory"
    SIGNATORY_NAME = "SignatoryName"
    SMALL = "Small"
    BANNER = "Banner"
    SPACE = "Space"
    """Between two tables, which would become one without it."""
    HEADER = "header"
    FOOTER = "footer"


LEVELS: Final = MappingProxyType({Look.PARAGRAPH: 1, Look.NUMBERED_GROUP: 1, Look.TABLE_NUMBER: 1, Look.ITEM: 2})
"""Which level of the numbering counts a paragraph: 1 inside its part, 2 inside a paragraph."""
LEAD = "LetterLead"
"""Character style of a label that runs into its paragraph."""
MARK = "LetterMark"
"""Character style of ``CONFIDENTIAL`` in a header."""
TABLE, GRID = "LetterTable", "LetterGrid"
