"""The scrypt recipient type of age v1: a passphrase."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from comity.evidence.age.header import decode64, encode64, malformed
from comity.evidence.age.keys import WRAPPED_BYTES, Stanza, unwrap_with, wrap_with

KIND = "scrypt"
WORK_FACTOR_LOG2 = 18
"""What we write: 256 MiB and about a second."""
WORK_FACTOR_LOG2_MAX = 22
"""What we read: beyond, a file could hold a machine for minutes."""
_SALT_BYTES = 16
_INFO = b"age-encryption.org/v1/scrypt"
_DECIMAL = re.compile(r"[1-9][0-9]*")


@dataclass(frozen=True, slots=True, repr=False)
class Passphrase:
    """A passphrase, which both closes and opens."""

    text: bytes
    work_factor_log2: int = WORK_FACTOR_LOG2
    post_quantum: bool = True
    alone: bool = True

    def wrap(self, file_key: bytes, random_bytes: Callable[[int], bytes]) -> Stanza:
        salt = random_bytes(_SALT_BYTES)
        body = wrap_with(self._derive(salt, self.work_factor_log2), file_key)
        return Stanza(kind=KIND, arguments=(encode64(salt).decode(), str(self.work_factor_log2)), body=body)

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        ours = [stanza for stanza in stanzas if stanza.kind == KIND]
        if not ours:
            return None
        if len(stanzas) > 1:
            raise malformed("names others beside a passphrase, which must stand alone")
        (stanza,) = ours
        if len(stanza.arguments) != 2:
            raise malformed("has a passphrase with a wrong number of arguments")
        salt = decode64(stanza.arguments[0].encode())
        if len(salt) != _SALT_BYTES or len(stanza.body) != WRAPPED_BYTES:
            raise malformed("has a passphrase of a wrong length")
        if not _DECIMAL.fullmatch(stanza.arguments[1]) or len(stanza.arguments[1]) > 2:
            raise malformed("has a passphrase with a work factor that is no number")
        work_factor_log2 = int(stanza.arguments[1])
        if work_factor_log2 > WORK_FACTOR_LOG2_MAX:
            raise malformed(f"asks for a work factor of 2^{work_factor_log2}, more than 2^{WORK_FACTOR_LOG2_MAX}")
        return unwrap_with(self._derive(salt, work_factor_log2), stanza.body)

    def _derive(self, salt: bytes, work_factor_log2: int) -> bytes:
        from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

        return Scrypt(salt=_INFO + salt, length=32, n=1 << work_factor_log2, r=8, p=1).derive(self.text)
