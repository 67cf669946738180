"""Crypto addresses, hashes and handles."""

import pytest

from comity.leads.extract import find_in_text
from comity.leads.extract.base58 import decode_base58, decode_base58check
from comity.leads.extract.bech32 import decode_bech32, is_segwit, regroup
from comity.leads.extract.crypto import decode_block, is_on_curve, read_crypto


def found(text: str) -> set[tuple[str, str]]:
    return {(seen.kind.value, seen.value) for seen in find_in_text(text)}


def kinds(text: str) -> set[str]:
    return {kind for kind, _ in found(text)}


_MD5 = "d41d8cd98f00b204e9800998ecf8427e"
_SHA1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709"
_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_file_hashes() -> None:
    assert found(f"MD5 {_MD5.upper()}\n{_SHA1}\nsha256: {_SHA256}") == {
        ("file-hash", _MD5),
        ("file-hash", _SHA1),
        ("file-hash", _SHA256),
    }
    assert ("file-hash", _SHA256 * 2) in found(_SHA256 * 2)


@pytest.mark.parametrize(
    "text",
    [
        f"session={_MD5}",
        f"token: {_MD5}",
        f"commit {_SHA1}",
        f'"id": "{_MD5}"',
        f"/{_MD5}/",
        "12345678901234567890123456789012",
        "deadbeefdeadbeefdeadbeefdeadbeef",
        f"{_MD5[:16]}{_MD5[16:].upper()}",
        f"http://x.com/?h={_MD5}",
        _MD5[:-1],
        f"x{_MD5}",
    ],
)
def test_no_file_hash(text: str) -> None:
    assert "file-hash" not in kinds(text)


def test_transaction_hashes() -> None:
    assert found(f"txid {_SHA256}") == {("transaction-reference", _SHA256)}
    assert found(f"see 0x{_SHA256}") == {("transaction-reference", f"0x{_SHA256}")}


@pytest.mark.parametrize(
    "value",
    [
        "bitcoin:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
        "bitcoin:3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
        "bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        "bitcoin:bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
        "litecoin:LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1",
        "dogecoin:DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L",
        "tron:TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC",
        "xrp:rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh",
        "bitcoin-cash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
        "ethereum:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "monero:44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A",
        "cardano:addr1qx2fxv2umyhttkxyxp8x0dlpdt3k6cwng5pxj3jhsydzer3n0d3vllmyqwsx5wktcd8cc3sq835lu7drv2xwl2wywfgse35a3x",
        "ton:EQDtFpEwcFAEcRe5mLVh2N6C0x-_hJEM7W61_JLnSF74p4q2",
    ],
)
def test_crypto_address(value: str) -> None:
    address = value.partition(":")[2]
    assert ("crypto-address", value) in found(f"send to {address} today")
    broken = address[:-2] + ("b" if address[-2] != "b" else "c") + address[-1]
    assert "crypto-address" not in kinds(f"send to {broken} today")


def test_crypto_in_links_and_upper_case() -> None:
    address = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
    assert ("crypto-address", f"bitcoin:{address}") in found(f"bitcoin:{address}?amount=1")
    assert ("crypto-address", f"bitcoin:{address}") in found(f"https://x.com/address/{address}")
    assert ("crypto-address", f"bitcoin:{address}") in found(address.upper())


def test_ethereum_address_without_capitals_is_given_them() -> None:
    lowered = "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"
    assert found(lowered) == {("crypto-address", "ethereum:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")}
    assert found("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD") == set()
    assert found("0x" + "0" * 40) == set()


_SOLANA = "9WzDXwBbmkg8ZTbNMqUxvQRAyrZzDsGYdLVL9zYtAWWM"


def test_solana_needs_a_word_for_it() -> None:
    assert found(f"Solana wallet: {_SOLANA}") == {("crypto-address", f"solana:{_SOLANA}")}
    assert found(f"SOL {_SOLANA}") == {("crypto-address", f"solana:{_SOLANA}")}
    assert found(f"deposit address {_SOLANA}") == {("crypto-address", f"solana:{_SOLANA}")}
    assert found(_SOLANA) == set()
    assert found(f"solana {_SOLANA[:-3]}000") == set()


