"""A DOCX, opened within limits: its paragraphs and tables in order, letterhead first, and the letter's data."""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from comity.letters.errors import ActiveContentError, LetterLimitError
from comity.letters.read.limits import DEFAULT_READ_LIMITS, ReadLimits
from comity.letters.read.opened import Line, Opened
from comity.letters.read.package import Package, open_package
from comity.letters.read.xml import walk_xml

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_HEADERS = re.compile(r"word/(?:header|footer|footnotes|endnotes)\d*\.xml")
_CUSTOM = re.compile(r"customXml/item\d+\.xml")
_RELATIONS = re.compile(r"(?:^|/)_rels/[^/]+\.rels$")
#: Relations to something outside that Word fetches by itself, by the end of their type (ISO/IEC 29500-1).
_FETCHED = ("attachedTemplate", "oleObject", "frame", "subDocument", "aFChunk", "package")
_FIELDS = re.compile(r"\b(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK)\b", re.IGNORECASE)


def open_docx(data: bytes, *, limits: ReadLimits = DEFAULT_READ_LIMITS) -> Opened:
    """Text and data of a DOCX; errors as for a PDF."""
    package = _opened(data, limits)
    _check_relations(package, limits)
    names = package.names
    parts = [name for name in names if _HEADERS.fullmatch(name) and "header" in name]
    parts += ["word/document.xml", *(name for name in names if _HEADERS.fullmatch(name) and "header" not in name)]
    lines: list[Line] = []
    for part in parts:
        lines += _lines(package, part, limits)
    if sum(len(line.text) for line in lines) > limits.text_chars:
        raise LetterLimitError(path="DOCX", limit="text_chars", allowed=limits.text_chars)
    notes = () if lines else ("there is no text in it: have it read by a person",)
    return Opened(form="docx", lines=tuple(lines), data=_data(package, limits), notes=notes)


def data_in_docx(data: bytes, *, limits: ReadLimits = DEFAULT_READ_LIMITS) -> bytes | None:
    """The letter's data inside a DOCX alone; None: there are none."""
    return _data(_opened(data, limits), limits)


def _opened(data: bytes, limits: ReadLimits) -> Package:
    if len(data) > limits.file_bytes:
        raise LetterLimitError(path="DOCX", limit="file_bytes", allowed=limits.file_bytes, actual=len(data))
    return open_package(data, limits)


def _lines(package: Package, part: str, limits: ReadLimits) -> Iterator[Line]:
    content = package.read(part)
    if content:
        story = "" if part == "word/document.xml" else f"{part.removeprefix('word/').removesuffix('.xml')}, "
        handler = _Story(story)
        walk_xml(content, handler, part=part, limits=limits)
        yield from handler.lines


@dataclass(slots=True)
class _Story:
    """Collects the paragraphs of one part; the cells of a row become one line, so label and value stay together."""

    story: str
    lines: list[Line] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    rows: int = 0
    depth: int = 0
    strong: bool = False
    taken: str = ""
    """What the characters that follow belong to: ``t`` text, ``instrText`` a field's instruction."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if space not in {_WORD, _STRICT}:
            return
        match local:
            case "t" | "instrText":
                self.taken = local
            case "tab" | "br" | "cr":
                self.words.append("\n" if local != "tab" else "\t")
            case "tbl":
                self.depth += 1
                self.tables += self.depth == 1
                self.rows = 0 if self.depth == 1 else self.rows
            case "pStyle":
                style = attributes.get(f"{space} val", "").casefold()
                self.strong = style.startswith(("heading", "title", "überschrift", "titre", "ttulo"))
            case _:
                pass

    def text(self, text: str) -> None:
        if self.taken == "t":
            self.words.append(text)
        elif self.taken == "instrText" and _FIELDS.search(text):
            raise ActiveContentError(path="DOCX", found=("a field that fetches or starts something",))

    def end(self, name: str) -> None:
        space, _, local = name.rpartition(" ")
        if space not in {_WORD, _STRICT}:
            return
        match local:
            case "t" | "instrText":
                self.taken = ""
            case "p":
                self._paragraph()
            case "tr":
                self._row()
            case "tbl":
                self.depth -= 1
            case _:
                pass

    def _paragraph(self) -> None:
        texts = ["".join(self.words).replace("\t", " ")]
        self.words.clear()
        if self.depth:
            self.cells += [" ".join(text.split()) for text in texts if text.strip()]
            return
        self.paragraphs += 1
        for piece in texts[0].split("\n"):
            if piece.strip():
                where = f"{self.story}paragraph {self.paragraphs}"
                self.lines.append(Line(text=" ".join(piece.split()), where=where, strong=self.strong))
        self.strong = False

    def _row(self) -> None:
        self.rows += 1
        if self.cells:
            label, *rest = self.cells
            text = f"{label.rstrip(':：')}: {' '.join(rest)}" if rest else label
            self.lines.append(Line(text=text, where=f"{self.story}table {self.tables}, row {self.rows}"))
        self.cells.clear()


@dataclass(slots=True)
class _Relations:
    """Collects what a document reaches for outside."""

    found: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("Type", "")
        outside = attributes.get("TargetMode", "").casefold() == "external"
        if name.endswith(" Relationship") and outside and kind.endswith(_FETCHED):
            self.found.append(f"a link that Word follows by itself ({kind.rpartition('/')[2]})")

    def end(self, name: str) -> None:
        """Nothing ends."""

    def text(self, text: str) -> None:
        """There is none."""


def _check_relations(package: Package, limits: ReadLimits) -> None:
    relations = _Relations()
    for name in package.names:
        if _RELATIONS.search(name):
            walk_xml(package.read(name), relations, part=name, limits=limits)
    if relations.found:
        raise ActiveContentError(path="DOCX", found=tuple(dict.fromkeys(relations.found)))


@dataclass(slots=True)
class _Text:
    """Collects all text of a part."""

    pieces: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Elements do not matter."""

    def end(self, name: str) -> None:
        """Nor their ends."""

    def text(self, text: str) -> None:
        self.pieces.append(text)


def _data(package: Package, limits: ReadLimits) -> bytes | None:
    """The first custom XML part whose text is a letter as JSON, plain or in Base64."""
    for name in package.names:
        if not _CUSTOM.fullmatch(name):
            continue
        text = _Text()
        walk_xml(package.read(name), text, part=name, limits=limits)
        found = _json("".join(text.pieces))
        if found is not None:
            if len(found) > limits.data_bytes:
                raise LetterLimitError(path=name, limit="data_bytes", allowed=limits.data_bytes, actual=len(found))
            return found
    return None


def _json(text: str) -> bytes | None:
    if text.lstrip().startswith("{"):
        return text.strip().encode() + b"\n"
    try:
        plain = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    return plain if plain.lstrip().startswith(b"{") else None
