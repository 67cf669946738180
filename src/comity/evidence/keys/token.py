"""Certificate keys on a PKCS#11 token (smart card, HSM): they sign there and never leave it.

`python-pkcs11` is an extra (``pip install comity[token]``); without it, or without the token, everything else works.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from comity.evidence.errors import KeyFileError, TokenError
from comity.evidence.keys.identity import Record

if TYPE_CHECKING:
    from comity.evidence.keys.tokenkey import TokenKey

PIN_BYTES_MAX = 255


class TokenPlace(Record, frozen=True, kw_only=True):
    """Where a key lies; no secret."""

    module: str
    """Path of the token's PKCS#11 library."""
    token: str
    """Label of the token."""
    key_id: str
    """CKA_ID of the key, hexadecimal."""


class Token:
    """A key on a token, used with a PIN; each signature is a session of its own."""

    def __init__(self, place: TokenPlace, pin: str) -> None:
        self.place = place
        self._pin = pin

    def __repr__(self) -> str:
        return f"Token({self.place.token!r}, {self.place.key_id})"

    def public_der(self) -> bytes:
        """SubjectPublicKeyInfo of the key; TokenError where it has none, or is neither elliptic nor RSA."""
        with self._session() as session:
            from pkcs11 import KeyType, ObjectClass
            from pkcs11.util.ec import encode_ec_public_key
            from pkcs11.util.rsa import encode_rsa_public_key

            key = session.get_key(object_class=ObjectClass.PUBLIC_KEY, id=bytes.fromhex(self.place.key_id))
            if key.key_type is KeyType.EC:
                return bytes(encode_ec_public_key(key))
            if key.key_type is not KeyType.RSA:
                raise _bad(self.place, "its key is neither elliptic nor RSA", "choose another key")
            return _as_spki(bytes(encode_rsa_public_key(key)))

    def sign(self, data: bytes, *, mechanism: str) -> bytes:
        """What the token signs, by a mechanism of PKCS#11 such as ``ECDSA`` or ``SHA256_RSA_PKCS``."""
        with self._session() as session:
            from pkcs11 import Mechanism, ObjectClass

            key = session.get_key(object_class=ObjectClass.PRIVATE_KEY, id=bytes.fromhex(self.place.key_id))
            return bytes(key.sign(data, mechanism=getattr(Mechanism, mechanism)))

    @contextmanager
    def _session(self) -> Iterator[Any]:
        place = self.place
        try:
            import pkcs11
        except ImportError:
            raise _bad(place, "python-pkcs11 is not installed", "pip install 'comity[token]'") from None
        try:
            token = pkcs11.lib(place.module).get_token(token_label=place.token)
            with token.open(user_pin=self._pin) as session:
                yield session
        except pkcs11.PKCS11Error as error:
            words = type(error).__name__
            raise _bad(place, f"refuses ({words}{f': {error}' if str(error) else ''})", _remedy(words)) from None


def token_key(place: TokenPlace, pin: bytes) -> "TokenKey":
    """The key on a token as a private key of `cryptography`; TokenError where it cannot be used."""
    from comity.evidence.keys.tokenkey import as_private_key

    if not pin or len(pin) > PIN_BYTES_MAX:
        raise _bad(place, "needs its PIN", "use --pin-file or --pin-fd")
    try:
        text = pin.decode()
    except UnicodeDecodeError:
        raise _bad(place, "has a PIN in UTF-8", "write the PIN's file in UTF-8") from None
    return as_private_key(Token(place, text))


def read_place(path: Path) -> TokenPlace:
    """What a token file says; KeyFileError where it cannot be read."""
    try:
        place = msgspec.json.decode(path.read_bytes(), type=TokenPlace)
        bytes.fromhex(place.key_id)
    except (OSError, ValueError) as error:
        raise KeyFileError(what=str(path), problem=str(error), remedy="restore it from a copy") from None
    return place


def _as_spki(der: bytes) -> bytes:
    """SubjectPublicKeyInfo of an RSA key in PKCS#1."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

    return load_der_public_key(der).public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _remedy(error: str) -> str:
    if error.startswith("Pin"):
        return "check the PIN; tokens lock after a few wrong ones"
    return "check the token's label and the key's id (pkcs11-tool --list-objects)"


def _bad(place: TokenPlace, problem: str, remedy: str) -> TokenError:
    return TokenError(what=f"token {place.token}, key {place.key_id}", problem=problem, remedy=remedy)
