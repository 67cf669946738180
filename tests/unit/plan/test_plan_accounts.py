"""Whose an account in a statement is, and which payments of it are the fraud's."""

from decimal import Decimal

import msgspec
import pytest
from tests.samples.planned import case_of, codes, leads_of, mail, paid, place, plan_of, seen, tie

from comity.leads.model import ArtifactKind, Observable, ObservableKind, Role, Transfer
from comity.plan.amounts import amounts_in, money
from comity.plan.errors import CaseFileError
from comity.plan.model import Plan

OWN, MULE, SECOND, BILL, CUSTOMER = (
    "DE12200400000123456700",
    "DE76700111106053241890",
    "LT353250012345678901",
    "DE34200505501234567890",
    "DE35210500000012345678",
)
BANK = tie("DE", Role.FINANCIAL_INSTITUTION)
VICTIM = '\n[[victims]]\nstate = "IN"\nnumber = 1\nloss = 120.50\n'


def account(value: str, *wheres: tuple[str, str]) -> Observable:
    places = tuple(place(where, artifact=artifact) for artifact, where in wheres)
    return seen(ObservableKind.IBAN, value, BANK, places=places)


def sum_paid(target: str, amount: str, *, source: str = OWN, reference: str = "", artifact: str = "a1") -> Transfer:
    moved = paid(source, target)
    return msgspec.structs.replace(moved, amount=amount, reference=reference, artifact=artifact)


def statement(rest: str = VICTIM, *, facts: str = "x" * 200, also: tuple[tuple[str, str], ...] = ()) -> Plan:
    """A statement of OWN: a bill, a customer's credit, a payment to MULE and one to SECOND."""
    leads = leads_of(
        account(OWN, ("a1", "line 3")),
        account(MULE, ("a1", "row 2, column IBAN"), *also),
        account(SECOND, ("a1", "row 3, column IBAN")),
        account(BILL, ("a1", "row 4, column IBAN")),
        account(CUSTOMER, ("a1", "row 5, column IBAN")),
        transfers=(
            sum_paid(MULE, "100.00"),
            sum_paid(SECOND, "20.50", reference="UTR632214331"),
            sum_paid(BILL, "431.17"),
            sum_paid(OWN, "1250.00", source=CUSTOMER),
        ),
        kinds=(ArtifactKind.TABLE, ArtifactKind.MAIL),
    )
    return plan_of(case_of(rest=rest, facts=facts), leads)


def asked(plan: Plan) -> set[str]:
    return {tie.value for holder in plan.holders for tie in holder.ties}


def test_the_account_of_a_statement_is_its_givers_and_is_never_stopped() -> None:
    found = statement()
    assert codes(found)[OWN] == "victims-statement"
    assert OWN not in {thing.value for step in found.steps for thing in step.objects if step.measure != "freezing"}


def test_payments_that_make_up_the_loss_are_the_frauds_and_the_rest_are_ordinary() -> None:
    found = statement()
    assert asked(found) == {MULE, SECOND}
    assert {codes(found)[BILL], codes(found)[CUSTOMER]} == {"ordinary-payment"}


def test_a_payee_that_a_mail_names_is_the_frauds_whatever_its_amount() -> None:
    found = statement('\n[[victims]]\nstate = "IN"\nnumber = 1\n', also=(("a2", "text/plain part 1"),))
    assert asked(found) == {MULE}
    assert codes(found)[SECOND] == "ordinary-payment"


@pytest.mark.parametrize(
    "rest",
    [
        f'\n[[suspects]]\nname = "S"\nidentifiers = ["{MULE[:4]} {MULE[4:]}"]\n',
        f'\n[[events]]\nat = 2026-11-18\nwhat = "paid"\nobjects = ["{MULE}"]\n',
        f'\n[[earlier_steps]]\nmeasure = "freezing"\nstate = "DE"\nobjects = ["{MULE}"]\nsent = 2026-11-18\n',
    ],
)
def test_a_payee_that_the_case_file_names_is_the_frauds(rest: str) -> None:
    assert asked(statement(rest)) == {MULE}


def test_a_payment_is_told_by_its_amount_or_its_reference_in_the_facts() -> None:
    found = statement("", facts="The victim paid EUR 100 on 18 November; the second has UTR 632214331. " + "x" * 200)
    assert asked(found) == {MULE, SECOND}


