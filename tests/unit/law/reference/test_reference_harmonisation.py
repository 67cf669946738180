"""Which treaty offences a state's law covers, in a made-up law and in the data that ship."""

from datetime import date

import msgspec
import pytest

from comity.law import Measure, load_registry
from comity.law.lawdata import StateLaw
from comity.law.reference import Answered, Catalogue, Harmonisation, OffenceCoverage, harmonisation, harmonisations
from comity.law.reference.harmonisation import thresholds_of, treaty_offences
from comity.law.registry import Registry, build_registry
from comity.law.state import NationalOffence
from comity.law.vocabulary import Confidence

REGISTRY = load_registry()
TODAY = date(2026, 11, 24)
YES, NO, UNKNOWN = Answered.YES, Answered.NO, Answered.UNKNOWN


def section(offence: str, years: float | None, **changes: object) -> NationalOffence:
    facts: dict[str, object] = {"confidence": Confidence.HIGH, **changes}
    return NationalOffence(
        law="Code",
        section=f"{offence}-{years}",
        title="t",
        offence_id=offence,
        max_penalty_years=years,
        source_url="https://example.org/code",
        as_of="2026",
        **facts,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="module")
def world() -> Registry:
    law = StateLaw(
        offences=(
            section("illegal_access", 3, heaviest=True),
            section("data_interference", None),
            section("misuse_of_devices", 2),
            section("computer_fraud", 99, confidence=Confidence.LOW),
            section("computer_forgery", 5, in_force_to="2020-01-01"),
            section("ncii", 5, in_force_from="2030-01-01", first=True),
            section("online_grooming", 1, heaviest=True),
            section("money_laundering", 10),
            section("money_laundering", 20, special=True),
        )
    )
    return build_registry(msgspec.structs.replace(REGISTRY.data, states={"NR": law}))


def by_offence(found: Harmonisation) -> dict[str, OffenceCoverage]:
    return {covered.offence: covered for covered in found.offences}


@pytest.mark.parametrize(
    ("offence", "punished", "reached", "told"),
    [
        ("illegal_access", YES, (YES, YES, YES, YES, NO), "at most 3 years: below the threshold of 4"),
        (
            "data_interference",
            YES,
            (UNKNOWN,) * 5,
            "whether it reaches 1 and more than 1 and 2 and 3 and 4 years is not known",
        ),
        ("computer_fraud", UNKNOWN, (UNKNOWN,) * 5, "from memory only, to be looked up: Code, s. computer_fraud-99"),
        ("misuse_of_devices", YES, (YES, YES, YES, UNKNOWN, UNKNOWN), "whether it reaches 3 and 4 years is not known"),
        ("online_grooming", YES, (YES, NO, NO, NO, NO), "at most 1 year: below the threshold of more than 1 and 2"),
        ("money_laundering", YES, (YES,) * 5, ""),
        ("computer_forgery", UNKNOWN, (UNKNOWN,) * 5, "not in force on the day, and what was is not in the data: Code"),
        ("ncii", NO, (NO,) * 5, "not yet punished on the day: Code, s. ncii-5 (from 2030-01-01)"),
        ("system_interference", UNKNOWN, (UNKNOWN,) * 5, "no section in the data: not known"),
    ],
)
def test_each_answer_says_why(
    world: Registry, offence: str, punished: Answered, reached: tuple[Answered, ...], told: str
) -> None:
    found = by_offence(harmonisation("NR", world, TODAY))[offence]
    assert (found.punished, found.thresholds) == (punished, reached)
    assert " ".join(found.shortfalls).startswith(told)


def test_the_score_counts_every_answer_once(world: Registry) -> None:
    found = harmonisation("NR", world, TODAY)
    score = found.score
    assert score.questions == len(found.offences) * 6
    assert (score.yes, score.no) == (5 + 1 + 4 + 2 + 6, 1 + 4 + 6)
    assert score.yes + score.no + score.unknown == score.questions
    assert score.recalled == 6
    assert score.least == 18 / score.questions
    assert score.most == pytest.approx(1 - 11 / score.questions)


def test_a_section_that_needs_more_is_shown_but_its_penalty_does_not_count(world: Registry) -> None:
    found = by_offence(harmonisation("NR", world, TODAY))["money_laundering"]
    assert found.max_years == 10
    assert [section.special for section in found.sections] == [False, True]


def test_of_a_state_without_law_in_the_data_all_is_unknown(world: Registry) -> None:
    found = harmonisation("IN", world, TODAY)
    assert not found.documented
    assert found.score.unknown_share == 1.0
    assert found.offences[0].shortfalls == ("its law is not in the data: not known",)


def test_the_lists_of_the_two_conventions() -> None:
    budapest = {o.id for o in treaty_offences(REGISTRY, Catalogue.BUDAPEST)}
    uncc = {o.id for o in treaty_offences(REGISTRY, Catalogue.UNCC)}
    assert "copyright_infringement" in budapest - uncc
    assert {"ncii", "online_grooming", "money_laundering"} <= uncc - budapest
    assert budapest | uncc == {o.id for o in treaty_offences(REGISTRY)}
    assert "hate_speech_racism" not in budapest


def test_thresholds_come_from_the_instruments() -> None:
    found = {t.mark: t.asked_by for t in thresholds_of(REGISTRY)}
    assert "budapest" in found["1"]  # art. 24(1)(a): at least one year
    assert "in-us-extradition-1997" in found["more than 1"]  # art. 2(1)
    assert "eu-e-evidence" in found["3"]  # Regulation (EU) 2023/1543 art. 5(4)
    assert {"untoc", "uncc"} <= set(found["4"])  # UNTOC art. 2(b)
    assert [t.mark for t in thresholds_of(REGISTRY, Measure.EXTRADITION)] == ["1", "more than 1", "2", "4"]


def test_a_treaty_with_a_scope_of_its_own_asks_itself_and_not_the_model_that_lends_the_rest() -> None:
    found = {t.mark: t.asked_by for t in thresholds_of(REGISTRY, Measure.EXTRADITION)}
    assert {"fr-in-extradition-2003", "london-scheme", "se-us-extradition"} <= set(found["2"])  # by their own text
    assert "bilateral-extradition" in found["1"]
    assert "ae-nl-extradition-2021" in found["1"]
    assert "il-us-extradition" not in found["1"]


def test_every_known_answer_unfolds_to_a_source() -> None:
    for one in harmonisations(REGISTRY, TODAY):
        for covered in one.offences:
            assert (covered.punished is YES) == bool(covered.sections)
            assert all(s.source.url for s in covered.sections)
            assert covered.shortfalls or all(a is YES for a in (covered.punished, *covered.thresholds))


def test_states_are_ordered_by_what_is_sure() -> None:
    least = [one.score.least for one in harmonisations(REGISTRY, TODAY, catalogue=Catalogue.UNCC)]
    assert least == sorted(least, reverse=True)


def test_an_empty_list_is_unknown() -> None:
    bare = build_registry(msgspec.structs.replace(REGISTRY.data, offences=(), states={}))
    score = harmonisation("IN", bare, TODAY).score
    assert (score.unknown_share, score.least, score.most) == (1.0, 0.0, 1.0)
