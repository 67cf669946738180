"""Blocks of a section as they are put down, one after another."""

from dataclasses import dataclass, field

from comity.letters.address import pointer
from comity.letters.model import Letter, Text
from comity.letters.render.page import Block, Column, Row, Style, Table
from comity.letters.wording import Catalogue

Path = tuple[str | int, ...]


def initial(text: str) -> str:
    """Words as they stand at the head of a group or paragraph: with a capital, where their script has any."""
    return text[:1].upper() + text[1:]


@dataclass(kw_only=True)
class Setting:
    """Collects the blocks of one section."""

    letter: Letter
    catalogue: Catalogue
    section: int
    blocks: list[Block] = field(default_factory=list)
    paragraphs: int = 0
    translated: frozenset[str] = frozenset()
    """Addresses of words, beside texts, that a translator has rendered into the catalogue's language."""
    counted: bool = True
    """Whether paragraphs and groups bear numbers; those of an official form do not."""

    def label(self, name: str) -> str:
        """A label in the language."""
        return self.catalogue.say(f"label.{name}")

    def say(self, text: Text) -> str:
        """A text in the language, where it is fixed wording; free text as it is."""
        return self.catalogue.phrase(text)

    def paragraph(self, text: Text, path: Path, *, label: str = "") -> None:
        """A numbered paragraph."""
        style = Style.PARAGRAPH if self.counted else Style.SENTENCE
        self._text(text, path, style=style, number=self.numbered(), label=label)

    def sentence(self, text: Text, path: Path, *, level: int = 0, label: str = "", number: str = "") -> None:
        """A text without a number of its part; `number` is that of a list inside a paragraph."""
        self._text(text, path, style=Style.SENTENCE, level=level, label=label, number=number)

    def line(self, text: str) -> None:
        """A line that is no text of the letter, such as a box of a form."""
        self.blocks.append(Block(style=Style.SENTENCE, text=text))

    def heading(self, text: str, *, number: str = "", level: int = 0) -> None:
        """A heading of a group."""
        self.blocks.append(Block(style=Style.HEADING, text=text, number=number, level=level))

    def value(self, label: str, text: str, *, level: int = 0, exact: bool = False) -> None:
        """A label with its value; nothing where the value is empty."""
        if text:
            style = Style.OBJECT if exact else Style.FIELD
            self.blocks.append(Block(style=style, label=self.label(label), text=text, level=level))

    def table(self, columns: tuple[Column, ...], rows: tuple[Row, ...], *, level: int = 0) -> None:
        """Rows of like things, without the columns that none of them fills; nothing where there are no rows."""
        used = [place for place in range(len(columns)) if any(row.cells[place] for row in rows)]
        if used:
            kept = tuple(Row(number=row.number, cells=tuple(row.cells[place] for place in used)) for row in rows)
            table = Table(columns=tuple(columns[place] for place in used), rows=kept)
            self.blocks.append(Block(style=Style.TABLE, level=level, table=table))

    def column(self, name: str, *, exact: bool = False) -> Column:
        """A column with its label in the language."""
        return Column(label=self.label(name), exact=exact)

    def free(self, label: str, text: str, path: Path, *, level: int = 0) -> None:
        """A label with words of the letter's own language, which a translator renders; nothing where there are none."""
        if text.strip():
            self.blocks.append(
                Block(
                    style=Style.FIELD,
                    label=self.label(label),
                    text=text,
                    level=level,
                    address=pointer(path),
                    free=True,
                    language=self._language_of(pointer(path), self.letter.language),
                )
            )

    def office(self, key: str, state: str) -> str:
        """An office that every language has a name for; empty: it has a name of its own."""
        return self.catalogue.say(f"office.{key}", state=state) if key else ""

    def numbered(self) -> str:
        """The next number of the section; empty: it counts none."""
        if not self.counted:
            return ""
        self.paragraphs += 1
        return f"{self.section}.{self.paragraphs}"

    def gap(self, title: str) -> None:
        """Something to be completed."""
        self.blocks.append(Block(style=Style.GAP, label=self.label("to_complete"), text=title))

    def signature(self, name: str, authority: str, number: int, *, seal: bool = False) -> None:
        """A place to sign, and to put the seal; a name that is that of the authority is not said twice."""
        mark = f" ({self.label('seal')})" if seal else ""
        label = f"{number}. {authority}{mark}"
        self.blocks.append(
            Block(style=Style.SIGNATURE, label=label, text=name if name != authority else "", number=str(number))
        )

    def _language_of(self, address: str, written: str) -> str:
        return self.catalogue.language if address in self.translated else written

    def _text(self, text: Text, path: Path, *, style: Style, number: str = "", level: int = 0, label: str = "") -> None:
        self.blocks.append(
            Block(
                style=style,
                text=self.say(text),
                label=initial(label),
                number=number,
                level=level,
                address=pointer(path),
                free=text.free and bool(text.text.strip()),
                language=self._language_of(pointer(path), text.language) if text.free else "",
            )
        )
