"""Base58 and Base58Check (the encoding of Bitcoin's addresses), decoded and checked."""

from hashlib import sha256

BITCOIN_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
RIPPLE_ALPHABET = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
_VALUES = {alphabet: {char: at for at, char in enumerate(alphabet)} for alphabet in (BITCOIN_ALPHABET, RIPPLE_ALPHABET)}


def decode_base58(text: str, alphabet: str = BITCOIN_ALPHABET) -> bytes | None:
    """The bytes that a text encodes; None: a character is not of the alphabet."""
    if "0" in text or "O" in text or "I" in text or "l" in text:
        return None
    values = _VALUES[alphabet]
    number = 0
    for char in text:
        digit = values.get(char)
        if digit is None:
            return None
        number = number * 58 + digit
    zeros = len(text) - len(text.lstrip(alphabet[0]))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def decode_base58check(text: str, alphabet: str = BITCOIN_ALPHABET) -> bytes | None:
    """Version and payload, the four bytes of checksum verified and taken off; None: it does not hold."""
    decoded = decode_base58(text, alphabet)
    if decoded is None or len(decoded) < 5:
        return None
    payload, checksum = decoded[:-4], decoded[-4:]
    return payload if sha256(sha256(payload).digest()).digest()[:4] == checksum else None
