"""From a letter and its check to a page in one language."""

from collections.abc import Iterator
from string import ascii_lowercase, ascii_uppercase

from comity.letters.checks import Finding, Report, State
from comity.letters.fields import MEMBERS
from comity.letters.model import Letter
from comity.letters.render.boxes import put_boxes
from comity.letters.render.furniture import furniture, letterhead
from comity.letters.render.members import put_member, put_particular
from comity.letters.render.page import Block, Notice, Page, Section, Style
from comity.letters.render.setting import Setting
from comity.letters.render.views import put_views
from comity.letters.saying import citation, direction, in_brackets, listed, listed_by_semicolon, mark
from comity.letters.tables import KindRow, Part, kinds, parts
from comity.letters.translation import Translation, translate
from comity.letters.wording import ORIGINAL, Catalogue, catalogue


def lay_out(letter: Letter, report: Report, language: str = "", translation: Translation | None = None) -> Page:
    """The letter as a page, in its own language or another that has a catalogue.

    Free text stays as it is unless a translation into that language gives it; the page marks what is still to be
    translated. LettersDataError where the language has no catalogue.
    """
    words = catalogue(language or (translation.language if translation else letter.language))
    translated: frozenset[str] = frozenset()
    if translation is not None and catalogue(translation.language).language == words.language:
        letter, translated = translate(letter, translation)
    return Page(
        language=words.language,
        direction=direction(words.language),
        title=words.phrase(letter.title),
        reference=letter.reference,
        head=tuple(_head(letter, words)),
        letterhead=letterhead(letter, words),
        sections=tuple(_sections(letter, report, words, translated)),
        annexes=tuple(_annexes(report, words)),
        notice=notice(report, words),
        furniture=furniture(letter, words),
        summary=listed(words, [words.phrase(letter.title), letter.reference]),
        to_translate=words.say("label.to_translate"),
    )


def notice(report: Report, words: Catalogue) -> Notice:
    """The banner, and a line for each gap."""
    return Notice(
        ready=report.ready,
        banner=words.say("banner.draft" if report.ready else "banner.not_ready"),
        title=words.say("banner.gaps"),
        gaps=tuple(gap_line(gap, words) for gap in report.gaps),
    )


def gap_line(gap: Finding, words: Catalogue) -> str:
    """One gap in a line: what, how bad, why."""
    return f"{_lacking(gap, words)}{mark(words, 'colon')}{_problem(gap, words)}"


def _lacking(gap: Finding, words: Catalogue) -> str:
    article = in_brackets(words, citation(words, gap.articles)) if gap.articles else ""
    return f"{title_of(gap, words)}{article}"


def _problem(gap: Finding, words: Catalogue) -> str:
    state = words.say("banner.missing" if gap.state is State.MISSING else "banner.weak")
    problems = listed_by_semicolon(words, [words.phrase(text) for text in gap.problems])
    return listed(words, [state, problems] if problems else [state])


def _annexes(report: Report, words: Catalogue) -> Iterator[Section]:
    """What a draft lacks, each with what is wrong with it, why the other side needs it, and good text."""
    blocks = tuple(block for gap in report.gaps for block in _gap(gap, words))
    if blocks:
        yield Section(id="gaps", number=0, title=words.say("banner.gaps"), blocks=blocks)


def _gap(gap: Finding, words: Catalogue) -> Iterator[Block]:
    yield Block(style=Style.FIELD, label=_lacking(gap, words), text=_problem(gap, words))
    for label, text in zip(("why", "example"), advice_of(gap, words), strict=True):
        if text:
            yield Block(style=Style.FIELD, label=words.say(f"label.{label}"), text=text, level=1)


def title_of(finding: Finding, words: Catalogue) -> str:
    """What a requirement is called in a language; what an article asks for is called as its field outside English."""
    if not finding.is_article:
        return words.named("requirement", f"{finding.id}.title", finding.title)
    if words.language == ORIGINAL:
        return finding.title
    return words.named(
        "field", finding.field, words.named("requirement", f"{finding.requirement}.title", finding.title)
    )


def advice_of(finding: Finding, words: Catalogue) -> tuple[str, str]:
    """Why the officer on the other side needs it, and good text, in a language."""
    key = f"requirement.{finding.requirement}"
    return words.entries.get(f"{key}.why", finding.why), words.entries.get(f"{key}.example", finding.example)


def _head(letter: Letter, words: Catalogue) -> Iterator[Block]:
    yield Block(style=Style.FIELD, label=words.say("label.reference"), text=letter.reference)
    yield Block(style=Style.FIELD, label=words.say("label.case_reference"), text=letter.case_reference)
    yield Block(style=Style.FIELD, label=words.say("label.date"), text=words.day(letter.dated_on.isoformat()))


def _sections(letter: Letter, report: Report, words: Catalogue, translated: frozenset[str]) -> Iterator[Section]:
    absent = {gap.field: gap for gap in reversed(report.gaps) if gap.state is State.MISSING}
    kind, number = kinds()[letter.kind], 1
    for part in (parts()[name] for name in kind.parts):
        counted = kind.form is None
        setting = Setting(letter=letter, catalogue=words, section=number, translated=translated, counted=counted)
        put_views(setting, part)
        put_boxes(setting, part)
        for field in part.fields:
            _put(setting, letter, field, absent)
        if part.section and not setting.blocks:
            setting.line(words.say("label.form_empty"))
        if setting.blocks:
            title, blocks = _title(kind, part, number, words), tuple(setting.blocks)
            shown = number if counted else 0
            yield Section(id=part.id, number=shown, title=title, blocks=blocks, new_page=part.annex)
            number += 1


def _title(kind: KindRow, part: Part, number: int, words: Catalogue) -> str:
    """The title of a part; a section of an official form has the form's letter before it."""
    title = words.say(f"part.{part.title or part.id}")
    if kind.form is None or not part.section:
        return title
    letter = ascii_uppercase[number - 1] if kind.form.marks == "upper" else f"({ascii_lowercase[number - 1]})"
    return words.say("page.form_section" if kind.form.marks == "upper" else "page.form_box", mark=letter, title=title)


def _put(setting: Setting, letter: Letter, field: str, absent: dict[str, Finding]) -> None:
    before = len(setting.blocks)
    if field in MEMBERS:
        put_member(setting, field)
    else:
        put_particular(setting, letter, field)
    if len(setting.blocks) == before and field in absent:
        setting.gap(title_of(absent[field], setting.catalogue))
