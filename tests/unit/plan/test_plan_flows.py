"""What went between states: only mails, replies and payments that the evidence shows."""

import msgspec
from tests.samples.planned import case_of, leads_of, mail, paid, plan_of, seen, tie

from comity.leads.model import ObservableKind, Role
from comity.plan.model import FlowKind, Plan

VICTIMS = """
[[victims]]
state = "IN"
number = 1
providers = ["home.example"]
accounts = ["IN-1"]

[[victims]]
state = "DE"
number = 1
identifiers = ["frau@web.example"]
"""
ORIGIN = seen(ObservableKind.IPV4, "31.184.255.255", tie("RU", Role.ORIGIN))
BOX = seen(ObservableKind.EMAIL, "desk@gmail.com", tie("US", Role.MAIL_PROVIDER, "google_us"))
BANK = seen(ObservableKind.IBAN, "AE480339999000000004711", tie("AE", Role.FINANCIAL_INSTITUTION))
MULE = seen(ObservableKind.IBAN, "DE76700111106053241890", tie("DE", Role.FINANCIAL_INSTITUTION))


def ways(plan: Plan) -> list[tuple[FlowKind, str, str, int, tuple[str, ...]]]:
    return [(f.kind, f.source, f.target, f.number, f.sums) for f in plan.flows]


def test_mails_go_from_their_origin_to_the_victims_that_they_reached() -> None:
    sent = mail("bank@fake.example", origin="31.184.255.255", to=("a@home.example", "frau@web.example"))
    assert ways(plan_of(case_of(rest=VICTIMS), leads_of(ORIGIN, mails=(sent, sent)))) == [
        (FlowKind.MAIL, "RU", "DE", 2, ()),
        (FlowKind.MAIL, "RU", "IN", 2, ()),
    ]


def test_a_recipient_of_whom_the_state_is_not_known_has_no_arc() -> None:
    sent = mail("bank@fake.example", origin="31.184.255.255", to=("who@elsewhere.example",))
    assert plan_of(case_of(rest=VICTIMS), leads_of(ORIGIN, mails=(sent,))).flows == ()


def test_a_mailbox_that_nobody_answered_has_no_reply() -> None:
    sent = mail("bank@fake.example", reply_to=("desk@gmail.com",), to=("a@home.example",))
    assert plan_of(case_of(rest=VICTIMS), leads_of(BOX, mails=(sent,))).flows == ()


def test_a_victims_sent_mail_is_a_reply_and_its_addressee_is_pursued() -> None:
    first = mail("bank@fake.example", reply_to=("desk@gmail.com",), to=("a@home.example",))
    reply = msgspec.structs.replace(mail("a@home.example", to=("desk@gmail.com", "b@home.example")), hops=())
    plan = plan_of(case_of(rest=VICTIMS), leads_of(BOX, mails=(first, reply)))
    assert ways(plan) == [(FlowKind.REPLY, "IN", "US", 1, ())]
    assert "desk@gmail.com" in {tie.value for holder in plan.holders for tie in holder.ties}


def test_money_goes_from_account_to_account_each_payment_once() -> None:
    one, two = paid("IN-1", BANK.value), paid("IN-1", BANK.value, at="2026-11-19")
    onward = paid(BANK.value, MULE.value)
    account = seen(ObservableKind.BANK_ACCOUNT, "IN-1", tie("IN", Role.FINANCIAL_INSTITUTION))
    told = VICTIMS + f'\n[[suspects]]\nname = "Mule"\nidentifiers = ["{BANK.value}"]\n'
    plan = plan_of(case_of(rest=told), leads_of(account, BANK, MULE, transfers=(one, one, two, onward)))
    assert ways(plan) == [
        (FlowKind.MONEY, "IN", "AE", 2, ("EUR 200",)),
        (FlowKind.MONEY, "AE", "DE", 1, ("EUR 100",)),
    ]


def test_a_victims_account_of_no_known_bank_is_in_the_victims_state() -> None:
    only = VICTIMS.partition('[[victims]]\nstate = "DE"')[0]
    plan = plan_of(case_of(rest=only), leads_of(BANK, transfers=(paid("IN-1", BANK.value), paid("x", BANK.value))))
    assert ways(plan) == [(FlowKind.MONEY, "IN", "AE", 1, ("EUR 100",))]


def test_money_in_tokens_did_not_go_to_their_issuer() -> None:
    tokens = seen(ObservableKind.CRYPTO, "tron:TQin3WQjGQB1TQWZaUMhNHpS3c9UUm8RzN", tie("SV", Role.PAYMENT_SERVICE))
    assert plan_of(case_of(rest=VICTIMS), leads_of(tokens, transfers=(paid("IN-1", tokens.value),))).flows == ()


def test_a_payment_without_an_amount_is_counted_and_summed_as_nothing() -> None:
    unclear = msgspec.structs.replace(paid("IN-1", BANK.value), amount="some")
    only = VICTIMS.partition('[[victims]]\nstate = "DE"')[0]
    assert ways(plan_of(case_of(rest=only), leads_of(BANK, transfers=(unclear,)))) == [
        (FlowKind.MONEY, "IN", "AE", 1, ())
    ]


def test_a_list_of_payments_without_a_payer_is_of_what_the_victims_paid() -> None:
    only = VICTIMS.partition('[[victims]]\nstate = "DE"')[0]
    unnamed = leads_of(BANK, transfers=(paid("", BANK.value),))
    assert ways(plan_of(case_of(rest=only), unnamed)) == [(FlowKind.MONEY, "IN", "AE", 1, ("EUR 100",))]
    assert plan_of(case_of(rest=VICTIMS), unnamed).flows == ()


def test_a_genuine_mail_of_a_protected_name_is_no_way_of_the_fraud() -> None:
    brand = '\n[[protected_brands]]\nname = "Fake"\ndomains = ["fake.example"]\n'
    sent = mail("bank@fake.example", origin="31.184.255.255", to=("a@home.example",), passes=True)
    assert len(plan_of(case_of(rest=VICTIMS), leads_of(ORIGIN, mails=(sent,))).flows) == 1
    assert plan_of(case_of(rest=VICTIMS + brand), leads_of(ORIGIN, mails=(sent,))).flows == ()
