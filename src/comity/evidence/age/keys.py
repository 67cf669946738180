"""What all kinds of age keys share: stanzas, and the deriving of keys (age v1; RFC 5869)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

FILE_KEY_BYTES = 16
WRAPPED_BYTES = FILE_KEY_BYTES + 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Stanza:
    """One recipient's part of a header."""

    kind: str
    """First argument: ``X25519``, ``mlkem768x25519``, ``scrypt`` or one that others define."""
    arguments: tuple[str, ...]
    body: bytes


class Recipient(Protocol):
    """Who can open a file."""

    @property
    def post_quantum(self) -> bool: ...

    @property
    def alone(self) -> bool:
        """True where no other recipient may stand beside it."""
        ...

    def wrap(self, file_key: bytes, random_bytes: Callable[[int], bytes]) -> Stanza: ...


class Identity(Protocol):
    """A secret that opens files."""

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        """The file key; None where no stanza is for this identity; AgeHeaderError where one is malformed."""
        ...


def derive(secret: bytes, *, salt: bytes, info: bytes) -> bytes:
    """32 bytes by HKDF-SHA-256."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(secret)


def wrap_with(wrap_key: bytes, file_key: bytes) -> bytes:
    """The file key under a key that is used once, hence a nonce of zeros."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    return ChaCha20Poly1305(wrap_key).encrypt(bytes(12), file_key, None)


def unwrap_with(wrap_key: bytes, body: bytes) -> bytes | None:
    """The file key, or None where the wrapping key is not the right one."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        return ChaCha20Poly1305(wrap_key).decrypt(bytes(12), body, None)
    except InvalidTag:
        return None
