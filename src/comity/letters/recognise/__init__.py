"""What a letter from strangers asks: recognised line by line, each with its place; and what could not be recognised.

Nothing is guessed beyond what a line says; a person decides.
"""

from comity.letters.recognise.document import Document, Said, document
from comity.letters.recognise.whole import NotRecognised, Recognised, Recognition, recognise

__all__ = ["Document", "NotRecognised", "Recognised", "Recognition", "Said", "document", "recognise"]
