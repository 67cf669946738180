"""Checks of form: contacts, addressee, language, law, promises, papers, signature, court."""

import re

from comity.law import Confidence, Measure
from comity.letters.checks.expected import UNREAD
from comity.letters.checks.verdict import PRESENT, Look, Verdict, missing, problem, weak_if
from comity.letters.checks.wordings import BY_HAND, placeholders
from comity.letters.model import (
    About,
    Basis,
    DualCriminality,
    EarlierAct,
    Family,
    Kind,
    Offence,
    OriginKind,
    Person,
    Signatory,
)
from comity.letters.tables import kinds

_TELEPHONE = re.compile(r"\+?\d[\d\s()./-]{5,}\d")
_COURT = re.compile(r"court|magistrate|judge|prosecut|tribunal|attorney|parquet|procur", re.IGNORECASE)
#: Only these may issue or validate an order for traffic data or content.
_JUDGE = re.compile(
    r"\bjudges?\b|magistrate\b|\bjuges?\b|richter|\bjue[zc]|\bju[ií]z|\bmagistrad|rechter|giudice|судь|قاض|न्यायाधीश|法官",
    re.IGNORECASE,
)
_BENCH = re.compile(
    r"\bcourt\b|tribunal|\bcour\b|gericht|juzgado|audiencia|rechtbank|sąd\b|\bsoud|суд\b|محكمة|न्यायालय|法院",
    re.IGNORECASE,
)
_PROSECUTOR = re.compile(
    r"prosecut|procur|parquet|anwalt|fiscal|minist[eé]rio p[uú]blico|officier van justitie|"
    r"прокур|مدع|نيابة|अभियोजक|检察",
    re.IGNORECASE,
)
_BY_JUDGE = frozenset({Measure.TRAFFIC_DATA, Measure.CONTENT_DATA})
SHOWN = 3
#: The office that stands for a central authority which no source names.
UNSOURCED = "central_of"


def sender(look: Look) -> Verdict:
    """An authority by name, where the letter must come from the central one."""
    unsourced = look.letter.requesting.office == UNSOURCED
    return weak_if((problem("sender_unsourced", state=look.letter.requesting.state),) if unsourced else ())


def basis(look: Look) -> Verdict:
    """An instrument whose text was read, or in the words of a person who has read it."""
    bases = [item for item in look.content if isinstance(item, Basis)]
    by_hand = any(item.statement.origin.kind in BY_HAND for item in bases)
    return weak_if((problem("unread_basis"),) if UNREAD in look.expected.circumstances and not by_hand else ())


def contact(look: Look) -> Verdict:
    """A telephone and an e-mail address."""
    contacts = [item for item in look.content if isinstance(item, str)]
    flaws = []
    if not any(_TELEPHONE.search(text) for text in contacts if "@" not in text):
        flaws.append(problem("no_telephone"))
    if not any("@" in text for text in contacts):
        flaws.append(problem("no_mail"))
    return weak_if(flaws)


def telephone(look: Look) -> Verdict:
    """A number to call back."""
    return weak_if(() if _TELEPHONE.search(look.words) else (problem("no_telephone"),))


def translation(look: Look) -> Verdict:
    """A translation goes with it."""
    return _paper(look, "translation")


def law_annex(look: Look) -> Verdict:
    """The text of the law goes with it: also of a section that only the case file knows, and none told from memory."""
    listed = _paper(look, "law_text")
    if listed is not PRESENT:
        return listed
    held = {(text.law, text.section): text for text in look.letter.law_texts}
    flaws = {}
    for provision in (p for offence in look.letter.offences for p in offence.provisions):
        text = held.get((provision.law, provision.section))
        cited = f"{provision.law}, {provision.mark} {provision.section}" if provision.section else provision.law
        if text is None and provision.origin.kind is OriginKind.CASE_FILE:
            flaws[cited] = problem("no_law_text", sections=cited)
        elif text is not None and any(said.origin.confidence is Confidence.LOW for said in text.paragraphs):
            flaws[cited] = problem("law_text_recalled", sections=cited)
    return weak_if(list(flaws.values())[:SHOWN])


def _paper(look: Look, paper: str) -> Verdict:
    if any(enclosure.id == paper for enclosure in look.letter.enclosures):
        return PRESENT
    return missing(problem("absent"))


def provisions(look: Look) -> Verdict:
    """Every offence has sections, and a penalty is known for it."""
    flaws = []
    for offence in look.letter.offences:
        known = [p.max_penalty_years for p in offence.provisions]
        if not offence.provisions:
            flaws.append(problem("no_provisions", what=offence.id))
        elif offence.max_penalty_years is None and (all(y is None for y in known) or _untold(look, offence)):
            flaws.append(problem("no_penalty", what=offence.id))
    return weak_if(flaws)


def _untold(look: Look, offence: Offence) -> bool:
    """Whether a person is sought for a section that only the case file knows: it may be the gravest of all."""
    surrender = kinds()[look.letter.kind].family is Family.SURRENDER
    sections = [p for p in offence.provisions if p.origin.kind is OriginKind.CASE_FILE]
    return surrender and any(section.max_penalty_years is None for section in sections)


def dual_criminality(look: Look) -> Verdict:
    """An argument for one offence at least that the law engine bears out."""
    findings = [item for item in look.content if isinstance(item, DualCriminality)]
    if any(finding.verdict == "satisfied" for finding in findings):
        return PRESENT
    return weak_if(problem("verdict", offence=f.offence, what=f.verdict) for f in findings[:SHOWN])


def undertaking(look: Look) -> Verdict:
    """The promise that is named is given."""
    given = [u for u in look.letter.undertakings if u.kind.value == look.about]
    if not given:
        return missing(problem("not_given"))
    return PRESENT


def earlier(look: Look) -> Verdict:
    """A preservation with its reference."""
    acts = [item for item in look.content if isinstance(item, EarlierAct)]
    kept = [act for act in acts if act.measure == "preservation"]
    if not kept:
        return missing(problem("absent"))
    return weak_if(problem("no_reference", what=act.holder or act.state) for act in kept if not act.reference)


def about(look: Look) -> Verdict:
    """An earlier letter that was sent on a day."""
    named = [item for item in look.content if isinstance(item, About)]
    return weak_if(problem("not_sent", what=item.reference) for item in named if item.dated_on is None)


def validation(look: Look) -> Verdict:
    """A judge, or a prosecutor where the act lets one: Regulation (EU) 2023/1543 art. 4, EIO art. 2(c), EAW art. 6."""
    judge = look.letter.kind is Kind.EPOC and any(m in _BY_JUDGE for m in look.expected.measures)
    prosecutor = _PROSECUTOR.search(look.words)
    if judge:
        validated = _JUDGE.search(look.words) or (_BENCH.search(look.words) and not prosecutor)
        key = "not_judge"
    else:
        validated, key = _JUDGE.search(look.words) or _BENCH.search(look.words) or prosecutor, "not_judicial"
    return weak_if((*placeholders(look), *(() if validated else (problem(key),))))


def identity(look: Look) -> Verdict:
    """Birth or papers of each person sought."""
    people = [item for item in look.content if isinstance(item, Person)]
    return weak_if(problem("no_identity", what=p.name) for p in people if not (p.identity or p.born))


def judicial_signature(look: Look) -> Verdict:
    """A court or a prosecutor signs."""
    signing = " ".join(f"{s.name} {s.authority}" for s in look.content if isinstance(s, Signatory))
    return weak_if(() if _COURT.search(signing) else (problem("not_court"),))


def court(look: Look) -> Verdict:
    """A court issues it."""
    return weak_if(placeholders(look))
