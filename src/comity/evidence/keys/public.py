"""Asking a public identity: which keys are current, which verify what, and the number that people compare."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast

from comity.evidence.custody import NoteKey, NoteKeyKind
from comity.evidence.errors import IdentityError
from comity.evidence.keys.identity import KeyUse, PublicIdentity, PublicKey

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PublicKey

COMPROMISED = frozenset({"keyCompromise", "cACompromise", "aACompromise"})
"""Reasons for which others may have the key (RFC 5280 5.3.1): what it signed proves nothing."""
_GROUPS, _DIGITS = 12, 5


def valid_at(key: PublicKey, at: datetime) -> bool:
    """True where the key was in use at that instant: begun, not rotated away, not revoked.

    Time stamps and certificates count whole seconds (RFC 3161 2.4.2, RFC 5280 4.1.2.5): so does its beginning.
    """
    ended = [end for end in (key.not_after, key.revoked_at) if end is not None]
    return key.not_before.replace(microsecond=0) <= at and all(at < end for end in ended)


def current(identity: PublicIdentity, use: KeyUse) -> PublicKey | None:
    """The key in use now for something: the newest that was neither rotated away nor revoked; None: none."""
    there = [k for k in identity.keys if k.use is use and k.not_after is None and k.revoked_at is None]
    return max(there, key=lambda key: key.generation, default=None)


def keys_for(identity: PublicIdentity, use: KeyUse) -> tuple[PublicKey, ...]:
    """Every key for a use, newest first."""
    return tuple(sorted((k for k in identity.keys if k.use is use), key=lambda k: -k.generation))


def may_keep(identity: PublicIdentity, origin: str) -> bool:
    """True where a log's origin is the identity's name or lies below it (``NAME/…``): none speaks for others' logs."""
    return origin == identity.name or origin.startswith(f"{identity.name}/")


def note_keys(identity: PublicIdentity, name: str | None = None) -> tuple[NoteKey, ...]:
    """Keys that verify checkpoints of the log `name`, where it may be this identity's (`may_keep`), and its
    cosignatures on any log.

    Every generation, each with its end; those revoked because others may have them are marked, and verify nothing.
    """
    found: list[NoteKey] = []
    for key in identity.keys:
        if key.use not in {KeyUse.NOTE, KeyUse.NOTE_PQ}:
            continue
        revoked_at = key.revoked_at if key.revocation_reason in COMPROMISED else None
        raw = load_public(key).public_bytes_raw()
        end = min((one for one in (key.not_after, key.revoked_at) if one is not None), default=None)
        names = {identity.name, name} if name and may_keep(identity, name) else {identity.name}
        as_log = NoteKeyKind.MLDSA44_COSIGNATURE if key.use is KeyUse.NOTE_PQ else NoteKeyKind.ED25519
        kinds = [(one, as_log) for one in sorted(names)]
        if key.use is KeyUse.NOTE:
            kinds.append((identity.name, NoteKeyKind.ED25519_COSIGNATURE))
        found += [
            NoteKey(name=one, kind=kind, public_bytes=raw, ended_at=end, revoked_at=revoked_at) for one, kind in kinds
        ]
    return tuple(found)


def age_recipients(identity: PublicIdentity) -> tuple[str, ...]:
    """Recipients to encrypt to now: the hybrid one first. Use one kind in one file (C2SP age)."""
    keys = (current(identity, KeyUse.RECIPIENT_PQ), current(identity, KeyUse.RECIPIENT))
    return tuple(key.public for key in keys if key is not None)


def certificates(identity: PublicIdentity) -> "tuple[tuple[x509.Certificate, ...], ...]":
    """Every certificate with its chain, leaf first; newest first."""
    from cryptography import x509

    chains = [chain for key in keys_for(identity, KeyUse.CERTIFICATE) for chain in key.certificates]
    return tuple(tuple(x509.load_pem_x509_certificates(chain.encode())) for chain in chains)


def signature_pq_keys(identity: PublicIdentity) -> "tuple[tuple[PublicKey, MLDSA65PublicKey], ...]":
    """Keys that verify the post-quantum signature over packages, newest first, with their periods."""
    return tuple((key, load_public(key)) for key in keys_for(identity, KeyUse.SIGNATURE_PQ))


def load_public(key: PublicKey) -> Any:
    """The public key of `cryptography`; IdentityError where it cannot be read."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        return cast(Any, load_pem_public_key(key.public.encode()))
    except (ValueError, UnsupportedAlgorithm) as error:
        problem = f"cannot be read: {error}"
        raise IdentityError(what=f"key {key.use} {key.generation}", problem=problem, remedy="get it again") from None


def number_to_compare(identity: PublicIdentity) -> str:
    """Sixty digits in groups of five that two people read to each other: they stand for the name and current keys."""
    lines = [f"{key.use} {key.generation} {key.fingerprint}" for key in _in_use(identity.keys)]
    digest = sha256("\n".join(["comity-identity/1", identity.name, *sorted(lines)]).encode()).digest()
    digits = str(int.from_bytes(digest, "big") % 10 ** (_GROUPS * _DIGITS)).zfill(_GROUPS * _DIGITS)
    return " ".join(digits[at : at + _DIGITS] for at in range(0, len(digits), _DIGITS))


def _in_use(keys: Sequence[PublicKey]) -> list[PublicKey]:
    return [key for key in keys if key.not_after is None and key.revoked_at is None]
