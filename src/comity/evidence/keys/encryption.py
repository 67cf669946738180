"""Key files encrypted at rest: PKCS#8 (RFC 5958) under PBES2 (RFC 8018) with scrypt (RFC 7914) and AES-256-CBC.

`cryptography` would write PBKDF2 with 2,048 rounds, which a graphics card tries a million times a second; OpenSSL and
`cryptography` both read what is written here. The cost keeps under the 32 MiB that OpenSSL allows by default, and
makes up for it by five passes (N = 2^14, r = 8, p = 5).
"""

import base64
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from comity.evidence.errors import KeyFileError, PassphraseError

if TYPE_CHECKING:
    from comity.evidence.keys.pkcs8 import EncryptedPrivateKeyInfo

SALT_BYTES, BLOCK_BYTES, AES_KEY_BYTES = 16, 16, 32
PASSPHRASE_MIN = 12
"""Characters of a new passphrase."""
KEY_FILE_BYTES_MAX = 1 << 16
_PEM = re.compile(rb"-----BEGIN ENCRYPTED PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END ENCRYPTED PRIVATE KEY-----\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one guess at a passphrase costs (RFC 7914 2)."""

    n: int = 1 << 14
    r: int = 8
    p: int = 5

    @property
    def memory_bytes(self) -> int:
        return 128 * self.n * self.r


DEFAULT_COST = Cost()
_COST_MAX = Cost(n=1 << 20, r=8, p=16)


@dataclass(frozen=True, slots=True)
class Vault:
    """A passphrase and what was derived from it, so that one unlocking derives once; never printed, never kept."""

    passphrase: bytes = field(repr=False)
    _keys: dict[tuple[bytes, Cost], bytes] = field(default_factory=dict, repr=False)

    def encrypt(self, info: bytes, *, salt: bytes, iv: bytes, cost: Cost = DEFAULT_COST) -> bytes:
        """A key (DER of its PrivateKeyInfo) as an encrypted PEM file. The files of one identity share a salt."""
        from comity.evidence.keys.pkcs8 import encode_encrypted

        padding = BLOCK_BYTES - len(info) % BLOCK_BYTES
        sealed = _aes(self._derive(salt, cost), iv, encrypting=True, data=info + bytes([padding]) * padding)
        text = base64.b64encode(encode_encrypted(sealed, salt=salt, iv=iv, cost=(cost.n, cost.r, cost.p))).decode()
        body = "\n".join(text[at : at + 64] for at in range(0, len(text), 64))
        return f"-----BEGIN ENCRYPTED PRIVATE KEY-----\n{body}\n-----END ENCRYPTED PRIVATE KEY-----\n".encode()

    def decrypt(self, pem: bytes, *, what: str) -> bytes:
        """The PrivateKeyInfo in a file; PassphraseError where the passphrase is not its own, else KeyFileError."""
        info = _parse(pem, what=what)
        cost = Cost(n=info.cost[0], r=info.cost[1], p=info.cost[2])
        if cost.memory_bytes > _COST_MAX.memory_bytes or not 0 < cost.p <= _COST_MAX.p:
            raise _bad(what, f"asks for scrypt with N={cost.n}, r={cost.r}, p={cost.p}, more than is reasonable")
        try:
            padded = _aes(self._derive(info.salt, cost), info.iv, encrypting=False, data=info.sealed)
        except ValueError:
            raise _bad(what, "its encryption parameters do not fit together") from None
        padding = padded[-1] if padded else 0
        plain = padded[:-padding] if 0 < padding <= BLOCK_BYTES else b""
        if padded[len(plain) :] != bytes([padding]) * padding or plain[:1] != b"\x30":
            raise PassphraseError(what=what, problem="the passphrase does not open it", remedy="try another passphrase")
        return plain

    def _derive(self, salt: bytes, cost: Cost) -> bytes:
        from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

        if (salt, cost) not in self._keys:
            scrypt = Scrypt(salt=salt, length=AES_KEY_BYTES, n=cost.n, r=cost.r, p=cost.p)
            self._keys[salt, cost] = scrypt.derive(self.passphrase)
        return self._keys[salt, cost]


def check_new_passphrase(passphrase: bytes) -> None:
    """PassphraseError where a passphrase is too short to protect keys for years."""
    if len(passphrase.decode("utf-8", "replace")) < PASSPHRASE_MIN:
        raise PassphraseError(
            what="passphrase", problem=f"shorter than {PASSPHRASE_MIN} characters", remedy="choose four or more words"
        )


def _aes(key: bytes, iv: bytes, *, encrypting: bool, data: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.algorithms import AES256
    from cryptography.hazmat.primitives.ciphers.modes import CBC

    cipher = Cipher(AES256(key), CBC(iv))
    context = cipher.encryptor() if encrypting else cipher.decryptor()
    return context.update(data) + context.finalize()


def _parse(pem: bytes, *, what: str) -> "EncryptedPrivateKeyInfo":
    from comity.evidence.keys.pkcs8 import decode_encrypted

    found = _PEM.fullmatch(pem.strip() + b"\n")
    if found is None:
        raise _bad(what, "is not an encrypted private key in PEM")
    try:
        return decode_encrypted(base64.b64decode(b"".join(found[1].split()), validate=True))
    except ValueError as error:
        raise _bad(what, f"cannot be read: {error}") from None


def _bad(what: str, problem: str) -> KeyFileError:
    return KeyFileError(what=what, problem=problem, remedy="restore the file from a copy of the keys")
