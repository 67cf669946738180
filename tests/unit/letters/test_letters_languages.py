"""The catalogues of nine languages: complete, in their own script, and able to say every letter."""

import re
import unicodedata
from datetime import date

import msgspec
import pytest
from tests.samples.letters import complete, every_kind, text

from comity.law import load_registry
from comity.letters import (
    Kind,
    NoLetterError,
    TranslationState,
    catalogue,
    checked,
    choose_language,
    from_json,
    in_language,
    languages,
    lay_out,
    pair,
    paired_text,
    plain_text,
    to_json,
    translated,
    untranslated,
)
from comity.letters import Translated as Done
from comity.letters import Translation as Given
from comity.letters.errors import LettersDataError
from comity.letters.latin import latin
from comity.letters.render import COLUMNS, Style
from comity.letters.render.plain import width
from comity.letters.saying import law, plural_forms
from comity.letters.translation import free_texts
from comity.letters.wording import catalogue_tag, lacking, slots, wanted
from comity.plan.tables import acts, holder_kinds

LANGUAGES = ("ar", "de", "en", "es", "fr", "hi", "pt", "ru", "zh")
SCRIPTS = {"ar": "ARABIC", "hi": "DEVANAGARI", "ru": "CYRILLIC", "zh": "CJK"}
#: What stands in Latin letters in every script: names of laws, firms, networks, papers and terms of art.
_LATIN_RUN = re.compile(r"[A-Za-z][A-Za-z0-9.'’&/-]*")
#: Values: placeholders, addresses, digests, instants.
_VALUE = re.compile(r"\{[^}]*\}|\S+@\S+|SHA-256|\d{4}-\d\d-\d\dT\S+|I-GRIP|UNTOC|UNCAC")


def _is_mark(key: str) -> bool:
    return key.partition(".")[0] in {"mark", "cite"}


def _words_of(said: str) -> list[str]:
    return re.findall(r"[^\W\d_]{2,}", _VALUE.sub("", said))


def others() -> tuple[str, ...]:
    return tuple(language for language in LANGUAGES if language != "en")


def test_these_are_the_languages() -> None:
    assert languages() == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_complete(language: str) -> None:
    entries = catalogue(language).entries
    assert lacking(language) == ()
    own = {key for key in entries if key.startswith("law.")} | {"mark.with_article"}
    assert set(entries) - own == set(wanted(language)) - own
    for key, said in entries.items():
        assert said.strip(), key
        assert "  " not in said, key
        assert unicodedata.is_normalized("NFC", said), key
        assert 0 <= said.count(")") - said.count("(") <= len(re.findall(r"(?<!\()\bj\)", said)), key  # article 5 j)
        assert said.count("（") == said.count("）"), key
        assert said.count("«") == said.count("»"), key


@pytest.mark.parametrize("language", others())
def test_each_entry_is_translated(language: str) -> None:
    """Nothing stands in English, but values and single words that are the same in both."""
    english, entries = catalogue().entries, catalogue(language).entries
    # examples hold names of courts and streets
    told = {key: said for key, said in entries.items() if not _is_mark(key) and not key.endswith(".example")}
    same = [said for key, said in told.items() if said == english.get(key)]
    allowed = 1 if language in {"de", "es", "fr", "pt"} else 0
    assert [said for said in same if len(_words_of(said)) > allowed] == []


@pytest.mark.parametrize("language", tuple(SCRIPTS))
def test_each_entry_is_in_the_script(language: str) -> None:
    for key, said in catalogue(language).entries.items():
        if _is_mark(key) or not _words_of(said):
            continue
        bare = _LATIN_RUN.sub("", re.sub(r"\{[^}]*\}|\[[^\]]*\]", "", said))
        letters = [character for character in bare if character.isalpha()]
        foreign = [c for c in letters if not unicodedata.name(c).startswith(SCRIPTS[language])]
        assert foreign == [], key
        assert letters or "{" in said or not re.search("[A-Za-z]{4}", said), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_latin_languages_hold_no_look_alikes(language: str) -> None:
    """A Cyrillic or Greek letter among Latin ones is a slip that nobody sees."""
    for key, said in catalogue(language).entries.items():
        for word in re.findall(r"[^\W\d_]+", said):
            scripts = {unicodedata.name(c).split()[0] for c in word} - {"COMBINING", "DEVANAGARI", "CJK"}
            assert len(scripts) <= 1, (key, word)


def test_plural_forms_are_those_of_the_language() -> None:
    assert plural_forms("zh") == ("other",)
    assert set(plural_forms("ar")) == {"zero", "one", "two", "few", "many", "other"}
    words = catalogue("ru")
    said = [words.say("sentence.losses_unknown", number=n, state="IN") for n in ("1", "3", "5", "21")]
    assert [one.split("; ")[0] for one in said] == [
        "Индия: 1 потерпевший",
        "Индия: 3 потерпевших",
        "Индия: 5 потерпевших",
        "Индия: 21 потерпевший",
    ]


