"""Ties that follow from what stands together in the evidence."""

from tests.samples.planned import REGISTRY, leads_of, mail, paid, place, seen, tie

from comity.law import Confidence
from comity.leads.model import Leads, Nexus, Observable, ObservableKind, Place, Reason, Role
from comity.plan.inferred import with_inferred

BANK = Role.FINANCIAL_INSTITUTION
LOST = tie("", BANK, confidence=Confidence.LOW)
ACCOUNT, IFSC, BIC, IBAN = (
    ObservableKind.BANK_ACCOUNT,
    ObservableKind.IFSC,
    ObservableKind.BIC,
    ObservableKind.IBAN,
)


def bank_of(leads: Leads, value: str = "501200000090210") -> Nexus:
    done = with_inferred(leads, REGISTRY)
    return next(o for o in done.observables if o.value == value).nexus[0]


def test_code_in_the_same_row_names_the_bank() -> None:
    account = seen(ACCOUNT, "501200000090210", LOST, places=(place("row 4, column Account"),))
    code = seen(IFSC, "MLNP0000017", tie("IN", BANK), places=(place("row 4, column IFSC"),))
    found = bank_of(leads_of(account, code))
    assert (found.state, found.provider_name) == ("IN", "the bank of IFSC MLNP0000017")
    assert "stands beside the account number" in found.reasons[0].text


def test_code_in_another_row_does_not() -> None:
    account = seen(ACCOUNT, "501200000090210", LOST, places=(place("row 4, column Account"),))
    code = seen(IFSC, "MLNP0000017", tie("IN", BANK), places=(place("row 5, column IFSC"),))
    assert bank_of(leads_of(account, code)).state == ""


def test_code_in_the_same_sentence_or_the_lines_above() -> None:
    account = seen(ACCOUNT, "501200000090210", LOST, places=(place("line 2", offset=100),))
    near = seen(IFSC, "MLNP0000017", tie("IN", BANK), places=(place("line 4", offset=180),))
    far = seen(IFSC, "MLNP0000017", tie("IN", BANK), places=(place("line 40", offset=1800),))
    other = seen(IFSC, "MLNP0000017", tie("IN", BANK), places=(place("line 2", offset=110, artifact="a2"),))
    assert bank_of(leads_of(account, near)).state == "IN"
    assert bank_of(leads_of(account, far)).state == ""
    assert bank_of(leads_of(account, other)).state == ""


def test_code_belongs_to_the_nearest_account() -> None:
    mule = seen(ACCOUNT, "501200000090210", LOST, places=(place("page 1", offset=100),))
    victim = seen(ACCOUNT, "123456789", LOST, places=(place("page 1", offset=190),))
    code = seen(IFSC, "MLNP0000017", tie("IN", BANK), places=(place("page 1", offset=120),))
    leads = leads_of(mule, victim, code)
    assert bank_of(leads).state == "IN"
    assert bank_of(leads, "123456789").state == ""


def test_bic_of_an_iban_is_not_that_of_an_account_beside_it() -> None:
    account = seen(ACCOUNT, "501200000090210", LOST, places=(place("row 4, column Ordering Account"),))
    iban = seen(IBAN, "GB87NWBK00000000004711", tie("GB", BANK), places=(place("row 4, column Beneficiary IBAN"),))
    code = seen(BIC, "NWBKGB2L", tie("GB", BANK), places=(place("row 4, column BIC"),))
    assert bank_of(leads_of(account, iban, code)).state == ""


def test_code_of_the_other_side_is_left_alone() -> None:
    account = seen(ACCOUNT, "501200000090210", LOST, places=(place("row 4, column Ordering Account"),))
    theirs = seen(BIC, "BOMLAEAD", tie("AE", BANK), places=(place("row 4, column Beneficiary BIC"),))
    ours = seen(BIC, "MLNPINBB", tie("IN", BANK, name="Malnad"), places=(place("row 4, column Sender BIC"),))
    assert bank_of(leads_of(account, theirs)).state == ""
    assert bank_of(leads_of(account, theirs, ours)).provider_name == "Malnad"


def test_account_with_a_state_keeps_it() -> None:
    account = seen(ACCOUNT, "501200000090210", tie("FR", BANK), places=(place("row 4, column Account"),))
    code = seen(IFSC, "MLNP0000017", tie("IN", BANK), places=(place("row 4, column IFSC"),))
    assert bank_of(leads_of(account, code)).state == "FR"


