"""Names made to be taken for others, and those that only seem so."""

import pytest

from comity.leads.mail.hosts import read_name
from comity.leads.mail.lookalike import (
    brand_in_words,
    edit_distance,
    find_likeness,
    folded,
    is_brands_own,
    is_mixed_script,
    load_brands,
    skeleton,
)


@pytest.mark.parametrize(
    ("name", "known", "how"),
    [
        ("paypa1.com", "paypal.com", "characters that look alike"),
        ("rnicrosoft.com", "microsoft.com", "characters that look alike"),
        ("micros0ft.net", "microsoft.com", "characters that look alike"),
        ("pаypal.com", "paypal.com", "letters of another script or form"),
        ("paypall.com", "paypal.com", "one letter differs"),
        ("login.mircosoft.com", "microsoft.com", "one letter differs"),
        ("paypal.com.evil.com", "paypal.com", "the name stands in it as a part"),
        ("paypal-login.com", "paypal.com", "the name stands in it as a part"),
        ("secure.paypal.evil.com", "paypal.com", "the name stands in it as a part"),
    ],
)
def test_alike(name: str, known: str, how: str) -> None:
    found = find_likeness(read_name(name))
    assert found
    assert (found.known, found.how) == (known, how)


@pytest.mark.parametrize(
    "name", ["paypal.com", "www.paypal.com", "paypal.de", "example.com", "localhost", "x.y.example.com", "banana.com"]
)
def test_not_alike(name: str) -> None:
    assert find_likeness(name) is None


def test_protected_names_of_the_victims() -> None:
    found = find_likeness("suvarnarekha-bank-in.com", ("suvarnarekha.bank.in",))
    assert found and found.code == "known-name-in-host"
    other = find_likeness("suvarnareckha.com", ("suvarnarekha.bank.in",))
    assert other and other.known == "suvarnarekha.bank.in"
    assert find_likeness("suvarnarekha.bank.in", ("suvarnarekha.bank.in",)) is None


def test_two_letters_differ_in_long_names() -> None:
    found = find_likeness("suvarnerakha.com", ("suvarnarekha.bank.in",))
    assert found and found.how == "two letters differ"


def test_skeletons() -> None:
    assert skeleton("Ραураl") == skeleton("paypal")
    assert skeleton("é") == "e"
    assert folded("rnicr0s0ft") == folded("microsoft")


@pytest.mark.parametrize(
    ("label", "mixed"), [("pаypal", True), ("банк", False), ("paypal", False), ("пay2", True), ("日本a", False)]
)
def test_mixed_scripts(label: str, mixed: bool) -> None:
    assert is_mixed_script(label) is mixed


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("abc", "abc", 0), ("abc", "acb", 1), ("abc", "abd", 1), ("abc", "ab", 1), ("abc", "xyz", 3), ("abc", "abcdef", 3), ("a" * 70, "a" * 70, 3), ("ab", "ba", 1)],
)  # fmt: skip
def test_edit_distance(one: str, other: str, distance: int) -> None:
    assert edit_distance(one, other, at_most=2) == distance


def test_brands_in_display_names() -> None:
    brand = brand_in_words("MetaMask Support")
    assert brand and brand.word == "metamask"
    assert brand_in_words("Meta-Mask.Team")
    assert brand_in_words("Ann Miller") is None
    assert is_brands_own(brand, "metamask.io")
    assert is_brands_own(brand, "metamask.de")
    assert not is_brands_own(brand, "evil.com")


def test_table_of_brands_is_well_formed() -> None:
    for brand in load_brands():
        assert brand.word == brand.word.lower()
        assert all(read_name(domain) == domain for domain in brand.domains)
