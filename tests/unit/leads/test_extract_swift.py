"""Transfers as SWIFT writes them."""

from pathlib import Path

import pytest

from comity.leads import find_leads
from comity.leads.extract import find_in_text
from comity.leads.extract.swift import SwiftPayment, find_swift_payments

_MESSAGE = """{4:
:20:GFL20261110
:23B:CRED
:32A:261110USD38.500,00
:50K:/50100123456789
VAIGAI SPICES PVT LTD
:52A:HDFCINBB
:57A:/C/DE89370400440532013000
DEUTDEFFXXX
:59:/DE76700111106053241890
GFL TREASURY SERVICES
:71A:SHA
-}
"""


def test_accounts_of_both_sides() -> None:
    seen = {(one.kind.value, one.value, one.tags) for one in find_in_text(_MESSAGE)}
    assert ("bank-account", "50100123456789", ("payer",)) in seen
    assert ("iban", "DE76700111106053241890", ("payee",)) in seen
    assert ("iban", "DE89370400440532013000", ()) in seen
    place = next(one for one in find_in_text(_MESSAGE) if one.value == "50100123456789")
    assert _MESSAGE[place.start : place.end] == "50100123456789"


def test_payment() -> None:
    (paid,) = find_swift_payments(_MESSAGE)
    assert _MESSAGE[paid.start :].startswith("261110USD")
    assert (paid.on, paid.amount, paid.currency) == ("2026-11-10", "38500.00", "USD")
    assert (paid.source, paid.target, paid.reference) == ("50100123456789", "DE76700111106053241890", "GFL20261110")


def test_several_messages_and_what_is_missing() -> None:
    text = (
        ":32A:261340EUR5,\n:58A:BANKDEFFXXX\n:20:second\n:32A:260102EUR7\n:59F:/AB 12-34\n:20:third\n:59:/1234\n"
        ":20:fourth\n:32A:nothing\n"
    )
    assert list(find_swift_payments(text)) == [
        SwiftPayment(start=5, on="", amount="5", currency="EUR", source="", target="", reference=""),
        SwiftPayment(
            start=text.index("260102"),
            on="2026-01-02",
            amount="7",
            currency="EUR",
            source="",
            target="AB1234",
            reference="second",
        ),
    ]


@pytest.mark.parametrize("text", ["", ":59:/1234", ":32A:260102EUR7", "see :32A: and :59: of the form"])
def test_no_message(text: str) -> None:
    assert list(find_swift_payments(text)) == []
    assert not [one for one in find_in_text(text) if one.tags]


def test_transfer_of_a_mail_that_says_it_twice_counts_once(tmp_path: Path) -> None:
    mail = (
        "From: a@bank.example\nTo: b@bank.example\nMIME-Version: 1.0\n"
        'Content-Type: multipart/alternative; boundary="x"\n\n'
        f"--x\nContent-Type: text/plain\n\n{_MESSAGE}\n--x\nContent-Type: text/html\n\n<pre>{_MESSAGE}</pre>\n--x--\n"
    )
    (tmp_path / "m.eml").write_text(mail)
    leads = find_leads([tmp_path])
    (transfer,) = leads.transfers
    assert (transfer.where, transfer.target) == ("text/plain part 1", "DE76700111106053241890")


def test_payment_that_a_statement_lists_too_counts_once(tmp_path: Path) -> None:
    (tmp_path / "mt103.txt").write_text(_MESSAGE)
    head = "Account: 50100123456789\n\nDate,Beneficiary IBAN,Reference,Debit INR\n"
    rows = "2026-11-10,DE76700111106053241890,GFL20261110,3240000.00\n2026-11-12,DE89370400440532013000,X1,5.00\n"
    (tmp_path / "statement.csv").write_text(head + rows)
    leads = find_leads([tmp_path])
    assert [(one.reference, one.currency) for one in leads.transfers] == [("GFL20261110", "INR"), ("X1", "INR")]
    assert leads.transfers[0].arrived != (leads.transfers[0].amount, "INR")
    assert leads.transfers[1].arrived == ("5.00", "INR")
    (told,) = (one for one in leads.findings if one.code == "payment-told-twice")
    assert (told.artifact, told.where) == ("a1", "line 4")
    assert "a2 row 4 lists, too" in told.message