def test_pieces_of_the_encodings() -> None:
    assert decode_base58("0") is None
    assert decode_base58check("1") is None
    assert decode_base58check("11111") is None
    assert decode_bech32("Ab1qqqqqq") is None
    assert decode_bech32("noseparator") is None
    assert decode_bech32("a1bioqqq") is None
    assert regroup([31]) is None
    assert regroup([0, 1]) is None
    assert not is_segwit("a" * 91, ("bc",))
    assert decode_block("z" * 11) is None
    assert decode_block("1234") is None
    assert decode_base58("é") is None
    assert decode_base58check("mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn") is not None
    assert read_crypto("mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn") == ""
    assert read_crypto("z" * 95) == ""
    assert not is_on_curve(b"\xff" * 32)
    assert is_on_curve(bytes([1]) + bytes(31))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("https://t.me/bad_guy", "telegram:bad_guy"),
        ("t.me/bad_guy/123", "telegram:bad_guy"),
        ("https://telegram.me/bad_guy", "telegram:bad_guy"),
        ("https://t.me/+AbCdEfGhIjKlMnOp", "telegram:+AbCdEfGhIjKlMnOp"),
        ("https://wa.me/919876543210", "whatsapp:+919876543210"),
        ("https://api.whatsapp.com/send?phone=919876543210&text=hi", "whatsapp:+919876543210"),
        ("https://signal.me/#p/+919876543210", "signal:+919876543210"),
        ("https://www.instagram.com/bad.guy/", "instagram:bad.guy"),
        ("https://m.facebook.com/bad.guy", "facebook:bad.guy"),
        ("https://x.com/badguy/status/1", "twitter:badguy"),
        ("https://discord.gg/abc123", "discord-invite:abc123"),
        ("https://in.linkedin.com/in/bad-guy", "linkedin:bad-guy"),
        ("Telegram: @bad_guy", "telegram:bad_guy"),
        ("telegram @bad_guy,", "telegram:bad_guy"),
        ("Telegram ID - bad_guy99", "telegram:bad_guy99"),
        ("contact us on Telegram: reach @bad_guy", "telegram:bad_guy"),
        ("Skype: live:bad.guy_1", "skype:live:bad.guy_1"),
        ("Discord: badguy#1234", "discord:badguy#1234"),
        ("WeChat ID: badguy88", "wechat:badguy88"),
        ("ICQ: 123456789", "icq:123456789"),
        ("IG: @bad.guy", "instagram:bad.guy"),
        ("WhatsApp: +91 98765 43210", "whatsapp:+919876543210"),
        ("Signal +91 98765 43210", "signal:+919876543210"),
        ("Телеграм: @bad_guy", "telegram:bad_guy"),
        ("whats app +91 98765 43210", "whatsapp:+919876543210"),
    ],
)
def test_handle(text: str, value: str) -> None:
    assert ("user-account", value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://www.facebook.com/sharer.php?u=x",
        "https://instagram.com/explore",
        "https://twitter.com/",
        "https://x.com/a/b/c",
        "https://evil.com/bad_guy",
        "https://wa.me/12",
        "follow us on Facebook and Twitter",
        "Telegram: now",
        "telegram is an app",
        "signal: strong",
        "@media print",
        "bottom line: fine",
        "Skype for Business",
        "WhatsApp Web",
        "telegram: 12345",
        "cc @bad_guy",
        "telegram news from @support",
        "wa.me/0000000",
        "WhatsApp is an app, they said, and much more besides; +91 98765 43210",
    ],
)
def test_no_handle(text: str) -> None:
    assert "user-account" not in kinds(text)


def test_handles_where_lower_case_is_longer() -> None:
    assert ("user-account", "telegram:bad_guy") in found("İstanbul telegram: @bad_guy")


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("write me: +49 1512 3456789 (WhatsApp)", "whatsapp:+4915123456789"),
        ("+49 1512 3456789, WhatsApp", "whatsapp:+4915123456789"),
        ("+49 1512 3456789 on Signal only", "signal:+4915123456789"),
        ("+49 1512 3456789 nur per WhatsApp", "whatsapp:+4915123456789"),
        ("WhatsApp: +49 1512 3456789", "whatsapp:+4915123456789"),
        ("+49 1512 3456789 and then WhatsApp", ""),
        ("call +49 1512 3456789\nWhatsApp", ""),
    ],
)
def test_number_beside_the_name_of_a_messenger(text: str, account: str) -> None:
    seen = [one.value for one in find_in_text(text) if one.kind.value == "user-account"]
    assert seen == ([account] if account else [])


def test_name_behind_one_number_is_not_of_the_next() -> None:
    text = "+49 1512 3456789 (WhatsApp) or +44 7911 123456"
    seen = [one.value for one in find_in_text(text) if one.kind.value == "user-account"]
    assert seen == ["whatsapp:+4915123456789"]
