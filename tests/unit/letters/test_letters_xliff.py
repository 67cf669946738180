"""Letters to translators and back: what is exported, what is refused when it returns."""

import re
from xml.etree import ElementTree as ET

import msgspec
import pytest
from tests.samples.letters import complete, text

from comity.letters import Kind, Letter, Translated, Translation, TranslationState, catalogue, free_texts
from comity.letters.errors import LettersDataError
from comity.letters.xliff import (
    LostPlaceholderError,
    OtherLetterError,
    StaleTranslationError,
    XliffFileError,
    XliffLimits,
    from_xliff,
    to_xliff,
)
from comity.letters.xliff.markup import Code, exact_values, pieces, plain
from comity.letters.xliff.write import NAMESPACE

CORE = f"{{{NAMESPACE}}}"
SOURCE = "On 2026-11-18T04:31:05+00:00 settle.desk@mail.example wrote: <pay> & \x07 bell\r\nnext"


def letter_of(said: str = SOURCE) -> Letter:
    letter, _ = complete(Kind.MLA_REQUEST)
    return msgspec.structs.replace(letter, facts=(text(said),))


def filled(data: bytes, address: str, target: str, *, state: str = "translated") -> bytes:
    """The file with a translation of one unit."""
    told = data.decode()
    unit = re.search(rf'<unit id="\w+" name="{re.escape(address)}".*?</unit>', told, re.DOTALL)
    assert unit is not None
    done = unit[0].replace("</source>", f"</source><target>{target}</target>").replace("initial", state)
    return told.replace(unit[0], done).encode()


def test_every_text_is_in_the_file_in_order() -> None:
    letter = letter_of()
    root = ET.fromstring(to_xliff(letter, "ru"))
    assert root.tag == f"{CORE}xliff"
    assert root.attrib == {"version": "2.0", "srcLang": "en", "trgLang": "ru"}
    units = root.findall(f".//{CORE}unit")
    names = [unit.get("name") for unit in units]
    assert [address for address, _ in free_texts(letter)] == [
        name for unit, name in zip(units, names, strict=True) if unit.get("translate") != "no"
    ]
    assert len({unit.get("id") for unit in units}) == len(units)
    title = units[names.index("/title")]
    assert title.get("translate") == "no"
    assert title.findtext(f".//{CORE}target") == catalogue("ru").say("kind.mla_request")
    facts = units[names.index("/facts/0")]
    assert facts.findtext(f".//{CORE}note") == "Facts"
    assert [code.get("disp") for code in facts.iter(f"{CORE}ph")] == [
        "2026-11-18T04:31:05+00:00",
        "settle.desk@mail.example",
    ]
    assert [code.get("hex") for code in facts.iter(f"{CORE}cp")] == ["0007", "000D"]


def structure(element: ET.Element) -> None:
    """What the core's schema says of order, attributes and names (XLIFF 2.0, 4.2 and 4.3)."""
    name = element.tag.removeprefix(CORE)
    inside = [child.tag.removeprefix(CORE) for child in element]
    order, attributes = {
        "xliff": (("file",), {"version", "srcLang", "trgLang"}),
        "file": (("notes", "unit"), {"id", "original", "canResegment", "srcDir", "trgDir"}),
        "notes": (("note",), set()),
        "note": ((), {"id", "category"}),
        "unit": (("notes", "originalData", "segment"), {"id", "name", "translate", "space"}),
        "originalData": (("data",), set()),
        "data": (("cp",), {"id"}),
        "segment": (("source", "target"), {"state"}),
        "source": (("ph", "cp"), set()),
        "target": (("ph", "cp"), set()),
        "ph": ((), {"id", "dataRef", "canCopy", "canDelete", "disp", "equiv"}),
        "cp": ((), {"hex"}),
    }[name]
    assert set(inside) <= set(order), name
    if name not in {"source", "target"}:
        assert inside == sorted(inside, key=order.index), name
        assert (
            name in {"note", "data"} or not "".join(element.itertext() if not inside else [element.text or ""]).strip()
        )
    assert {re.sub(r"\{.*\}", "", attribute) for attribute in element.attrib} <= attributes, name
    assert re.fullmatch(r"[\w.:-]*", element.get("id", "")), name
    for child in element:
        structure(child)


def test_the_file_has_the_structure_of_the_core() -> None:
    letter = letter_of()
    structure(ET.fromstring(to_xliff(letter, "ar")))
    given = from_xliff(filled(to_xliff(letter, "ar"), "/facts/0", '<ph id="1"/> <ph id="2"/> نص'), letter)
    structure(ET.fromstring(to_xliff(letter, "ar", given)))


def test_nothing_is_translated_at_first() -> None:
    letter = letter_of()
    assert from_xliff(to_xliff(letter, "fr"), letter) == Translation(
        language="fr", reference=letter.reference, texts=()
    )


