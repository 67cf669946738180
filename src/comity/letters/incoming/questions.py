"""What to ask back: every content that is wanting, and what the law leaves open."""

from collections.abc import Iterator

from comity.law import DualCriminalityFinding, Verdict
from comity.letters.checks import Finding, Report, State
from comity.letters.incoming.examination import Admissibility, LanguageFinding, Question, Tongue, Way
from comity.letters.incoming.received import Received
from comity.letters.model import Family, Origin, OriginKind, Text
from comity.letters.saying import phrases_of, requirement_of
from comity.letters.tables import kinds
from comity.letters.wording import fixed

_THIN = "problem.thin"
_BY_CUES = frozenset({"confidentiality", "urgency"})
OWN = frozenset({"addressee", "signatures", "chain"})
"""What nobody asks a sender for: it is known here, or seen on the paper."""


def questions_of(
    received: Received,
    report: Report,
    *,
    measures: tuple[Admissibility, ...],
    language: LanguageFinding,
    dual: tuple[DualCriminalityFinding, ...],
) -> tuple[Question, ...]:
    """Questions in the order in which a letter puts them.

    The conditions of an instrument are a matter of the request itself, and not of what is sent after it.
    """
    return (
        *_language(language),
        *_basis(measures, invoked=any(basis.instrument for basis in received.letter.basis)),
        *(() if kinds()[received.letter.kind].family is Family.LATER else _conditions(measures)),
        *_offences(dual),
        *(
            _content(gap, maybe_there=not received.by_data)
            for gap in report.gaps
            if gap.field.split(".", maxsplit=1)[0] not in OWN and not _is_said(gap, received)
        ),
    )


def _is_said(gap: Finding, received: Received) -> bool:
    """Whether what looks weak to the checks, which read our own letters, was recognised in a stranger's words."""
    if received.recognition is None or gap.state is not State.WEAK:
        return False
    return gap.field in _BY_CUES and bool(received.recognition.said(gap.field))


def _language(found: LanguageFinding) -> Iterator[Question]:
    if found.state is Tongue.NOT_ACCEPTED:
        languages = ";".join(found.accepted)
        yield Question(field="language", text=fixed("reply.ask_language", languages=languages))


def _basis(measures: tuple[Admissibility, ...], *, invoked: bool) -> Iterator[Question]:
    """About the first measure that nothing named in the request carries, and what would."""
    for one in measures:
        question = _about(one, invoked=invoked)
        if question is not None:
            yield question
            return


def _about(one: Admissibility, *, invoked: bool) -> Question | None:
    way, wrong = one.carried, one.invoked_closed
    if way is None:
        return None if invoked else Question(field="basis", text=fixed("reply.ask_basis_none"))
    title = titled(way)
    if not invoked:
        return Question(field="basis", text=fixed("reply.ask_basis", title=title, article=way.article))
    if way.invoked or not wrong:
        return None
    named = titled(wrong[0])
    text = fixed("reply.ask_other_basis", named=named, title=title, article=way.article)
    return Question(field="basis", text=text, because=found_by_law("; ".join(wrong[0].why)))


def _conditions(measures: tuple[Admissibility, ...]) -> Iterator[Question]:
    """What the instruments that carry it leave open, each point once with its instrument and article."""
    seen: set[tuple[str, str]] = set()
    for one in measures:
        for way in (one.carried,) if one.carried is not None else one.invoked_closed:
            for point in way.open_points:
                if (way.instrument, point.fact) not in seen:
                    seen.add((way.instrument, point.fact))
                    asked = phrases_of([(f"open.{point.fact}", {})])
                    text = fixed("reply.ask_condition", title=titled(way), article=way.article, asked=asked)
                    yield Question(field="conditions", text=text, needed=point.needed)


def titled(way: Way) -> str:
    """An instrument as phrases take it: its id and its title."""
    return f"{way.instrument} {way.title}"


def found_by_law(words: str) -> Text | None:
    """What the law data say, in their own words; None: nothing."""
    return Text(text=words, origin=Origin(kind=OriginKind.LAW_DATA, where="check")) if words else None


def _offences(dual: tuple[DualCriminalityFinding, ...]) -> Iterator[Question]:
    if is_lacking(dual):
        yield Question(field="offences", text=fixed("reply.ask_offences"), because=found_by_law(dual[0].why))


def is_lacking(dual: tuple[DualCriminalityFinding, ...]) -> bool:
    """Whether our data say that none of the offences is one here; what they do not know is no fault of the sender."""
    return bool(dual) and all(finding.verdict is Verdict.NOT_SATISFIED for finding in dual)


def _content(gap: Finding, *, maybe_there: bool) -> Question:
    """A question that names what is wanting and its article; why the officer needs it is for this side to read."""
    perhaps = maybe_there and gap.state is State.MISSING
    return Question(field=gap.field, text=_asked(gap, perhaps=perhaps), why=gap.why, maybe_there=maybe_there)


def _asked(gap: Finding, *, perhaps: bool) -> Text:
    title = requirement_of(own="" if gap.is_article else gap.requirement, field=gap.field, title=gap.title)
    if gap.state is State.WEAK and gap.problems:
        told = [(text.phrase, text.arguments) for text in gap.problems if text.phrase != _THIN]
        return (
            fixed("reply.ask_weak", title=title, problems=phrases_of(told))
            if told
            else fixed("reply.ask_thin", title=title)
        )
    if perhaps:
        return fixed("reply.ask_maybe", title=title)
    if gap.articles:
        return fixed("reply.ask_content_bare", title=title, articles=gap.articles)
    return fixed("reply.ask_content_plain", title=title)
