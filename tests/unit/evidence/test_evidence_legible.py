"""Hostile text made legible, and commands broken into lines."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.evidence.legible import escaped, in_ascii, legible
from comity.evidence.paper.repeat import broken
from comity.evidence.paper.setting import missing_in


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("photo.jpg", "photo.jpg"),
        ("evil\u202egpj.exe", "evil\\u{202E}gpj.exe"),
        ("a\nPASSED", "a\\u{000A}PASSED"),
        ("a\u00a0b\u200bc", "a\\u{00A0}b\\u{200B}c"),
        ("\ufeff\udc80\ue000", "\\u{FEFF}\\u{DC80}\\u{E000}"),
        ("Müller, Ελένη, Ольга", "Müller, Ελένη, Ольга"),
        ("नमस्ते صورة", "नमस्ते صورة"),
        ("#strong[x] $y$ `z` <label> @ref \\", "#strong[x] $y$ `z` <label> @ref \\"),
    ],
)
def test_what_cannot_be_seen_is_told(text: str, shown: str) -> None:
    assert legible(text) == shown


def test_among_other_words_what_runs_left_is_told() -> None:
    assert legible("file صو was altered", inline=True) == "file \\u{0635}\\u{0648} was altered"


def test_what_no_font_has_is_told() -> None:
    assert legible("a中", without=frozenset("中")) == "a\\u{4E2D}"
    assert escaped("😀") == "\\u{1F600}"


@given(st.text())
def test_nothing_hidden_is_left(text: str) -> None:
    shown = legible(text, inline=True)
    hidden = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert not any(unicodedata.category(letter) in hidden for letter in shown)
    assert in_ascii(text).isascii()
    assert all(" " <= letter <= "~" for letter in in_ascii(text))


def test_letters_of_two_scripts_differ_in_ascii() -> None:
    assert in_ascii("dе") != in_ascii("de")  # the first is Cyrillic


def test_long_commands_break_between_words() -> None:
    command = "openssl cms -verify " + " ".join(f"-option-{number} value" for number in range(9))
    lines = broken(command).split("\n")
    assert all(len(line) < 80 for line in lines)
    assert " ".join(line.strip(" \\") for line in lines) == command
    assert broken('python3 -c "a long script is left as it is"' + " " * 80).count("\n") == 0


def test_characters_that_a_font_lacks_are_read_from_the_message() -> None:
    message = 'PDF/A-3a error: the text `"中"` could not be displayed with font `"Libertinus Serif"`'
    assert {"中", "丁"} <= missing_in(message)
    assert "a" not in missing_in('the text `"\\u{e9}"` could not be displayed')
    assert "\u00e9" in missing_in('the text `"\\u{e9}"` could not be displayed')
    assert missing_in("something else") == frozenset()
