"""Accounts as statements write them: the holder's own, those without an IBAN, numbers that keep money."""

from pathlib import Path

import pytest

from comity.leads import Leads, find_leads
from comity.leads.nexus import TieSources

NATWEST = (
    "Date,Type,Description,Value,Balance,Account Name,Account Number\n"
    "14/05/2026,FPS,GOLDEN LARK LTD REF AL88 20-45-12 33445566,-25000.00,1000.00,M HARRIS,601613-31926819\n"
    "20/05/2026,INT,SWIFT GOLDEN LARK LIMITED HSBCHKHHHKH 808-778899-838 REF AL88,-60000.00,500.00,M HARRIS,"
    "601613-31926819\n"
    "05/06/2026,D/D,THAMES WATER,-45.10,204.90,M HARRIS,601613-31926819\n"
)
CAMT = (
    "Auftragskonto;Buchungstag;Verwendungszweck;Beguenstigter/Zahlungspflichtiger;Kontonummer/IBAN;BIC;Betrag;Waehrung\n"
    "DE89370400440532013000;06.10.26;Rechnung;Golden Lark;LT443250051234567890;REVOLT21;-284600,00;EUR\n"
)
FILTERED = (
    "Buchungstag;Empfänger;Verwendungszweck;IBAN;Betrag;Währung\n"
    "06.10.2026;Golden Lark;Rechnung 1;LT443250051234567890;-284.600,00;EUR\n"
    "07.10.2026;Golden Lark;Rechnung 2;LT443250051234567890;-1.600,00;EUR\n"
)
MPESA = (
    "Receipt No.,Completion Time,Details,Transaction Status,Paid In,Withdrawn,Balance\n"
    "SJK4AB12CD,2026-10-12 18:03:11,Customer Transfer to 254798765432 - JOHN OTIENO,Completed,,8500.00,1200.00\n"
    "SJL9ZX34QW,2026-10-15 07:41:55,Customer Transfer to 254798765432 - JOHN OTIENO,Completed,,10000.00,150.00\n"
)


def read(tmp_path: Path, text: str, name: str = "list.csv", *, sources: TieSources | None = None) -> Leads:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return find_leads([tmp_path / name], regions=("KE",), sources=sources)


def paid(leads: Leads) -> list[tuple[str, str]]:
    return [(transfer.source, transfer.target) for transfer in leads.transfers]


def test_a_column_of_the_holders_own_account_names_no_payee(tmp_path: Path) -> None:
    own = "60161331926819"
    assert paid(read(tmp_path, NATWEST)) == [(own, "20451233445566"), (own, "808778899838"), (own, "")]


def test_the_holders_account_is_told_apart_from_the_other_sides(tmp_path: Path) -> None:
    assert paid(read(tmp_path, CAMT)) == [("DE89370400440532013000", "LT443250051234567890")]


BARCLAYS = (
    "Number,Date,Account,Amount,Subcategory,Memo\n"
    ",14/05/2026,20-12-34 11223344,-25000.00,Payment,GOLDEN LARK LTD 20-45-99 33445566\n"
    ",16/05/2026,20-12-34 11223344,-45.10,Direct Debit,THAMES WATER\n"
)
LLOYDS = (
    "Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,"
    "Balance\n"
    "14/05/2026,FPO,'20-12-34,11223344,GOLDEN LARK LTD,25000.00,,1000.00\n"
    "16/05/2026,FPI,'20-12-34,11223344,A FRIEND,,10.00,1010.00\n"
)
N26 = (
    "Booking Date,Value Date,Partner Name,Partner Iban,Type,Payment Reference,Account Name,Amount (EUR)\n"
    "2026-10-06,2026-10-06,Golden Lark,LT443250051234567890,Debit,1,Main Account,-100.00\n"
    "2026-10-07,2026-10-07,Golden Lark,LT443250051234567890,Debit,2,Main Account,-200.00\n"
)
COMMERZBANK = (
    "Buchungstag;Wertstellung;Umsatzart;Buchungstext;Betrag;Währung;IBAN Kontoinhaber;Kategorie\n"
    "06.10.2026;06.10.2026;Überweisung;Golden Lark IBAN LT443250051234567890;-100,00;EUR;DE89370400440532013000;x\n"
)
ING = (
    "Datum;Omschrijving;Rekening;Tegenrekening;Bedrag;Mutatiesoort\n"
    "20261006;Golden Lark;NL91ABNA0417164300;LT443250051234567890;-100,00;Online\n"
    "20261007;Golden Lark;NL91ABNA0417164300;LT443250051234567890;-200,00;Online\n"
)
LISTED = (
    "Date,Details,IBAN,Amount\n"
    "2026-10-06,first,LT443250051234567890,-100.00\n"
    "2026-10-07,second,LT443250051234567890,-200.00\n"
)


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (BARCLAYS, [("20123411223344", "20459933445566"), ("20123411223344", "")]),
        (LLOYDS, [("11223344", ""), ("", "11223344")]),
        (N26, [("", "LT443250051234567890")] * 2),
        (COMMERZBANK, [("DE89370400440532013000", "LT443250051234567890")]),
        (ING, [("NL91ABNA0417164300", "LT443250051234567890")] * 2),
        (LISTED, [("", "LT443250051234567890")] * 2),
    ],
    ids=["barclays", "lloyds", "n26", "commerzbank", "ing", "listed"],
)
def test_whose_the_account_of_a_layout_is(text: str, sides: list[tuple[str, str]], tmp_path: Path) -> None:
    assert paid(read(tmp_path, text)) == sides


