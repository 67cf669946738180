"""A case file in another language than English: its words are of that language in every letter."""

import msgspec
import pytest
from tests.samples.shipped import Shipped

from comity.letters import (
    Brief,
    NoLetterError,
    choose_language,
    compose,
    draft,
    free_texts,
    in_words_of,
    lay_out,
    plain_text,
)
from comity.letters.xliff import to_xliff

FACTS = (
    "Le 17 novembre 2026 à 10:00 (+01:00), des courriels ont conduit des clients de la banque à saisir leurs codes sur "
    "une page qui est hébergée à l'étranger, et les fonds sont passés par le compte d'un complice."
)


def french(shipped: Shipped, language: str = "fr", facts: str = FACTS) -> Brief:
    return shipped.brief("preservation", "US", language=language, facts=facts, statements=())


def test_facts_in_french_are_no_english(shipped: Shipped) -> None:
    """An English letter with French facts is not ready, and says what is still to be translated from French."""
    drafted = draft(french(shipped))
    assert drafted.letter.language == "fr"
    assert {text.language for text in drafted.letter.facts} == {"fr"}
    english = in_words_of(drafted, "en")
    assert any(
        gap.id == "untranslated" and gap.problems[0].arguments["language"] == "fr" for gap in english.report.gaps
    )
    page = plain_text(lay_out(english.letter, english.report, "en"))
    assert "[to be translated] Le 17 novembre 2026" in page
    own = in_words_of(drafted, "fr")
    assert not any(gap.id == "untranslated" for gap in own.report.gaps)
    assert "[à traduire]" not in plain_text(lay_out(own.letter, own.report))
    assert choose_language(drafted.letter).language == "en"
    assert b'srcLang="fr" trgLang="en"' in to_xliff(drafted.letter, "en")


def test_the_language_is_recognised_where_the_case_file_leaves_it_out(shipped: Shipped) -> None:
    assert compose(french(shipped, "")).language == "fr"
    assert compose(french(shipped, "", "مساء يوم 3 يونيو 2026 حُوّلت الأموال إلى حساب مصرفي في دبي")).language == "ar"
    assert compose(shipped.brief("preservation", "US")).language == "en"
    assert compose(french(shipped, "", "Zxq.")).language == "en"


def test_a_language_without_wording_is_refused(shipped: Shipped) -> None:
    with pytest.raises(NoLetterError, match=r"a case file in 'it'.*its key language"):
        compose(french(shipped, "it"))


def test_headings_that_the_law_data_have_in_english_are_no_french(shipped: Shipped) -> None:
    letter = compose(french(shipped))
    assert all(provision.title == "" for offence in letter.offences for provision in offence.provisions)
    assert all("Identity theft" not in text for _, text in free_texts(letter))
    assert msgspec.json.decode(msgspec.json.encode(letter), type=type(letter)) == letter


def test_the_name_of_an_officer_is_never_translated(shipped: Shipped) -> None:
    """The rank behind the comma is; who signs by office alone has no name."""
    authority = shipped.case.authority
    named = msgspec.structs.replace(authority, officer="Claire Dubois, capitaine")
    letter = compose(shipped.brief("preservation", "US", authority=named))
    told = letter.conducting or letter.requesting
    assert (told.officer, told.rank) == ("Claire Dubois", "capitaine")
    words = [text for _, text in free_texts(letter)]
    assert "capitaine" in words
    assert "Claire Dubois" not in words
    bare = compose(shipped.brief("preservation", "US", authority=msgspec.structs.replace(authority, officer="Mme X")))
    told = bare.conducting or bare.requesting
    assert (told.officer, told.rank) == ("Mme X", "")
    office = compose(shipped.brief("preservation", "US"))
    told = office.conducting or office.requesting
    assert (told.officer, told.rank) == ("", "Superintendent of Police (Cyber Crime)")
