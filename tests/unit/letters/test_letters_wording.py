"""The catalogues, the tables, and the forms of output."""

from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import msgspec
import pytest
from tests.samples.letters import complete, text
from tests.samples.shipped import Shipped

from comity.law import load_registry
from comity.letters import (
    Kind,
    LettersDataError,
    NotReadyError,
    catalogue,
    checked,
    languages,
    lay_out,
    plain_text,
    schemas,
    wording,
)
from comity.letters import chain as chains
from comity.letters.chain import countries, hands, name_in, sender
from comity.letters.checks import Expected, State, check_letter, requirements
from comity.letters.fields import MEMBERS, without
from comity.letters.model import Kind as LetterKind
from comity.letters.render import Style, visible
from comity.letters.render.members import PUT
from comity.letters.render.plain import width
from comity.letters.render.views import VIEWS
from comity.letters.tables import Row, boxes, fields_of, kinds, parts, read_table
from comity.letters.wording import Catalogue, fixed, lacking, slots


def test_english_says_everything() -> None:
    words = catalogue()
    assert set(kinds()) == set(LetterKind)
    for kind, row in kinds().items():
        assert words.say(f"kind.{kind.value}")
        for part in row.parts:
            assert words.say(f"part.{parts()[part].title or part}")
    assert all(words.say(box.label) for box in boxes().values())
    assert {box for part in parts().values() for box in part.boxes} == set(boxes())
    assert {view for part in parts().values() for view in part.views} == set(VIEWS)
    fields = {field for part in parts().values() for field in part.fields}
    assert all(words.say(f"field.{field}") for field in fields)
    assert {f"offence.{offence}" for offence in load_registry().offences} <= set(words.entries)
    assert fields & MEMBERS <= set(PUT)
    assert {part for row in kinds().values() for part in row.parts} == set(parts())


def test_other_languages_are_compared() -> None:
    assert all(lacking(language) == () for language in languages())


def test_a_language_that_lacks_something(monkeypatch: pytest.MonkeyPatch) -> None:
    english = catalogue()
    entries = {key: said for key, said in english.entries.items() if key != "label.date"} | {
        "sentence.link": "{holder}"
    }
    other = Catalogue(language="ru", entries=entries)
    monkeypatch.setattr(wording, "catalogue", lambda language: other if language == "ru" else english)
    plurals = {f"count.{thing}.{form}" for thing in ("victims", "words", "days", "years") for form in ("few", "many")}
    assert set(lacking("ru")) == {"label.date", "sentence.link", *plurals}


def test_phrases_are_said_in_words() -> None:
    said = fixed("sentence.purpose", reference="R 1", offences="computer_fraud;phishing", state="US")
    assert "computer-related fraud, phishing" in said.text
    assert "United States" in said.text
    assert catalogue().day("2026-11-24") == "24 November 2026"
    assert catalogue().day("soon") == "soon"
    assert slots("{a:state} {b}") == {("a", "state"), ("b", "")}
    german = Catalogue(language="de", entries={"x.y": "am {on:date} in {where:state}"})
    assert catalogue().fill("sentence.claim", {"state": "IN", "ground": "asserted"}).endswith("same facts.")
    assert german.say("x.y", on="2026-11-24", where="DE") == "am 24. November 2026 in Deutschland"


def test_errors_of_the_tables() -> None:
    with pytest.raises(LettersDataError, match=r"there is no 'x\.y'"):
        catalogue().say("x.y")
    with pytest.raises(LettersDataError, match="needs 'title'"):
        catalogue().say("sentence.basis")
    for language in ("tlh", "../en"):
        with pytest.raises(LettersDataError, match="there is ar, de, en"):
            catalogue(language)

    class Other(Row, frozen=True, kw_only=True):
        nothing: str

    with pytest.raises(LettersDataError, match=r"parts\.toml"):
        read_table("parts.toml", Other)