def test_dates_numbers_and_names_follow_the_language() -> None:
    shown = {language: catalogue(language).day("2026-11-24") for language in LANGUAGES}
    assert shown["fr"] == "24 novembre 2026"
    assert shown["zh"] == "2026年11月24日"
    assert shown["ar"] == "24 نوفمبر 2026"
    assert shown["pt"] == "24 de novembro de 2026"
    assert catalogue("ru").day("2026-11-27T12:00:30+04:00") == "27 ноября 2026\u202fг. 12:00:30 (+04:00)"
    assert catalogue("de").day("2026-11-27T12:00") == "27. November 2026 12:00"
    assert catalogue("hi").say("count.days.other", number="2444998") == "24,44,998 दिन"
    assert catalogue("de").say("count.days.other", number="2444998.50") == "2.444.998,50 Tage"
    assert "الإمارات العربية المتحدة" in catalogue("ar").say("office.fiu_of", state="AE")


def test_what_is_no_number_or_date_stays_as_it_is() -> None:
    words = catalogue("de")
    assert words.say("sentence.property_paid", what="X", holder="Y", paid="INR 1.5; USD many; EUR NaN").endswith(
        "INR 1,50; USD many; EUR NaN."
    )
    assert words.say("problem.thin", count="some").endswith("some Wörter")
    assert words.say("sentence.basis", title="(no id)", article="18") == (
        "Dieses Schreiben ergeht auf folgender Grundlage: (no id), Artikel 18."
    )
    assert catalogue("pt-BR").language == "pt"


def test_a_treaty_between_two_states_is_told_from_others() -> None:
    english, french = catalogue(), catalogue("fr")
    titled = "in-ru-mlat-2000 Treaty between the Republic of India and Russia"
    assert "under the Treaty between the Republic of India and Russia, article 1" in english.say(
        "sentence.basis", title=titled, article="1"
    )
    assert "between India and Russia (2000)" in english.say(
        "sentence.basis", title="in-ru-mlat-2000 Treaty", article="1"
    )
    assert "pénale\xa0: Inde – Russie (2000), article 1" in french.say("sentence.basis", title=titled, article="1")


def test_a_full_stop_is_not_doubled() -> None:
    assert catalogue("fr").say("sentence.imitates", brand="Example Inc.") == "Il imite Example Inc."
    assert catalogue("de").say("page.of", page="1.", pages="2") == "Seite 1. von 2"


