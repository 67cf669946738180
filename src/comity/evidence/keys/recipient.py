"""age recipients and identities: the two native kinds, X25519 and the hybrid MLKEM768-X25519 (C2SP age).

The hybrid one is X-Wing: from 32 random bytes SHAKE-256 makes the seeds of an ML-KEM-768 and an X25519 key
(draft-connolly-cfrg-xwing-kem 5.2).
"""

from hashlib import shake_256
from typing import TYPE_CHECKING

from comity.evidence.bech32 import decode_bech32, encode_bech32
from comity.evidence.errors import IdentityError
from comity.evidence.keys.identity import KeyUse

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey

SEED_BYTES = 32
_MLKEM_PUBLIC_BYTES, _X25519_BYTES = 1184, 32
_RECIPIENT = {KeyUse.RECIPIENT: "age", KeyUse.RECIPIENT_PQ: "age1pq"}
_IDENTITY = {KeyUse.RECIPIENT: "age-secret-key-", KeyUse.RECIPIENT_PQ: "age-secret-key-pq-"}
_BYTES = {KeyUse.RECIPIENT: _X25519_BYTES, KeyUse.RECIPIENT_PQ: _MLKEM_PUBLIC_BYTES + _X25519_BYTES}


def recipient_of(use: KeyUse, seed: bytes) -> str:
    """The recipient (``age1…`` or ``age1pq1…``) of a secret."""
    if use is KeyUse.RECIPIENT:
        return encode_bech32(_RECIPIENT[use], _x25519(seed).public_key().public_bytes_raw())
    mlkem, x25519 = _expand(seed)
    public = mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()
    return encode_bech32(_RECIPIENT[use], public)


def age_identity(use: KeyUse, seed: bytes) -> str:
    """The secret as age's programs read it (``AGE-SECRET-KEY-1…``)."""
    return encode_bech32(_IDENTITY[use], seed).upper()


def parse_recipient(text: str) -> tuple[KeyUse, bytes]:
    """Which kind a recipient is, and its public bytes; IdentityError where it is none of the two."""
    try:
        prefix, public = decode_bech32(text)
    except ValueError as error:
        raise _bad(text, f"is not an age recipient: it {error}") from None
    for use, known in _RECIPIENT.items():
        if prefix == known and len(public) == _BYTES[use] and text.islower():
            return use, public
    raise _bad(text, "is neither an X25519 nor an MLKEM768-X25519 recipient of age")


def hpke_private_key(seed: bytes) -> "MLKEM768X25519PrivateKey":
    """The private key for HPKE (KEM MLKEM768-X25519) of a hybrid secret."""
    from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey

    return MLKEM768X25519PrivateKey(*_expand(seed))


def hpke_public_key(recipient: str) -> "MLKEM768X25519PublicKey":
    """The public key for HPKE of a hybrid recipient; IdentityError for another."""
    from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
    from cryptography.hazmat.primitives.hpke import MLKEM768X25519PublicKey

    use, public = parse_recipient(recipient)
    if use is not KeyUse.RECIPIENT_PQ:
        raise _bad(recipient, "is not a hybrid recipient")
    try:
        mlkem: MLKEM768PublicKey = MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC_BYTES])
    except ValueError:
        raise _bad(recipient, "holds no valid ML-KEM-768 key") from None
    x25519: X25519PublicKey = X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC_BYTES:])
    return MLKEM768X25519PublicKey(mlkem, x25519)


def _expand(seed: bytes) -> "tuple[MLKEM768PrivateKey, X25519PrivateKey]":
    from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey

    expanded = shake_256(seed).digest(96)
    return MLKEM768PrivateKey.from_seed_bytes(expanded[:64]), _x25519(expanded[64:])


def _x25519(secret: bytes) -> "X25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(secret)


def _bad(text: str, problem: str) -> IdentityError:
    return IdentityError(what=f"recipient {text[:24]}…", problem=problem, remedy="copy the whole line again")
