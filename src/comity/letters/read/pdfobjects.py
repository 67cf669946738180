"""What a PDF is made of, walked within limits: pages, files inside, and what would act when it is opened."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from comity.letters.errors import LetterLimitError
from comity.letters.read.limits import ReadLimits

if TYPE_CHECKING:
    from pypdf import PdfReader
    from pypdf.generic import DictionaryObject, StreamObject

DATA_NAME = "letter.json"
"""Under which name the data of a letter lie inside a PDF."""
#: Types of actions that start something (ISO 32000-2 table 201), and how a person calls it. Going to a page of the same
#: document and a link to a web page start nothing by themselves.
_ACTIONS = {
    "/JavaScript": "a script",
    "/Launch": "an action that starts a program",
    "/ImportData": "an action that loads data",
    "/SubmitForm": "an action that sends a form",
    "/GoToR": "an action that opens another file",
    "/GoToE": "an action that opens a file inside",
    "/Rendition": "a film or sound",
    "/Movie": "a film",
    "/Sound": "a sound",
    "/RichMediaExecute": "a film or program",
}
_KEYS = {
    "/JS": "a script",
    "/JavaScript": "a script",
    "/XFA": "a form that acts (XFA)",
    "/RichMediaContent": "a film or program",
}


def page_count(reader: "PdfReader", limits: ReadLimits) -> int:
    """How many pages there are, counted and not believed; LetterLimitError where there are too many."""
    from pypdf.generic import DictionaryObject, IndirectObject

    stack: list[tuple[object, int]] = [(reader.root_object.get("/Pages"), 0)]
    count = 0
    while stack:
        node, depth = stack.pop()
        if isinstance(node, IndirectObject):
            node = node.get_object()
        if not isinstance(node, DictionaryObject):
            continue
        if depth > limits.depth:
            raise LetterLimitError(path="PDF", limit="depth", allowed=limits.depth)
        kids = node.get("/Kids")
        kids = kids.get_object() if kids is not None else None
        if kids is None:
            count += 1
        else:
            stack += [(kid, depth + 1) for kid in kids]
        if count > limits.pages or len(stack) > limits.pages * 2:
            raise LetterLimitError(path="PDF", limit="pages", allowed=limits.pages)
    return count


def attachments(reader: "PdfReader", limits: ReadLimits) -> list[tuple[str, bytes]]:
    """Files inside, by name; the contents of none but the small ones are unpacked."""
    found: list[tuple[str, bytes]] = []
    for name, stream in _embedded(reader, limits):
        if len(found) >= limits.embedded_files:
            raise LetterLimitError(path="PDF", limit="embedded_files", allowed=limits.embedded_files)
        content = stream.get_data() if name == DATA_NAME else b""
        if len(content) > limits.data_bytes:
            raise LetterLimitError(path="PDF", limit="data_bytes", allowed=limits.data_bytes, actual=len(content))
        found.append((name, content))
    return found


def active_content(reader: "PdfReader", limits: ReadLimits) -> Iterator[str]:
    """What in it acts, in words; looks at every object, reachable or not, because readers differ in what they reach."""
    for value in _objects(reader, limits):
        yield from _active(value, limits)


def _embedded(reader: "PdfReader", limits: ReadLimits) -> Iterator[tuple[str, "StreamObject"]]:
    """Every file specification with a file in it (ISO 32000-2 7.11.4), wherever it hangs."""
    from pypdf.generic import DictionaryObject, StreamObject

    for value in _objects(reader, limits):
        for entry in _dictionaries(value, limits):
            inside = entry.get("/EF")
            inside = inside.get_object() if inside is not None else None
            if isinstance(inside, DictionaryObject):
                held = inside.get("/F") or inside.get("/UF")
                stream = held.get_object() if held is not None else None
                if isinstance(stream, StreamObject):
                    yield str(entry.get("/UF") or entry.get("/F") or "without a name")[:200], stream


def _objects(reader: "PdfReader", limits: ReadLimits) -> Iterator[object]:
    """Every object that the file's tables list, and the trailer."""
    numbers = {number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)
    if len(numbers) > limits.objects:
        raise LetterLimitError(path="PDF", limit="objects", allowed=limits.objects, actual=len(numbers))
    yield reader.trailer
    for number in sorted(numbers):
        yield _object(reader, number)


def _object(reader: "PdfReader", number: int) -> object:
    """An object; None where it is damaged or lost, which harms nobody."""
    from pypdf.errors import LimitReachedError, PyPdfError

    try:
        return reader.get_object(number)
    except LimitReachedError:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError):
        return None


def _dictionaries(value: object, limits: ReadLimits) -> "Iterator[DictionaryObject]":
    """A dictionary and those directly in it; references are followed elsewhere, each once."""
    from pypdf.generic import ArrayObject, DictionaryObject

    stack = [(value, 0)]
    while stack:
        here, depth = stack.pop()
        if depth > limits.depth:
            raise LetterLimitError(path="PDF", limit="depth", allowed=limits.depth)
        if isinstance(here, DictionaryObject):
            yield here
            stack += [(one, depth + 1) for one in here.values()]
        elif isinstance(here, ArrayObject):
            stack += [(one, depth + 1) for one in here]


def _active(value: object, limits: ReadLimits) -> Iterator[str]:
    for entry in _dictionaries(value, limits):
        kind = entry.get("/S")
        if isinstance(kind, str) and kind in _ACTIONS:
            yield _ACTIONS[kind]
        for key, told in _KEYS.items():
            if key in entry:
                yield told
