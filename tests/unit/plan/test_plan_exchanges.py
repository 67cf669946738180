"""An exchange that the evidence or the case file names for an address is asked, and the token's issuer is not."""

import pytest
from tests.samples.planned import REGISTRY, case_of, leads_of, paid, plan_of, seen, step_of, tie

from comity.law import Confidence
from comity.leads.model import Leads, Nexus, ObservableKind, Role
from comity.plan import CaseFileError, case_text, new_case_text, read_case
from comity.plan.model import Plan

ADDRESS = "TJDENsfBJs4RFETt1X1W8wMDc8M5XnJhCe"
TOLD = '\n[[exchanges]]\nname = "{name}"\naddresses = ["{address}"]\nnote = "traced on 14 November 2026"\n{more}'
ISSUER = tie("SV", Role.PAYMENT_SERVICE, "tether", "Tether", Confidence.LOW)
LABEL = tie("SC", Role.EXCHANGE, "okx", "OKX", Confidence.LOW)
LONE = tie("", Role.EXCHANGE, "", "Bitfinex", Confidence.LOW)


def leads(*ties: Nexus) -> Leads:
    wallet = seen(ObservableKind.CRYPTO, f"tron:{ADDRESS}", *ties, tags=("payee",))
    return leads_of(wallet, transfers=(paid("x", wallet.value),))


def told(name: str = "OKX", more: str = "", address: str = ADDRESS) -> str:
    return TOLD.format(name=name, more=more, address=address)


def asked(plan: Plan) -> set[str]:
    return {step.holder_name for step in plan.steps if step.holder}


def test_a_label_in_the_evidence_leads_to_the_exchange_and_spares_the_issuer() -> None:
    assert asked(plan_of(case_of(), leads(ISSUER))) == {"Tether"}
    assert asked(plan_of(case_of(), leads(ISSUER, LABEL))) == {"OKX"}


@pytest.mark.parametrize("name", ["OKX", "okx", "okx.com"])
def test_the_case_file_names_the_exchange_of_an_address(name: str) -> None:
    plan = plan_of(case_of(rest=told(name)), leads(ISSUER, LONE))
    assert asked(plan) == {"OKX"}
    step = step_of(plan, "subscriber_information", state="SC")
    assert [thing.value for thing in step.objects] == [f"tron:{ADDRESS}"]
    [reason] = [tie.reasons[0] for holder in plan.holders for tie in holder.ties]
    assert (reason.text, reason.source) == (f"the case file gives it to {name}", "traced on 14 November 2026")


def test_an_exchange_that_is_not_known_needs_its_state() -> None:
    with pytest.raises(CaseFileError, match=r"'Nobody' is not in the provider table; add the state"):
        case_of(rest=told("Nobody"))
    plan = plan_of(case_of(rest=told("Nobody", 'state = "LT"\n')), leads(ISSUER))
    assert asked(plan) == {"Nobody"}
    assert step_of(plan, "subscriber_information").state == "LT"


def test_an_address_that_the_evidence_does_not_show_is_said_to_be_missing() -> None:
    plan = plan_of(case_of(rest=told(address="TUnseen")), leads(ISSUER))
    assert [f.message for f in plan.findings if "TUnseen" in f.message] == [
        "TUnseen, which the case file gives to OKX, stands nowhere in the evidence: nothing is asked about it"
    ]
    assert asked(plan) == {"Tether"}


def test_a_case_without_evidence_reads_the_addresses_of_its_file() -> None:
    assert f"OKX: {ADDRESS}" in case_text(case_of(rest=told()))[1]


def test_a_new_case_shows_the_key() -> None:
    shown = new_case_text().partition("# [[exchanges]]")[2].partition("\n\n")[0]
    example = "[[exchanges]]\n" + "\n".join(line.removeprefix("# ") for line in shown.splitlines()[1:])
    case = read_case(f"{new_case_text()}\n{example}", path="case.toml", registry=REGISTRY)
    assert case.exchanges[0].addresses == (ADDRESS,)
