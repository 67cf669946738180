"""The X25519 recipient type of age v1."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.evidence.age.header import decode64, encode64, malformed
from comity.evidence.age.keys import WRAPPED_BYTES, Stanza, derive, unwrap_with, wrap_with
from comity.evidence.bech32 import encode_bech32
from comity.evidence.errors import AgeKeyError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

KIND = "X25519"
RECIPIENT_PREFIX = "age"
IDENTITY_PREFIX = "age-secret-key-"
KEY_BYTES = 32
_INFO = b"age-encryption.org/v1/X25519"


@dataclass(frozen=True, slots=True)
class X25519Recipient:
    """A public key."""

    public: bytes
    post_quantum: bool = False
    alone: bool = False

    @property
    def text(self) -> str:
        return encode_bech32(RECIPIENT_PREFIX, self.public)

    def wrap(self, file_key: bytes, random_bytes: Callable[[int], bytes]) -> Stanza:
        ephemeral = _private(random_bytes(KEY_BYTES))
        share = ephemeral.public_key().public_bytes_raw()
        shared = exchange(ephemeral, self.public)
        if shared is None:
            raise AgeKeyError(what="age recipient", problem="is a point of low order", remedy="ask for the key again")
        wrap_key = derive(shared, salt=share + self.public, info=_INFO)
        return Stanza(kind=KIND, arguments=(encode64(share).decode(),), body=wrap_with(wrap_key, file_key))


@dataclass(frozen=True, slots=True, repr=False)
class X25519Identity:
    """A secret key."""

    secret: bytes

    @property
    def text(self) -> str:
        return encode_bech32(IDENTITY_PREFIX, self.secret).upper()

    def recipient(self) -> X25519Recipient:
        return X25519Recipient(_private(self.secret).public_key().public_bytes_raw())

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        ours = [stanza for stanza in stanzas if stanza.kind == KIND]
        opened = [self._unwrap(stanza) for stanza in ours]
        return next((file_key for file_key in opened if file_key is not None), None)

    def _unwrap(self, stanza: Stanza) -> bytes | None:
        if len(stanza.arguments) != 1:
            raise malformed("has an X25519 recipient with a wrong number of arguments")
        share = decode64(stanza.arguments[0].encode())
        if len(share) != KEY_BYTES or len(stanza.body) != WRAPPED_BYTES:
            raise malformed("has an X25519 recipient of a wrong length")
        shared = exchange(_private(self.secret), share)
        if shared is None:
            raise malformed("has an X25519 share of low order")
        return unwrap_with(derive(shared, salt=share + self.recipient().public, info=_INFO), stanza.body)


def _private(secret: bytes) -> "X25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(secret)


def exchange(private: "X25519PrivateKey", public: bytes) -> bytes | None:
    """The shared secret, or None where the point is of low order: the result would be all zeros (RFC 7748 6.1)."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    try:
        return private.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:
        return None
