"""Names, codes and languages from CLDR and ISO."""

import pytest

from comity.law.errors import UnknownTermError
from comity.law.names import (
    USER_ASSIGNED,
    all_states,
    is_language,
    is_state,
    official_languages,
    parse_state,
    state_name,
)


@pytest.mark.parametrize("code", ["IN", "HK", "TW", "PS", "EH", "XK"])
def test_states_and_territories_have_codes(code: str) -> None:
    assert is_state(code)


@pytest.mark.parametrize("code", ["UK", "EU", "in", "", "IND", "I", "ÅÅ"])
def test_other_codes_are_no_states(code: str) -> None:
    assert not is_state(code)


def test_every_state_has_a_name_and_every_own_code_a_reason() -> None:
    assert all(state_name(code) != code for code in all_states())
    assert all(reason for reason in USER_ASSIGNED.values())
    assert set(USER_ASSIGNED) < set(all_states())


def test_names_come_in_any_language() -> None:
    assert state_name("IN", "hi") == "भारत"
    assert state_name("DE", "pt-BR") == "Alemanha"
    assert state_name("EU") == "European Union"
    assert state_name("DE", "no such language") == "Germany"
    assert state_name("Q!") == "Q!"


def test_official_languages_are_iso_639_codes() -> None:
    assert official_languages("CH")[0] == "de"
    assert "hi" in official_languages("IN")
    assert official_languages("XK") == ("sq", "sr")
    assert all(is_language(code) for state in all_states() for code in official_languages(state))


def test_languages_have_two_letters_or_three() -> None:
    assert is_language("en")
    assert is_language("gsw")
    assert not is_language("xx")
    assert not is_language("hindi")


def test_a_state_is_given_by_code_or_name() -> None:
    assert [parse_state(text) for text in (" in ", "India", "côte d’ivoire")] == ["IN", "IN", "CI"]


def test_an_unknown_state_names_its_neighbour() -> None:
    with pytest.raises(UnknownTermError, match="India"):
        parse_state("Indja")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Turkey", "TR"),
        ("Türkiye", "TR"),
        ("Hong Kong", "HK"),
        ("Russian Federation", "RU"),
        ("republic  of India", "IN"),
        ("Czech Republic", "CZ"),
        ("Macau", "MO"),
        ("Viet Nam", "VN"),
        ("England", "GB"),
        ("Scotland", "GB"),
        ("Korea, Republic of", "KR"),
        ("South Korea", "KR"),
        ("UAE", "AE"),
    ],
)
def test_names_as_people_write_them(text: str, code: str) -> None:
    assert parse_state(text) == code
