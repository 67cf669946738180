"""Passing identities on: an identity with signatures by its own keys, so that none of its keys can be swapped.

The first import rests on comparing the number; each later one on a signature by a key that is known already.
"""

import base64
import binascii
from collections.abc import Sequence
from typing import Any

import msgspec

from comity.evidence.custody import NoteKey, NoteKeyKind
from comity.evidence.errors import IdentityError, NoteError
from comity.evidence.keys.identity import Attestation, IdentityBundle, KeyUse, PublicIdentity, PublicKey
from comity.evidence.keys.public import current, load_public
from comity.evidence.keys.recipient import parse_recipient
from comity.evidence.keys.secret import fingerprint_of

BUNDLE_BYTES_MAX = 4 << 20
_CONTEXT = b"comity identity attestation v1\n"
ATTESTING = (KeyUse.NOTE, KeyUse.SIGNATURE_PQ)
"""Keys that sign the identity: one of today and one of the day after."""


def message_of(identity: PublicIdentity) -> bytes:
    """What attestations sign: a line of context, and the identity in canonical JSON (RFC 8785)."""
    return _CONTEXT + msgspec.json.encode(identity, order="sorted")


def attest(identity: PublicIdentity, signers: Sequence[tuple[PublicKey, Any]]) -> IdentityBundle:
    """The identity signed by keys of its own, each given with its private key."""
    message = message_of(identity)
    made = tuple(
        Attestation(fingerprint=key.fingerprint, signature=base64.b64encode(private.sign(message)).decode())
        for key, private in signers
    )
    return IdentityBundle(identity=identity, attestations=made)


def encode_bundle(bundle: IdentityBundle) -> bytes:
    """The file that is passed on."""
    return msgspec.json.format(msgspec.json.encode(bundle, order="sorted"), indent=2) + b"\n"


def read_bundle(data: bytes, *, known: PublicIdentity | None = None) -> PublicIdentity:
    """The identity in a file, its attestations checked; IdentityError where anything does not hold together.

    With `known`, what we had before: the new one must be signed by a key of it that was not revoked.
    """
    bundle = _parse(data)
    identity = bundle.identity
    _check_keys(identity)
    signed = _check_attestations(bundle)
    for use in ATTESTING:
        key = current(identity, use)
        if key is None or key.fingerprint not in signed:
            raise _bad(identity, f"is not signed by its own current key ({use})", "ask for it again")
    if known is not None:
        _check_continuity(identity, known, signed)
    return identity


def vouchers(data: bytes, known: PublicIdentity) -> tuple[PublicKey, ...]:
    """The keys of a known identity that vouch for the one in a file, of the same name: as known they are in use, the
    file does not revoke them, and they signed it. IdentityError where the file does not hold together.
    """
    bundle = _parse(data)
    _check_keys(bundle.identity)
    return _vouchers(bundle.identity, known, _check_attestations(bundle))


def _parse(data: bytes) -> IdentityBundle:
    problem = f"more than {BUNDLE_BYTES_MAX:,} bytes"
    if len(data) <= BUNDLE_BYTES_MAX:
        try:
            return msgspec.json.decode(data, type=IdentityBundle)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            problem = str(error)
    raise IdentityError(what="identity", problem=problem, remedy="give the file that comity key show --public wrote")


def _check_keys(identity: PublicIdentity) -> None:
    try:
        NoteKey(name=identity.name, kind=NoteKeyKind.ED25519, public_bytes=bytes(32))
    except NoteError as error:
        raise _bad(identity, f"cannot bear that name: {error.problem}", error.remedy) from None
    places = [(key.use, key.generation) for key in identity.keys]
    if len(set(places)) != len(places):
        raise _bad(identity, "has two keys for one use in one generation", "ask for it again")
    for key in identity.keys:
        if key.use in {KeyUse.RECIPIENT, KeyUse.RECIPIENT_PQ}:
            fits = parse_recipient(key.public)[0] is key.use
        else:
            load_public(key)
            fits = True
        if not fits or fingerprint_of(key.public) != key.fingerprint:
            raise _bad(identity, f"has a fingerprint that is not that of its key ({key.use})", "ask for it again")


def _check_attestations(bundle: IdentityBundle) -> set[str]:
    from cryptography.exceptions import InvalidSignature

    by_print = {key.fingerprint: key for key in bundle.identity.keys if key.use in ATTESTING}
    message, signed = message_of(bundle.identity), set()
    for attestation in bundle.attestations:
        key = by_print.get(attestation.fingerprint)
        if key is None:
            raise _bad(bundle.identity, f"is signed by {attestation.fingerprint}, not a key of its own", "ask again")
        try:
            load_public(key).verify(base64.b64decode(attestation.signature, validate=True), message)
        except (InvalidSignature, binascii.Error, ValueError):
            raise _bad(
                bundle.identity, f"was altered: the signature ({key.use}) does not verify", "ask again"
            ) from None
        signed.add(key.fingerprint)
    return signed


def _check_continuity(identity: PublicIdentity, known: PublicIdentity, signed: set[str]) -> None:
    if identity.name != known.name:
        raise _bad(identity, f"is another than {known.name}", "import it under its own name")
    if _places(identity) < _places(known):
        raise _bad(identity, "is older than the one known: it lacks newer keys", "ask for the newest")
    if not _vouchers(identity, known, signed):
        raise _bad(
            identity,
            "is not signed by a key that we know of it",
            "compare the number with its owner by another way, remove the known one, and import it anew",
        )
    now = {(key.use, key.generation, key.fingerprint): key for key in identity.keys}
    for key in known.keys:
        there = now.get((key.use, key.generation, key.fingerprint))
        if there is None:
            raise _bad(identity, f"has lost or changed its key {key.use} {key.generation}", "ask for it again")
        ended = (key.revoked_at, key.not_after)
        if any(
            end is not None and end != then
            for end, then in zip(ended, (there.revoked_at, there.not_after), strict=True)
        ):
            raise _bad(
                identity,
                f"is older than the one known: {key.use} {key.generation} has ended since",
                "ask for the newest",
            )


def _places(identity: PublicIdentity) -> set[tuple[KeyUse, int, str]]:
    return {(key.use, key.generation, key.fingerprint) for key in identity.keys}


def _vouchers(identity: PublicIdentity, known: PublicIdentity, signed: set[str]) -> tuple[PublicKey, ...]:
    """A key that the identity itself revokes vouches for nothing: its owner signs with it no more."""
    revoked = {key.fingerprint for key in identity.keys if key.revoked_at is not None}
    in_use = [key for use in ATTESTING if (key := current(known, use)) is not None]
    return tuple(key for key in in_use if key.fingerprint in signed - revoked)


def _bad(identity: PublicIdentity, problem: str, remedy: str) -> IdentityError:
    return IdentityError(what=f"identity {identity.name[:80]!r}", problem=problem, remedy=remedy)
