"""What to ask back: every content that is wanting, and what the law leaves open."""

from collections.abc import Iterator

from comity.law import DualCriminalityFinding, Verdict
from comity.law.names import language_name
from comity.letters.checks import Finding, Report, State
from comity.letters.incoming.cited import cited
from comity.letters.incoming.examination import Admissibility, LanguageFinding, Question, Tongue
from comity.letters.incoming.received import Received
from comity.letters.model import Text
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
    """Questions in the order in which a letter puts them."""
    return (
        *_language(language),
        *_basis(measures, invoked=any(basis.instrument for basis in received.letter.basis)),
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
        languages = ", ".join(map(language_name, found.accepted))
        yield Question(field="language", text=fixed("reply.ask_language", languages=languages))


def _basis(measures: tuple[Admissibility, ...], *, invoked: bool) -> Iterator[Question]:
    """About the first measure that nothing named in the request carries, and what would."""
    for one in measures:
        text = _about(one, invoked=invoked)
        if text is not None:
            yield Question(field="basis", text=text)
            return


def _about(one: Admissibility, *, invoked: bool) -> Text | None:
    way, wrong = one.carried, one.invoked_closed
    if way is None:
        return None if invoked else fixed("reply.ask_basis_none")
    article = cited(way.article)
    if not invoked:
        return fixed("reply.ask_basis", title=way.title, article=article)
    if way.invoked or not wrong:
        return None
    why = "; ".join(wrong[0].why) or "it does not bind both"
    return fixed("reply.ask_other_basis", named=wrong[0].title, why=why, title=way.title, article=article)


def _offences(dual: tuple[DualCriminalityFinding, ...]) -> Iterator[Question]:
    if is_lacking(dual):
        yield Question(field="offences", text=fixed("reply.ask_offences", why=dual[0].why))


def is_lacking(dual: tuple[DualCriminalityFinding, ...]) -> bool:
    """Whether our data say that none of the offences is one here; what they do not know is no fault of the sender."""
    return bool(dual) and all(finding.verdict is Verdict.NOT_SATISFIED for finding in dual)


def _content(gap: Finding, *, maybe_there: bool) -> Question:
    """A question that names what is wanting and its article; why the officer needs it is for this side to read."""
    perhaps = maybe_there and gap.state is State.MISSING
    return Question(field=gap.field, text=_asked(gap, perhaps=perhaps), why=gap.why, maybe_there=maybe_there)


def _asked(gap: Finding, *, perhaps: bool) -> Text:
    if gap.state is State.WEAK and gap.problems:
        told = "; ".join(text.text for text in gap.problems if text.phrase != _THIN)
        return (
            fixed("reply.ask_weak", title=gap.title, problems=told)
            if told
            else fixed("reply.ask_thin", title=gap.title)
        )
    if perhaps:
        return fixed("reply.ask_maybe", title=gap.title)
    if gap.articles:
        return fixed("reply.ask_content_bare", title=gap.title, articles=gap.articles)
    return fixed("reply.ask_content_plain", title=gap.title)
