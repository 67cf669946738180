"""A letter as DOCX that an officer can edit: real styles, headings and numbering, with the data inside."""

from comity.letters.render.word.letter import docx

__all__ = ["docx"]
