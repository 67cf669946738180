"""Numbers that carry money or reach people: telephones, cards, accounts, IBANs, references, devices."""

import pytest

from comity.leads.extract import find_in_text
from comity.leads.extract.cards import card_scheme, mask_cards_in


def found(text: str, **options: tuple[str, ...]) -> set[tuple[str, str]]:
    return {(seen.kind.value, seen.value) for seen in find_in_text(text, **options)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("+91 98765 43210", "+919876543210"),
        ("+91-98765-43210", "+919876543210"),
        ("+919876543210,", "+919876543210"),
        ("(+852 8192 9115)", "+85281929115"),
        ("+1 (650) 253-0000", "+16502530000"),
        ("+1.650.253.0000", "+16502530000"),
        ("+49 2241-204691", "+492241204691"),
        ("tel:+44-20-7946-0958", "+442079460958"),
        ("tel:+44 20 7031 3000", "+442070313000"),
        ("0091 98765 43210", "+919876543210"),
        ("(650) 253-0000", "+16502530000"),
        ("650-253-0000", "+16502530000"),
        ("1-800-336-1166", "+18003361166"),
        ("Toll Free: 800-336-1166", "+18003361166"),
        ("98765 43210", "+919876543210"),
        ("Phone: 9876543210", "+919876543210"),
        ("Phone:9876543210", "+919876543210"),
        ("mobile no. 9876543210", "+919876543210"),
        ("☎ 9876543210", "+919876543210"),
        ("T: 9876543210", "+919876543210"),
        ("联系电话 9876543210", "+919876543210"),
        ("‐ +91‐98765‐43210", "+919876543210"),
        ("फोन 9876543210", "+919876543210"),
        ("फोन ९८७६५४३२१०", "+919876543210"),
        ("+𝟏(𝟔𝟓𝟎)𝟐𝟓𝟑-𝟎𝟎𝟎𝟎", "+16502530000"),
        ("call +33 1 42 68 53 00 now", "+33142685300"),
    ],
)
def test_phone(text: str, value: str) -> None:
    assert ("phone-number", value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "9876543210",
        "order 9876543210",
        "2025-01-05 10:30:24",
        "05.01.2025 10:30",
        "1,00,00,000.00",
        "1.234.567,89",
        "1736071997",
        "+0530",
        "+12 34",
        "A/c 9876543210",
        "Card 98765 43210",
        "id: 98765 43210 12345 6789",
        "1234567",
        "000000 0000000",
        "+91 11111 1",
        "phone 123",
        "550e8400-e29b-41d4-a716-446655440000",
        "file_9876543210",
        "#9876543210",
        "10.30-14.30",
        "1970-1985",
    ],
)
def test_no_phone(text: str) -> None:
    assert not {kind for kind, _ in found(text)} & {"phone-number"}


def test_two_phones_in_one_run() -> None:
    assert found("Tel: 98765 43210 / 98765 43211") == {
        ("phone-number", "+919876543210"),
        ("phone-number", "+919876543211"),
    }
    assert ("phone-number", "+16502530000") in found("+1 650-253-0000 24/7")


def test_region_decides_where_numbers_without_code_are() -> None:
    assert found("Tel 020 7031 3000", regions=("GB",)) == {("phone-number", "+442070313000")}
    (seen,) = find_in_text("Tel 020 7031 3000", regions=("GB",))
    assert seen.tags == ("region-assumed",)
    assert seen.shown == "+44 20 7031 3000"
    assert found("650-253-0000", regions=("IN",)) == set()
    assert found("98765 43210", regions=("US",)) == set()


@pytest.mark.parametrize(
    "number",
    [
        "4111111111111111",
        "5555555555554444",
        "2223003122003222",
        "378282246310005",
        "6011111111111117",
        "3530111333300000",
        "30569309025904",
        "6212345678901232",
        "4222222222222",
        "2200000000000004",
    ],
)
def test_card_schemes_of_published_test_numbers(number: str) -> None:
    assert card_scheme(number)
    masked = f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}"
    assert found(f"card {number} stolen") == {("payment-card", masked)}


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "3782 822463 10005",
        "card no: 4111111111111111",
        "4111111111111111|12|27|123",
        "x\n4111111111111111\ny",
    ],
)
def test_card(text: str) -> None:
    assert {kind for kind, _ in found(text)} == {"payment-card"}


@pytest.mark.parametrize(
    "text",
    [
        "id 4111111111111111",
        "4111 1111 1111 1112",
        "size=4111111111111111 x",
        "card 1234567890123456",
        "card 0000000000000000",
        "order 4111111111111111 shipped",
    ],
)
def test_no_card(text: str) -> None:
    assert not {kind for kind, _ in found(text)} & {"payment-card"}


def test_cards_are_masked_wherever_they_stand() -> None:
    assert mask_cards_in("a 4111 1111 1111 1111 b") == "a 411111******1111 b"
    assert mask_cards_in("http://x.com/?card=4111111111111111") == "http://x.com/?card=411111******1111"
    assert mask_cards_in("4111111111111112") == "4111111111111112"
    assert mask_cards_in("none") == "none"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("DE89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        ("IBAN: DE89370400440532013000.", "DE89370400440532013000"),
        ("de89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        ("DE89-3704-0044-0532-0130-00", "DE89370400440532013000"),
        ("IBAN GB29 NWBK 6016 1331 9268 19 BIC", "GB29NWBK60161331926819"),
        ("AE07 0331 2345 6789 0123 456", "AE070331234567890123456"),
        ("NO93 8601 1117 947", "NO9386011117947"),
    ],
)
def test_iban(text: str, value: str) -> None:
    assert ("iban", value) in found(text)