def test_laws_by_their_own_names() -> None:
    assert law(catalogue("ru"), "Criminal Code of the Russian Federation, s. 159.6(1)") == (
        "Уголовный кодекс Российской Федерации, ст. 159.6(1)"
    )
    assert law(catalogue("de"), "Criminal Code of the Russian Federation, s. 159.6(1)").startswith("Criminal Code")
    assert law(catalogue("de"), "a law without a section") == "a law without a section"
    known = {law.law for state in load_registry().states.values() for law in state.offences}
    slugs = {re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_") for name in known}
    kept = {key.removeprefix("law.") for one in LANGUAGES for key in catalogue(one).entries if key.startswith("law.")}
    assert kept - slugs <= {"prevention_of_money_laundering_act_2002"}


def test_what_english_repeats_is_as_in_the_tables() -> None:
    """The catalogues know by its English words what the plan and the law data say."""
    entries = catalogue().entries
    holders = holder_kinds().values()
    assert {entries[key] for key in entries if key.startswith("holder.")} == {kind.unnamed for kind in holders}
    pieces = {piece.strip() for kind in holders for give in kind.gives for piece in give.what.split("; ")}
    pieces |= set(acts().alert_what.split("; "))
    assert {entries[key] for key in entries if key.startswith("data.")} == pieces
    titles = {f"instrument.{one.id}": one.title for one in load_registry().instruments.values()}
    named = {key for key in titles if not re.fullmatch(r"instrument\.[a-z]{2}-[a-z]{2}-.+", key)}
    assert named <= set(entries)  # a treaty between two states is called by its kind and their names
    assert {key: titles.get(key) for key in entries if key.startswith("instrument.")} == {
        key: said for key, said in entries.items() if key.startswith("instrument.")
    }


@pytest.mark.parametrize("language", others())
@pytest.mark.parametrize("kind", every_kind())
def test_every_kind_of_letter_is_said(kind: Kind, language: str) -> None:
    letter, expected = complete(kind)
    drafted = checked(letter, expected)
    original, page = lay_out(letter, drafted.report), lay_out(letter, drafted.report, language)
    both = pair(page, original)
    assert page.language == language
    assert page.direction == ("rtl" if language == "ar" else "ltr")
    assert [section.id for section in both.sections] == [section.id for section in original.sections]
    assert page.title != original.title
    for section in both.sections:
        for one in section.pairs:
            assert page.untranslated(one.block) == one.block.free
    printed = paired_text(both)
    assert page.to_translate in printed
    exact = {b.text for s in page.sections for b in s.blocks if b.style is Style.OBJECT}
    for line in printed.splitlines():
        assert width(line) <= COLUMNS or any(word in line for value in exact for word in value.split())


def test_a_translated_text_is_set_in_place() -> None:
    letter, expected = complete(Kind.MLA_REQUEST)
    drafted = checked(letter, expected)
    address, source = next(free_texts(letter))
    done = Done(address=address, source=source, target="Готовый перевод", state=TranslationState.REVIEWED)
    stale = Done(address="/facts/0", source="what it never said", target="Не то")
    given = Given(language="ru", reference=letter.reference, texts=(done, stale))
    kept = translated(translated(drafted, given), given)
    assert kept.translations == (given,)
    assert kept.translation("ru-RU") == given
    assert kept.translation("fr") is None
    assert address not in untranslated(letter, given)
    assert "/facts/0" in untranslated(letter, given)
    printed = plain_text(lay_out(letter, drafted.report, translation=given))
    assert "Готовый перевод" in printed
    assert "[подлежит переводу]" in printed
    assert "Не то" not in printed
    assert "Готовый перевод" not in plain_text(lay_out(letter, drafted.report, "fr", given))
    assert from_json(to_json(kept)) == kept


def test_the_letter_as_data_in_a_language() -> None:
    letter, expected = complete(Kind.MLA_REQUEST)
    drafted = checked(letter, expected)
    address, source = next(free_texts(letter))
    given = Given(
        language="ar", reference=letter.reference, texts=(Done(address=address, source=source, target="وقائع"),)
    )
    made = in_language(translated(drafted, given), "ar", beside=True)
    assert from_json(to_json(made)) == made
    assert made.rendition is not None
    assert (made.rendition.direction, made.rendition.original_language) == ("rtl", "en")
    said = {one.address: one for one in made.rendition.texts}
    assert said[address].text == "وقائع"
    assert said[address].original == source
    assert not said[address].to_translate
    assert said["/title"].text == catalogue("ar").say("kind.mla_request")
    assert said["/persons/0/born"].to_translate
    assert said["/persons/0/born"].original == letter.persons[0].born
    alone = in_language(drafted, "ar").rendition
    assert alone is not None
    assert all(one.original == "" for one in alone.texts)
    words = {address for address, _ in free_texts(letter)}
    assert {one.address for one in alone.texts if one.to_translate} == words


def test_the_language_that_the_addressee_accepts() -> None:
    letter, _ = complete(Kind.MLA_REQUEST)

    def chosen(*accepted: str, asked: str = "") -> tuple[str, str]:
        addressee = msgspec.structs.replace(letter.addressee, languages=accepted)
        choice = choose_language(msgspec.structs.replace(letter, addressee=addressee), asked)
        return choice.language, choice.why

    assert chosen("ru", "en") == ("en", "English: the addressee accepts it")
    assert chosen("nl", "ru") == ("ru", "Russian: the addressee accepts Dutch, Russian")
    assert chosen("nl")[0] == "en"
    assert "Dutch, in which there is no wording" in chosen("nl")[1]
    assert chosen() == ("en", "English: which languages the addressee accepts is not known, ask it")
    assert chosen("ru", asked="pt-BR") == ("pt", "Portuguese: asked for")
    with pytest.raises(NoLetterError, match=r"'tlh': there is no wording in it; choose one of ar \(Arabic\), de"):
        chosen(asked="tlh")


def test_tags_of_languages() -> None:
    assert catalogue_tag("zh-Hans-CN") == "zh"
    assert catalogue_tag("zh-TW") == ""
    assert catalogue_tag("../en") == ""


def test_names_in_other_scripts_get_latin_letters() -> None:
    assert latin("Наталья Пример") == "Natalya Primer"
    assert latin("王小明") == "Wang Xiao Ming"
    assert latin("Łukasz Müller 3rd") == ""
    letter, expected = complete(Kind.MLA_REQUEST)
    person = msgspec.structs.replace(letter.persons[0], name_latin="")
    unread = msgspec.structs.replace(letter, persons=(person,))
    for language, told in (("en", "Latin letters by table"), ("ru", "латиница по таблице")):
        printed = plain_text(lay_out(unread, checked(unread, expected).report, language))
        assert "Наталья Пример" in printed
        assert told in printed
        assert "Natalya Primer" in printed
    known = plain_text(lay_out(letter, checked(letter, expected).report))
    assert "Наталья Пример (Natalya Primer)" in known
    assert "by table" not in known


def test_pages_of_two_letters_are_no_pair() -> None:
    letter, expected = complete(Kind.MLA_REQUEST)
    report = checked(letter, expected).report
    other = msgspec.structs.replace(letter, facts=(*letter.facts, text("more")))
    renamed = msgspec.structs.replace(letter, reference="R 2", dated_on=date(2026, 11, 25))
    for strange in (other, renamed):
        with pytest.raises(LettersDataError, match="are not of one letter"):
            pair(lay_out(letter, report, "fr"), lay_out(strange, report))


def test_slots_are_the_same_in_all() -> None:
    for language in others():
        entries = catalogue(language).entries
        for key, said in catalogue().entries.items():
            if key in entries:
                assert slots(entries[key]) == slots(said), (language, key)
