"""The check of a letter: every requirement and every article of the instrument, each present, weak or missing."""

from collections.abc import Callable, Iterator
from types import MappingProxyType

from comity.law import Confidence, Content
from comity.letters.checks import formal, requests, wordings
from comity.letters.checks.citing import own_articles
from comity.letters.checks.expected import OPEN, Expected, with_told
from comity.letters.checks.finding import Finding, Report, State
from comity.letters.checks.requirement import (
    ContentRow,
    Requirement,
    applies,
    content_row,
    has_field,
    requirements,
)
from comity.letters.checks.verdict import Look, Verdict, missing, problem
from comity.letters.fields import content
from comity.letters.model import Letter, Text

CHECKS: MappingProxyType[str, Callable[[Look], Verdict]] = MappingProxyType(
    {
        "about": formal.about,
        "validation": formal.validation,
        "present": wordings.present,
        "addressee": wordings.present,
        "language": wordings.present,
        "signature": wordings.present,
        "argued": wordings.argued,
        "argued_short": wordings.argued_short,
        "dated": wordings.dated,
        "dated_short": wordings.dated_short,
        "facts": wordings.facts,
        "moments": wordings.moments,
        "probable_cause": wordings.probable_cause,
        "ahead": wordings.ahead,
        "urgency": wordings.urgency,
        "confidential": wordings.confidential,
        "losses": wordings.losses,
        "identifiers": requests.identifiers,
        "object_moments": requests.object_moments,
        "period": requests.period,
        "nexus": requests.nexus,
        "payments": requests.payments,
        "sender": formal.sender,
        "basis": formal.basis,
        "contact": formal.contact,
        "telephone": formal.telephone,
        "translation": formal.translation,
        "law_annex": formal.law_annex,
        "provisions": formal.provisions,
        "dual_criminality": formal.dual_criminality,
        "undertaking": formal.undertaking,
        "earlier": formal.earlier,
        "identity": formal.identity,
        "judicial_signature": formal.judicial_signature,
        "court": formal.court,
    }
)
_RANK = {State.PRESENT: 0, State.WEAK: 1, State.MISSING: 2}


def check_letter(letter: Letter, expected: Expected) -> Report:
    """Every requirement that is for the letter, then what the instrument's articles ask for.

    Both sides call it: what the letter's own words raise counts beside what the caller knows.
    """
    expected = with_told(expected, letter)
    wanted = tuple(r for r in requirements() if applies(r, letter, expected))
    findings = tuple(_finding(requirement, letter, expected) for requirement in wanted)
    articles = tuple(_articles(letter, expected, wanted, findings))
    every = (*findings, *articles)
    return Report(
        ready=not any(finding.is_gap for finding in every),
        findings=every,
        advice=tuple(dict.fromkeys(_advice(expected))),
    )


def _finding(requirement: Requirement, letter: Letter, expected: Expected) -> Finding:
    verdict = judge(requirement, letter, expected)
    return Finding(
        id=requirement.id,
        requirement=requirement.id,
        field=requirement.field,
        state=verdict.state,
        required=requirement.required,
        title=requirement.title,
        articles=own_articles(requirement.articles, letter, expected),
        why=requirement.why,
        example=requirement.example,
        problems=verdict.problems,
        source_url="" if requirement.source_url == "memory" else requirement.source_url,
        confidence=requirement.confidence,
    )


def judge(requirement: Requirement, letter: Letter, expected: Expected) -> Verdict:
    """The verdict of a requirement's check."""
    name, _, about = requirement.check.partition(":")
    there = content(letter, requirement.field)
    if not there:
        return _absent(requirement, letter, expected)
    look = Look(
        letter=letter,
        field=requirement.field,
        content=there,
        about=about,
        measures=tuple(measure.value for measure in requirement.measures),
        expected=expected,
    )
    return CHECKS[name](look)


def _absent(requirement: Requirement, letter: Letter, expected: Expected) -> Verdict:
    """What is missing, as exactly as it is known."""
    note = letter.addressee.note
    if requirement.check == "addressee" and note:
        return missing(problem("unnamed", note=note))
    if requirement.check == "language":
        return missing(problem("language_unknown", state=expected.state))
    left = [c.text for c in expected.conditions if c.holds_back] if requirement.when == OPEN else []
    return missing(*(problem("condition", what=text) for text in left)) if left else missing(problem("absent"))


def _articles(
    letter: Letter, expected: Expected, wanted: tuple[Requirement, ...], findings: tuple[Finding, ...]
) -> Iterator[Finding]:
    if not has_field(letter.kind, "assistance"):  # an article tells what a request holds, not a letter about one
        return
    why = {requirement.field: requirement for requirement in reversed(requirements())}
    why |= {requirement.field: requirement for requirement in reversed(wanted)}
    for asked in expected.contents:
        row = content_row(asked.field, expected.instrument)
        fields = tuple(f for f in row.fields if has_field(letter.kind, f) and _matters(f, expected)) if row else ()
        if row is not None and fields:
            yield _article(asked, row, fields, letter=letter, expected=expected, findings=findings, why=why)


def _matters(field: str, expected: Expected) -> bool:
    """Whether a field is one that the measures asked for have: a takedown has no period."""
    limited = [requirement.measures for requirement in requirements() if requirement.field == field]
    if not limited or not all(limited):
        return True
    return any(measure in measures for measures in limited for measure in expected.measures)


def _article(
    asked: Content,
    row: ContentRow,
    fields: tuple[str, ...],
    *,
    letter: Letter,
    expected: Expected,
    findings: tuple[Finding, ...],
    why: dict[str, Requirement],
) -> Finding:
    """An article is met as well as the weakest of the fields that answer it."""
    states = {field: _state(field, letter, findings) for field in fields}
    worst = max(fields, key=lambda field: _RANK[states[field]])
    reason = why.get(worst)
    return Finding(
        id=f"article:{expected.instrument}:{asked.field}",
        requirement=reason.id if reason else "",
        field=worst,
        state=states[worst],
        required=not row.advised,
        title=asked.requirement,
        articles=asked.article,
        why=reason.why if reason else "",
        example=reason.example if reason else "",
        problems=_problems(worst, states[worst], findings),
        confidence=Confidence.MEDIUM,
    )


def _state(field: str, letter: Letter, findings: tuple[Finding, ...]) -> State:
    if not content(letter, field):
        return State.MISSING
    states = [finding.state for finding in findings if finding.field == field and finding.required]
    # what a check calls missing (one promise of several) leaves the field weak: something is said there
    worst = max(states, key=_RANK.__getitem__, default=State.PRESENT)
    return State.WEAK if worst is not State.PRESENT else State.PRESENT


def _problems(field: str, state: State, findings: tuple[Finding, ...]) -> tuple[Text, ...]:
    if state is State.MISSING:
        return (problem("absent"),)
    found = {text.text: text for f in findings if f.field == field and f.required for text in f.problems}
    return tuple(found.values())


def _advice(expected: Expected) -> Iterator[str]:
    yield from (f"to check: {condition.text}" for condition in expected.conditions if not condition.holds_back)
    for asked in expected.contents:
        row = content_row(asked.field, expected.instrument)
        if row is not None and row.advice:
            yield f"{row.advice} ({asked.article})" if asked.article else row.advice
