"""Accounts, bank codes, UPI addresses, cards, references and crypto addresses."""

from collections.abc import Callable

import pytest

from comity.leads.model import Observable, Transfer
from comity.leads.nexus import KnownWallet, TieSources
from comity.leads.nexus.money import MoneyTables

TieOne = Callable[..., Observable]


def payment(source: str, target: str, *, currency: str = "INR") -> Transfer:
    return Transfer(
        artifact="a2", where="row 3", at="2026-11-01", amount="250000", currency=currency, source=source, target=target,
        reference="",
    )  # fmt: skip


def only(tied: Observable) -> tuple[str, str, str, str]:
    (tie,) = tied.nexus
    return tie.state, tie.provider_name, tie.role.value, tie.confidence.value


def texts(tied: Observable) -> str:
    return "\n".join(reason.text for tie in tied.nexus for reason in tie.reasons)


BANK = "financial_institution"


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("iban", "AE070331234567890123456", ("AE", "Mashreqbank", BANK, "high")),  # ISO 13616 registry's example
        ("iban", "DE89370400440532013000", ("DE", "Commerzbank", BANK, "high")),  # the same
        ("iban", "SC18SSCB11010000000000001497USD", ("SC", "", BANK, "high")),
        ("iban", "AE080331234567890123456", ("AE", "", BANK, "low")),
        ("iban", "ZZ080331234567890123456", ("", "", BANK, "medium")),
        ("bic", "EBILAEAD", ("AE", "Emirates NBD Bank PJSC", BANK, "high")),
        ("bic", "ZZZZDEFFXXX", ("DE", "", BANK, "high")),
        ("bic", "ZZZZZZ22", ("", "", BANK, "medium")),
        ("ifsc", "HDFC0000123", ("IN", "HDFC Bank", BANK, "high")),
        ("ifsc", "sbin0000001", ("IN", "State Bank of India", BANK, "high")),
        ("ifsc", "QQQQ0000001", ("IN", "", BANK, "medium")),
        ("upi-address", "thief@okhdfcbank", ("IN", "Google Pay (HDFC Bank)", "payment_service", "medium")),
        ("upi-address", "thief@PAYTM", ("IN", "Paytm (Yes Bank)", "payment_service", "medium")),
        ("upi-address", "thief@upi", ("IN", "BHIM", "payment_service", "low")),
        ("upi-address", "thief@sbi", ("IN", "State Bank of India", BANK, "low")),
        ("upi-address", "thief@nobody", ("IN", "", "payment_service", "medium")),
        ("payment-card", "411111******1111", ("", "Visa", BANK, "medium")),
        ("payment-card", "220012******1111", ("RU", "Mir", BANK, "low")),
        ("payment-card", "607152******1111", ("IN", "RuPay", BANK, "low")),
        ("payment-card", "000000******1111", ("", "", BANK, "low")),
        ("payment-card", "******", ("", "", BANK, "low")),
        ("bank-account", "001234567890", ("", "", BANK, "low")),
        ("transaction-reference", "HDFCN52023110112", ("IN", "HDFC Bank", BANK, "low")),
        ("transaction-reference", "SBINR52026110112345678", ("IN", "State Bank of India", BANK, "low")),
        ("transaction-reference", "QQQQN52023110112", ("", "", "unknown", "low")),
        ("transaction-reference", "432109876543", ("", "", "unknown", "low")),
    ],
)
def test_who_holds_the_money(tie_one: TieOne, kind: str, value: str, expected: tuple[str, str, str, str]) -> None:
    assert only(tie_one(kind, value)) == expected


def test_kosovo_has_an_iban_of_its_own(tie_one: TieOne) -> None:
    assert tie_one("iban", "XK051212012345678906").nexus[0].state == "XK"


def test_a_small_bank_that_uses_anothers_letters_is_told_apart() -> None:
    tables = MoneyTables()
    plain, sublet = tables.indian_bank("HDFC0000123"), tables.indian_bank("APBL0001001")
    assert plain is not None
    assert sublet is not None
    assert (plain.bank_code, sublet.bank_code) == ("HDFC", "TSDX")


