"""How codes, dates and steps are said."""

import msgspec
import pytest
from tests.samples.planned import case_of, leads_of, paid, place, plan_of, seen, tie

from comity.leads.model import ObservableKind, Role
from comity.plan.payments import each_once
from comity.plan.phrases import clock, step_ranges, step_runs, words


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ((), ""),
        (("s4",), "s4"),
        (("s4", "s5"), "s4, s5"),
        (("s9", "s4", "s5", "s6", "s6"), "s4–s6, s9"),
        (("s9", "s10", "s11"), "s9–s11"),
        (("odd",), "odd"),
    ],
)
def test_runs_of_steps_become_ranges(steps: tuple[str, ...], told: str) -> None:
    assert step_ranges(steps) == told


def test_runs_keep_every_step() -> None:
    assert list(step_runs(("s3", "s1", "s2", "s7"))) == [("s1", "s2", "s3"), ("s7",)]


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2026-11-19", "2026-11-19"),
        ("2026-11-19T00:03:48", "2026-11-19 00:03"),
        ("2026-11-19T00:03:48Z", "2026-11-19 00:03 UTC"),
        ("2026-11-14T12:00:00+05:30", "2026-11-14 12:00 +05:30"),
    ],
)
def test_an_instant_is_said_to_the_minute_with_its_offset(at: str, told: str) -> None:
    assert clock(at) == told


def test_codes_are_said_in_words() -> None:
    assert words("contact_points_24_7") == "24/7 network"
    assert words("territory_effect") == "effect on its territory"
    assert words("joint_investigation") == "joint investigation"


def test_instruments_go_by_their_short_names() -> None:
    iban = seen(ObservableKind.IBAN, "AE480339999000000004711", tie("AE", Role.FINANCIAL_INSTITUTION, name="Bank"))
    group = "[legal_facts]\norganised_group = true\n"
    plan = plan_of(case_of("IN", group), leads_of(iban, transfers=(paid("x", iban.value),)))
    named = {r.instrument: r.called for s in plan.steps for r in (s.recommended, *s.fallbacks) if r}
    assert named["untoc"] == "Palermo Convention"
    assert named["ae-in-mlat-2000"] == "mutual assistance treaty with United Arab Emirates"
    assert named["letters-rogatory"] == "letters rogatory"


def test_a_payment_that_two_statements_show_is_one() -> None:
    one = paid("a", "b")
    copy = msgspec.structs.replace(one, artifact="a2", where="row 9")
    unclear = msgspec.structs.replace(one, at="")
    assert list(each_once((one, copy, unclear, unclear))) == [one, unclear, unclear]


def test_an_issuers_state_is_not_one_to_which_money_went() -> None:
    coin = seen(
        ObservableKind.CRYPTO,
        "tron:TQin3WQjGQB1TQWZaUMhNHpS3c9UUm8RzN",
        tie("SV", Role.PAYMENT_SERVICE, "tether", "Tether"),
        places=(place("row 1"),),
    )
    plan = plan_of(case_of(), leads_of(coin, transfers=(paid("x", coin.value),)))
    assert {s.state: s.roles for s in plan.states}["SV"] == ("data",)
