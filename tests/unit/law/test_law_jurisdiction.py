"""Grounds of jurisdiction: which article holds for whom on which day, who must consult, what speaks for which forum."""

from datetime import date

import pytest

from comity.law import (
    Ground,
    JurisdictionQuestion,
    claim_bases,
    consultation_duties,
    forum_criteria,
    load_registry,
)

NOW = date(2026, 11, 24)
REGISTRY = load_registry()


def articles(state: str, ground: Ground, *offences: str, on: date = NOW, **facts: bool) -> dict[str, bool | None]:
    asked = JurisdictionQuestion(on=on, offences=offences, facts=facts)
    return {f"{b.title} {b.article}": b.binds for b in claim_bases(state, ground, asked, REGISTRY)}


def test_a_party_to_budapest_must_claim_what_happens_in_its_territory() -> None:
    # ETS 185 art. 22(1)(a); in force for the United States since 2007-01-01
    assert articles("US", Ground.SYSTEM, "illegal_access")["Budapest Convention 22(1)(a)"] is True


@pytest.mark.parametrize(
    ("state", "on"),
    [("US", date(2006, 12, 31)), ("IN", NOW), ("RU", NOW)],  # before its entry into force there; never parties
)
def test_who_is_not_bound_has_no_claim_under_it(state: str, on: date) -> None:
    assert "Budapest Convention 22(1)(a)" not in articles(state, Ground.SYSTEM, "illegal_access", on=on)


def test_an_offence_that_the_convention_does_not_establish_gives_no_ground() -> None:
    assert "Budapest Convention 22(1)(a)" not in articles("US", Ground.EFFECT, "money_laundering")


def test_electronic_evidence_of_another_offence_brings_no_jurisdiction() -> None:
    assert not [name for name in articles("DE", Ground.SYSTEM, "money_laundering") if name.startswith("Budapest")]


def test_palermo_depends_on_the_group() -> None:
    # UNTOC art. 3(1): an organised criminal group is involved
    serious = "computer_fraud"
    assert articles("IN", Ground.EFFECT, serious, organised_group=True)["Palermo Convention 15(1)(a)"] is True
    assert articles("IN", Ground.EFFECT, serious)["Palermo Convention 15(1)(a)"] is None
    assert "Palermo Convention 15(1)(a)" not in articles("IN", Ground.EFFECT, serious, organised_group=False)


def test_a_convention_that_is_not_in_force_gives_nothing() -> None:
    assert not [name for name in articles("VN", Ground.EFFECT, "illegal_access") if "22(2)" in name]


@pytest.mark.parametrize(
    ("state", "ground", "offence", "expected"),
    [
        ("IN", Ground.SYSTEM, "illegal_access", "Information Technology Act 2000 s. 75"),
        ("IN", Ground.SYSTEM, "illegal_access", "Bharatiya Nyaya Sanhita 2023 s. 1(5)(c)"),
        ("IN", Ground.ACTIVE_NATIONALITY, "phishing", "Bharatiya Nyaya Sanhita 2023 s. 1(5)(a)"),
        ("FR", Ground.EFFECT, "phishing", "Code pénal art. 113-2-1"),
        ("DE", Ground.EFFECT, "phishing", "Strafgesetzbuch § 9(1)"),
        ("GB", Ground.SYSTEM, "ddos", "Computer Misuse Act 1990 s. 4"),
        ("SG", Ground.SYSTEM, "illegal_access", "Computer Misuse Act 1993 s. 13"),
        ("RU", Ground.PASSIVE_NATIONALITY, "phishing", "Criminal Code 1996 art. 12(3)"),
    ],
)
def test_a_states_own_law(state: str, ground: Ground, offence: str, expected: str) -> None:
    assert articles(state, ground, offence)[expected] is True


def test_own_law_counts_from_its_day_on() -> None:
    # the Bharatiya Nyaya Sanhita came into force on 2024-07-01
    name = "Bharatiya Nyaya Sanhita 2023 s. 1(5)(c)"
    assert name not in articles("IN", Ground.SYSTEM, "illegal_access", on=date(2024, 6, 30))
    assert name in articles("IN", Ground.SYSTEM, "illegal_access", on=date(2024, 7, 1))


def test_own_law_on_some_offences_only() -> None:
    name = "Computer Misuse Act 1990 s. 4"
    assert name not in articles("GB", Ground.SYSTEM, "money_laundering")
    assert articles("GB", Ground.SYSTEM)[name] is None


def test_what_comes_from_memory_proves_nothing() -> None:
    assert articles("RU", Ground.CONDUCT, "phishing")["Criminal Code 1996 art. 11"] is None


def test_duties_to_consult_bind_those_who_are_parties() -> None:
    asked = JurisdictionQuestion(on=NOW, offences=("illegal_access",))
    duties = {d.instrument: d for d in consultation_duties(("US", "FR", "IN"), asked, REGISTRY)}
    assert duties["budapest"].article == "22(5)"
    assert duties["budapest"].states == ("US", "FR")
    assert "uncc" not in duties
    assert "budapest" not in {d.instrument for d in consultation_duties(("US", "IN"), asked, REGISTRY)}


def test_criteria_name_the_states_for_which_they_speak() -> None:
    claims = {"IN": frozenset({Ground.EFFECT}), "AE": frozenset({Ground.CONDUCT, Ground.PROCEEDS})}
    found = {finding.id: finding.states for finding in forum_criteria(claims, REGISTRY)}
    assert found == {"conduct": ("AE",), "loss": ("IN",), "proceeds": ("AE",)}
    assert all(finding.source.url for finding in forum_criteria(claims, REGISTRY))


def test_rules_of_unknown_instruments_are_passed_over() -> None:
    import msgspec

    from comity.law import build_registry

    data = msgspec.structs.replace(REGISTRY.data, instruments=())
    asked = JurisdictionQuestion(on=NOW, offences=("illegal_access",))
    empty = build_registry(data)
    assert {b.instrument for b in claim_bases("IN", Ground.SYSTEM, asked, empty)} == {""}
    assert consultation_duties(("US", "FR"), asked, empty) == ()
