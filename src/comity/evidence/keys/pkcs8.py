"""The DER of key files: EncryptedPrivateKeyInfo with scrypt, and PrivateKeyInfo for a key OpenSSL does not know."""

from dataclasses import dataclass

from cryptography.hazmat import asn1
from cryptography.x509 import ObjectIdentifier

_PBES2 = ObjectIdentifier("1.2.840.113549.1.5.13")
_SCRYPT = ObjectIdentifier("1.3.6.1.4.1.11591.4.11")
_AES256_CBC = ObjectIdentifier("2.16.840.1.101.3.4.1.42")
XWING = ObjectIdentifier("1.3.6.1.4.1.62253.25722")
"""X-Wing (draft-connolly-cfrg-xwing-kem)."""


@asn1.sequence
class _ScryptParams:
    salt: bytes
    n: int
    r: int
    p: int


@asn1.sequence
class _KeyDerivation:
    algorithm: ObjectIdentifier
    params: _ScryptParams


@asn1.sequence
class _EncryptionScheme:
    algorithm: ObjectIdentifier
    iv: bytes


@asn1.sequence
class _Pbes2Params:
    derivation: _KeyDerivation
    scheme: _EncryptionScheme


@asn1.sequence
class _Pbes2:
    algorithm: ObjectIdentifier
    params: _Pbes2Params


@asn1.sequence
class _Encrypted:
    algorithm: _Pbes2
    data: bytes


@asn1.sequence
class _Algorithm:
    algorithm: ObjectIdentifier


@asn1.sequence
class _PrivateKeyInfo:
    version: int
    algorithm: _Algorithm
    key: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class EncryptedPrivateKeyInfo:
    """The parts of an encrypted key."""

    salt: bytes
    iv: bytes
    cost: tuple[int, int, int]
    """scrypt's N, r and p."""
    sealed: bytes


def encode_encrypted(sealed: bytes, *, salt: bytes, iv: bytes, cost: tuple[int, int, int]) -> bytes:
    """DER of EncryptedPrivateKeyInfo (RFC 5958 3)."""
    n, r, p = cost
    derivation = _KeyDerivation(algorithm=_SCRYPT, params=_ScryptParams(salt=salt, n=n, r=r, p=p))
    params = _Pbes2Params(derivation=derivation, scheme=_EncryptionScheme(algorithm=_AES256_CBC, iv=iv))
    return asn1.encode_der(_Encrypted(algorithm=_Pbes2(algorithm=_PBES2, params=params), data=sealed))


def decode_encrypted(der: bytes) -> EncryptedPrivateKeyInfo:
    """The parts; ValueError where the DER is not of this kind, or names other algorithms."""
    info = asn1.decode_der(_Encrypted, der)
    derivation, scheme = info.algorithm.params.derivation, info.algorithm.params.scheme
    named = (info.algorithm.algorithm, derivation.algorithm, scheme.algorithm)
    if named != (_PBES2, _SCRYPT, _AES256_CBC):
        raise ValueError("not encrypted with PBES2, scrypt and AES-256-CBC")
    params = derivation.params
    return EncryptedPrivateKeyInfo(
        salt=params.salt, iv=scheme.iv, cost=(params.n, params.r, params.p), sealed=info.data
    )


def encode_xwing(seed: bytes) -> bytes:
    """DER of a PrivateKeyInfo that holds an X-Wing seed."""
    return asn1.encode_der(_PrivateKeyInfo(version=0, algorithm=_Algorithm(algorithm=XWING), key=seed))


def decode_xwing(der: bytes) -> bytes:
    """The seed in a PrivateKeyInfo; ValueError where it is of another kind."""
    info = asn1.decode_der(_PrivateKeyInfo, der)
    if info.algorithm.algorithm != XWING or info.version != 0:
        raise ValueError("not an X-Wing key")
    return info.key
