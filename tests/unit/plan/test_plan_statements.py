"""Statements of victims as banks give them: their own accounts in every form, innocent payees, payments shown twice."""

import msgspec
import pytest
from tests.samples.planned import case_of, codes, leads_of, mail, paid, place, plan_of, seen, tie

from comity.leads.model import ArtifactKind, MailReading, Observable, ObservableKind, Role, Transfer
from comity.plan.model import Plan
from comity.plan.payments import each_once

OWN, OWN_NUMBER = "GB29NWBK60161331926819", "60161331926819"
MULE, SECOND, BILL = "DE76700111106053241890", "LT443250051234567890", "DE34200505501234567890"
BANK = tie("DE", Role.FINANCIAL_INSTITUTION, name="Bank")
VICTIM = f'\n[[victims]]\nstate = "GB"\nnumber = 1\nloss = 100.00\naccounts = ["{OWN}"]\n'


def account(value: str, *wheres: tuple[str, str], kind: ObservableKind = ObservableKind.IBAN) -> Observable:
    return seen(kind, value, BANK, places=tuple(place(where, artifact=artifact) for artifact, where in wheres))


def row(target: str, amount: str, *, source: str = "", about: str = "", **more: object) -> Transfer:
    moved = msgspec.structs.replace(paid(source, target), source=source, amount=amount, about=about, statement=True)
    return msgspec.structs.replace(moved, **more)


def asked(plan: Plan) -> set[str]:
    return {tie.value for holder in plan.holders for tie in holder.ties}


def plan(
    *transfers: Transfer,
    rest: str = VICTIM,
    also: tuple[Observable, ...] = (),
    mails: tuple[MailReading, ...] = (),
) -> Plan:
    """The plan of statement a1, whose own account nothing tells."""
    values = dict.fromkeys(t.target for t in transfers if t.target)
    rows = tuple(account(value, ("a1", "row 2, column IBAN")) for value in values)
    leads = leads_of(*rows, *also, transfers=transfers, mails=mails, kinds=(ArtifactKind.TABLE, ArtifactKind.CHAT))
    return plan_of(case_of("GB", rest=rest), leads)


def test_a_declared_iban_is_told_in_its_national_form_too() -> None:
    number = account(OWN_NUMBER, ("a1", "row 2, column Account Number"), kind=ObservableKind.BANK_ACCOUNT)
    found = plan(row(MULE, "100.00", source=OWN_NUMBER, holder=OWN_NUMBER), also=(number,))
    assert codes(found)[OWN_NUMBER] == "victims-own"
    assert asked(found) == {MULE}


def test_a_declared_national_number_is_told_within_an_iban() -> None:
    rest = '\n[[victims]]\nstate = "GB"\nnumber = 1\naccounts = ["60-16-13 31926819"]\n'
    found = plan(row(MULE, "100.00", source=OWN), rest=rest, also=(account(OWN, ("a1", "row 2, column IBAN")),))
    assert codes(found)[OWN] == "victims-own"


def test_a_payee_of_a_statement_is_innocent_until_something_ties_it_to_the_fraud() -> None:
    found = plan(row(MULE, "100.00"), row(BILL, "1204.33", about="Stadtwerke Köln | Abschlag Oktober"))
    assert asked(found) == {MULE}
    assert codes(found)[BILL] == "ordinary-payment"


def test_a_statement_into_which_a_victims_money_came_is_no_victims() -> None:
    assert BILL in asked(plan(row("", "40.00", source=OWN), row(BILL, "7.00")))
    assert BILL in asked(plan(row("", "100.00", source=SECOND), row(BILL, "7.00")))  # the whole loss came in
    assert BILL not in asked(plan(row("", "40.00", source=SECOND), row(BILL, "7.00")))


def test_what_the_case_file_calls_uninvolved_is_left_alone() -> None:
    told = f'\n[[uninvolved]]\nobjects = ["{MULE[:4]} {MULE[4:]}"]\nwho = "the landlord"\n'
    found = plan(row(MULE, "100.00"), rest=VICTIM + told)
    assert asked(found) == set()
    assert codes(found)[MULE] == "uninvolved"


def test_a_payee_of_the_same_name_is_the_frauds_whatever_its_account() -> None:
    first = row(MULE, "100.00", about="SEPA GOLDEN LARK LTD")
    second = row(SECOND, "60.00", about="SWIFT GOLDEN LARK LIMITED REF 1")
    assert asked(plan(first, second, row(BILL, "45.10", about="THAMES WATER"))) == {MULE, SECOND}


