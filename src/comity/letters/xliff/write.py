"""A letter as an XLIFF 2.0 file for a translator."""

import re
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from comity.letters.model import Letter
from comity.letters.saying import direction
from comity.letters.translation import Translated, Translation, TranslationState
from comity.letters.wording import Catalogue, catalogue
from comity.letters.xliff.markup import Code, Piece, plain
from comity.letters.xliff.unit import Unit, units

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
VERSION = "2.0"
TO_TRANSLATORS = (
    "Units that may not be translated are fixed wording, given for context. Placeholders stand for exact values: put"
    " each in once, where it belongs in the sentence. Names of persons, authorities and firms stay in their own script."
    " Numbers and dates keep their values. What is left untranslated stays so; the rest is taken."
)
#: What XML 1.0 cannot hold is written as `cp`; a carriage return would be read as a line feed.
_UNWRITABLE = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_xliff(letter: Letter, language: str, translation: Translation | None = None) -> bytes:
    """The file, UTF-8; with what was translated so far where a translation is given.

    LettersDataError where the language has no catalogue.
    """
    there = catalogue(language)
    done = {text.address: text for text in translation.texts} if translation is not None else {}
    return ("\n".join(_document(letter, catalogue(letter.language), there, done)) + "\n").encode()


def _document(letter: Letter, here: Catalogue, there: Catalogue, done: Mapping[str, Translated]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        f'<xliff xmlns="{NAMESPACE}" version="{VERSION}" srcLang={_attribute(letter.language)}'
        f" trgLang={_attribute(there.language)}>"
    )
    yield (
        f'  <file id="letter" original={_attribute(letter.reference)} canResegment="no"'
        f' srcDir="{direction(here.language)}" trgDir="{direction(there.language)}">'
    )
    yield "    <notes>"
    yield f'      <note id="translator" category="instruction">{escape(TO_TRANSLATORS)}</note>'
    yield "    </notes>"
    for unit in units(letter, here, there):
        yield from _unit(unit, done.get(unit.address))
    yield "  </file>"
    yield "</xliff>"


def _unit(unit: Unit, done: Translated | None) -> Iterator[str]:
    allowed = "" if unit.free else ' translate="no"'
    yield f'    <unit id="{unit.id}" name={_attribute(unit.address)}{allowed} xml:space="preserve">'
    if unit.field:
        yield f'      <notes><note category="field">{escape(unit.field)}</note></notes>'
    codes = [piece for piece in unit.source if isinstance(piece, Code)]
    if codes:
        data = "".join(f'<data id="d{code.id}">{_text(code.value)}</data>' for code in codes)
        yield f"      <originalData>{data}</originalData>"
    source = f"<source>{_inline(unit.source)}</source>"
    state, target = _target(unit, done)
    yield f'      <segment state="{state.value}">{source}{target}</segment>'
    yield "    </unit>"


def _target(unit: Unit, done: Translated | None) -> tuple[TranslationState, str]:
    if unit.fixed:
        return TranslationState.FINAL, f"<target>{_text(unit.fixed)}</target>"
    if done is None or done.source != plain(unit.source):
        return TranslationState.INITIAL, ""
    return done.state, f"<target>{_inline(_coded(done.target, unit.source))}</target>"


def _coded(target: str, source: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """A translation with the placeholders of its source in place of the same values."""
    cut: tuple[Piece, ...] = (target,)
    for code in (piece for piece in source if isinstance(piece, Code)):
        cut = tuple(_with_code(cut, code))
    return cut


def _with_code(cut: tuple[Piece, ...], code: Code) -> Iterator[Piece]:
    placed = False
    for piece in cut:
        if placed or isinstance(piece, Code) or code.value not in piece:
            yield piece
            continue
        placed = True
        before, _, after = piece.partition(code.value)
        yield from (before, code, after)


def _inline(cut: tuple[Piece, ...]) -> str:
    return "".join(_placeholder(piece) if isinstance(piece, Code) else _text(piece) for piece in cut)


def _placeholder(code: Code) -> str:
    shown = _attribute(code.value)
    return f'<ph id="{code.id}" dataRef="d{code.id}" canCopy="no" canDelete="no" disp={shown} equiv={shown}/>'


def _text(text: str) -> str:
    return _UNWRITABLE.sub(lambda found: f'<cp hex="{ord(found[0]):04X}"/>', escape(text))


def _attribute(text: str) -> str:
    written: str = quoteattr(_UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text))
    return written
