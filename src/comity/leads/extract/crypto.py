"""Addresses of crypto-assets, each checked as its chain checks it; the value is ``chain:address``."""

import re
from base64 import urlsafe_b64decode
from binascii import crc_hqx
from collections.abc import Iterator
from functools import lru_cache

from comity.leads.extract.base58 import BITCOIN_ALPHABET, RIPPLE_ALPHABET, decode_base58, decode_base58check
from comity.leads.extract.bech32 import decode_bech32, is_cash_address, is_segwit
from comity.leads.extract.explorer import labels_beside
from comity.leads.extract.sighting import Sighting
from comity.leads.model import ObservableKind

_VERSIONS: dict[tuple[bytes, int], str] = {
    (b"\x00", 20): "bitcoin",
    (b"\x05", 20): "bitcoin",
    (b"\x30", 20): "litecoin",
    (b"\x32", 20): "litecoin",
    (b"\x1e", 20): "dogecoin",
    (b"\x16", 20): "dogecoin",
    (b"\x4c", 20): "dash",
    (b"\x41", 20): "tron",
    (b"\x1c\xb8", 20): "zcash",
    (b"\x1c\xbd", 20): "zcash",
}
"""Version bytes and length of payload of the chains that use Base58Check; a ``3…`` address is taken for Bitcoin's."""
_SEGWIT = {"bc": "bitcoin", "ltc": "litecoin", "tb": "bitcoin-testnet"}
_MONERO_PREFIXES = {18: 69, 42: 69, 19: 77}
"""Standard, subaddress, integrated of the main network, with the bytes that each decodes to."""
_MONERO_SIZES = {2: 1, 3: 2, 5: 3, 6: 4, 7: 5, 9: 6, 10: 7, 11: 8}
_SOLANA_CONTEXT = re.compile(r"\b(?:solana|sol|phantom|spl|solscan|solflare|pump\.?fun|raydium)\b", re.IGNORECASE)
_WALLET_CONTEXT = re.compile(r"\b(?:wallet|address|addr|deposit|crypto|usdc|usdt|token|mint|pubkey)\b", re.IGNORECASE)
_TON = re.compile(r"(?<![\w-])(?:[EUk0]Q)[A-Za-z0-9_-]{46}(?![\w-])")
_FIELD_PRIME = 2**255 - 19
_EDWARDS_D = -121665 * pow(121666, -1, _FIELD_PRIME) % _FIELD_PRIME


def crypto_at(text: str, start: int, end: int) -> Iterator[Sighting]:
    """The crypto-asset address that a run of letters and digits is."""
    token = text[start:end]
    value = read_crypto(token) or _solana(text, start, end)
    if value:
        yield Sighting(ObservableKind.CRYPTO, value, start, end, "", labels_beside(text, start, end))


def find_ton(text: str, start: int, end: int) -> Iterator[Sighting]:
    """Addresses of The Open Network in their user-friendly form, which may hold ``-`` and ``_``."""
    for match in _TON.finditer(text, start, end):
        decoded = urlsafe_b64decode(match.group())
        if crc_hqx(decoded[:34], 0) == int.from_bytes(decoded[34:], "big"):
            yield Sighting(ObservableKind.CRYPTO, f"ton:{match.group()}", match.start(), match.end())


@lru_cache(maxsize=32_768)
def read_crypto(token: str) -> str:
    """``chain:address`` if the token is an address whose checksum holds; else empty."""
    if token[:2] == "0x" and len(token) == 42:
        return _ethereum(token)
    if len(token) in (95, 106):
        return f"monero:{token}" if is_monero(token) else ""
    return _bech32_chain(token) or (_base58check_chain(token) if 25 <= len(token) <= 36 else "")


