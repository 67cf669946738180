"""Names that every system can hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.evidence.package.inventory import Siblings
from comity.evidence.package.names import (
    PATH_BYTES_MAX,
    SEGMENT_BYTES_MAX,
    another,
    collision_key,
    faults,
    path_faults,
    portable,
)

BAD = (
    "", ".", "..", "a.", "a ", " a", "CON", "con.txt", "nul", "LPT1", "COM¹.x", "CONIN$", "a:b", "a\\b", "a/b", "a*",
    'a"', "a|b", "a?", "a<b", "50%", "a\n", "a\x00", "a\x7f", "a\u202eb", "a\u200bb", "e\u0301", "\udcff", "x" * 300,
)  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_not_portable(name: str) -> None:
    assert faults(name)
    if name not in ("", ".", ".."):
        assert not faults(portable(name)), portable(name)


@pytest.mark.parametrize("name", ["a", "Über.txt", "घटना.pdf", "a b (1).txt", "=63on", ".hidden", "console.txt", "é"])
def test_portable_already(name: str) -> None:
    assert not faults(name)
    assert portable(name) == name


@given(st.text(st.characters(exclude_categories=()), min_size=1, max_size=300).filter(lambda t: t not in (".", "..")))
def test_any_name_has_a_portable_one(name: str) -> None:
    assert not faults(portable(name.replace("/", "_").replace("\0", "_")))


@given(st.text(min_size=1, max_size=300).map(portable), st.integers(2, 10**6))
def test_another_is_portable_too(name: str, number: int) -> None:
    assert not faults(another(name, number))


def test_another_keeps_the_suffix() -> None:
    assert another("report.txt", 2) == "report~2.txt"
    assert another("README", 3) == "README~3"
    assert another(".hidden", 2) == ".hidden~2"


def test_collisions() -> None:
    assert collision_key("A") == collision_key("a")
    assert collision_key("É") == collision_key("e\u0301")
    assert collision_key("ß") == collision_key("SS")
    assert collision_key("a") != collision_key("b")


def test_paths() -> None:
    assert not path_faults("data/a/b")
    for path in ("data/../a", "/a", "data//a", "a/" * 101 + "a", "a/" * (PATH_BYTES_MAX // 2) + "a"):
        assert path_faults(path), path
    assert SEGMENT_BYTES_MAX < 255


def test_siblings() -> None:
    siblings = Siblings()
    assert not siblings.add("data/a/1")
    assert not siblings.add("data/a/2")
    assert siblings.add("data/a/2")
    assert not siblings.add("data/b")
    assert siblings.add("data/B")
    assert siblings.add("data/b/1"), "a file is no folder"
    assert siblings.add("data/a/3"), "a folder is not entered twice"
    assert siblings.add("DATA/x")
