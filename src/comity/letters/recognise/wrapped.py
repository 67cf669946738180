"""Lines that one paragraph was broken into, joined again: a number may end one line and go on in the next."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from comity.letters.recognise.document import Document, Sentence

_FULL_CHARS = 25
"""A line shorter than this was not broken because it was full."""
_BROKEN = ("page ", "line ")
"""Places in files whose lines end where the page does; a DOCX has paragraphs."""
_BEGINS = re.compile(r"^(?:\W{1,3}\s|\(?[0-9a-z]{1,2}[.)]\s|[^\W\d_][^:：]{0,30}[:：])")
"""A list's sign, or a label: something new begins."""
_ENDS = (".", ":", "：", "。", "।", "!", "?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Some lines in one text."""

    text: str
    lines: tuple[Sentence, ...]
    starts: tuple[int, ...]
    """Where each line begins in the text."""

    def line_at(self, place: int) -> Sentence:
        """The line in which a place of the text lies."""
        return next(
            line for start, line in zip(reversed(self.starts), reversed(self.lines), strict=True) if start <= place
        )


def paragraphs(document: Document, ends_whole: Callable[[str], bool]) -> tuple[Paragraph, ...]:
    """The lines, those joined that go on; `ends_whole` tells a line that ends with a whole account."""
    found: list[Paragraph] = []
    group: list[Sentence] = []
    for line in document.lines:
        if group and not _goes_on(group[-1], line, ends_whole):
            found.append(_joined(group))
            group = []
        group.append(line)
    if group:
        found.append(_joined(group))
    return tuple(found)


def _goes_on(line: Sentence, after: Sentence, ends_whole: Callable[[str], bool]) -> bool:
    full = len(line.text) >= _FULL_CHARS and line.where.startswith(_BROKEN)
    if not full or line.strong or line.text.endswith(_ENDS) or _BEGINS.match(after.folded):
        return False
    figures = line.text[-1].isdigit() and after.text[0].isdigit()
    return not (figures and ends_whole(line.text))


def _joined(lines: list[Sentence]) -> Paragraph:
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line.text) + 1
    return Paragraph(text=" ".join(line.text for line in lines), lines=tuple(lines), starts=tuple(starts))
