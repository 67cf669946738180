"""What a gap tells: the articles of the letter's own instrument, the reason, and an example, in every form."""

import re

import msgspec
import pytest
from tests.samples.letters import complete
from tests.samples.shipped import Shipped

from comity.letters import Kind, catalogue, draft, lay_out, plain_text
from comity.letters.checks import Expected, check_letter
from comity.letters.checks.citing import own_articles

ARTICLES = (
    "UNTOC 18(15)(a); UNCAC 46(15)(a); ETS 30 14(1)(a); ETS 24 12; UK practice; 18 USC 2703(d); BNSS 112; "
    "provider practice"
)


@pytest.mark.parametrize(
    ("instrument", "state", "kept"),
    [
        ("untoc", "GB", "UNTOC 18(15)(a); UK practice; BNSS 112; provider practice"),
        ("ae-in-mlat-2000", "AE", "BNSS 112; provider practice"),
        ("coe-mla-1959", "US", "ETS 30 14(1)(a); 18 USC 2703(d); BNSS 112; provider practice"),
    ],
)
def test_only_articles_of_the_letters_own_instrument(instrument: str, state: str, kept: str) -> None:
    letter, _ = complete(Kind.MLA_REQUEST)
    expected = Expected(state=state, instrument=instrument)
    assert own_articles(ARTICLES, letter, expected) == kept


def test_of_a_letter_that_arrived_without_an_instrument_all_are_told() -> None:
    letter, _ = complete(Kind.MLA_REQUEST)
    assert own_articles(ARTICLES, letter, Expected(state="AE")) == ARTICLES
    sent = Expected(state="AE", circumstances=("outgoing",))
    abroad = msgspec.structs.replace(letter, requesting=msgspec.structs.replace(letter.requesting, state="DE"))
    assert own_articles(ARTICLES, abroad, sent) == "provider practice"
    assert check_letter(letter, sent).findings


def test_gaps_of_a_bilateral_letter_cite_no_convention(shipped: Shipped) -> None:
    drafted = draft(shipped.brief("freezing", "AE", instrument="ae-in-mlat-2000"))
    assert drafted.report.gaps
    cited = " ".join(gap.articles for gap in drafted.report.gaps)
    assert not re.search("UNTOC|UNCAC|Budapest|UK practice|ETS", cited)


def test_the_annex_tells_why_and_gives_an_example(shipped: Shipped) -> None:
    drafted = draft(shipped.brief("content_data", "US"))
    for language in ("en", "fr"):
        page = lay_out(drafted.letter, drafted.report, language)
        (annex,) = page.annexes
        labels = [block.label for block in annex.blocks]
        words = catalogue(language)
        assert labels.count(words.say("label.why")) == len(drafted.report.gaps)
        assert words.say("label.example") in labels
        text = " ".join(plain_text(page).split())
        assert words.say("requirement.probable-cause.why") in text
