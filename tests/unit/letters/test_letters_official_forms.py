"""Kinds that have the layout of an official form: every section with its letter, boxes ticked by data alone."""

import msgspec
import pytest
from tests.samples.letters import complete, item, text

from comity.law import Measure
from comity.letters import LettersDataError, lay_out, plain_text
from comity.letters.checks import check_letter
from comity.letters.model import Kind, Letter, Particular
from comity.letters.render.boxes import is_ticked
from comity.letters.render.page import Page
from comity.letters.tables import Box, boxes, kinds, parts
from comity.letters.wording import fixed

FORMS = {Kind.EPOC: "ABCDEFGHIJKLM", Kind.EPOC_PR: "ABCDEFGH", Kind.EIO: "ABCDEFGHIJKL", Kind.EAW: "abcdefghi"}


def page_of(letter: Letter, language: str = "") -> Page:
    _, expected = complete(letter.kind)
    return lay_out(letter, check_letter(letter, expected), language)


def bare(kind: Kind) -> Letter:
    """A letter of which nothing is known but who writes to whom."""
    letter, _ = complete(kind)
    empty = {name: () for name in ("persons", "offences", "assistance", "particulars", "earlier", "facts", "urgency")}
    return msgspec.structs.replace(letter, **empty)


def ticks(page: Page, mark: str) -> list[str]:
    return [b.text[3:].strip() for s in page.sections for b in s.blocks if b.text.startswith(mark)]


@pytest.mark.parametrize(("kind", "marks"), FORMS.items(), ids=str)
@pytest.mark.parametrize("filled", [True, False])
def test_every_section_stands_there_with_its_letter(kind: Kind, marks: str, filled: bool) -> None:
    letter = complete(kind)[0] if filled else bare(kind)
    page = page_of(letter)
    sections = [s for s in page.sections if parts()[s.id].section]
    leads = [f"Section {m}: " if m.isupper() else f"({m}) " for m in marks]
    assert all(section.title.startswith(lead) for section, lead in zip(sections, leads, strict=True))
    assert all(section.number == 0 for section in page.sections)
    assert not any(b.number for s in page.sections for b in s.blocks if b.style != "signature")


def test_those_kinds_have_a_form_and_no_other() -> None:
    assert {kind for kind, row in kinds().items() if row.form} == set(FORMS)
    assert all(row.form.source_url.startswith("https://") for row in kinds().values() if row.form)


def test_a_box_is_ticked_where_the_data_say_so() -> None:
    letter, _ = complete(Kind.EPOC)
    said = (
        Particular(field="category", text=fixed("category.traffic")),
        Particular(field="time_limit", text=fixed("sentence.epoc_time_emergency")),
    )
    letter = msgspec.structs.replace(letter, particulars=said, assistance=(item(1, Measure.TRAFFIC_DATA),))
    page = page_of(letter)
    assert {"traffic data", "within 8 hours of receipt: emergency", "criminal proceedings"} <= set(ticks(page, "[X]"))
    assert {"content data", "subscriber data", "within 10 days of receipt"} <= set(ticks(page, "[ ]"))
    assert "[X] بيانات الحركة" in plain_text(page_of(letter, "ar"))


def test_what_only_a_person_can_tell_is_not_ticked() -> None:
    for kind in FORMS:
        letter, _ = complete(kind)
        for part in kinds()[kind].parts:
            for name in parts()[part].boxes:
                assert boxes()[name].when or boxes()[name].words_of or not is_ticked(boxes()[name], letter)
    nothing = ticks(page_of(bare(Kind.EIO)), "[X]")
    assert nothing == ["criminal proceedings"]


def test_a_penalty_ticks_from_its_years_on() -> None:
    box = boxes()["three_years"]
    letter, _ = complete(Kind.EPOC)
    light = tuple(
        msgspec.structs.replace(
            offence,
            max_penalty_years=2.9,
            provisions=tuple(msgspec.structs.replace(p, max_penalty_years=None) for p in offence.provisions),
        )
        for offence in letter.offences
    )
    assert is_ticked(box, letter)
    assert not is_ticked(box, msgspec.structs.replace(letter, offences=light))


def test_a_rule_that_is_none_is_an_error() -> None:
    letter, _ = complete(Kind.EPOC)
    with pytest.raises(LettersDataError, match="no rule"):
        is_ticked(Box(id="x", label="x", when=("sometimes",)), letter)


def test_identifiers_stand_under_what_they_are() -> None:
    letter, _ = complete(Kind.EPOC)
    printed = plain_text(page_of(letter))
    assert "E-mail address: settle.desk@mail.example" in printed
    assert "IP address: 203.0.113.7" in printed


def test_a_section_of_which_nothing_is_known_says_so_and_a_required_one_is_a_gap() -> None:
    printed = plain_text(page_of(bare(Kind.EIO)))
    assert "Nothing to enter from the data of this letter." in printed
    assert "to be completed" in printed


def test_the_remedy_of_the_case_file_goes_into_its_section() -> None:
    letter, _ = complete(Kind.EIO)
    told = Particular(field="legal_remedies", text=text("Appeal of 20 November 2026, decided by March 2027."))
    letter = msgspec.structs.replace(letter, particulars=(told,))
    section = next(s for s in page_of(letter).sections if s.id == "form_remedies")
    assert [b.text for b in section.blocks] == ["[X] a legal remedy has been sought against the order", told.text.text]


@pytest.mark.parametrize(
    ("said", "ticked"),
    [
        ("Designated establishment in Dublin, named to the central authority", ["designated establishment"]),
        ("Benannte Niederlassung in Irland", ["designated establishment"]),
        ("Représentant légal nommé en Irlande", ["legal representative"]),
        ("قانوني: الممثل القانوني للمزود", ["legal representative"]),
        ("The establishment, as the legal representative did not answer", []),
        ("Google Ireland Limited, Dublin", []),
    ],
)
def test_whom_a_person_says_the_order_goes_to_is_ticked_where_it_is_one_alone(said: str, ticked: list[str]) -> None:
    letter, _ = complete(Kind.EPOC)
    letter = msgspec.structs.replace(letter, particulars=(Particular(field="addressee_role", text=text(said)),))
    section = next(s for s in page_of(letter).sections if s.id == "form_addressee")
    assert [b.text[4:] for b in section.blocks if b.text.startswith("[X]")] == ticked


@pytest.mark.parametrize("kind", [Kind.EPOC, Kind.EPOC_PR, Kind.MLA_REQUEST])
def test_the_time_of_the_data_is_told_as_people_read_it_with_its_offset(kind: Kind) -> None:
    letter, _ = complete(kind)
    printed = " ".join(plain_text(page_of(letter)).split())
    assert "16 November 2026 00:00 (+05:30) – 20 November 2026 00:00 (+05:30)" in printed
    assert "2026-11-16T00:00:00" not in printed
