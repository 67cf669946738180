"""A draft with gaps that nobody touched is never called another letter than its data: each kind, form and language."""

from datetime import UTC, datetime
from itertools import cycle

import msgspec
import pytest
from tests.samples.letters import complete, every_kind

from comity.law import load_registry
from comity.letters import Drafted, checked, lay_out, to_json
from comity.letters.checks import Expected, contents_of
from comity.letters.fields import without
from comity.letters.forms import Form, written
from comity.letters.model import Kind
from comity.letters.read.docx import open_docx
from comity.letters.read.pdf import open_pdf
from comity.letters.render.data import letter_from
from comity.letters.sign import Trust, verify_letter
from comity.letters.sign.agreement import agreement
from comity.letters.sign.verdict import Agreement, DataFinding
from comity.letters.tables import fields_of
from comity.letters.wording import languages

OPEN = {Form.PDF: open_pdf, Form.DOCX: open_docx}
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
REGISTRY = load_registry()
KEPT = {"requesting", "addressee", "signatures"}
LANGUAGES = dict(zip(every_kind(), cycle(languages()), strict=False))


def with_gaps(kind: Kind, instrument: str, *, every: int) -> Drafted:
    """A letter without every so many of its fields, against what an article of an instrument asks for."""
    letter, expected = complete(kind)
    for number, field in enumerate(sorted(fields_of(kind) - KEPT)):
        if number % every == 0:
            letter = without(letter, field)
    letter = msgspec.structs.replace(letter, assistance=letter.assistance[:2])
    contents = contents_of(REGISTRY.instruments[instrument], expected.measures)
    asked = Expected(
        state=expected.state,
        instrument=instrument,
        measures=expected.measures,
        contents=contents,
        circumstances=expected.circumstances,
    )
    return checked(letter, asked)


def found_in(drafted: Drafted, form: Form, language: str, *, beside: bool = False) -> DataFinding:
    page = lay_out(drafted.letter, drafted.report, language)
    original = lay_out(drafted.letter, drafted.report) if beside else None
    file = written(drafted, form, page=page, original=original)
    if file.missing:
        pytest.skip(str(file.missing[0]))
    opened = OPEN[form](file.data)
    assert opened.data is not None
    return agreement(opened.data, letter_from(opened.data), opened)


def assert_believed(found: DataFinding, form: Form, language: str) -> None:
    assert (found.not_found, found.only_shown) == ((), ())
    # letters of Devanagari are set as pieces of which a PDF does not tell the order: figures and Latin words agree
    if (form, language) != (Form.PDF, "hi"):
        assert found.agreement is Agreement.AGREES
        assert found.draft
    else:
        assert found.agreement is Agreement.AGREES or found.figures_agree


@pytest.mark.parametrize("kind", every_kind())
@pytest.mark.parametrize("every", [1, 2])
def test_a_draft_of_every_kind(kind: Kind, every: int) -> None:
    drafted = with_gaps(kind, "eu-eio" if every == 1 else "untoc", every=every)
    assert not drafted.report.ready
    for form, language in ((Form.DOCX, LANGUAGES[kind]), (Form.PDF, LANGUAGES[kind])):
        assert_believed(found_in(drafted, form, language), form, language)
    verified = verify_letter(to_json(drafted), Trust(roots=()), file="draft.json", now=NOW)
    assert verified.data.agreement is Agreement.AGREES


@pytest.mark.parametrize("language", [one for one in languages() if one != "en"])
@pytest.mark.parametrize("form", list(OPEN))
def test_a_form_with_empty_sections_beside_the_original(language: str, form: Form) -> None:
    drafted = with_gaps(Kind.EIO, "eu-eio", every=1)
    assert_believed(found_in(drafted, form, language, beside=True), form, language)


def test_what_a_draft_of_a_form_has_to_say_cannot_be_called_empty() -> None:
    drafted = with_gaps(Kind.EIO, "eu-eio", every=1)
    file = written(drafted, Form.DOCX, page=lay_out(drafted.letter, drafted.report))
    opened = open_docx(file.data)
    assert opened.data is not None
    letter = letter_from(opened.data)
    more = msgspec.structs.replace(letter, stage=complete(Kind.EIO)[0].stage)
    assert agreement(opened.data, more, opened).agreement is Agreement.DIFFERS
