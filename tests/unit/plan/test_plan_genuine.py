"""An honest party's own account is not pursued because its genuine mail, or the fraud that quotes it, names it."""

import msgspec
import pytest
from tests.samples.planned import case_of, codes, leads_of, mail, paid, place, plan_of, seen, tie

from comity.leads.model import ArtifactKind, Leads, Observable, ObservableKind, Place, Reason, Role
from comity.plan.model import Plan

BRAND = '\n[[protected_brands]]\nname = "Steinbach"\ndomains = ["steinbach.example"]\n'
MAILS = (ArtifactKind.TABLE, ArtifactKind.MAIL, ArtifactKind.MAIL, ArtifactKind.CHAT, ArtifactKind.PDF)
FRAUD, GENUINE, CHAT, INVOICE = "a2", "a3", "a4", "a5"
HONEST, MULE = "DE89370400440532013000", "GB33BUKB20201555555555"
BEFORE, AFTER = "2026-11-06T10:00:00+00:00", "2026-11-09T10:00:00+00:00"
BODY = "text/plain part 1"
FIRST_IN_GENUINE = (place(artifact=GENUINE), place(BODY, artifact=FRAUD, offset=400))


def account(value: str, *places: Place) -> Observable:
    bank = tie(value[:2], Role.FINANCIAL_INSTITUTION, name=f"Bank of {value[:2]}")
    return seen(ObservableKind.IBAN, value, bank, places=places)


def leads(
    honest: tuple[Place, ...],
    *more: Observable,
    passes: bool = True,
    at: str = BEFORE,
    to: str = MULE,
    reply_to: tuple[str, ...] = (),
) -> Leads:
    mails = (
        mail("t@steinbach-arm.example", at=AFTER, artifact=FRAUD, passes=True),
        mail("t@steinbach.example", at=at, artifact=GENUINE, passes=passes, reply_to=reply_to),
    )
    mule = account(MULE, place("row 5, column IBAN"), place(BODY, artifact=FRAUD, offset=100))
    found = leads_of(account(HONEST, *honest), mule, *more, mails=mails, transfers=(paid("", to),), kinds=MAILS)
    inside = tuple(msgspec.structs.replace(a, parent=GENUINE) if a.id == INVOICE else a for a in found.artifacts)
    return msgspec.structs.replace(found, artifacts=inside)


def asked(plan: Plan) -> set[str]:
    return {thing.value for step in plan.steps for thing in step.objects}


def plan(found: Leads) -> Plan:
    return plan_of(case_of(rest=BRAND), found)


def test_the_account_of_a_genuine_mail_is_not_pursued_and_its_state_claims_nothing() -> None:
    made = plan(leads(FIRST_IN_GENUINE))
    assert codes(made)[HONEST] == "genuine-mail"
    assert (HONEST in asked(made), MULE in asked(made)) == (False, True)
    assert "DE" not in {claim.state for claim in made.jurisdiction.claims}


def test_an_invoice_attached_to_a_genuine_mail_speaks_for_its_account_too() -> None:
    assert codes(plan(leads((place("page 1", artifact=INVOICE),))))[HONEST] == "genuine-mail"


def test_a_mail_that_nobody_checked_speaks_for_it_where_it_came_before_the_account_that_was_paid() -> None:
    assert codes(plan(leads(FIRST_IN_GENUINE, passes=False)))[HONEST] == "genuine-mail"
    assert HONEST in asked(plan(leads(FIRST_IN_GENUINE, passes=False, at="2026-11-10T10:00:00+00:00")))
    assert HONEST in asked(plan(leads(FIRST_IN_GENUINE, passes=False, to="somebody")))


@pytest.mark.parametrize(
    "found",
    [
        leads(FIRST_IN_GENUINE, to=HONEST),
        leads(FIRST_IN_GENUINE, at="2026-11-10T10:00:00+00:00"),
        leads(FIRST_IN_GENUINE, reply_to=("t@elsewhere.example",)),
        leads((*FIRST_IN_GENUINE, place("line 4", artifact=CHAT))),
        leads((place(artifact=FRAUD),)),
    ],
    ids=["paid", "named by the fraud before", "answers drawn elsewhere", "given in a chat", "asked for by the fraud"],
)
def test_what_was_paid_or_asked_for_is_pursued_whoever_names_it_too(found: Leads) -> None:
    assert HONEST in asked(plan(found))


def test_an_account_that_is_only_quoted_below_another_is_not_pursued() -> None:
    mark = seen(ObservableKind.EMAIL, "t@steinbach.example", places=(place(BODY, artifact=FRAUD, offset=300),))
    quoted = (place(BODY, artifact=FRAUD, offset=360),)
    assert codes(plan(leads(quoted, mark)))[HONEST] == "genuine-mail"
    assert HONEST in asked(plan(leads((place(BODY, artifact=FRAUD, offset=200),), mark)))
    first = msgspec.structs.replace(mark, places=(place(BODY, artifact=FRAUD, offset=50),))
    assert HONEST in asked(plan(leads((place(BODY, artifact=FRAUD, offset=80),), first)))


def test_where_nothing_was_paid_no_proceeds_are_said_to_be() -> None:
    made = plan(leads((place(artifact=FRAUD),)))
    assert HONEST in asked(made)
    assert {c.state for c in made.jurisdiction.claims if c.ground.value == "territory_proceeds"} == {"GB"}


def test_a_shared_mail_relay_is_asked_for_its_records_and_neither_imaged_nor_a_place_of_conduct() -> None:
    relay = tie("DE", Role.ORIGIN, name="IONOS")
    text = "mout.example is of IONOS, which serves many customers: its records tell from whom the mail came."
    shared = msgspec.structs.replace(relay, reasons=(*relay.reasons, Reason(text=text)))
    made = {}
    for name, nexus in (("own", relay), ("shared", shared)):
        server = seen(ObservableKind.IPV4, "212.227.126.131", nexus, tags=("server-network",))
        made[name] = plan_of(case_of(), leads_of(server, mails=(mail("a@b.example", origin=server.value),)))
    steps = {name: {step.measure.value for step in one.steps} for name, one in made.items()}
    assert steps["own"] - steps["shared"] == {"search_seizure"}
    claimed = {name: {claim.state for claim in one.jurisdiction.claims} for name, one in made.items()}
    assert ("DE" in claimed["own"], "DE" in claimed["shared"]) == (True, False)


def test_an_offender_at_the_victims_own_mail_provider_is_not_taken_for_honest() -> None:
    found = leads((place(artifact=GENUINE),))
    for domain, sender in (("gmail.com", "t@gmail.com"), ("home.example", "t@home.example")):
        mails = (mail(sender, at=BEFORE, artifact=GENUINE, passes=True),)
        victims = f'\n[[victims]]\nstate = "IN"\nnumber = 1\nproviders = ["{domain}"]\n'
        assert HONEST in asked(plan_of(case_of(rest=victims), msgspec.structs.replace(found, mails=mails)))
    bank = '\n[[victims]]\nstate = "IN"\nnumber = 1\nproviders = ["steinbach.example"]\n'
    assert HONEST not in asked(plan_of(case_of(rest=bank), found))
