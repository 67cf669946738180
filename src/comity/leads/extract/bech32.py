"""Bech32 and Bech32m (BIP-173, BIP-350), segwit addresses, and the cash address of Bitcoin Cash, checked."""

_CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUES = {char: at for at, char in enumerate(_CHARSET)}
_BECH32, _BECH32M = 1, 0x2BC830A3
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CASH_GENERATORS = (0x98F2BC8E61, 0x79B76D99E2, 0xF33E5FB3C4, 0xAE2EABE2A8, 0x1E4F43E470)


def _polymod(values: list[int]) -> int:
    checksum = 1
    for value in values:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for at, generator in enumerate(_GENERATORS):
            if top >> at & 1:
                checksum ^= generator
    return checksum


def decode_bech32(text: str) -> tuple[str, list[int], bool] | None:
    """Prefix, five-bit values without the checksum, and whether it is Bech32m; None: the checksum does not hold."""
    if text.lower() != text and text.upper() != text:
        return None
    prefix, separator, data = text.lower().rpartition("1")
    if not separator or not prefix or len(data) < 6 or any(char not in _VALUES for char in data):
        return None
    values = [_VALUES[char] for char in data]
    expanded = [ord(char) >> 5 for char in prefix] + [0] + [ord(char) & 31 for char in prefix]
    constant = _polymod(expanded + values)
    if constant not in (_BECH32, _BECH32M):
        return None
    return prefix, values[:-6], constant == _BECH32M


def regroup(values: list[int]) -> bytes | None:
    """Five-bit values as bytes; None: the padding is not zero or too long (BIP-173)."""
    buffer = bits = 0
    octets = bytearray()
    for value in values:
        buffer = (buffer << 5 | value) & 0xFFF
        bits += 5
        if bits >= 8:
            bits -= 8
            octets.append(buffer >> bits & 0xFF)
    return None if bits >= 5 or buffer & ((1 << bits) - 1) else bytes(octets)


def is_segwit(text: str, prefixes: tuple[str, ...]) -> bool:
    """Whether a text is a segwit address of one of the networks, of any witness version (BIP-350)."""
    decoded = decode_bech32(text) if len(text) <= 90 else None
    if decoded is None or decoded[0] not in prefixes or not decoded[1]:
        return False
    version, program = decoded[1][0], regroup(decoded[1][1:])
    if version > 16 or program is None or not 2 <= len(program) <= 40:
        return False
    if version == 0:
        return len(program) in (20, 32) and not decoded[2]
    return decoded[2]


def is_cash_address(text: str) -> bool:
    """Whether a text, without its prefix, is a cash address of Bitcoin Cash's main network (CashAddr specification)."""
    if any(char not in _VALUES for char in text):
        return False
    checksum = 1
    for value in [ord(char) & 31 for char in "bitcoincash"] + [0] + [_VALUES[char] for char in text]:
        top = checksum >> 35
        checksum = (checksum & 0x07FFFFFFFF) << 5 ^ value
        for at, generator in enumerate(_CASH_GENERATORS):
            if top >> at & 1:
                checksum ^= generator
    return checksum == 1
