"""A letter as DOCX that an officer can edit: real styles, headings and numbering, with the data inside."""

from comity.letters.render.word.data import DATA_NAMESPACE, letter_in
from comity.letters.render.word.letter import docx

__all__ = ["DATA_NAMESPACE", "docx", "letter_in"]
