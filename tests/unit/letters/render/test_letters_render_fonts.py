"""Which fonts a letter needs, what they can show, and what is said where a machine lacks them."""

import struct
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from tests.samples.letters import complete, text

from comity.letters import FontsError, checked, lay_out
from comity.letters.model import Kind
from comity.letters.render.characters import characters_in, characters_of, from_ranges, parse_ranges
from comity.letters.render.fitting import Fitting
from comity.letters.render.fonts import FOLDERS, FontShelf, bundled, wanted
from comity.letters.render.pdf import pdf, set_pdf

BARE = FontShelf(folders=())
"""A machine without fonts."""
HERE = FontShelf()
needs_noto = pytest.mark.skipif(
    not HERE.fonts_for("ه") or not HERE.fonts_for("中"), reason="Debian's fonts-noto-core and fonts-noto-cjk are absent"
)


def font_file(subtable: bytes, *, platform: int = 3, encoding: int = 10, collection: bool = False) -> bytes:
    """A font file of one table."""
    cmap = struct.pack(">HHHHI", 0, 1, platform, encoding, 12) + subtable
    head = b"ttcf" + struct.pack(">III", 0x00010000, 1, 16) if collection else b""
    directory = b"\x00\x01\x00\x00" + struct.pack(">HHHH", 1, 0, 0, 0)
    at = len(head) + len(directory) + 16
    return head + directory + struct.pack(">4sIII", b"cmap", 0, at, len(cmap)) + cmap


def format_12(*groups: tuple[int, int]) -> bytes:
    body = b"".join(struct.pack(">III", start, end, 1) for start, end in groups)
    return struct.pack(">HHIII", 12, 0, 16 + len(body), 0, len(groups)) + body


def format_4() -> bytes:
    """A to C by a delta, but B to the missing glyph through an offset; the last segment ends the table."""
    ends, starts = (0x43, 0x51, 0xFFFF), (0x41, 0x50, 0xFFFF)
    deltas, offsets = (1, 0, 1), (0, 4, 0)
    glyphs = struct.pack(">HH", 7, 0)
    words = [struct.pack(f">{len(row)}H", *row) for row in (ends, (0,), starts, deltas, offsets)]
    body = b"".join(words) + glyphs
    return struct.pack(">HHHHHHH", 4, 14 + len(body), 0, 6, 0, 0, 0) + body


def test_characters_of_both_formats() -> None:
    wide = characters_in(font_file(format_12((0x41, 0x43), (0x1F600, 0x1F601))))
    assert "B" in wide
    assert "😁" in wide
    assert "D" not in wide
    assert "A" in characters_in(font_file(format_12((0x41, 0x41)), collection=True))
    narrow = characters_in(font_file(format_4(), encoding=1))
    assert all(letter in narrow for letter in "ABCP")
    assert "Q" not in narrow
    assert "D" not in narrow


def test_what_is_no_font_shows_nothing(tmp_path: Path) -> None:
    assert "A" not in characters_in(font_file(struct.pack(">H", 6) + bytes(20)))
    assert "A" not in characters_in(font_file(format_12((0x41, 0x41)), platform=1, encoding=0))
    assert "A" not in characters_in(b"\x00\x01\x00\x00" + bytes(8))
    for content in (b"", b"short", font_file(format_12((0x41, 0x41)))[:60]):
        path = tmp_path / f"{len(content)}.ttf"
        path.write_bytes(content)
        assert "A" not in characters_of(path)


def test_ranges_are_joined() -> None:
    joined = from_ranges(((5, 9), (1, 3), (4, 4), (20, 22)))
    assert (joined.starts, joined.ends) == ((1, 20), (9, 22))
    assert "\x00" not in joined
    assert "a" in parse_ranges("61 63-65")
    assert "b" not in parse_ranges("61 63-65")


def test_latin_greek_and_cyrillic_need_nothing() -> None:
    fitting = Fitting(shelf=BARE, language="en")
    said = "Zürich, Łódź, Αθήνα, Київ, Ђорђе – “quoted” €5"
    assert fitting.fitted(said) == said
    assert fitting.families.keys() <= {font.family for font in bundled()}
    assert fitting.missing == {}


