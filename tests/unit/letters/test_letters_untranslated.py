"""What is still to be translated keeps a letter from leaving, in every form, and from being signed."""

import msgspec
import pytest
from tests.samples.letters import complete

from comity.letters import (
    Drafted,
    Kind,
    NotReadyError,
    checked,
    free_texts,
    in_words_of,
    lay_out,
    plain_text,
    require_ready,
    translated,
)
from comity.letters.figures import other_figures
from comity.letters.read.file import open_file
from comity.letters.sign.readiness import require_ready_page
from comity.letters.translation import Translated, Translation, TranslationState


def whole() -> Drafted:
    return checked(*complete(Kind.MLA_REQUEST))


def translation(drafted: Drafted, language: str, *, but: int = 0) -> Translation:
    found = list(free_texts(drafted.letter))
    texts = tuple(Translated(address=a, source=s, target=f"[{language}] {s}") for a, s in found[but:])
    return Translation(language=language, reference=drafted.letter.reference, texts=texts)


def test_what_is_to_be_translated_is_a_gap() -> None:
    drafted = whole()
    assert in_words_of(drafted, "en") is drafted
    said = in_words_of(drafted, "ar")
    assert not said.report.ready
    (gap,) = said.report.gaps
    assert gap.id == "untranslated"
    assert gap.problems[0].arguments["number"] == str(sum(1 for _ in free_texts(drafted.letter)))
    with pytest.raises(NotReadyError, match="Translation of every text"):
        require_ready(said)
    text = plain_text(lay_out(said.letter, said.report, "fr"))
    assert "Traduction de tous les textes" in text


def test_a_whole_translation_closes_it_and_a_part_does_not() -> None:
    drafted = in_words_of(whole(), "de")
    part = translated(drafted, translation(drafted, "de", but=2))
    assert part.report.ready
    assert in_words_of(part, "de").report.gaps[0].problems[0].arguments["number"] == "2"
    done = translated(drafted, translation(drafted, "de"))
    assert in_words_of(done, "de").report.ready
    assert not in_words_of(done, "pt").report.ready
    assert in_words_of(in_words_of(done, "pt"), "en").report.ready


def test_its_pages_say_that_it_is_a_draft_so_that_nobody_signs_it() -> None:
    said = in_words_of(whole(), "pt")
    pages = plain_text(lay_out(said.letter, said.report, "pt"))
    with pytest.raises(NotReadyError):
        require_ready_page(open_file(pages.encode()), None, what="letter.txt")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("INR 9,20,00,000 on 3 June 2026, 10:30 (+05:30)", "3 जून 2026 को 10:30 (+05:30) बजे ₹ ९,२०,००,०००"),
        ("USD 22,778.00 of 18 November 2026", "22.778,00 USD vom 18.11.2026"),
        ("AED 22,778", "٢٢٬٧٧٨ درهم"),
    ],
)
def test_figures_are_the_same_in_any_writing(source: str, target: str) -> None:
    assert not other_figures(source, target)


def test_figures_that_a_translator_changed() -> None:
    found = other_figures("INR 9,20,00,000 on 3 June 2026", "1 INR, 3 June 2025")
    assert (found.lost, found.added) == (("92000000", "2026"), ("2025",))


def test_a_translation_with_other_figures_is_a_gap_until_somebody_stands_for_it() -> None:
    """A sentence that drops the sum is no translation of it."""
    drafted = whole()
    found = list(free_texts(drafted.letter))
    assert any(any(c.isdigit() for c in source) for _, source in found)
    texts = tuple(Translated(address=a, source=s, target="Dies ist eine Übersetzung.") for a, s in found)
    made = Translation(language="de", reference=drafted.letter.reference, texts=texts)
    said = in_words_of(translated(drafted, made), "de")
    assert [text.phrase for text in said.report.gaps[0].problems] == ["problem.other_figures"]
    with pytest.raises(NotReadyError):
        require_ready(said)
    reviewed = tuple(msgspec.structs.replace(text, state=TranslationState.REVIEWED) for text in texts)
    made = msgspec.structs.replace(made, texts=reviewed)
    assert in_words_of(translated(drafted, made), "de").report.ready
