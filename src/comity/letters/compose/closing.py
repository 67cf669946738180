"""What goes with the letter, and who signs it."""

from collections.abc import Iterator

from comity.letters.chain import COURT, Hand, hands, name_in, office_of, origin_of
from comity.letters.compose.brief import Brief
from comity.letters.compose.parties import addressee
from comity.letters.model import Enclosure, Kind, Offence, Origin, OriginKind, Signatory, Text
from comity.letters.wording import ORIGINAL, fixed

_WITH_WARRANT = frozenset({Kind.EXTRADITION_REQUEST, Kind.PROVISIONAL_ARREST})


def enclosures(brief: Brief, offences: tuple[Offence, ...]) -> tuple[Enclosure, ...]:
    """The papers that the letter needs with it, numbered."""
    found = list(_enclosures(brief, offences))
    return tuple(
        Enclosure(number=number, id=paper, title=title, origin=title.origin)
        for number, (paper, title) in enumerate(found, start=1)
    )


def _enclosures(brief: Brief, offences: tuple[Offence, ...]) -> Iterator[tuple[str, Text]]:
    sections = "; ".join(dict.fromkeys(f"{p.law}, s. {p.section}" for o in offences for p in o.provisions))
    if sections:
        yield "law_text", fixed("sentence.law_text", sections=sections)
    if brief.kind is Kind.LETTER_ROGATORY:
        yield "court_order", fixed("sentence.court_order_copy")
    if brief.kind in _WITH_WARRANT and brief.told("warrant"):
        yield "warrant", fixed("sentence.warrant_copy")
    if brief.plan.case.artifacts:
        yield "exhibits", fixed("sentence.exhibits", origin=Origin(kind=OriginKind.PLAN, where="case.artifacts"))
    languages = addressee(brief).languages
    if languages and ORIGINAL not in languages:
        yield "translation", fixed("sentence.translation", languages=";".join(languages))
    for text in brief.told("enclosures"):
        yield "other", text


def signatures(brief: Brief) -> tuple[Signatory, ...]:
    """Who signs, in order: by the country's chain, else whom the case file names."""
    state = brief.case.requesting_state
    signing = [hand for hand in hands(state, brief.kind) if hand.signs]
    if signing:
        return tuple(_signatory(brief, number, hand) for number, hand in enumerate(signing, start=1))
    authority = brief.case.authority
    origin = Origin(kind=OriginKind.CASE_FILE, where="authority.signatory")
    return (Signatory(number=1, name=authority.signatory, authority=authority.name, origin=origin),)


def _signatory(brief: Brief, number: int, hand: Hand) -> Signatory:
    authority = name_in(brief.case, hand.who)
    judge = brief.case.court.judge if hand.who == COURT and brief.case.court else ""
    return Signatory(
        number=number,
        name=judge or authority,
        authority=authority,
        office=office_of(hand.who),
        state=brief.case.requesting_state,
        seal=hand.seal,
        origin=origin_of(hand, brief.case.requesting_state),
    )
