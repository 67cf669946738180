"""The public suffix list: the same answers as the library's, of which each view is a reading of its own."""

import pytest
from publicsuffixlist import PSLFILE, PublicSuffixList

from comity.leads.extract.suffixes import given_domain, has_suffix, registrable


def names() -> list[str]:
    """Every rule of the list as a name, with nothing, one label and two before it, and some names of no rule."""
    found = ["localhost", "a.b.notatld", "x..com", ".com", "com.", "", "a.b.c.d.e.f.g.h.i.j.example.co.uk"]
    with open(PSLFILE, encoding="utf-8") as stream:
        rules = [line.split()[0] for line in stream if line.strip() and not line.startswith("//")]
    for rule in rules:
        plain = rule.lstrip("!").replace("*", "wild").lower()
        for name in (plain, f"own.{plain}", f"www.own.{plain}"):
            found += [name] if name.isascii() else [name, name.encode("idna").decode()]
    return found


@pytest.mark.parametrize(("private", "ours"), [(False, registrable), (True, given_domain)])
def test_same_as_the_library(private: bool, ours: object) -> None:
    theirs = PublicSuffixList(accept_unknown=False, only_icann=not private)
    different = {
        name: (ours(name), theirs.privatesuffix(name))
        for name in names()
        if ours(name) != (theirs.privatesuffix(name) or "")
    }  # type: ignore[operator]
    # The library drops a dot at the end; here names come without.
    assert set(different) <= {"com."}


def test_suffix_of_the_list() -> None:
    theirs = PublicSuffixList(accept_unknown=False)
    assert [name for name in names() if has_suffix(name) != bool(theirs.publicsuffix(name))] == ["com."]