def test_payments_to_one_account_are_no_statement_of_it(tmp_path: Path) -> None:
    assert paid(read(tmp_path, FILTERED)) == [("", "Golden Lark")] * 2


def test_a_table_that_shows_both_ways_of_one_account_is_a_statement(tmp_path: Path) -> None:
    assert all(transfer.statement for transfer in read(tmp_path, NATWEST).transfers)
    told = "date,from account,to account,amount\n2026-05-01,123456789,987654321,100.00\n"
    assert not any(transfer.statement for transfer in read(tmp_path, told).transfers)


def test_a_sort_code_leads_to_the_united_kingdom(tmp_path: Path) -> None:
    found = {one.value: one for one in read(tmp_path, NATWEST, sources=TieSources(providers=())).observables}
    british = found["20451233445566"].nexus[0]
    assert (british.state, british.provider_name) == ("GB", "the bank of sort code 20-45-12")
    assert found["808778899838"].nexus[0].state == ""


@pytest.mark.parametrize("text", ["seen 20-05-26 12345678 then", "HSBCHKHHHKH 2026-10-06", "20-45-12-33 44556677"])
def test_what_is_a_date_is_no_account(tmp_path: Path, text: str) -> None:
    assert not [one for one in read(tmp_path, text, "note.txt").observables if one.kind == "bank-account"]


@pytest.mark.parametrize("digits", ["44", "12"])
def test_an_account_without_an_iban_stands_among_ibans_mistyped_or_not(tmp_path: Path, digits: str) -> None:
    table = (
        "Date,From,To,BIC,Amount,Currency\n"
        "2026-10-06,DE89370400440532013000,LT443250051234567890,,284600.00,EUR\n"
        "2026-10-06,LT443250051234567890,HU42117730161111101800000000,OTPVHUHB,190000.00,EUR\n"
        "2026-10-06,LT443250051234567890,DE75512108001245126199,SOGEDEFF,9000.00,EUR\n"
        "2026-10-06,LT443250051234567890,808-123456-838,HSBCHKHHHKH,80000.00,EUR\n"
    ).replace("LT44", f"LT{digits}")
    leads = read(tmp_path, table)
    assert leads.transfers[0].target == f"LT{digits}3250051234567890"
    assert leads.transfers[-1].target == "808123456838"
    assert "808123456838" in {one.value for one in leads.observables if one.kind == "bank-account"}


def test_a_number_that_keeps_money_is_the_payee_and_its_receipt_the_reference(tmp_path: Path) -> None:
    leads = read(tmp_path, MPESA, sources=TieSources(providers=()))
    assert [(t.target, t.reference) for t in leads.transfers] == [
        ("+254798765432", "SJK4AB12CD"),
        ("+254798765432", "SJL9ZX34QW"),
    ]
    keeper, line = next(one for one in leads.observables if one.value == "+254798765432").nexus
    assert (keeper.role.value, keeper.state, keeper.provider_name) == (
        "payment_service",
        "KE",
        "Safaricom (mobile money)",
    )
    assert line.role.value == "telecom"


@pytest.mark.parametrize(
    "text",
    [
        "mpesa 254798765432 or binance",
        "send it by M-Pesa to 0798 765432",
        "M-Pesa: Customer Transfer to 254798765432 - JOHN OTIENO",
        "mpesa +254798765432",
    ],
)
def test_a_text_names_a_number_to_pay_once(tmp_path: Path, text: str) -> None:
    found = [one for one in read(tmp_path, text, "note.txt").observables if one.value == "+254798765432"]
    assert [("mobile-money" in one.tags) for one in found] == [True]


@pytest.mark.parametrize(
    "text", ["IBAN: LT12 3250 0512 3456 7890", "konto lt123250051234567890", "LT12 3250 0512 3456 7890"]
)
def test_an_iban_whose_check_digits_fail_is_told(tmp_path: Path, text: str) -> None:
    found = [(one.value, one.tags) for one in read(tmp_path, text, "note.txt").observables]
    assert found == [("LT123250051234567890", ("check-digits-fail",))]


@pytest.mark.parametrize("text", ["mpesa 254111111111111", "mpesa +99912345678"])
def test_what_is_no_number_keeps_no_money(tmp_path: Path, text: str) -> None:
    assert not [one for one in read(tmp_path, text, "note.txt").observables if "mobile-money" in one.tags]


@pytest.mark.parametrize("text", ["order LT123250051234567890", "IBAN LT12 3250 0512", "IBAN QQ12 3250 0512 3456 7890"])
def test_what_no_country_writes_so_or_nobody_calls_so_is_no_iban(tmp_path: Path, text: str) -> None:
    assert not [one for one in read(tmp_path, text, "note.txt").observables if one.kind == "iban"]


def test_a_hungarian_bank_is_not_named_by_a_branch(tmp_path: Path) -> None:
    leads = read(tmp_path, "HU42117730161111101800000000 OTPVHUHB", "note.txt", sources=TieSources(providers=()))
    assert {nexus.provider_name for one in leads.observables for nexus in one.nexus} == {"OTP Bank Nyrt."}


def test_a_bic_that_several_banks_share_names_none(tmp_path: Path) -> None:
    leads = read(tmp_path, "BIC: ICRAITRR", "note.txt", sources=TieSources(providers=()))
    tied = leads.observables[0].nexus[0]
    assert (tied.state, tied.provider_name) == ("IT", "")
    assert "shared by" in tied.reasons[-1].text