def test_a_brands_name_ties_nothing_for_its_bearer_is_paid_too() -> None:
    first = row(MULE, "100.00", about="Lamiera Veneta S.r.l.")
    second = row(SECOND, "60.00", about="Lamiera Veneta S.r.l.")
    brand = '\n[[protected_brands]]\nname = "Lamiera Veneta"\n'
    assert asked(plan(first, second, rest=VICTIM + brand)) == {MULE}


def test_a_chat_that_is_older_than_the_mails_begins_the_fraud() -> None:
    chat = seen(ObservableKind.PHONE, "+447700900123", places=(place("line 1", artifact="a2"),))
    early = msgspec.structs.replace(chat.places[0], at="2026-03-03T19:22:10", by="+447700900123")
    chat = msgspec.structs.replace(chat, places=(early,))
    rows = (row(MULE, "100.00", at="2026-03-04"), row(SECOND, "100.00", at="2026-03-02"))
    assert asked(plan(*rows, also=(chat,), mails=(mail("a@evil.example"),))) == {MULE}
    assert asked(plan(*rows, mails=(mail("a@evil.example"),))) == set()


def test_a_chat_alone_tells_no_first_day() -> None:
    late = msgspec.structs.replace(place("line 1", artifact="a2"), at="2026-10-20T20:30:00")
    chat = seen(ObservableKind.PHONE, "+447700900123", places=(late,))
    assert asked(plan(row(MULE, "100.00", at="2026-10-12"), also=(chat,))) == {MULE}


def test_one_payment_in_two_statements_is_counted_once_and_with_its_payer() -> None:
    sent = row(MULE, "284600.00", at="2026-10-06", artifact="a1", reference="Rechnung 2026-3391")
    came = row(MULE, "284600.0", at="2026-10-07T11:02:14Z", artifact="a2", source=BILL)
    assert each_once([sent, came]) == (came,)
    assert len(each_once([sent, msgspec.structs.replace(came, at="2026-10-20T11:02:14Z")])) == 2


@pytest.mark.parametrize(
    "changed",
    [{"at": ""}, {"at": "some day long ago"}, {"target": ""}, {"amount": ""}, {"currency": "USD"}, {"source": BILL}],
    ids=str,
)
def test_rows_of_two_files_that_differ_or_do_not_tell_enough_are_two_payments(changed: dict[str, str]) -> None:
    one = row(MULE, "10.00", source=OWN, at="2026-10-06")
    other = msgspec.structs.replace(one, artifact="a2", reference="B")
    assert len(each_once([one, other])) == 1
    either = {"target", "amount", "at"} & changed.keys()
    first = msgspec.structs.replace(one, **changed) if either else one
    assert len(each_once([first, msgspec.structs.replace(other, **changed)])) == 2


def test_two_equal_payments_of_one_statement_are_two() -> None:
    first, second = row(MULE, "10.00", where="row 2", reference="A"), row(MULE, "10.00", where="row 3", reference="B")
    assert len(each_once([first, second])) == 2
    shown_again = (msgspec.structs.replace(t, artifact="a2", reference="") for t in (first, second))
    assert len(each_once([first, second, next(shown_again)])) == 2


def misspelt(value: str) -> Observable:
    return seen(ObservableKind.IBAN, value, BANK, tags=("check-digits-fail",), places=(place("text", artifact="a2"),))


def test_an_iban_whose_check_digits_fail_is_said_and_asked_of_nobody() -> None:
    found = plan(row(MULE, "100.00"), also=(misspelt("LT123250051234567891"),))
    assert codes(found)["LT123250051234567891"] == "check-digits-fail"
    told = next(finding for finding in found.findings if finding.code == "iban-check-digits-fail")
    assert "of Lithuania" in told.message
    assert "nothing is asked" in told.message
    assert told.severity == "warning"


def test_the_iban_that_was_probably_meant_is_named() -> None:
    found = plan(row(SECOND, "100.00"), also=(misspelt("LT443250051234567809"),))
    told = next(finding for finding in found.findings if finding.code == "iban-misread")
    assert f"{SECOND} was probably meant" in told.message
    assert told.severity == "notice"


def test_what_is_called_uninvolved_and_stands_nowhere_is_said() -> None:
    told = f'\n[[uninvolved]]\nobjects = ["{BILL}", "{MULE}"]\n'
    found = plan(row(MULE, "100.00"), rest=VICTIM + told)
    unseen = [finding.message for finding in found.findings if finding.code == "identifier-not-in-evidence"]
    assert len(unseen) == 1
    assert unseen[0].startswith(f"{BILL}, which the case file calls uninvolved, stands nowhere")
