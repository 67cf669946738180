"""Bech32 (BIP 173) without its limit of length, as age writes recipients and identities (C2SP age)."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import xor

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUES = {letter: value for value, letter in enumerate(_LETTERS)}
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_TERMS = [reduce(xor, (term for at, term in enumerate(_GENERATOR) if top >> at & 1), 0) for top in range(32)]
"""What the five bits that leave the checksum change in it: a hybrid recipient has two thousand letters."""


def encode_bech32(prefix: str, data: bytes) -> str:
    """The data after a lower-case prefix and ``1``, with a checksum."""
    values = _regroup(data, 8, 5, pad=True)
    check = _polymod([*_expand(prefix), *values, 0, 0, 0, 0, 0, 0]) ^ 1
    checksum = [(check >> 5 * (5 - at)) & 31 for at in range(6)]
    return f"{prefix}1{''.join(_LETTERS[value] for value in (*values, *checksum))}"


def decode_bech32(text: str) -> tuple[str, bytes]:
    """Prefix in lower case and data; ValueError where it is not Bech32."""
    if text not in (text.lower(), text.upper()):
        raise ValueError("mixes upper and lower case")
    prefix, separator, encoded = text.lower().rpartition("1")
    if not separator or not prefix or len(encoded) < 6 or any(not 33 <= ord(char) <= 126 for char in prefix):
        raise ValueError("has no prefix, or is too short")
    if any(letter not in _VALUES for letter in encoded):
        raise ValueError("holds a letter that Bech32 does not use")
    values = [_VALUES[letter] for letter in encoded]
    if _polymod([*_expand(prefix), *values]) != 1:
        raise ValueError("has a wrong checksum: a letter was changed or lost")
    return prefix, bytes(_regroup(values[:-6], 5, 8, pad=False))


def _expand(prefix: str) -> list[int]:
    return [*(ord(char) >> 5 for char in prefix), 0, *(ord(char) & 31 for char in prefix)]


def _polymod(values: Iterable[int]) -> int:
    check = 1
    for value in values:
        check = (check & 0x1FFFFFF) << 5 ^ value ^ _TERMS[check >> 25]
    return check


def _regroup(values: Sequence[int], width: int, new_width: int, *, pad: bool) -> list[int]:
    """Groups of bits in another width; ValueError where bits that must be zero are not."""
    held = bits = 0
    out: list[int] = []
    for value in values:
        held, bits = held << width | value, bits + width
        while bits >= new_width:
            bits -= new_width
            out.append(held >> bits & (1 << new_width) - 1)
        held &= (1 << bits) - 1
    if pad and bits:
        out.append(held << new_width - bits & (1 << new_width) - 1)
    if not pad and (bits >= width or held):
        raise ValueError("has bits left over")
    return out