def test_a_translation_comes_back_with_the_values_of_the_letter() -> None:
    letter = letter_of()
    exported = to_xliff(letter, "fr").replace(b">settle.desk@mail.example</data>", b">evil@mail.example</data>")
    data = filled(exported, "/facts/0", 'Message de <ph id="2"/> le <mrk id="m1" type="term"><ph id="1"/></mrk>.')
    done = from_xliff(data, letter)
    assert [one.target for one in done.texts] == ["Message de settle.desk@mail.example le 2026-11-18T04:31:05+00:00."]
    assert done.texts[0].source == SOURCE
    assert done.texts[0].state is TranslationState.TRANSLATED
    again = to_xliff(letter, "fr", done)
    assert from_xliff(again, letter) == done
    changed = letter_of(SOURCE.replace("wrote", "said"))
    assert from_xliff(to_xliff(changed, "fr", done), changed).texts == ()


def test_states_and_segments() -> None:
    letter = letter_of("One. Two.")
    told = to_xliff(letter, "de").decode()
    cut = '<segment state="initial"><source>One. Two.</source></segment>'
    assert cut in told
    two = (
        '<segment state="final"><source>One.</source><target order="3">Eins.</target></segment>'
        "<ignorable><source> </source></ignorable>"
        '<segment state="reviewed"><source>Two.</source><target order="1">Zwei,<sm id="s"/></target></segment>'
    )
    done = from_xliff(told.replace(cut, two).replace("<file", '<file xmlns:x="urn:x" x:y="1"', 1).encode(), letter)
    assert [(one.target, one.state) for one in done.texts] == [("Zwei, Eins.", TranslationState.REVIEWED)]
    odd = cut.replace("initial", "nonsense").replace("</source>", "</source><target>Eins.</target>")
    assert from_xliff(told.replace(cut, odd).encode(), letter).texts[0].state is TranslationState.INITIAL
    blank = cut.replace("</source>", "</source><target> </target>")
    assert from_xliff(told.replace(cut, blank).encode(), letter).texts == ()


def test_units_in_groups_and_without_names_are_found() -> None:
    letter = letter_of("One.")
    told = filled(to_xliff(letter, "de"), "/facts/0", "Eins.").decode()
    told = re.sub(r' name="/[^"]*"', "", told)
    told = told.replace("</notes>\n    <unit", '</notes>\n    <group id="g"><skeleton/><group id="h"><unit', 1)
    told = told.replace("  </file>", "</group></group></file>")
    done = from_xliff(told.replace('version="2.0"', 'version="2.1"', 1).encode(), letter)
    assert [(one.address, one.target) for one in done.texts] == [("/facts/0", "Eins.")]


@pytest.mark.parametrize(
    ("target", "lost", "extra"),
    [
        ('nur <ph id="1"/>', ("settle.desk@mail.example",), ()),
        ('<ph id="1"/><ph id="2"/><ph id="2"/>', (), ("settle.desk@mail.example",)),
        ('<ph id="1"/><ph id="2"/><ph id="3" copyOf="2"/>', (), ("settle.desk@mail.example",)),
        ('<ph id="1"/><ph id="2"/><ph id="9"/>', (), ("placeholder '9'",)),
        ("ohne", ("2026-11-18T04:31:05+00:00", "settle.desk@mail.example"), ()),
    ],
)
def test_exact_values_are_neither_lost_nor_doubled(target: str, lost: tuple[str, ...], extra: tuple[str, ...]) -> None:
    letter = letter_of()
    with pytest.raises(LostPlaceholderError, match="the translation of /facts/0") as caught:
        from_xliff(filled(to_xliff(letter, "de"), "/facts/0", target), letter)
    assert (caught.value.lost, caught.value.extra) == (lost, extra)


def test_another_letter_is_refused() -> None:
    letter = letter_of()
    other = msgspec.structs.replace(letter, reference="Cr. No. 147/2026 / s35")
    with pytest.raises(OtherLetterError, match=r"its reference is 'Cr. No. 147/2026 / s34', that of the letter"):
        from_xliff(to_xliff(letter, "de"), other)
    with pytest.raises(OtherLetterError, match="source language"):
        from_xliff(to_xliff(letter, "de").replace(b'srcLang="en"', b'srcLang="fr"'), letter)


