"""A letter together with its check: what is written to a file, and read again."""

from dataclasses import replace

import msgspec

from comity.law import Confidence
from comity.letters.checks import Expected, Finding, Report, State, check_letter
from comity.letters.checks import expected as expected_of_brief
from comity.letters.checks.verdict import problem
from comity.letters.compose import Brief, compose, follow_up, kind_for
from comity.letters.compose.particulars import particular
from comity.letters.compose.reference import recorded
from comity.letters.compose.sending import transmission
from comity.letters.errors import NotReadyError
from comity.letters.fields import MEMBERS
from comity.letters.model import About, Handover, Letter
from comity.letters.model.record import Record
from comity.letters.rendition import Rendition, rendition
from comity.letters.tables import fields_of, kinds
from comity.letters.translation import Translation, doubtful, free_texts, same_language, untranslated
from comity.letters.wording import catalogue


class Drafted(Record, frozen=True, kw_only=True):
    """A letter, what is expected of it, and the check; the JSON form of a draft."""

    schema: str = "comity-draft-1"
    letter: Letter
    expected: Expected
    report: Report
    translations: tuple[Translation, ...] = ()
    """What translators gave, a translation a language; the letter stays as it was drafted."""
    transmission: tuple[Handover, ...] = ()
    """The hands through which the letter goes before it leaves: for who handles it, no part of what is sent."""
    rendition: Rendition | None = None
    """The letter in another language, where it was asked for; made from the rest, never read."""

    def translation(self, language: str) -> Translation | None:
        """What a translator gave in a language; None: nothing yet."""
        return next((done for done in self.translations if same_language(done.language, language)), None)


def draft(brief: Brief) -> Drafted:
    """The letter of a brief, checked."""
    drafted = checked(_letter(brief), expected_of_brief(brief))
    return msgspec.structs.replace(drafted, transmission=transmission(brief))


def _letter(brief: Brief) -> Letter:
    """A later letter is written about the one that the step needed."""
    if kinds()[brief.kind].made != "earlier":
        return compose(brief)
    first = compose(replace(brief, kind=kind_for(brief.step, brief.route)))
    sent = recorded(brief.case, brief.step)
    said = {field: particular(brief, field) for field in sorted(fields_of(brief.kind) - MEMBERS)}
    told = {field: texts for field, texts in said.items() if texts}
    later = follow_up(first, brief.kind, on=brief.on, statements=told)
    # the day of drafting is not the day of sending: only what the case file records was sent
    named = About(
        kind=first.kind,
        reference=(sent.reference if sent else "") or first.reference,
        dated_on=sent.sent if sent else None,
        from_state=first.requesting.state,
    )
    return msgspec.structs.replace(later, about=named)


def translated(drafted: Drafted, translation: Translation) -> Drafted:
    """The draft with what a translator gave, in place of what was there in that language."""
    drafted = _as_drafted(drafted)
    others = (done for done in drafted.translations if not same_language(done.language, translation.language))
    return msgspec.structs.replace(drafted, translations=(*others, translation), rendition=None)


def in_language(drafted: Drafted, language: str, *, beside: bool = False) -> Drafted:
    """The draft with the letter in a language, text by text; with `beside`, each beside its original."""
    made = rendition(drafted.letter, language, drafted.translation(language), beside=beside)
    return msgspec.structs.replace(drafted, rendition=made)


def checked(letter: Letter, expected: Expected) -> Drafted:
    """A letter with its check: after a person or a translator changed it, or for one that arrived."""
    return Drafted(letter=letter, expected=expected, report=check_letter(letter, expected))


UNTRANSLATED = "untranslated"
"""Id of the finding that texts of the letter stand in another language than it is written in."""


def in_words_of(drafted: Drafted, language: str) -> Drafted:
    """The draft with its check as the letter is written in a language: what is still to be translated is a gap."""
    drafted = _as_drafted(drafted)
    if same_language(language, drafted.letter.language):
        return drafted
    translation = drafted.translation(language)
    texts = free_texts(drafted.letter) if translation is None else untranslated(drafted.letter, translation)
    left = sum(1 for _ in texts)
    doubted = len(doubtful(drafted.letter, translation)) if translation is not None else 0
    if not (left or doubted):
        return drafted
    report = drafted.report
    found = (*report.findings, _untranslated(drafted.letter.language, left, doubted))
    return msgspec.structs.replace(drafted, report=msgspec.structs.replace(report, ready=False, findings=found))


def _as_drafted(drafted: Drafted) -> Drafted:
    """Without what an earlier language of the letter lacked."""
    report = drafted.report
    found = tuple(finding for finding in report.findings if finding.id != UNTRANSLATED)
    if len(found) == len(report.findings):
        return drafted
    ready = not any(finding.is_gap for finding in found)
    return msgspec.structs.replace(drafted, report=msgspec.structs.replace(report, ready=ready, findings=found))


def _untranslated(language: str, left: int, doubted: int) -> Finding:
    words = catalogue()
    return Finding(
        id=UNTRANSLATED,
        requirement=UNTRANSLATED,
        field="language",
        state=State.WEAK,
        required=True,
        title=words.say("requirement.untranslated.title"),
        articles="",
        why=words.say("requirement.untranslated.why"),
        example=words.say("requirement.untranslated.example"),
        problems=(
            *((problem("untranslated", language=language, number=str(left)),) if left else ()),
            *((problem("other_figures", number=str(doubted)),) if doubted else ()),
        ),
        confidence=Confidence.HIGH,
    )


def require_ready(drafted: Drafted) -> None:
    """Raises NotReadyError, naming each gap, where the letter has any."""
    if not drafted.report.ready:
        gaps = tuple(dict.fromkeys(f"{gap.title} ({gap.state.value})" for gap in drafted.report.gaps))
        raise NotReadyError(what=drafted.letter.reference, gaps=gaps)


def to_json(drafted: Drafted) -> bytes:
    """The draft as JSON, indented, ending with a line feed."""
    return msgspec.json.format(msgspec.json.encode(drafted), indent=2) + b"\n"


def from_json(data: bytes) -> Drafted:
    """The draft that `to_json` wrote; msgspec.ValidationError where it breaks the published schema."""
    return msgspec.json.decode(data, type=Drafted)
