"""A translator's XLIFF file read into a translation of the letter that it was made for."""

from collections.abc import Iterator

from comity.letters.model import Letter
from comity.letters.translation import Translated, Translation, TranslationState
from comity.letters.wording import catalogue, catalogue_tag, languages
from comity.letters.xliff.errors import OtherLetterError, StaleTranslationError, XliffFileError
from comity.letters.xliff.limits import XliffLimits
from comity.letters.xliff.markup import plain
from comity.letters.xliff.target import bare, child, local, segments, source_of, target_of
from comity.letters.xliff.tree import Element, read_tree
from comity.letters.xliff.unit import Unit, units
from comity.letters.xliff.write import NAMESPACE

VERSIONS = frozenset({"2.0", "2.1"})


def from_xliff(data: bytes, letter: Letter, limits: XliffLimits | None = None) -> Translation:
    """What a translator gave for a letter; texts that were left untranslated are left out.

    XliffFileError where the file cannot be read, OtherLetterError where it was made for another letter,
    StaleTranslationError where the letter has changed since, LostPlaceholderError where an exact value was lost.
    """
    limits = limits or XliffLimits()
    root = read_tree(data, limits)
    if root.name != f"{NAMESPACE} xliff" or root.get("version") not in VERSIONS:
        raise XliffFileError(problem="is no XLIFF 2.0 or 2.1", remedy="save it in that version")
    language = _language(root, letter)
    wanted = {unit.address: unit for unit in units(letter, catalogue(letter.language), catalogue(language))}
    found = tuple(_found(root, letter, wanted))
    stale = [place for place, unit, element in found if unit is None or source_of(element) != bare(unit.source)]
    if stale:
        raise StaleTranslationError(places=tuple(dict.fromkeys(stale)))
    done = (_translated(unit, element, limits) for _, unit, element in found if unit is not None and unit.free)
    return Translation(
        language=language, reference=letter.reference, texts=tuple(text for text in done if text is not None)
    )


def _language(root: Element, letter: Letter) -> str:
    """The language of the translation."""
    source = root.get("srcLang")
    if source != letter.language:
        raise OtherLetterError(what="source language", expected=letter.language, actual=source)
    tag = catalogue_tag(root.get("trgLang"))
    if not tag:
        raise XliffFileError(
            problem=f"is for {root.get('trgLang') or 'no language'!r}, in which there is no wording",
            remedy=f"there is {', '.join(languages())}",
        )
    return tag


def _found(root: Element, letter: Letter, wanted: dict[str, Unit]) -> Iterator[tuple[str, Unit | None, Element]]:
    """Each unit of the file with that of the letter; None: the letter has no such text."""
    by_id = {unit.id: unit for unit in wanted.values()}
    seen: set[str] = set()
    for file in (element for element in root.elements() if local(element) == "file"):
        if file.get("original") != letter.reference:
            raise OtherLetterError(what="reference", expected=letter.reference, actual=file.get("original"))
        for element in _units(file):
            # some tools drop the name, which the core lets them; the id stays
            unit = wanted.get(element.get("name")) if element.get("name") else by_id.get(element.get("id"))
            place = unit.address if unit is not None else element.get("name") or element.get("id")
            if place in seen:
                raise XliffFileError(problem=f"has the unit {place} twice", remedy="leave one of them")
            seen.add(place)
            yield place, unit, element


def _units(element: Element) -> Iterator[Element]:
    """The units inside, in groups too."""
    for inner in element.elements():
        if local(inner) == "unit":
            yield inner
        elif local(inner) == "group":
            yield from _units(inner)


def _translated(unit: Unit, element: Element, limits: XliffLimits) -> Translated | None:
    target = target_of(element, unit.source, unit.address)
    if not target:
        return None
    if len(target) > limits.text_characters:
        raise XliffFileError(
            problem=f"has a translation of {unit.address} with more than {limits.text_characters:,} characters",
            remedy="give the file that was meant",
        )
    return Translated(address=unit.address, source=plain(unit.source), target=target, state=_state(element))


def _state(element: Element) -> TranslationState:
    """The least that the segments of a unit say."""
    order = tuple(TranslationState)
    said = [segment.get("state") for segment in segments(element) if child(segment, "target") is not None]
    known = [order.index(TranslationState(state)) for state in said if state in set(order)]
    return order[min(known)] if known and len(known) == len(said) else TranslationState.INITIAL
