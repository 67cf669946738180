"""What the sections say on which a letter rests: the words that the case file gives, else what the law data hold."""

from comity.law import SectionText
from comity.law.dates import span
from comity.letters.compose.brief import Brief
from comity.letters.compose.law import offences, provisions
from comity.letters.compose.section import cite, names_of_law
from comity.letters.errors import NoLetterError
from comity.letters.model import LawText, Origin, OriginKind, Provision, Text
from comity.letters.translation import same_language
from comity.plan.caseerror import nearest


def law_texts(brief: Brief) -> tuple[LawText, ...]:
    """The text of each section cited, once; a section whose text nobody has is left out."""
    cited = {(p.law, p.section): p for offence in offences(brief) for p in offence.provisions}
    found = (_told(brief, provision) or _known(brief, provision) for provision in cited.values())
    return tuple(text for text in found if text is not None)


def _told(brief: Brief, provision: Provision) -> LawText | None:
    """As the case file has it."""
    for number, words in enumerate(brief.case.law_texts):
        if _is_cited(words.provision, provision):
            origin = Origin(kind=OriginKind.CASE_FILE, where=f"law_texts[{number}]")
            language = words.language or brief.language
            return _text_of(provision, words.text, language, origin, official=True)
    return None


def _is_cited(citation: str, provision: Provision) -> bool:
    cited = cite(citation)
    same_law = names_of_law(cited.law) & names_of_law(provision.law)
    return bool(same_law) and cited.section.casefold() == provision.section.casefold()


def check_law_texts(brief: Brief) -> None:
    """Raises NoLetterError where the case file gives the words of a section that none of its offences rests on."""
    cited = [one for offence in brief.case.offences for one in provisions(brief, offence)]
    for number, words in enumerate(brief.case.law_texts):
        if not any(_is_cited(words.provision, one) for one in cited):
            known = dict.fromkeys(f"{one.law}, {one.mark} {one.section}" if one.section else one.law for one in cited)
            raise NoLetterError(
                what=f"case.toml law_texts[{number}]",
                problem=f"no offence of the case rests on {words.provision!r}",
                remedy=nearest(words.provision, tuple(known)),
            )


def _known(brief: Brief, provision: Provision) -> LawText | None:
    """As the law data have it: the words before a summary, and what needs no translation before what does."""
    state = brief.case.requesting_state
    law = brief.registry.states.get(state)
    rows = [row for row in law.texts if _is_of(row, provision, brief)] if law else []
    if not rows:
        return None
    row = min(rows, key=lambda row: (not row.official, not same_language(row.language, brief.language)))
    origin = Origin(
        kind=OriginKind.LAW_DATA,
        where=f"states/{state}/texts",
        url=row.source_url,
        as_of=row.as_of,
        confidence=row.confidence,
    )
    return _text_of(provision, row.text, row.language, origin, official=row.official)


def _is_of(row: SectionText, provision: Provision, brief: Brief) -> bool:
    """Whether it is the text of a section as it was when the section as cited was in force."""
    if (row.law, row.section) != (provision.law, provision.section):
        return False
    begins, ends = provision.in_force_from, provision.in_force_to or brief.on.isoformat()
    return not (row.in_force_from and span(row.in_force_from)[0] > span(ends)[1]) and not (
        row.in_force_to and begins and span(row.in_force_to)[1] < span(begins)[0]
    )


def _text_of(provision: Provision, text: str, language: str, origin: Origin, *, official: bool) -> LawText:
    lines = (line.strip() for line in text.splitlines())
    paragraphs = tuple(Text(text=line, language=language, origin=origin) for line in lines if line)
    return LawText(law=provision.law, section=provision.section, paragraphs=paragraphs, official=official)
