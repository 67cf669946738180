"""XML read as a stream of events within limits: no document type, no entities, nothing fetched (expat)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from xml.parsers import expat

from comity.letters.errors import LetterFileError, LetterLimitError
from comity.letters.read.limits import ReadLimits


class Handler(Protocol):
    """What takes the events; names are ``namespace local``, or ``local`` without a namespace."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


@dataclass(slots=True)
class _Bounds:
    part: str
    limits: ReadLimits
    depth: int = 0
    elements: int = 0

    def enter(self) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > self.limits.depth:
            raise LetterLimitError(path=self.part, limit="depth", allowed=self.limits.depth)
        if self.elements > self.limits.elements:
            raise LetterLimitError(path=self.part, limit="elements", allowed=self.limits.elements)

    def leave(self) -> None:
        self.depth -= 1


def walk_xml(data: bytes, handler: Handler, *, part: str, limits: ReadLimits) -> None:
    """Gives every event of a part to a handler.

    LetterFileError for a document type (entities that grow, files that are fetched) and for broken XML.
    """
    bounds = _Bounds(part, limits)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        bounds.enter()
        handler.start(name, attributes)

    def end(name: str) -> None:
        bounds.leave()
        handler.end(name)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _refuse(part, "a document type, which no letter needs")
    parser.EntityDeclHandler = _refuse(part, "entities, which no letter needs")
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise LetterFileError(
            path=part, problem=f"broken XML ({error})", remedy="ask the sender for it again"
        ) from None


def _refuse(part: str, what: str) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        raise LetterFileError(path=part, problem=f"it declares {what}", remedy="treat it as hostile")

    return refuse