def test_signed_sender_leads_to_who_keeps_the_mailbox() -> None:
    address = seen(ObservableKind.EMAIL, "a@supplier.example", tie("", Role.VICTIM))
    signed = mail("a@supplier.example", origin="103.117.159.255", helo="mail.zoho.in", passes=True)
    found = bank_of(leads_of(address, mails=(signed,)), "a@supplier.example")
    assert (found.state, found.provider, found.role) == ("IN", "zoho_in", Role.MAIL_PROVIDER)


def test_unsigned_sender_leads_nowhere() -> None:
    address = seen(ObservableKind.EMAIL, "a@supplier.example", tie("", Role.VICTIM))
    forged = mail("a@supplier.example", origin="103.117.159.255", helo="mail.zoho.in")
    stranger = mail("a@supplier.example", origin="103.117.159.255", helo="mail.elsewhere.example", passes=True)
    for one in (forged, stranger):
        assert bank_of(leads_of(address, mails=(one,)), "a@supplier.example").state == ""


def test_mailbox_whose_provider_is_known_keeps_it() -> None:
    address = seen(ObservableKind.EMAIL, "a@supplier.example", tie("US", Role.MAIL_PROVIDER, "google_us"))
    signed = mail("a@supplier.example", helo="mail.zoho.in", passes=True)
    leads = leads_of(address, mails=(signed,), transfers=(paid("x", "y"),))
    assert bank_of(leads, "a@supplier.example").state == "US"


def test_registration_record_names_the_registrar() -> None:
    record = seen(ObservableKind.DOMAIN, "whois.ovh.com", tie("FR", Role.PLATFORM, "ovh"))
    name = seen(ObservableKind.DOMAIN, "bad.example.com", tie("US", Role.REGISTRY, "verisign"))
    elsewhere = seen(ObservableKind.DOMAIN, "other.example.com", places=(place(artifact="a9"),))
    leads = leads_of(record, name, elsewhere)
    found = bank_of(leads, "bad.example.com")
    assert (found.state, found.role, found.provider) == ("FR", Role.REGISTRAR, "ovh")
    done = with_inferred(leads, REGISTRY)
    assert next(o for o in done.observables if o.value == "other.example.com").nexus == ()


UNNAMED = Nexus(
    state="DE",
    role=Role.FINANCIAL_INSTITUTION,
    confidence=Confidence.HIGH,
    reasons=(Reason(text="bank code 70011110 is not in the registry at hand"),),
)


def iban(value: str, *places: Place) -> Observable:
    return seen(ObservableKind.IBAN, value, UNNAMED, places=places)


def banks(*observables: Observable) -> dict[str, str]:
    found = with_inferred(leads_of(*observables), REGISTRY).observables
    return {o.value: o.nexus[0].provider_name for o in found if o.kind is ObservableKind.IBAN}


def test_a_bank_without_a_name_goes_by_the_bic_beside_its_iban() -> None:
    bic = seen(ObservableKind.BIC, "DEKTDE7GXXX", places=(place("row 2, column BIC"),))
    near = iban("DE76700111106053241890", place("row 2, column IBAN"))
    assert banks(near, bic) == {near.value: "the bank of BIC DEKTDE7GXXX"}


def test_a_bic_of_another_country_or_another_row_says_nothing() -> None:
    abroad = seen(ObservableKind.BIC, "REVOLT21XXX", places=(place("row 2, column BIC"),))
    below = seen(ObservableKind.BIC, "DEKTDE7GXXX", places=(place("row 3, column BIC"),))
    alone = iban("DE76700111106053241890", place("row 2, column IBAN"))
    assert banks(alone, abroad, below) == {alone.value: "the bank with code 70011110"}


def test_of_two_ibans_the_nearer_has_the_bic() -> None:
    bic = seen(ObservableKind.BIC, "DEKTDE7GXXX", places=(place("text/plain part 1", offset=130),))
    near = iban("DE76700111106053241890", place("text/plain part 1", offset=100))
    far = iban("DE12200400000123456700", place("text/plain part 1", offset=20))
    assert banks(near, far, bic) == {
        near.value: "the bank of BIC DEKTDE7GXXX",
        far.value: "the bank with code 70011110",
    }


def test_a_bank_of_which_nothing_is_told_keeps_no_name() -> None:
    bare = seen(ObservableKind.IBAN, "DE76700111106053241890", tie("DE", Role.FINANCIAL_INSTITUTION))
    named = seen(ObservableKind.IBAN, "DE04100110012629384756", tie("DE", Role.FINANCIAL_INSTITUTION, name="N26 Bank"))
    assert banks(bare, named) == {bare.value: "", named.value: "N26 Bank"}
