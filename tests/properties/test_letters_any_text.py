"""Whatever a text from the evidence holds, every form can be made of it, and the data inside stay true."""

from io import BytesIO

import msgspec
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from tests.samples.letters import complete, text
from tests.samples.shown import docx_text, flat

from comity.letters import Letter, checked, lay_out
from comity.letters.model import Kind, Subject
from comity.letters.render import Page, visible
from comity.letters.render.data import letter_from
from comity.letters.render.pdf import set_pdf
from comity.letters.render.word import docx, letter_in

WORDS = st.text(st.characters(codec="utf-8"), max_size=60)
LINES = st.lists(
    st.one_of(WORDS, st.sampled_from(["#eval(1)", "$x$", "@a <b>", "\\u{202e}", "ابج 20:12 (+05:30)", "中文" * 30]))
)


def letter_with(said: str) -> tuple[Letter, Page]:
    letter, expected = complete(Kind.PROVIDER_PRESERVATION)
    (item, *_) = letter.assistance
    subject = Subject(kind="email-addr", value=said, shown=said[::-1], detail=said, origin=item.origin)
    item = msgspec.structs.replace(item, subjects=(subject,), holder=said, reason=(text(said),))
    party = msgspec.structs.replace(letter.addressee, name=said, city=said)
    letter = msgspec.structs.replace(
        letter, assistance=(item,), addressee=party, reference=said or "A/1", facts=(text(said),)
    )
    return letter, lay_out(letter, checked(letter, expected).report)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LINES.map(" ".join))
@example('#import "x.typ"; #panic() \\ ` ``` // /* */ = * _ <l> @l ~ -- ... "')
@example("\u0600\u06dd\u200d\u200f\u200e\u0300\ufe0f\U0001f468\u200d\U0001f469 \ue000 \U000e0041 \ufdd0 \x00\x1b[31m")
@example("w" * 3000)
@example("(" * 50 + "ا" + ")" * 50 + " 1(2)3 [" * 20)
def test_every_form_can_be_made_of_any_text(said: str) -> None:
    letter, page = letter_with(said)
    made = set_pdf(letter, page).data
    assert letter_from(PdfReader(BytesIO(made)).attachments["letter.json"][0]) == letter
    word = docx(letter, page)
    assert letter_in(word) == letter
    assert flat(visible(said)).replace("\u200e", "") in docx_text(word)
