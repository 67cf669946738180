"""The public suffix list: the same answers as the library's, of which each view is a reading of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from publicsuffixlist import PSLFILE, PublicSuffixList

from comity.leads.extract.suffixes import given_domain, has_suffix, registrable


def names() -> list[str]:
    """Every rule of the list as a name, with nothing, one label and two before it, and some names of no rule."""
    found = ["localhost", "a.b.notatld", "x..com", ".com", "", "a.b.c.d.e.f.g.h.i.j.example.co.uk"]
    text = Path(PSLFILE).read_text("utf-8")
    rules = [line.split()[0] for line in text.splitlines() if line.strip() and not line.startswith("//")]
    for rule in rules:
        plain = rule.lstrip("!").replace("*", "wild").lower()
        for name in (plain, f"own.{plain}", f"www.own.{plain}"):
            found += [name] if name.isascii() else [name, name.encode("idna").decode()]
    return found


@pytest.mark.parametrize(("private", "ours"), [(False, registrable), (True, given_domain)])
def test_same_as_the_library(private: bool, ours: Callable[[str], str]) -> None:
    theirs = PublicSuffixList(accept_unknown=False, only_icann=not private)
    different = [name for name in names() if ours(name) != (theirs.privatesuffix(name) or "")]
    assert different == []


def test_suffix_of_the_list() -> None:
    theirs = PublicSuffixList(accept_unknown=False)
    assert [name for name in names() if has_suffix(name) != bool(theirs.publicsuffix(name))] == []
