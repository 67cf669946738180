"""The hybrid post-quantum recipient type of age v1: HPKE (RFC 9180) with MLKEM768-X25519, also called X-Wing.

A secret is 32 bytes, from which SHAKE256 draws the ML-KEM seed (64 bytes) and the X25519 key (32): draft-ietf-hpke-pq.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.evidence.age.header import decode64, encode64, malformed
from comity.evidence.age.keys import FILE_KEY_BYTES, WRAPPED_BYTES, Stanza
from comity.evidence.age.x25519 import exchange
from comity.evidence.bech32 import encode_bech32
from comity.evidence.errors import AgeKeyError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.hpke import Suite

KIND = "mlkem768x25519"
RECIPIENT_PREFIX = "age1pq"
IDENTITY_PREFIX = "age-secret-key-pq-"
SECRET_BYTES = 32
MLKEM_PUBLIC_BYTES = 1184
X25519_BYTES = 32
PUBLIC_BYTES = MLKEM_PUBLIC_BYTES + X25519_BYTES
ENCAPSULATED_BYTES = 1088 + X25519_BYTES
_INFO = b"age-encryption.org/mlkem768x25519"


@dataclass(frozen=True, slots=True)
class HybridRecipient:
    """A public key: ML-KEM-768's, then X25519's."""

    public: bytes
    post_quantum: bool = True
    alone: bool = False

    @property
    def text(self) -> str:
        return encode_bech32(RECIPIENT_PREFIX, self.public)

    def wrap(self, file_key: bytes, random_bytes: Callable[[int], bytes]) -> Stanza:
        """A stanza; the randomness is the library's own, for its HPKE takes none from outside."""
        from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
        from cryptography.hazmat.primitives.hpke import MLKEM768X25519PublicKey

        try:
            public = MLKEM768X25519PublicKey(
                MLKEM768PublicKey.from_public_bytes(self.public[:MLKEM_PUBLIC_BYTES]),
                X25519PublicKey.from_public_bytes(self.public[MLKEM_PUBLIC_BYTES:]),
            )
            sealed = _suite().encrypt(file_key, public, _INFO)
        except ValueError:
            raise AgeKeyError(
                what="age recipient", problem="is no MLKEM768-X25519 key", remedy="ask for it again"
            ) from None
        share, body = sealed[:ENCAPSULATED_BYTES], sealed[ENCAPSULATED_BYTES:]
        return Stanza(kind=KIND, arguments=(encode64(share).decode(),), body=body)


@dataclass(frozen=True, slots=True, repr=False)
class HybridIdentity:
    """A secret key."""

    secret: bytes

    @property
    def text(self) -> str:
        return encode_bech32(IDENTITY_PREFIX, self.secret).upper()

    def recipient(self) -> HybridRecipient:
        mlkem, x25519 = self._keys()
        return HybridRecipient(mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw())

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        ours = [stanza for stanza in stanzas if stanza.kind == KIND]
        opened = [self._unwrap(stanza) for stanza in ours]
        return next((file_key for file_key in opened if file_key is not None), None)

    def _unwrap(self, stanza: Stanza) -> bytes | None:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey

        if len(stanza.arguments) != 1:
            raise malformed("has a hybrid recipient with a wrong number of arguments")
        share = decode64(stanza.arguments[0].encode())
        if len(share) != ENCAPSULATED_BYTES or len(stanza.body) != WRAPPED_BYTES:
            raise malformed("has a hybrid recipient of a wrong length")
        mlkem, x25519 = self._keys()
        if exchange(x25519, share[-X25519_BYTES:]) is None:
            raise malformed("has a hybrid recipient with a share of low order")
        try:
            file_key = _suite().decrypt(share + stanza.body, MLKEM768X25519PrivateKey(mlkem, x25519), _INFO)
        except InvalidTag:
            return None
        return file_key if len(file_key) == FILE_KEY_BYTES else None

    def _keys(self) -> "tuple[MLKEM768PrivateKey, X25519PrivateKey]":
        from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

        drawn = hashlib.shake_256(self.secret).digest(96)
        return MLKEM768PrivateKey.from_seed_bytes(drawn[:64]), X25519PrivateKey.from_private_bytes(drawn[64:])


def _suite() -> "Suite":
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    return Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
