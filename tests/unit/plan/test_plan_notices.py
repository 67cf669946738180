"""What a reader needs to know or get before reading on: odd days, losses without a statement, the next account."""

from datetime import date

import msgspec
import pytest
from tests.samples.planned import case_of, leads_of, mail, paid, place, plan_of, seen, tie

from comity.leads.model import ArtifactKind, ObservableKind, Role, Severity
from comity.plan.model import Plan
from comity.plan.report.summary import summarise

IBAN = seen(ObservableKind.IBAN, "AE480339999000000004711", tie("AE", Role.FINANCIAL_INSTITUTION))
OWN = seen(
    ObservableKind.IBAN, "DE12200400000123456700", tie("DE", Role.FINANCIAL_INSTITUTION), places=(place("line 3"),)
)
LOSSES = """
[[victims]]
state = "IN"
number = 1
loss = 3240000

[[victims]]
state = "DE"
number = 1
loss = 100
currency = "USD"
"""


def told(plan: Plan, code: str) -> list[str]:
    return [finding.message for finding in plan.findings if finding.code == code]


def test_losses_that_no_payment_shows_ask_for_a_statement() -> None:
    plan = plan_of(case_of(rest=LOSSES), leads_of(IBAN, transfers=(paid("x", IBAN.value),)))
    [dollars] = told(plan, "loss-without-statement")
    assert dollars.startswith("USD 100 were lost in Germany, and no payment in the evidence shows it")
    assert dollars in summarise(plan).missing


def test_an_only_loss_is_shown_by_any_payment() -> None:
    one = LOSSES.partition("\n\n[[victims]]")[0]
    case = case_of(rest=one.replace("loss", 'currency = "USD"\nloss'))
    assert not told(plan_of(case, leads_of(IBAN, transfers=(paid("x", IBAN.value),))), "loss-without-statement")
    assert told(plan_of(case, leads_of(IBAN)), "loss-without-statement")


def test_the_statement_that_would_show_the_next_account_is_named() -> None:
    plan = plan_of(case_of(), leads_of(IBAN, transfers=(paid("x", IBAN.value), paid("y", IBAN.value))))
    [hop] = told(plan, "next-hop-not-shown")
    assert IBAN.value in hop
    assert "from 2026-11-18 on" in hop


def test_where_the_next_account_is_shown_nothing_is_missing() -> None:
    onward = paid(IBAN.value, "DE76700111106053241890")
    mule = f'\n[[suspects]]\nname = "Mule"\nidentifiers = ["{IBAN.value}"]\n'
    plan = plan_of(case_of(rest=mule), leads_of(IBAN, transfers=(paid("x", IBAN.value), onward)))
    assert not [text for text in told(plan, "next-hop-not-shown") if IBAN.value in text]
    coin = seen(ObservableKind.CRYPTO, "bitcoin:bc1qother", tags=("payee",))
    assert not told(plan_of(case_of(), leads_of(coin, transfers=(paid("x", coin.value),))), "next-hop-not-shown")


def test_many_next_accounts_are_counted() -> None:
    many = (*(paid("x", f"account {n}", at="") for n in range(8)), paid("x", "a counter"))
    accounts = [seen(ObservableKind.BANK_ACCOUNT, f"account {n}") for n in range(8)]
    [found] = told(plan_of(case_of(), leads_of(*accounts, transfers=many)), "next-hop-not-shown")
    assert "account 4 and 3 more is not in the evidence: the statement shows the next account" in found


def test_a_statement_of_which_nothing_is_tied_is_a_warning() -> None:
    leads = leads_of(OWN, IBAN, transfers=(paid(OWN.value, IBAN.value), paid(OWN.value, "z")))
    plan = plan_of(case_of(rest=LOSSES.replace("loss = 100", "loss = 77")), leads)
    [finding] = [f for f in plan.findings if f.code == "payments-not-tied"]
    assert (finding.severity, finding.artifact) == (Severity.WARNING, "a1")
    assert "in the statement f1 could be tied" in finding.message


def test_a_copy_of_a_statement_is_tied_like_the_first() -> None:
    copy = msgspec.structs.replace(paid(OWN.value, IBAN.value), artifact="a2")
    twice = msgspec.structs.replace(OWN, places=(*OWN.places, place("line 3", artifact="a2")))
    leads = leads_of(
        twice, IBAN, transfers=(paid(OWN.value, IBAN.value), copy), kinds=(ArtifactKind.TABLE, ArtifactKind.TABLE)
    )
    assert not told(plan_of(case_of(rest=LOSSES), leads), "payments-not-tied")


def test_what_the_case_file_gives_to_a_suspect_and_nothing_shows_is_named() -> None:
    rest = f'\n[[suspects]]\nname = "S"\nidentifiers = ["{IBAN.value}", "nobody@x.example", "telegram:desk"]\n'
    handle = seen(ObservableKind.USER_ACCOUNT, "telegram:desk")
    [missing] = told(plan_of(case_of(rest=rest), leads_of(IBAN, handle)), "identifier-not-in-evidence")
    assert missing.startswith("nobody@x.example, which the case file gives to S")


@pytest.mark.parametrize(("on", "words"), [(date(2026, 11, 1), "worth nothing"), (date(2029, 1, 1), "is it meant?")])
def test_an_odd_day_is_the_first_thing_said(on: date, words: str) -> None:
    sent = msgspec.structs.replace(mail("a@b.example"), artifact="a1")
    plan = plan_of(case_of(), leads_of(mails=(sent,), kinds=(ArtifactKind.MAIL,)), on=on)
    assert words in told(plan, "plan-day")[0]
    assert plan.findings[0].code == "plan-day"
    assert words in summarise(plan).missing[0]