def test_the_note_of_a_handle_is_told(tie_one: TieOne) -> None:
    assert "until March 2024 Paytm Payments Bank" in texts(tie_one("upi-address", "thief@paytm"))


def test_payer_and_payee(tie_one: TieOne) -> None:
    payments = (payment("IN-victim", "AE070331234567890123456", currency="AED"),)
    tied = tie_one("iban", "AE070331234567890123456", transfers=payments)
    assert tied.tags == ("payee",)
    first = tied.nexus[0].reasons[0]
    assert (first.text, first.source) == ("receives AED 250,000 2026-11-01", "payment a2 row 3")
    assert tie_one("bank-account", "IN-VICTIM", transfers=payments).tags == ("payer",)


def test_a_transfer_without_accounts_ties_nothing(tie_one: TieOne) -> None:
    assert tie_one("bank-account", "1", transfers=(payment("", ""),)).tags == ()


def ties(tied: Observable) -> list[tuple[str, str, str, str]]:
    return [(tie.state, tie.provider, tie.role.value, tie.confidence.value) for tie in tied.nexus]


NOBODY = ("", "", "unknown", "high")


@pytest.mark.parametrize(
    ("value", "expected", "tags"),
    [
        ("bitcoin:bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", [NOBODY], ("bitcoin",)),
        ("monero:4A", [NOBODY], ("monero", "privacy-coin")),
        ("tron:TX", [NOBODY, ("SV", "tether", "payment_service", "low")], ("tron",)),
        ("ethereum:0x00", [NOBODY], ("ethereum",)),
        ("tron:TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", [("SV", "tether", "payment_service", "medium")],
         ("token-contract", "tron")),
        ("ethereum:0xdAC17F958D2ee523a2206206994597C13D831ec7", [("SV", "tether", "payment_service", "medium")],
         ("token-contract", "ethereum")),
        ("tron:tr7nhqjekqxgtci8q8zy4pl8otszgjlj6t", [NOBODY, ("SV", "tether", "payment_service", "low")], ("tron",)),
    ],
)  # fmt: skip
def test_crypto_addresses(
    tie_one: TieOne, value: str, expected: list[tuple[str, str, str, str]], tags: tuple[str, ...]
) -> None:
    tied = tie_one("crypto-address", value)
    assert (ties(tied), tied.tags) == (expected, tags)


def test_a_payment_in_a_token_makes_its_issuer_likelier(tie_one: TieOne) -> None:
    seen = (payment("x", "ethereum:0xAA", currency="usdt"),)
    tied = tie_one("crypto-address", "ethereum:0xaa", transfers=seen)
    assert ties(tied) == [NOBODY, ("SV", "tether", "payment_service", "medium")]
    assert tied.tags == ("ethereum", "payee")
    other = (payment("tron:TX", "y", currency="TRX"),)
    assert ties(tie_one("crypto-address", "tron:TX", transfers=other)) == [NOBODY]


def test_a_wallet_that_somebody_knows(tie_one: TieOne, sources: TieSources) -> None:
    wallets = {
        "bitcoin:bc1known": KnownWallet(provider="binance", cite="analyst's note, 2026-11-01"),
        "bitcoin:bc1small": KnownWallet(provider="Small Exchange", cite="analyst's note, 2026-11-01"),
    }
    using = TieSources(providers=sources.providers.some(["binance"]), wallets=wallets)
    assert ties(tie_one("crypto-address", "bitcoin:bc1known", using=using)) == [("AE", "binance", "exchange", "medium")]
    small = tie_one("crypto-address", "bitcoin:bc1small", using=using)
    assert ties(small) == [("", "", "exchange", "low")]
    assert "said to be kept by Small Exchange" in texts(small)


def test_an_issuer_who_is_no_listed_provider_has_no_state(tie_one: TieOne) -> None:
    tied = tie_one("crypto-address", "tron:TX", using=TieSources(providers=()))
    assert ties(tied) == [NOBODY, ("", "", "payment_service", "low")]