def test_a_sum_that_several_groups_make_tells_nothing() -> None:
    leads = leads_of(
        account(OWN, ("a1", "line 3")),
        *(account(value, ("a1", f"row {n}, column IBAN")) for n, value in enumerate((MULE, SECOND, BILL), start=2)),
        transfers=tuple(sum_paid(value, "60.25") for value in (MULE, SECOND, BILL)),
    )
    assert asked(plan_of(case_of(rest=VICTIM), leads)) == set()


def test_a_suspects_statement_and_what_it_paid_are_pursued() -> None:
    found = statement(f'\n[[suspects]]\nname = "S"\nidentifiers = ["{OWN}"]\n')
    assert {OWN, MULE, SECOND, BILL} <= asked(found)


def test_the_statement_of_an_account_that_the_fraud_paid_is_a_suspects() -> None:
    leads = leads_of(
        account(OWN, ("a1", "line 3")),
        account(MULE, ("a1", "row 2, column IBAN"), ("a2", "line 3")),
        account(SECOND, ("a2", "row 2, column IBAN")),
        transfers=(sum_paid(MULE, "120.50"), sum_paid(SECOND, "7.00", source=MULE, artifact="a2")),
        kinds=(ArtifactKind.TABLE, ArtifactKind.TABLE),
    )
    found = plan_of(case_of(rest=VICTIM), leads)
    assert asked(found) == {MULE, SECOND}


def test_a_list_of_payments_into_one_account_is_no_statement_of_it() -> None:
    leads = leads_of(
        account(CUSTOMER, ("a1", "row 2, column Payer")),
        account(BILL, ("a1", "row 3, column Payer")),
        account(MULE, ("a1", "row 2, column Payee"), ("a1", "row 3, column Payee")),
        transfers=(sum_paid(MULE, "1.00", source=CUSTOMER), sum_paid(MULE, "2.00", source=BILL)),
    )
    assert MULE in asked(plan_of(case_of(), leads))


def test_what_the_case_file_gives_to_victims_is_left_alone() -> None:
    rest = f'\n[[victims]]\nstate = "IN"\nnumber = 1\naccounts = ["{MULE}"]\nidentifiers = ["+44 20 7946 0123"]\n'
    leads = leads_of(
        account(MULE, ("a1", "row 2, column Payee")),
        seen(ObservableKind.PHONE, "+442079460123", tie("GB", Role.TELECOM)),
        transfers=(sum_paid(MULE, "1.00", source=CUSTOMER),),
    )
    found = plan_of(case_of(rest=rest), leads)
    assert asked(found) == set()
    assert {codes(found)[MULE], codes(found)["+442079460123"]} == {"victims-own"}


def test_nothing_is_both_a_victims_and_a_suspects() -> None:
    rest = (
        f'\n[[victims]]\nstate = "IN"\nnumber = 1\naccounts = ["{MULE}"]\n'
        f'\n[[suspects]]\nname = "S"\nidentifiers = ["{MULE}"]\n'
    )
    with pytest.raises(CaseFileError, match="to a victim and to a suspect"):
        case_of(rest=rest)


def test_a_payment_before_the_first_mail_is_not_the_frauds() -> None:
    early = msgspec.structs.replace(sum_paid(MULE, "120.50"), at="2026-11-02")
    leads = leads_of(
        account(OWN, ("a1", "line 3")),
        account(MULE, ("a1", "row 2, column IBAN")),
        mails=(mail("x@y.example", artifact="a2"),),
        transfers=(early,),
    )
    assert asked(plan_of(case_of(rest=VICTIM), leads)) == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("INR 32,40,000 the same day", {Decimal(3240000)}),
        ("48.730,50 € and £ 12", {Decimal("48730.50"), Decimal(12)}),
        ("on 11 November 2026 at 11:12", set()),
    ],
)
def test_amounts_in_facts(text: str, found: set[Decimal]) -> None:
    assert amounts_in(text) == found


@pytest.mark.parametrize(
    ("number", "currency", "state", "shown"),
    [
        ("3240000.00", "INR", "IN", "INR 32,40,000"),
        ("76229.5", "EUR", "IN", "EUR 76,229.50"),
        ("76229.50", "EUR", "DE", "EUR 76,229.50"),
        ("1000", "JPY", "IN", "JPY 1,000"),
        ("1234.5", "KWD", "GB", "KWD 1,234.500"),
        ("0.052", "BTC", "IN", "BTC 0.052"),
        ("5", "", "XX", "5"),
        ("much", "EUR", "IN", "EUR much"),
        ("NaN", "EUR", "IN", "EUR NaN"),
    ],
)
def test_money_as_the_requesting_state_writes_it(number: str, currency: str, state: str, shown: str) -> None:
    assert money(number, currency, state) == shown