@pytest.mark.parametrize("broken", ["a = ", "a = 1"])
def test_broken_files(broken: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    for name in ("wording/xx/letters.toml", "chains/XX.toml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(broken)
    (folder / "chains" / "README").write_text("not a chain")
    elsewhere: Callable[[str], Path] = lambda package: tmp_path  # noqa: E731  stands in for the package's files
    monkeypatch.setattr(wording, "files", elsewhere)
    monkeypatch.setattr(chains, "files", elsewhere)
    countries.cache_clear()
    languages.cache_clear()
    try:
        with pytest.raises(LettersDataError, match=r"chains/XX\.toml"):
            countries()
        if broken == "a = ":
            with pytest.raises(LettersDataError, match=r"wording/xx/letters\.toml"):
                catalogue("xx")
        else:
            assert dict(catalogue("xx").entries) == {"a": "1"}  # what it lacks is named by `lacking`
    finally:
        wording.catalogue.cache_clear()
        countries.cache_clear()
        languages.cache_clear()


def test_requirements_have_sources() -> None:
    rows = requirements()
    assert len({row.id for row in rows}) == len(rows)
    everywhere = {field for part in parts().values() for field in part.fields}
    for row in rows:
        assert row.field.split(".")[0] in everywhere
        assert row.source_url.startswith("http") or (row.source_url == "memory" and row.confidence == "low")
        assert row.why.endswith((".", "?"))
        assert row.example


def test_the_chain_of_india() -> None:
    rogatory = hands("IN", Kind.LETTER_ROGATORY)
    assert [hand.signs for hand in rogatory] == [False, False, False, True, False]
    assert rogatory[3].legal_basis == "BNSS 2023, s. 112(1)"
    hand = sender("IN", Kind.MLA_REQUEST)
    assert hand is not None
    assert hand.who == "in_home_affairs"
    assert sender("IN", Kind.TAKEDOWN_NOTICE) is None
    assert hands("AQ", Kind.MLA_REQUEST) == ()
    for country in countries().values():
        for path in country.path:
            assert any(hand.signs for hand in path.hand)
            assert all(h.source_url.startswith("http") or h.confidence == "low" for h in path.hand)


def test_names_in_the_chain(shipped: Shipped) -> None:
    assert name_in(shipped.case, "court") == ""
    assert name_in(shipped.case, "authority") == shipped.case.authority.name


def test_schemas_are_current(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert schemas.SCHEMAS.main([]) == 0
    elsewhere = replace(schemas.SCHEMAS, folder=tmp_path / "schema")
    assert elsewhere.main([]) == 1
    assert "draft.schema.json is not current: run python -m comity.letters.schemas" in capsys.readouterr().err
    assert elsewhere.main(["--write"]) == 0
    assert elsewhere.main([]) == 0


def test_a_draft_with_gaps_says_so() -> None:
    letter, expected = complete(Kind.MLA_REQUEST)
    poor = without(without(letter, "probable_cause"), "addressee")
    drafted = checked(poor, expected)
    page = lay_out(poor, drafted.report)
    gaps = [block.text for section in page.sections for block in section.blocks if block.style is Style.GAP]
    assert gaps == ["Addressee", "Probable cause"]
    printed = plain_text(page)
    assert printed.count("DRAFT: NOT READY") == 2
    assert "Probable cause (18 USC 2703(a)" in printed
    assert ">>> to be completed: Probable cause <<<" in printed
    error = NotReadyError(what="a letter", gaps=("one", "two"))
    assert str(error) == "a letter is not ready: one; two"


def test_what_cannot_be_seen_is_shown() -> None:
    assert visible("a\u202eb\x07 c\n\td") == "a<U+202E>b<U+0007> c d"
    assert width("e\u0301日a") == 4
    letter, expected = complete(Kind.MLA_REQUEST)
    wide = msgspec.structs.replace(letter, facts=(text("日本語 " * 40),))
    printed = plain_text(lay_out(wide, checked(wide, expected).report))
    assert max(width(line) for line in printed.splitlines() if "ab" * 32 not in line) <= 72


def test_letters_without_what_is_optional() -> None:
    letter, expected = complete(Kind.MLA_REQUEST)
    items = tuple(
        msgspec.structs.replace(i, period=msgspec.structs.replace(i.period, why=None))
        for i in letter.assistance
        if i.period
    )
    items = (msgspec.structs.replace(items[0], period=None), *items[1:])
    bare = msgspec.structs.replace(
        letter,
        assistance=items,
        persons=(msgspec.structs.replace(letter.persons[0], note=None, name_latin="", nationality="", residence=""),),
        offences=(
            msgspec.structs.replace(
                letter.offences[0],
                max_penalty_years=None,
                provisions=(
                    msgspec.structs.replace(
                        letter.offences[0].provisions[0], section="", title="", max_penalty_years=None
                    ),
                ),
            ),
        ),
        earlier=(msgspec.structs.replace(letter.earlier[0], outcome=None, effective_on=None),),
        conducting=None,
        signatures=(msgspec.structs.replace(letter.signatures[0], authority="", name=""),),
        addressee=msgspec.structs.replace(letter.addressee, name_latin="Latin"),
    )
    printed = plain_text(lay_out(bare, checked(bare, expected).report))
    assert "not stated here" in printed
    assert "Washington" in printed
    ack, expected = complete(Kind.ACKNOWLEDGEMENT)
    assert ack.about is not None
    undated = msgspec.structs.replace(ack, about=msgspec.structs.replace(ack.about, received_on=None))
    assert "Received:" not in plain_text(lay_out(undated, checked(undated, expected).report))
    for gone in ("about", "court"):
        letter, expected = complete(Kind.PRESERVATION_FOLLOW_UP if gone == "about" else Kind.LETTER_ROGATORY)
        poor = without(letter, gone)
        assert plain_text(lay_out(poor, checked(poor, expected).report))


def test_fields_that_a_kind_lacks_are_not_asked_for() -> None:
    letter, _ = complete(Kind.EPOC)
    assert "facts" not in fields_of(Kind.EPOC)
    registry = load_registry()
    contents = registry.instruments["eu-e-evidence"].contents
    report = check_letter(letter, Expected(state="FR", instrument="eu-e-evidence", measures=(), contents=contents))
    assert not any(finding.field == "facts" for finding in report.findings)
    stranger = msgspec.structs.replace(contents[0], field="never heard of")
    report = check_letter(letter, Expected(state="FR", instrument="eu-e-evidence", contents=(stranger,)))
    assert all(finding.state is State.PRESENT for finding in report.findings)


def test_every_data_file_is_shipped() -> None:
    folder = files("comity.letters") / "data"
    assert {"kinds.toml", "parts.toml", "requirements.toml", "contents.toml"} <= {f.name for f in folder.iterdir()}
