"""The life of an identity: made, given certificates, its keys rotated and revoked. Old keys stay, with their dates."""

import os
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from comity.evidence.custody import NoteKey, NoteKeyKind
from comity.evidence.custody.files import sync_folder
from comity.evidence.errors import IdentityError, KeyFileError
from comity.evidence.keys.certificate import self_signed
from comity.evidence.keys.encryption import BLOCK_BYTES, SALT_BYTES, Vault, check_new_passphrase
from comity.evidence.keys.identity import KeyUse, PublicIdentity, PublicKey
from comity.evidence.keys.public import current
from comity.evidence.keys.secret import (
    ALGORITHMS,
    ECDSA_P256,
    RSA_3072,
    load_key,
    new_secret,
    public_of,
)
from comity.evidence.keys.store import (
    SECRETS,
    Identity,
    Unlocked,
    rewrite_public,
    secret_path,
    with_keys,
    write_new,
)

if TYPE_CHECKING:
    pass

RandomBytes = Callable[[int], bytes]
REASONS = (
    "unspecified",
    "keyCompromise",
    "cACompromise",
    "affiliationChanged",
    "superseded",
    "cessationOfOperation",
    "privilegeWithdrawn",
)
"""CRLReason of RFC 5280 5.3.1, without those that make no sense for a key that stays revoked."""


def create_identity(
    folder: Path,
    public: PublicIdentity,
    *,
    passphrase: bytes,
    now: datetime,
    random_bytes: RandomBytes,
    certificate_algorithm: str = ECDSA_P256,
) -> Identity:
    """A new identity with a key for each use and a self-signed certificate, in a new folder, whole or not at all.

    `public` names it and has no keys yet. KeyFileError where the folder is there already; PassphraseError where the
    passphrase is too short; NoteError where the name cannot be the name of a key.
    """
    check_new_passphrase(passphrase)
    if not public.name.isascii():
        remedy = "write it in ASCII, as the domain name system does (xn--…)"
        raise IdentityError(what=ascii(public.name), problem="has letters that certificates cannot hold", remedy=remedy)
    NoteKey(name=public.name, kind=NoteKeyKind.ED25519, public_bytes=bytes(32))
    if certificate_algorithm not in (ECDSA_P256, RSA_3072):
        remedy = f"use {ECDSA_P256} or {RSA_3072}"
        raise IdentityError(what=certificate_algorithm, problem="is no kind of certificate key", remedy=remedy)
    with new_folder(folder) as making:
        (making / SECRETS).mkdir(mode=0o700)
        unlocked = Unlocked(making, public, Vault(passphrase))
        new = _make(unlocked, set(KeyUse), now=now, random_bytes=random_bytes, algorithm=certificate_algorithm)
        put_keys(unlocked, new, now=now)
        sync_folder(making / SECRETS)
    return Identity(folder)


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """A folder to fill, which takes its name when it is whole; KeyFileError where that name is taken."""
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    making = folder.with_name(f".{folder.name}.{os.getpid()}.new")
    shutil.rmtree(making, ignore_errors=True)
    try:
        making.mkdir(mode=0o700)
        yield making
        try:
            making.rename(folder)
        except OSError:
            remedy = "choose another; keys are never overwritten"
            raise KeyFileError(what=str(folder), problem="is there already", remedy=remedy) from None
        sync_folder(folder.parent)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def rotate(
    unlocked: Unlocked,
    uses: Collection[KeyUse],
    *,
    now: datetime,
    random_bytes: RandomBytes,
    certificate_algorithm: str = ECDSA_P256,
) -> PublicIdentity:
    """New keys for some uses. The old ones end now but stay: they verify, and decrypt, what was made with them.

    The changed identity is signed by the old keys as well as the new, so that those who know it can follow.
    """
    new = _make(unlocked, uses, now=now, random_bytes=random_bytes, algorithm=certificate_algorithm)
    put_keys(unlocked, new, now=now)
    return unlocked.public


def revoke(unlocked: Unlocked, use: KeyUse, generation: int, *, reason: str, now: datetime) -> PublicIdentity:
    """Say that a key is not to be relied on from now on; IdentityError where it is in use: rotate it first.

    A certificate's revocation is made known by its CA's list (CRL) too: tell the CA.
    """
    if reason not in REASONS:
        remedy = f"use one of {', '.join(REASONS)}"
        raise IdentityError(what=reason, problem="is no reason for a revocation", remedy=remedy)
    what = f"{use} key {generation}"
    key = next((k for k in unlocked.public.keys if (k.use, k.generation) == (use, generation)), None)
    if key is None or key.revoked_at is not None:
        problem = "there is no such key" if key is None else f"was revoked at {key.revoked_at}"
        raise IdentityError(what=what, problem=problem, remedy="see comity key show")
    if key == current(unlocked.public, use):
        raise IdentityError(what=what, problem="is in use", remedy=f"comity key rotate --use {use} first, then revoke")
    replace_key(unlocked, key, msgspec.structs.replace(key, revoked_at=now, revocation_reason=reason))
    return unlocked.public


def _make(
    unlocked: Unlocked, uses: Collection[KeyUse], *, now: datetime, random_bytes: RandomBytes, algorithm: str
) -> dict[KeyUse, PublicKey]:
    """New keys, their files written, not yet part of the identity."""
    new: dict[KeyUse, PublicKey] = {}
    salt = random_bytes(SALT_BYTES)
    for use in sorted(uses):
        kind = algorithm if use is KeyUse.CERTIFICATE else ALGORITHMS[use]
        secret = new_secret(use, kind, random_bytes)
        key = seal_key(unlocked, use, kind, secret, now=now, random_bytes=random_bytes, salt=salt)
        if use is KeyUse.CERTIFICATE:
            certificate = self_signed(unlocked.public, load_key(secret, what="new key"), now=now)
            key = msgspec.structs.replace(key, certificates=(certificate,))
        new[use] = key
    return new


def seal_key(
    unlocked: Unlocked,
    use: KeyUse,
    algorithm: str,
    secret: bytes,
    *,
    now: datetime,
    random_bytes: RandomBytes,
    salt: bytes = b"",
) -> PublicKey:
    """Write a private key's file, under the next free number: a rotation that was cut short is not in the way."""
    public, fingerprint = public_of(use, secret)
    key = PublicKey(
        use=use,
        generation=next_generation(unlocked, use),
        algorithm=algorithm,
        public=public,
        fingerprint=fingerprint,
        not_before=now,
    )
    pem = unlocked.vault.encrypt(secret, salt=salt or random_bytes(SALT_BYTES), iv=random_bytes(BLOCK_BYTES))
    write_new(secret_path(unlocked.folder, key), pem)
    return key


def next_generation(unlocked: Unlocked, use: KeyUse) -> int:
    there = (unlocked.folder / SECRETS).glob(f"*-{use}.*")
    return max((int(path.name.split("-")[0]) for path in there), default=0) + 1


def put_keys(unlocked: Unlocked, new: dict[KeyUse, PublicKey], *, now: datetime) -> None:
    """Make new keys part of the identity; those that they take the place of end now."""
    ended = [current(unlocked.public, use) for use in new]
    kept = [msgspec.structs.replace(key, not_after=now) if key in ended else key for key in unlocked.public.keys]
    rewrite_public(unlocked, with_keys(unlocked.public, [*kept, *new.values()]))


def replace_key(unlocked: Unlocked, old: PublicKey, new: PublicKey) -> None:
    keys = [new if key is old else key for key in unlocked.public.keys]
    rewrite_public(unlocked, with_keys(unlocked.public, keys))
