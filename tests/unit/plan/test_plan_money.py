"""What is done about money without any authority: the recall through banks, the trace on public ledgers."""

import msgspec
import pytest
from tests.samples.planned import case_of, codes, leads_of, paid, place, plan_of, seen, step_of, tie

from comity.law import Measure
from comity.leads.model import ObservableKind, Role
from comity.plan.model import Plan, Step

IBAN = seen(ObservableKind.IBAN, "AE480339999000000004711", tie("AE", Role.FINANCIAL_INSTITUTION, name="Mashreqbank"))
COIN = "bitcoin:bc1q6zv2khjyhx4tka2lwmvqvkv0gdtnce3ta374e6"
HASH = "1b5b9ccb3e8d006a5230de9bda23ff91edc794d4f56410560830b418528e446c"
LOSS = '\n[[victims]]\nstate = "IN"\nnumber = 1\nloss = 100\n'
CHAT = (place("line 8"),)


def recalls(plan: Plan) -> list[Step]:
    return [s for s in plan.steps if s.measure is Measure.FREEZING and not s.holder]


def trace(plan: Plan) -> Step:
    return next(s for s in plan.steps if s.title.startswith("Trace"))


def test_a_payment_is_recalled_through_the_banks_before_all_else() -> None:
    plan = plan_of(case_of(), leads_of(IBAN, transfers=(paid("x", IBAN.value),)))
    [step] = recalls(plan)
    assert step.id == "s1"
    assert (step.domestic, step.domestic_basis[:17]) == (True, "the victim's own ")
    assert [thing.value for thing in step.objects] == [IBAN.value]
    assert any(deadline.kind == "recall_window" for deadline in step.other_dates)


def test_each_state_has_its_own_desk_for_it_where_one_is_known() -> None:
    [indian], [french] = (recalls(plan_of(case_of(state, LOSS), leads_of())) for state in ("IN", "FR"))
    assert indian.direct[0].to == "helpline 1930 and the National Cybercrime Reporting Portal (NCRP)"
    assert indian.direct[0].url == "https://cybercrime.gov.in"
    assert french.direct == ()


def test_nothing_is_recalled_twice_nor_where_nothing_was_paid_through_a_bank() -> None:
    asked = "\n[money]\nrecall = 2026-11-19T14:05:00+05:30\n"
    assert not recalls(plan_of(case_of(rest=asked), leads_of(IBAN, transfers=(paid("x", IBAN.value),))))
    assert not recalls(plan_of(case_of(), leads_of(IBAN)))
    coin = seen(ObservableKind.CRYPTO, COIN)
    assert not recalls(plan_of(case_of(rest=LOSS), leads_of(coin, transfers=(paid("x", COIN),))))


def test_where_a_chat_says_to_pay_is_traced_with_the_payment() -> None:
    coin = seen(ObservableKind.CRYPTO, COIN, tie("", Role.UNKNOWN), places=CHAT)
    sent = seen(ObservableKind.TRANSACTION, HASH, tie("", Role.UNKNOWN), places=CHAT)
    plan = plan_of(case_of(), leads_of(coin, sent))
    assert {thing.value for thing in trace(plan).objects} == {COIN, HASH}
    assert set(codes(plan).values()) == {"public-ledger"}


def test_what_a_list_of_payments_names_besides_is_not_traced() -> None:
    listed = seen(ObservableKind.CRYPTO, COIN, places=(place("row 3, column from"),))
    bank = seen(ObservableKind.TRANSACTION, "UTR632214331", tie("", Role.UNKNOWN), places=CHAT)
    plan = plan_of(case_of(), leads_of(listed, bank))
    assert set(codes(plan).values()) == {"no-state"}
    assert not plan.steps


def test_an_address_at_a_service_is_traced_and_the_service_asked() -> None:
    held = seen(ObservableKind.CRYPTO, COIN, tie("US", Role.EXCHANGE, "coinbase_us", "Coinbase"), tags=("payee",))
    plan = plan_of(case_of(), leads_of(held, transfers=(paid("x", COIN),)))
    assert [thing.value for thing in trace(plan).objects] == [COIN]
    assert any(s.holder_name == "Coinbase" for s in plan.steps)


def test_the_trace_is_told_apart_from_what_else_is_public() -> None:
    page = seen(
        ObservableKind.URL, "https://x-y.example.com/a", tie("FR", Role.INFRASTRUCTURE), places=(place("link target"),)
    )
    coin = msgspec.structs.replace(seen(ObservableKind.CRYPTO, COIN), places=CHAT)
    plan = plan_of(case_of(), leads_of(page, coin))
    public = next(s for s in plan.steps if s.title == "Secure what is public")
    assert [thing.kind for thing in public.objects] == [ObservableKind.URL]


def test_money_in_the_union_is_frozen_by_the_certificate_for_money() -> None:
    account = seen(ObservableKind.IBAN, "HU42117730161111101800000000", tie("HU", Role.FINANCIAL_INSTITUTION))
    plan = plan_of(case_of("DE"), leads_of(account, transfers=(paid("x", account.value),)))
    formal = step_of(plan, "freezing", first=False)
    assert formal.recommended
    assert formal.recommended.instrument == "eu-freezing-2018"
    assert any("European Investigation Order" in line for line in formal.closed_routes)


def test_nothing_is_recalled_where_everything_was_paid_on_a_ledger() -> None:
    coin = seen(ObservableKind.CRYPTO, COIN, places=CHAT)
    number = seen(ObservableKind.PHONE, "+79215550123", tie("RU", Role.TELECOM), places=CHAT)
    found = plan_of(case_of(rest=LOSS), leads_of(coin, number))
    assert recalls(found) == []
    told = next(finding.message for finding in found.findings if finding.code == "loss-without-statement")
    assert "the exchange that sold them the coins" in told
    assert len(recalls(plan_of(case_of(rest=LOSS), leads_of(coin, number, IBAN)))) == 1


def test_a_payment_on_a_ledger_is_no_address() -> None:
    coin = seen(ObservableKind.CRYPTO, COIN, places=CHAT)
    paid_by = seen(ObservableKind.TRANSACTION, HASH, places=CHAT)
    found = plan_of(case_of(), leads_of(coin, paid_by))
    told = [fact for obstacle in found.obstacles for fact in obstacle.detected if "no service is known" in fact]
    assert told
    assert told[0].startswith("1 address and 1 transaction that")


def test_a_number_that_keeps_money_is_recalled_once() -> None:
    kept = tie("KE", Role.PAYMENT_SERVICE, name="Safaricom (mobile money)")
    number = seen(ObservableKind.PHONE, "+254798765432", kept, tie("KE", Role.TELECOM, name="Safaricom"))
    found = plan_of(case_of("KE"), leads_of(number, transfers=(paid("", number.value),)))
    assert [thing.value for thing in recalls(found)[0].objects] == [number.value]
    assert "freezing" in {step.measure.value for step in found.steps if step.holder}


@pytest.mark.parametrize(("state", "code"), [("AE", "names-a-holder-only"), ("HK", "bank-without-account")])
def test_a_banks_code_says_whether_an_account_there_is_asked_about(state: str, code: str) -> None:
    bic = seen(ObservableKind.BIC, "HSBCHKHHHKH", tie(state, Role.FINANCIAL_INSTITUTION, name="HSBC"))
    found = plan_of(case_of(), leads_of(IBAN, bic, transfers=(paid("x", IBAN.value),)))
    assert codes(found)["HSBCHKHHHKH"] == code
