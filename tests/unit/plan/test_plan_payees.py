"""A statement that names only who was paid: the account in the same row is the one that is recalled and frozen."""

import msgspec
import pytest
from tests.samples.planned import case_of, leads_of, paid, place, plan_of, seen, tie

from comity.leads.model import Leads, Observable, ObservableKind, Role, Transfer
from comity.plan.inferred.payees import with_payees

ACCOUNT, OTHER = "IE29AIBK93115212345678", "DE89370400440532013000"


def account(where: str, value: str = ACCOUNT) -> Observable:
    bank = tie(value[:2], Role.FINANCIAL_INSTITUTION, name="Bank")
    return seen(ObservableKind.IBAN, value, bank, places=(place(where),))


def row(source: str = "", target: str = "Kautionsstelle") -> Transfer:
    return paid(source, target)


def target_of(leads: Leads) -> str:
    return with_payees(leads).transfers[0].target


def test_the_account_in_the_row_of_a_payment_to_a_name_is_the_one_that_is_recalled() -> None:
    found = leads_of(account("row 1, column IBAN"), transfers=(row(),))
    first = plan_of(case_of(), found).steps[0]
    assert first.title == "Have the payment recalled by the victim's bank"
    assert [thing.value for thing in first.objects] == [ACCOUNT]


@pytest.mark.parametrize(
    ("accounts", "transfer", "target"),
    [
        ((account("row 1, column IBAN"),), row(), ACCOUNT),
        ((account("row 2, column IBAN"),), row(), "Kautionsstelle"),
        ((account("row 1, column a"), account("row 1, column b", OTHER)), row(), "Kautionsstelle"),
        ((account("row 1, column from"),), row(), "Kautionsstelle"),
        ((account("row 1, column IBAN"),), row("A. Payer"), "Kautionsstelle"),
        ((account("row 1, column Beneficiary IBAN"),), row("A. Payer"), ACCOUNT),
        ((account("row 1, column a"), account("row 1, column b", OTHER)), row(OTHER), "Kautionsstelle"),
        ((account("row 1, column IBAN"), account("row 1, column x", OTHER)), row(target=OTHER), OTHER),
    ],
    ids=["one", "another row", "two", "payer's", "payer named", "payee's column", "unsure", "account named"],
)
def test_only_the_one_account_of_the_payee_is_taken(
    accounts: tuple[Observable, ...], transfer: Transfer, target: str
) -> None:
    assert target_of(leads_of(*accounts, transfers=(transfer,))) == target


def test_other_payments_stay_as_they_are() -> None:
    other = msgspec.structs.replace(row(target=ACCOUNT), where="row 2")
    found = leads_of(account("row 1, column IBAN"), transfers=(row(), other))
    assert with_payees(found).transfers[1] is other
    alone = leads_of(account("row 1, column IBAN"), transfers=(other,))
    assert with_payees(alone) is alone
