"""Keys on a token in the shape of `cryptography`, so that certificates, CMS and all else sign with them unawares."""

from typing import TYPE_CHECKING, Any, NoReturn, Union

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from cryptography.hazmat.primitives.hashes import Hash, HashAlgorithm
from cryptography.hazmat.primitives.serialization import load_der_public_key

from comity.evidence.errors import TokenError

if TYPE_CHECKING:
    from comity.evidence.keys.token import Token

TokenKey = Union["TokenEcKey", "TokenRsaKey"]
_RSA = {"sha256": "SHA256_RSA_PKCS", "sha384": "SHA384_RSA_PKCS", "sha512": "SHA512_RSA_PKCS"}


def as_private_key(token: "Token") -> TokenKey:
    """The key on a token; TokenError for a kind that is neither elliptic nor RSA."""
    public = load_der_public_key(token.public_der())
    if isinstance(public, ec.EllipticCurvePublicKey):
        return TokenEcKey(token, public)
    if isinstance(public, rsa.RSAPublicKey):
        return TokenRsaKey(token, public)
    raise _cannot(token, "be of another kind than elliptic or RSA")  # pragma: no cover  `public_der` refuses them


class TokenEcKey(ec.EllipticCurvePrivateKey):
    """An elliptic key that signs on its token."""

    def __init__(self, token: "Token", public: ec.EllipticCurvePublicKey) -> None:
        self._token, self._public = token, public

    def __repr__(self) -> str:
        return f"TokenEcKey({self._token!r})"

    @property
    def curve(self) -> ec.EllipticCurve:
        return self._public.curve

    @property
    def key_size(self) -> int:
        return self._public.key_size

    def public_key(self) -> ec.EllipticCurvePublicKey:
        return self._public

    def sign(self, data: Any, signature_algorithm: ec.EllipticCurveSignatureAlgorithm) -> bytes:
        """ECDSA in DER; hashed here, for a token is slow and its line too."""
        algorithm = signature_algorithm.algorithm
        digest = bytes(data)
        if not isinstance(algorithm, utils.Prehashed):
            hashing = Hash(algorithm)
            hashing.update(data)
            digest = hashing.finalize()
        raw = self._token.sign(digest[: (self.key_size + 7) // 8], mechanism="ECDSA")
        half = len(raw) // 2
        return utils.encode_dss_signature(int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big"))

    def exchange(self, algorithm: ec.ECDH, peer_public_key: ec.EllipticCurvePublicKey) -> NoReturn:
        raise _cannot(self._token, "agree on keys")

    def private_numbers(self) -> NoReturn:
        raise _cannot(self._token, "leave its token")

    def private_bytes(self, encoding: Any, format: Any, encryption_algorithm: Any) -> NoReturn:
        raise _cannot(self._token, "leave its token")

    def __copy__(self) -> "TokenEcKey":
        return self

    def __deepcopy__(self, memo: dict[Any, Any]) -> "TokenEcKey":
        return self


class TokenRsaKey(rsa.RSAPrivateKey):
    """An RSA key that signs on its token, with PKCS#1 v1.5 padding, which every CMS tool checks."""

    def __init__(self, token: "Token", public: rsa.RSAPublicKey) -> None:
        self._token, self._public = token, public

    def __repr__(self) -> str:
        return f"TokenRsaKey({self._token!r})"

    @property
    def key_size(self) -> int:
        return self._public.key_size

    def public_key(self) -> rsa.RSAPublicKey:
        return self._public

    def sign(self, data: Any, padding_: Any, algorithm: Any) -> bytes:
        """RSASSA-PKCS1-v1_5 with SHA-256, SHA-384 or SHA-512."""
        mechanism = _RSA.get(algorithm.name) if isinstance(algorithm, HashAlgorithm) else None
        if not isinstance(padding_, padding.PKCS1v15) or mechanism is None:
            raise _cannot(self._token, "sign but with PKCS#1 v1.5 and SHA-2")
        return self._token.sign(bytes(data), mechanism=mechanism)

    def decrypt(self, ciphertext: bytes, padding: Any) -> NoReturn:
        raise _cannot(self._token, "decrypt")

    def private_numbers(self) -> NoReturn:
        raise _cannot(self._token, "leave its token")

    def private_bytes(self, encoding: Any, format: Any, encryption_algorithm: Any) -> NoReturn:
        raise _cannot(self._token, "leave its token")

    def __copy__(self) -> "TokenRsaKey":
        return self

    def __deepcopy__(self, memo: dict[Any, Any]) -> "TokenRsaKey":
        return self


def _cannot(token: "Token", what: str) -> TokenError:
    return TokenError(what=repr(token), problem=f"its key cannot {what}", remedy="use a key in a file for that")
