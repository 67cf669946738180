"""Work beyond treaties, as shipped: complete where a published list says how many."""

from comity.law import load_registry
from comity.law.cooperation import CooperationKind

WORK = {work.id: work for work in load_registry().data.cooperation}


def test_the_eleven_norms_of_2015_stand_in_their_order() -> None:
    # A/70/174 para 13 (a) to (k)
    assert "".join(norm.letter for norm in WORK["un-gge-norms"].norms) == "abcdefghijk"


def test_what_the_issue_names_is_there() -> None:
    assert {
        "un-gge-norms",
        "un-oewg-2021-2025",
        "un-poc-directory",
        "un-global-mechanism",
        "unodc-cna",
        "unodc-sherloc",
        "itu-gci-2024",
        "interpol-i247",
        "egmont-group",
        "eu-ejn",
        "eu-eurojust",
        "gfce",
    } <= set(WORK)


def test_each_says_that_it_is_no_legal_basis_or_what_else_it_cannot() -> None:
    assert all(work.can and work.cannot for work in WORK.values())
    directory = WORK["un-poc-directory"]
    assert directory.kind is CooperationKind.DIRECTORY
    assert "no network for criminal cases" in directory.cannot[0]
