"""What goes with the letter."""

from collections.abc import Iterator

from comity.letters.compose.brief import Brief
from comity.letters.compose.parties import addressee
from comity.letters.model import Enclosure, Kind, Offence, Origin, OriginKind, Text
from comity.letters.translation import same_language
from comity.letters.wording import fixed

_WITH_WARRANT = frozenset({Kind.EXTRADITION_REQUEST, Kind.PROVISIONAL_ARREST})


def enclosures(brief: Brief, offences: tuple[Offence, ...]) -> tuple[Enclosure, ...]:
    """The papers that the letter needs with it, numbered."""
    found = list(_enclosures(brief, offences))
    return tuple(
        Enclosure(number=number, id=paper, title=title, origin=title.origin)
        for number, (paper, title) in enumerate(found, start=1)
    )


def _enclosures(brief: Brief, offences: tuple[Offence, ...]) -> Iterator[tuple[str, Text]]:
    sections = "; ".join(dict.fromkeys(f"{p.law}, {p.mark} {p.section}" for o in offences for p in o.provisions))
    if sections:
        yield "law_text", fixed("sentence.law_text", sections=sections)
    if brief.kind is Kind.LETTER_ROGATORY:
        yield "court_order", fixed("sentence.court_order_copy")
    if brief.kind in _WITH_WARRANT and brief.told("warrant"):
        yield "warrant", fixed("sentence.warrant_copy")
    if brief.plan.case.artifacts:
        yield "exhibits", fixed("sentence.exhibits", origin=Origin(kind=OriginKind.PLAN, where="case.artifacts"))
    languages = addressee(brief).languages
    if languages and not any(same_language(code, brief.language) for code in languages):
        yield "translation", fixed("sentence.translation", languages=";".join(languages))
    for text in brief.told("enclosures"):
        yield "other", text