def test_without_its_font_a_script_is_shown_by_codes_and_named() -> None:
    fitting = Fitting(shelf=BARE, language="en")
    assert fitting.fitted("Li 李 at ه") == "Li <U+674E> at <U+0647>"
    assert {font.package for font in fitting.missing.values()} == {"fonts-noto-cjk", "fonts-noto-core"}
    assert "install Debian's package fonts-noto-cjk" in str(fitting.missing["Chinese, Japanese or Korean"])


def test_signs_of_no_script_are_shown_by_codes_without_a_word() -> None:
    fitting = Fitting(shelf=BARE, language="en")
    assert fitting.fitted("ok 😀") == "ok <U+1F600>"
    assert fitting.missing == {}


def test_marks_and_joiners_stay_with_their_letters() -> None:
    fitting = Fitting(shelf=BARE, language="en")
    assert fitting.fitted("e\u0301 x\u20e0 \ufe0f") == "e\u0301 x<U+20E0> "
    assert fitting.fitted("\u200e") == "\u200e"


@needs_noto
@pytest.mark.parametrize(
    ("said", "family"),
    [("सूचना", "Noto Sans Devanagari"), ("مذكرة", "Noto Naskh Arabic"), ("请求", "Noto Serif CJK SC")],
)
def test_other_scripts_take_the_fonts_of_the_machine(said: str, family: str) -> None:
    fitting = Fitting(shelf=HERE, language="en")
    assert fitting.fitted(said) == said
    assert list(fitting.families) == [family]
    assert fitting.fitted(said) == said


@needs_noto
def test_chinese_characters_take_the_style_of_the_language() -> None:
    styles = {
        language: HERE.fonts_for("骨", language)[0].family[-2:] for language in ("zh", "zh-TW", "ja", "ko-KR", "en")
    }
    assert styles == {"zh": "SC", "zh-TW": "TC", "ja": "JP", "ko-KR": "KR", "en": "SC"}


def test_the_font_of_a_folder_that_is_named_is_found_below_it(tmp_path: Path) -> None:
    below = tmp_path / "deep" / "er"
    below.mkdir(parents=True)
    (below / "NotoNaskhArabic-Regular.ttf").write_bytes(font_file(format_12((0x627, 0x64A))))
    shelf = FontShelf(folders=(tmp_path / "none", tmp_path))
    (font,) = shelf.fonts_for("ه")
    assert font.folder == below
    assert shelf.missing_for("ه") is None
    assert shelf.fonts_for("中") == ()
    assert shelf.missing_for("A") is None


def test_the_tables_are_whole() -> None:
    assert len(bundled()) == 2
    assert len({want.row.script for want in wanted()}) > 20
    assert FOLDERS


def test_a_pdf_without_the_font_of_a_name_is_made_and_says_so() -> None:
    letter, expected = complete(Kind.REFUSAL)
    first, *others = letter.particulars
    letter = msgspec.structs.replace(
        letter, particulars=(msgspec.structs.replace(first, text=text("The holder is 李华.")), *others)
    )
    page = lay_out(letter, checked(letter, expected).report)
    made = set_pdf(letter, page, shelf=BARE)
    assert made.data.startswith(b"%PDF-1.7")
    assert [font.package for font in made.missing] == ["fonts-noto-cjk"]
    with pytest.raises(FontsError, match="fonts-noto-cjk"):
        pdf(letter, page, shelf=BARE)


def test_a_page_whose_language_has_no_font_is_refused() -> None:
    letter, expected = complete(Kind.REFUSAL)
    page = lay_out(letter, checked(letter, expected).report)
    with pytest.raises(FontsError, match="Arabic") as caught:
        set_pdf(letter, replace(page, title="رفض الطلب", language="ar"), shelf=BARE)
    assert caught.value.package == "fonts-noto-core"
