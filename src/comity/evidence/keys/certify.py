"""Certificates for an identity's signing key: asked for, taken in, with a key made elsewhere or on a token."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from comity.evidence.errors import KeyFileError
from comity.evidence.keys.certificate import algorithm_of, new_request, public_der, read_chain, self_signed, to_pem
from comity.evidence.keys.identity import KeyUse, PublicKey
from comity.evidence.keys.lifecycle import next_generation, put_keys, replace_key, seal_key
from comity.evidence.keys.public import keys_for, load_public
from comity.evidence.keys.secret import fingerprint_of, load_key
from comity.evidence.keys.store import Unlocked, token_path, write_new
from comity.evidence.keys.token import TokenPlace, token_key

if TYPE_CHECKING:
    from cryptography import x509

RandomBytes = Callable[[int], bytes]


def request_certificate(unlocked: Unlocked) -> str:
    """A certificate signing request (PEM) for the current certificate key."""
    return new_request(unlocked.public, unlocked.certificate_key())


def add_certificate(unlocked: Unlocked, data: bytes, *, what: str, now: datetime | None = None) -> "x509.Certificate":
    """Take in what the CA sent: a certificate for one of the identity's keys, with those above it.

    KeyFileError where it is for another key, or had ended by `now` (None: not asked): the newest one signs.
    """
    chain = read_chain(data, what=what)
    if now is not None:
        _refuse_ended(chain[0], now, what=what)
    leaf = public_der(chain[0].public_key())
    for key in keys_for(unlocked.public, KeyUse.CERTIFICATE):
        if public_der(load_public(key)) == leaf:
            pem = to_pem(chain)
            others = tuple(known for known in key.certificates if known != pem)
            replace_key(unlocked, key, msgspec.structs.replace(key, certificates=(pem, *others)))
            return chain[0]
    problem = "is for a key that this identity does not have"
    raise KeyFileError(what=what, problem=problem, remedy="give it the answer to its own request")


def _refuse_ended(leaf: "x509.Certificate", now: datetime, *, what: str) -> None:
    if leaf.not_valid_after_utc < now:
        raise KeyFileError(
            what=what,
            problem=f"had ended at {leaf.not_valid_after_utc.isoformat()}: what it signs now would fail",
            remedy="ask the authority for a new one (comity key csr)",
        )


def add_certificate_key(
    unlocked: Unlocked,
    secret: bytes,
    chain: "tuple[x509.Certificate, ...]",
    *,
    now: datetime,
    random_bytes: RandomBytes,
) -> PublicKey:
    """Use a key made elsewhere (PrivateKeyInfo) with its certificates for signing from now on; the one before ends."""
    algorithm = algorithm_of(chain[0].public_key())
    _refuse_ended(chain[0], now, what="certificate")
    if public_der(chain[0].public_key()) != public_der(load_key(secret, what="key").public_key()):
        raise KeyFileError(what="key", problem="is not the certificate's", remedy="give the two that belong together")
    key = seal_key(unlocked, KeyUse.CERTIFICATE, algorithm, secret, now=now, random_bytes=random_bytes)
    key = msgspec.structs.replace(key, certificates=(to_pem(chain),))
    put_keys(unlocked, {key.use: key}, now=now)
    return key


def add_token_key(unlocked: Unlocked, place: TokenPlace, pin: bytes, *, now: datetime) -> PublicKey:
    """Sign with a key on a PKCS#11 token from now on, with a first certificate that it signs itself.

    Ask the CA for another (`request_certificate`). TokenError where the token refuses.
    """
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    on_token = token_key(place, pin)
    pem = on_token.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    key = PublicKey(
        use=KeyUse.CERTIFICATE,
        generation=next_generation(unlocked, KeyUse.CERTIFICATE),
        algorithm=algorithm_of(on_token.public_key()),
        public=pem,
        fingerprint=fingerprint_of(pem),
        not_before=now,
        certificates=(self_signed(unlocked.public, on_token, now=now),),
    )
    write_new(token_path(unlocked.folder, key), msgspec.json.encode(place))
    put_keys(unlocked, {key.use: key}, now=now)
    return key
