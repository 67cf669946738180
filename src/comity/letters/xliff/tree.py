"""XML as a small tree, read within limits: no document type, no entities, nothing fetched (expat)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from comity.letters.xliff.errors import XliffFileError
from comity.letters.xliff.limits import XliffLimits

SEPARATOR = " "


@dataclass(slots=True)
class Element:
    """One element; `name` is ``namespace local``."""

    name: str
    attributes: dict[str, str]
    content: "list[Element | str]" = field(default_factory=list)

    def elements(self) -> "Iterator[Element]":
        """The elements right inside, in order."""
        return (item for item in self.content if isinstance(item, Element))

    def get(self, name: str) -> str:
        """An attribute; empty where there is none."""
        return self.attributes.get(name, "")


@dataclass(slots=True)
class _Builder:
    limits: XliffLimits
    open: list[Element]
    count: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > self.limits.elements:
            raise _too("many elements", self.limits.elements)
        if len(self.open) > self.limits.depth:
            raise _too("many elements inside one another", self.limits.depth)
        element = Element(name, attributes)
        self.open[-1].content.append(element)
        self.open.append(element)

    def end(self, _: str) -> None:
        self.open.pop()

    def text(self, text: str) -> None:
        self.open[-1].content.append(text)


def read_tree(data: bytes, limits: XliffLimits) -> Element:
    """The root element; XliffFileError for what is broken, hostile or too large."""
    if len(data) > limits.size_bytes:
        raise _too("many bytes", limits.size_bytes)
    top = Element("", {})
    builder = _Builder(limits, [top])
    parser = expat.ParserCreate(namespace_separator=SEPARATOR)
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    parser.StartDoctypeDeclHandler = _refuse("a document type")
    parser.EntityDeclHandler = _refuse("entities")
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        # LookupError and ValueError: an encoding that nobody knows
        raise XliffFileError(problem=f"is broken XML ({error})", remedy="save it again as XLIFF 2") from None
    return next(top.elements())


def _refuse(what: str) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        raise XliffFileError(problem=f"declares {what}, which no translator's file needs", remedy="treat it as hostile")

    return refuse


def _too(what: str, allowed: int) -> XliffFileError:
    return XliffFileError(problem=f"has too {what} (allowed: {allowed:,})", remedy="give the file that was meant")
