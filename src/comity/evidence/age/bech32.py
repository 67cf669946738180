"""Bech32 as age uses it (BIP 173, without its limit on length): keys as text that survives a telephone."""

from comity.evidence.errors import AgeKeyError

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUE = {letter: value for value, letter in enumerate(_LETTERS)}
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM_LETTERS = 6


def encode(prefix: str, data: bytes) -> str:
    """The lower-case text of some bytes."""
    values = _regroup(data, 8, 5, pad=True)
    tail = _polymod([*_expand(prefix), *values, *[0] * _CHECKSUM_LETTERS]) ^ 1
    values += [(tail >> 5 * (5 - place)) & 31 for place in range(_CHECKSUM_LETTERS)]
    return f"{prefix}1{''.join(_LETTERS[value] for value in values)}"


def decode(text: str) -> tuple[str, bytes]:
    """Prefix (lower case) and bytes; AgeKeyError where the text was mistyped."""
    if text not in (text.lower(), text.upper()):
        raise _mistyped("mixes lower and upper case")
    prefix, _, letters = text.lower().rpartition("1")
    if not prefix or len(letters) < _CHECKSUM_LETTERS or not all("!" <= letter <= "~" for letter in prefix):
        raise _mistyped("is not Bech32")
    values = [_VALUE.get(letter, -1) for letter in letters]
    if -1 in values:
        raise _mistyped("holds a letter that Bech32 does not use")
    if _polymod([*_expand(prefix), *values]) != 1:
        raise _mistyped("has a checksum that does not fit")
    return prefix, bytes(_regroup(values[:-_CHECKSUM_LETTERS], 5, 8, pad=False))


def _expand(prefix: str) -> list[int]:
    return [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATOR):
            if top >> place & 1:
                check ^= generator
    return check


def _regroup(values: bytes | list[int], size: int, new_size: int, *, pad: bool) -> list[int]:
    """Groups of `size` bits as groups of `new_size`; without `pad`, what is left over must be a few zero bits."""
    held = bits = 0
    groups = []
    for value in values:
        held = (held << size | value) & 0xFFF
        bits += size
        while bits >= new_size:
            bits -= new_size
            groups.append(held >> bits & ((1 << new_size) - 1))
    rest = held << (new_size - bits) & ((1 << new_size) - 1)
    if pad and bits:
        groups.append(rest)
    elif not pad and (bits >= size or rest):
        raise _mistyped("does not end on a whole byte")
    return groups


def _mistyped(problem: str) -> AgeKeyError:
    return AgeKeyError(what="age key", problem=f"the text {problem}", remedy="copy it again, whole")