def _bech32_chain(token: str) -> str:
    lowered = token.lower()
    prefix = lowered.partition("1")[0]
    if prefix in _SEGWIT and is_segwit(token, (prefix,)):
        return f"{_SEGWIT[prefix]}:{lowered}"
    if prefix == "addr" and decode_bech32(token):
        return f"cardano:{lowered}"
    if token[0] in "qp" and len(token) == 42 and is_cash_address(token):
        return f"bitcoin-cash:{token}"
    return ""


def _base58check_chain(token: str) -> str:
    if token[0] == "r" and len(decode_base58check(token, RIPPLE_ALPHABET) or b"") == 21:
        return f"xrp:{token}"
    payload = decode_base58check(token)
    if payload is None:
        return ""
    for size in (1, 2):
        chain = _VERSIONS.get((payload[:size], len(payload) - size))
        if chain:
            return f"{chain}:{token}"
    return ""


def _ethereum(token: str) -> str:
    digits = token[2:]
    if re.fullmatch(r"[0-9a-fA-F]{40}", digits) is None or len(set(digits.lower())) < 4:
        return ""
    if digits not in (digits.lower(), digits.upper()) and checksummed(digits) != digits:
        return ""
    return f"ethereum:0x{checksummed(digits)}"


def keccak256(data: bytes) -> bytes:
    """Keccak-256 as Ethereum and Monero use it (not SHA3-256)."""
    from Crypto.Hash import keccak  # 20 ms: only when an address is seen

    return bytes(keccak.new(data=data, digest_bits=256).digest())


def checksummed(digits: str) -> str:
    """The forty digits of an Ethereum address with the capital letters that EIP-55 gives them."""
    lowered = digits.lower()
    mask = keccak256(lowered.encode()).hex()
    return "".join(char.upper() if int(nibble, 16) >= 8 else char for char, nibble in zip(lowered, mask, strict=False))


def is_monero(token: str) -> bool:
    """Whether a token is an address of Monero's main network: standard, sub- or integrated, checksum included."""
    blocks = [decode_block(token[at : at + 11]) for at in range(0, len(token), 11)]
    if any(block is None for block in blocks):
        return False
    data = b"".join(block for block in blocks if block is not None)
    return _MONERO_PREFIXES.get(data[0]) == len(data) and keccak256(data[:-4])[:4] == data[-4:]


def decode_block(block: str) -> bytes | None:
    """One block of CryptoNote's Base58: eleven characters are eight bytes."""
    size = _MONERO_SIZES.get(len(block))
    if size is None or any(char not in BITCOIN_ALPHABET for char in block):
        return None
    number = 0
    for char in block:
        number = number * 58 + BITCOIN_ALPHABET.index(char)
    return number.to_bytes(size, "big") if number < 256**size else None


def _solana(text: str, start: int, end: int) -> str:
    """Solana's addresses have no checksum: one counts only where the text around it speaks of it."""
    if not 32 <= end - start <= 44:
        return ""
    decoded = decode_base58(text[start:end])
    if decoded is None or len(decoded) != 32:
        return ""
    line = text[text.rfind("\n", max(0, start - 120), start) + 1 or max(0, start - 120) : end + 60]
    named = _SOLANA_CONTEXT.search(line) is not None
    if named or (_WALLET_CONTEXT.search(line) and is_on_curve(decoded) and _is_mixed(text[start:end])):
        return f"solana:{text[start:end]}"
    return ""


def _is_mixed(token: str) -> bool:
    return (
        any(char.isdigit() for char in token)
        and any(char.isupper() for char in token)
        and any(char.islower() for char in token)
    )


def is_on_curve(key: bytes) -> bool:
    """Whether 32 bytes are a point of Ed25519 (RFC 8032 section 5.1.3), as every key of a person is."""
    y = int.from_bytes(key, "little") & ((1 << 255) - 1)
    if y >= _FIELD_PRIME:
        return False
    square = (y * y - 1) * pow(_EDWARDS_D * y * y + 1, -1, _FIELD_PRIME) % _FIELD_PRIME
    return square == 0 or pow(square, (_FIELD_PRIME - 1) // 2, _FIELD_PRIME) == 1