@pytest.mark.parametrize(
    "text", ["DE89370400440532013001", "XX89370400440532013000", "DE893704004405320130", "AB12 CD34 EF56 GH78"]
)
def test_no_iban(text: str) -> None:
    assert not {kind for kind, _ in found(text)} & {"iban"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("BIC: COBADEFFXXX", "COBADEFFXXX"),
        ("SWIFT code HDFCINBB", "HDFCINBB"),
        ("DE89370400440532013000 / COBADEFF", "COBADEFF"),
        ("COBADEFFXXX", "COBADEFFXXX"),
        ("EBILAEAD (SWIFT)", "EBILAEAD"),
        ("BIC PCBKXKPR", "PCBKXKPR"),
    ],
)
def test_bic(text: str, value: str) -> None:
    assert ("bic", value) in found(text)


@pytest.mark.parametrize(
    "text", ["DOCUMENT", "PASSWORD", "HDFCINBB", "BIC: ABCDZZFF", "TRANSACTION", "user@COBADEFF", "COBADEFF.com"]
)
def test_no_bic(text: str) -> None:
    assert not {kind for kind, _ in found(text)} & {"bic"}


@pytest.mark.parametrize(
    ("text", "value"),
    [("IFSC: HDFC0001234", "HDFC0001234"), ("SBIN0005943", "SBIN0005943"), ("IFSC code KKBK0RTGS01", "KKBK0RTGS01")],
)
def test_ifsc(text: str, value: str) -> None:
    assert ("ifsc", value) in found(text)


@pytest.mark.parametrize("text", ["HDFC1001234", "HDFC000123", "ABCD0XYZ123", "hdfc0001234"])
def test_no_ifsc(text: str) -> None:
    assert not {kind for kind, _ in found(text)} & {"ifsc"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("pay rahul.k@okaxis now", "rahul.k@okaxis"),
        ("9876543210@ybl", "9876543210@ybl"),
        ("UPI/DR/4012/X/badguy@paytm/Pay", "badguy@paytm"),
        ("UPI ID: someone@newhandle", "someone@newhandle"),
        ("Rahul@OKSBI", "rahul@oksbi"),
    ],
)
def test_upi(text: str, value: str) -> None:
    assert ("upi-address", value) in found(text)


@pytest.mark.parametrize("text", ["foo@internal", "a@okaxis.com", "@okaxis", "x@1ybl", "phishing@pot"])
def test_no_upi(text: str) -> None:
    assert not {kind for kind, _ in found(text)} & {"upi-address"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A/c No: 123456789012", "123456789012"),
        ("Account Number 0012 3456 7890 12", "00123456789012"),
        ("Acct: 50100123456789", "50100123456789"),
        ("Bank account:\n50100123456789\n", "50100123456789"),
        ("Kontonummer 1234567890", "1234567890"),
        ("खाता संख्या 123456789012", "123456789012"),
        ("счет 40817810099910004312", "40817810099910004312"),
        ("владельца счёта 501200000090210", "501200000090210"),
        ("账户 6228480402564890018", "6228480402564890018"),
    ],
)
def test_bank_account(text: str, value: str) -> None:
    assert ("bank-account", value) in found(text)


def test_longer_than_any_account() -> None:
    assert found("счет 408178100999100043121") == set()


@pytest.mark.parametrize(
    "text",
    ["123456789012", "account balance 123456789012.00", "account ID: 1 of 2", "A/c XXXXXXXX1234", "account 11111111"],
)
def test_no_bank_account(text: str) -> None:
    assert not {kind for kind, _ in found(text)} & {"bank-account"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("UTR: HDFCN52024010112345678", "HDFCN52024010112345678"),
        ("UTR No. SBIN424010112345", "SBIN424010112345"),
        ("RRN 401234567890", "401234567890"),
        ("UPI/401234567890/x", "401234567890"),
        ("IMPS Ref No 401234567890", "401234567890"),
        ("Transaction ID: 401234567890", "401234567890"),
        ("UETR: eb6305c9-1f7f-49de-aed0-16487c27b42d", "eb6305c9-1f7f-49de-aed0-16487c27b42d"),
    ],
)
def test_reference(text: str, value: str) -> None:
    assert ("transaction-reference", value) in found(text)


@pytest.mark.parametrize("text", ["401234567890", "UTR pending", "HDFCN52024010112345678", "transaction failed"])
def test_no_reference(text: str) -> None:
    assert not {kind for kind, _ in found(text)} & {"transaction-reference"}


@pytest.mark.parametrize("text", ["IMEI: 490154203237518", "IMEI1 490154203237518", "35-209900-176148-1"])
def test_imei(text: str) -> None:
    assert {kind for kind, _ in found(text)} == {"imei"}


@pytest.mark.parametrize(
    "text",
    ["490154203237518", "IMEI 490154203237519", "IMEI 000000000000000", "IMEI 49015420323751", "12-345678-901234-7"],
)
def test_no_imei(text: str) -> None:
    assert not {kind for kind, _ in found(text)} & {"imei"}
