"""From a letter and its check to a page in one language."""

from collections.abc import Iterator

from comity.letters.checks import Finding, Report, State
from comity.letters.fields import MEMBERS
from comity.letters.model import Letter
from comity.letters.render.members import put_member, put_particular
from comity.letters.render.page import Block, Notice, Page, Section, Style
from comity.letters.render.setting import Setting
from comity.letters.tables import kinds, parts
from comity.letters.wording import Catalogue, catalogue


def lay_out(letter: Letter, report: Report, language: str = "") -> Page:
    """The letter as a page, in its own language or another that has a catalogue; free text stays as it is.

    LettersDataError where the language has no catalogue.
    """
    words = catalogue(language or letter.language)
    return Page(
        language=words.language,
        title=words.phrase(letter.title),
        reference=letter.reference,
        head=tuple(_head(letter, words)),
        sections=tuple(_sections(letter, report, words)),
        notice=notice(report, words),
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
    state = words.say("banner.missing" if gap.state is State.MISSING else "banner.weak")
    article = f" ({gap.articles})" if gap.articles else ""
    problems = "; ".join(words.phrase(text) for text in gap.problems)
    return f"{gap.title}{article}: {state}{f', {problems}' if problems else ''}"


def _head(letter: Letter, words: Catalogue) -> Iterator[Block]:
    yield Block(style=Style.FIELD, label=words.say("label.reference"), text=letter.reference)
    yield Block(style=Style.FIELD, label=words.say("label.case_reference"), text=letter.case_reference)
    yield Block(style=Style.FIELD, label=words.say("label.date"), text=words.day(letter.dated_on.isoformat()))


def _sections(letter: Letter, report: Report, words: Catalogue) -> Iterator[Section]:
    absent = {gap.field: gap for gap in reversed(report.gaps) if gap.state is State.MISSING}
    number = 1
    for part in kinds()[letter.kind].parts:
        setting = Setting(letter=letter, catalogue=words, section=number)
        for field in parts()[part].fields:
            _put(setting, letter, field, absent)
        if setting.blocks:
            yield Section(id=part, number=number, title=words.say(f"part.{part}"), blocks=tuple(setting.blocks))
            number += 1


def _put(setting: Setting, letter: Letter, field: str, absent: dict[str, Finding]) -> None:
    before = len(setting.blocks)
    if field in MEMBERS:
        put_member(setting, field)
    else:
        put_particular(setting, letter, field)
    if len(setting.blocks) == before and field in absent:
        setting.gap(absent[field].title)
