"""Published examples of the formats that leads reads, good and bad, each with its origin."""

import pytest

from comity.leads.extract import find_in_text
from comity.leads.extract.base58 import decode_base58
from comity.leads.extract.bech32 import decode_bech32, is_cash_address, is_segwit
from comity.leads.extract.cards import passes_luhn
from comity.leads.extract.crypto import checksummed, is_on_curve, keccak256, read_crypto
from comity.leads.extract.hosts import read_domain, read_url_host
from comity.leads.extract.phones import parse_phone


@pytest.mark.parametrize(
    "text",
    [
        "A12UEL5L",
        "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
        "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
        "A1LQFN3A",
        "abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx",
    ],
)
def test_bech32_strings_of_bip173_and_bip350(text: str) -> None:
    assert decode_bech32(text)


@pytest.mark.parametrize(
    "text", ["pzry9x0s0muk", "1pzry9x0s0muk", "x1b4n0q5v", "li1dgmt3", "A1G7SGD8", "10a06t8", "1qzzfhee"]
)
def test_no_bech32_strings_of_bip173(text: str) -> None:
    assert decode_bech32(text) is None


@pytest.mark.parametrize(
    "address",
    [
        "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
        "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
        "BC1SW50QGDZ25J",
        "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
    ],
)
def test_segwit_addresses_of_bip350(address: str) -> None:
    assert is_segwit(address, ("bc",))


@pytest.mark.parametrize(
    "address",
    [
        "tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
        "BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh",
        "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",
        "BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R",
        "bc1pw5dgrnzv",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav",
        "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P",
        "bc1gmk9yu",
    ],
)
def test_no_segwit_addresses_of_bip350(address: str) -> None:
    assert not is_segwit(address, ("bc",))


@pytest.mark.parametrize(
    "address",
    [
        "0x52908400098527886E0F7030069857D2E4169EE7",
        "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
        "0xde709f2102306220921060314715629080e2fb77",
        "0x27b1fdb04752bbc536007a920d24acb045561c26",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
    ],
)
def test_addresses_of_eip55(address: str) -> None:
    assert checksummed(address[2:]) == address[2:]
    assert read_crypto(address) == f"ethereum:{address}"


@pytest.mark.parametrize(
    "address",
    [
        "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
        "qr95sy3j9xwd2ap32xkykttr4cvcu7as4y0qverfuy",
        "qqq3728yw0y47sqn6l2na30mcw6zm78dzqre909m2r",
    ],
)
def test_cash_addresses_of_the_cashaddr_specification(address: str) -> None:
    assert is_cash_address(address)
    assert not is_cash_address(address[:-1] + "q")


@pytest.mark.parametrize(
    ("octets", "text"),
    [
        ("61", "2g"),
        ("626262", "a3gV"),
        ("73696d706c792061206c6f6e6720737472696e67", "2cFupjhnEsSn59qHXstmK2ffpLv2"),
        ("00eb15231dfceb60925886b67d065299925915aeb172c06647", "1NS17iag9jJgTHD1VXjvLCEnZuQ3rJDE9L"),
        ("516b6fcd0f", "ABnLTmg"),
        ("00000000000000000000", "1111111111"),
    ],
)
def test_base58_of_bitcoin_core(octets: str, text: str) -> None:
    assert decode_base58(text) == bytes.fromhex(octets)


def test_keccak_of_nothing() -> None:
    """The hash of no bytes, as in the Ethereum yellow paper, section 1."""
    assert keccak256(b"").hex() == "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"


def test_public_keys_of_rfc8032_are_on_the_curve() -> None:
    for key in (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    ):
        assert is_on_curve(bytes.fromhex(key))


@pytest.mark.parametrize(
    "value",
    [
        "AD1200012030200359100100",
        "AE070331234567890123456",
        "AT611904300234573201",
        "BE68539007547034",
        "CH9300762011623852957",
        "DE89370400440532013000",
        "DK5000400440116243",
        "EE382200221020145685",
        "ES9121000418450200051332",
        "FR1420041010050500013M02606",
        "GB29NWBK60161331926819",
        "IT60X0542811101000000123456",
        "NL91ABNA0417164300",
        "NO9386011117947",
        "PL61109010140000071219812874",
        "SA0380000000608010167519",
        "SE4550000000058398257466",
        "TR330006100519786457841326",
    ],
)
def test_examples_of_the_iban_registry(value: str) -> None:
    """SWIFT's IBAN registry, one example a country; printed in groups of four and without."""
    grouped = " ".join(value[at : at + 4] for at in range(0, len(value), 4))
    for text in (value, grouped, f"IBAN {grouped}, thank you"):
        assert [one.value for one in find_in_text(text) if one.kind.value == "iban"] == [value]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("faß.de", "xn--fa-hia.de"),
        ("Bücher.de", "xn--bcher-kva.de"),
        ("日本語。JP", "xn--wgv71a119e.jp"),
        ("παράδειγμα.gr", "xn--hxajbheg2az3al.gr"),
        ("☕.example", "xn--53h.example"),
    ],
)
def test_names_of_uts46(name: str, value: str) -> None:
    """Non-transitional processing (UTS 46 revision 31), and a name that only IDNA 2003 allowed."""
    host = read_domain(name)
    assert host is not None
    assert host.value == value


@pytest.mark.parametrize(
    ("spelled", "value"),
    [
        ("0x7f.1", "127.0.0.1"),
        ("192.0x00A80001", "192.168.0.1"),
        ("0xffffffff", "255.255.255.255"),
        ("0300.0250.0.1", "192.168.0.1"),
        ("1.2.3", "1.2.0.3"),
        ("0x", "0.0.0.0"),
        ("256.256.256.256", None),
        ("4294967296", None),
        ("1.2.3.4.5", None),
        ("09.1", None),
        ("0xffffffff1", None),
        ("[::1]", "::1"),
        ("[::g]", None),
    ],
)
def test_hosts_of_the_url_standard(spelled: str, value: str | None) -> None:
    """The IPv4 parser of the WHATWG URL standard, with cases of its test suite (urltestdata.json)."""
    host = read_url_host(spelled)
    assert (host.value if host else None) == value


@pytest.mark.parametrize(
    ("text", "region", "value"), [("+1 202 555 0123", "ZZ", "+12025550123"), ("044 668 18 00", "CH", "+41446681800")]
)
def test_numbers_in_e164(text: str, region: str, value: str) -> None:
    """ITU-T E.164 form; the Swiss number is the example of the library's own README."""
    assert parse_phone(text, region) == value


def test_luhn_of_iso7812() -> None:
    assert passes_luhn("79927398713")
    assert not any(passes_luhn(f"7992739871{digit}") for digit in "012456789")