def test_a_letter_that_has_changed_is_refused() -> None:
    exported = to_xliff(letter_of(), "de")
    with pytest.raises(StaleTranslationError, match="has changed since the XLIFF file was made, at /facts/0;"):
        from_xliff(exported, letter_of("Something else."))
    shorter = msgspec.structs.replace(letter_of(), facts=(), losses=(), link=(), purpose=(), necessity=())
    with pytest.raises(StaleTranslationError, match=r"at /facts/0, /losses/0, /link/0 and \d+ more") as caught:
        from_xliff(exported, shorter)
    assert "/purpose/0" in caught.value.places
    tampered = exported.replace(b" wrote: ", b" never wrote: ")
    with pytest.raises(StaleTranslationError):
        from_xliff(tampered, letter_of())
    unknown = re.sub(rb'id="u1" name="/title"', b'id="x" name="/nowhere"', exported)
    with pytest.raises(StaleTranslationError, match="at /nowhere"):
        from_xliff(unknown, letter_of())


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xliff>&b;</xliff>'


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda data: b"", "is broken XML"),
        (lambda data: b"PK\x03\x04", "is broken XML"),
        (lambda data: data[:-20], "is broken XML"),
        (lambda data: BOMB, "declares a document type"),
        (lambda data: b'<!DOCTYPE x SYSTEM "http://host.example/x.dtd"><x/>', "declares a document type"),
        (lambda data: data.replace(b"UTF-8", b"EBCDIC-XX", 1), "is broken XML"),
        (lambda data: data.replace(b"document:2.0", b"document:1.2"), r"is no XLIFF 2\.0 or 2\.1"),
        (lambda data: data.replace(b'version="2.0"', b'version="3.0"'), r"is no XLIFF 2\.0 or 2\.1"),
        (lambda data: data.replace(b'trgLang="de"', b'trgLang="tlh"'), "is for 'tlh', in which there is no wording"),
        (lambda data: data.replace(b' trgLang="de"', b""), "is for 'no language'"),
        (lambda data: data.replace(b'name="/link/0"', b'name="/facts/0"'), "has the unit /facts/0 twice"),
        (lambda data: filled(data, "/facts/0", '<pc id="1">x</pc>'), "an inline element that no letter needs: 'pc'"),
        (lambda data: filled(data, "/facts/0", '<b xmlns="urn:x">x</b>'), "'urn:x b'"),
        (lambda data: filled(data, "/facts/0", '<cp hex="zz"/>'), "has no character 'zz'"),
        (lambda data: filled(data, "/facts/0", '<cp hex="7FFFFFFF"/>'), "has no character '7FFFFFFF'"),
    ],
)
def test_what_is_no_file_of_ours_is_refused(change, told: str) -> None:  # type: ignore[no-untyped-def]  # lambdas
    letter = letter_of()
    with pytest.raises(XliffFileError, match=told):
        from_xliff(change(to_xliff(letter, "de")), letter)


def test_limits() -> None:
    letter = letter_of("One.")
    data = filled(to_xliff(letter, "de"), "/facts/0", "Eins.")
    for limits, told in (
        (XliffLimits(size_bytes=100), r"too many bytes \(allowed: 100\)"),
        (XliffLimits(depth=3), "too many elements inside one another"),
        (XliffLimits(elements=10), "too many elements"),
        (XliffLimits(text_characters=2), "more than 2 characters"),
    ):
        with pytest.raises(XliffFileError, match=told):
            from_xliff(data, letter, limits)


def test_what_is_in_the_language_already_is_left_out() -> None:
    letter = letter_of()
    german = msgspec.structs.replace(letter, facts=(msgspec.structs.replace(text("Fertig."), language="de-AT"),))
    assert b"Fertig." not in to_xliff(german, "de")
    assert b"Fertig." in to_xliff(german, "fr")
    with pytest.raises(LettersDataError):
        to_xliff(letter, "tlh")


@pytest.mark.parametrize(
    ("said", "values"),
    [
        (
            "see https://host.example/a?b=1, and (http://x.example/).",
            ["https://host.example/a?b=1", "http://x.example/"],
        ),
        ("from 203.0.113.7 and 2001:db8::7 at 20:12", ["203.0.113.7", "2001:db8::7"]),
        ("to AE48 0339 9990 0000 0004 711 now", ["AE48 0339 9990 0000 0004 711"]),
        ("to AE480339999000000004711.", ["AE480339999000000004711"]),
        ("digest " + "ab" * 32, ["ab" * 32]),
        ("INR 24,44,998 on 18 November 2026", []),
        ("account XY-1 and XY-12", ["XY-1", "XY-12"]),
        ("wallet 0x" + "aB" * 20, ["0x" + "aB" * 20]),
    ],
)
def test_exact_values_are_found(said: str, values: list[str]) -> None:
    cut = pieces(said, ("XY-12", "XY-1"))
    assert [piece.value for piece in cut if isinstance(piece, Code)] == values
    assert plain(cut) == said


def test_values_of_the_letter_are_kept() -> None:
    letter = letter_of()
    values = exact_values(letter)
    assert {letter.reference, letter.case_reference, *letter.requesting.contacts} <= set(values)
    assert list(values) == sorted(values, key=lambda value: (-len(value), value))
    same = pieces("a@b.example wrote to a@b.example", ())
    given = Translated(address="/facts/0", source=plain(same), target="a@b.example an a@b.example")
    written = to_xliff(letter_of(plain(same)), "de", Translation(language="de", reference="", texts=(given,)))
    assert from_xliff(written, letter_of(plain(same))).texts == (given,)
