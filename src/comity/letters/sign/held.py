"""Keys that somebody else holds as keys of `cryptography`: of an identity (`comity key`), in a file or on its token."""

from typing import TYPE_CHECKING

from comity.letters.errors import SigningError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from pyhanko.sign import Signer


def held_signer(key: "EllipticCurvePrivateKey | RSAPrivateKey", chain: bytes) -> "Signer":
    """A signer for a key and its certificates (PEM, leaf first); SigningError where the first is another key's."""
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key
    from pyhanko.sign import Signer
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    from comity.letters.sign.keys import certificates

    own = certificates(chain, what="certificate")
    there = load_der_public_key(own[0].public_key.dump())
    form = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if there.public_bytes(*form) != key.public_key().public_bytes(*form):
        raise SigningError(what="certificate", problem="it belongs to another key", remedy="give the key's own")
    hashes: dict[str, type[SHA256 | SHA384 | SHA512]] = {"sha256": SHA256, "sha384": SHA384, "sha512": SHA512}

    class Held(Signer):
        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
            algorithm = hashes[digest_algorithm]()
            if isinstance(key, EllipticCurvePrivateKey):
                return key.sign(data, ECDSA(algorithm))
            return key.sign(data, PKCS1v15(), algorithm)

    store = SimpleCertificateStore.from_certs(own[1:])  # type: ignore[no-untyped-call]
    return Held(signing_cert=own[0], cert_registry=store)
