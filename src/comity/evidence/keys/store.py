"""An identity in a folder: what others may know in the open, private keys encrypted, nothing half-written.

``identity.json``            the bundle that is passed on
``keys/2-certificate.pem``   a private key, by generation and use; PKCS#8, encrypted
"""

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import msgspec

from comity.evidence.custody import NoteKeyKind, NoteSigner
from comity.evidence.errors import IdentityError, KeyFileError
from comity.evidence.keys.bundle import ATTESTING, attest, encode_bundle, read_bundle
from comity.evidence.keys.certificate import public_der
from comity.evidence.keys.encryption import KEY_FILE_BYTES_MAX, Vault
from comity.evidence.keys.identity import IdentityBundle, KeyUse, PublicIdentity, PublicKey
from comity.evidence.keys.public import current, keys_for, load_public, may_keep
from comity.evidence.keys.recipient import age_identity, hpke_private_key
from comity.evidence.keys.secret import load_key, public_of, seed_of
from comity.evidence.keys.token import read_place, token_key

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey

PUBLIC, SECRETS = "identity.json", "keys"


class Identity:
    """An identity of one's own, locked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.public = read_bundle(_read(folder / PUBLIC))

    @property
    def is_on_token(self) -> bool:
        """True where the certificate key in use lies on a PKCS#11 token."""
        key = current(self.public, KeyUse.CERTIFICATE)
        return key is not None and token_path(self.folder, key).exists()

    @property
    def bundle(self) -> bytes:
        """The file that is passed on."""
        return _read(self.folder / PUBLIC)

    def unlock(self, passphrase: bytes, *, pin: bytes = b"") -> "Unlocked":
        """The identity with its private keys; PassphraseError where the passphrase is not its own.

        `pin` is that of the token, for an identity whose certificate key lies on one (`is_on_token`).
        """
        unlocked = Unlocked(self.folder, self.public, Vault(passphrase), pin=pin)
        unlocked.secret(_first(self.public))
        return unlocked


class Unlocked:
    """An identity whose private keys can be used; each is decrypted when it is first asked for."""

    def __init__(self, folder: Path, public: PublicIdentity, vault: Vault, *, pin: bytes = b"") -> None:
        self.folder = folder
        self.public = public
        self.vault = vault
        self._pin = pin
        self._secrets: dict[tuple[KeyUse, int], bytes] = {}

    def __repr__(self) -> str:
        return f"Unlocked({self.public.name!r})"

    def secret(self, key: PublicKey) -> bytes:
        """PrivateKeyInfo of one of the keys; KeyFileError where the file holds another key than the identity says."""
        place = (key.use, key.generation)
        if place not in self._secrets:
            path = secret_path(self.folder, key)
            der = self.vault.decrypt(_read_secret(path), what=str(path))
            if public_of(key.use, der)[1] != key.fingerprint:
                raise KeyFileError(what=str(path), problem="holds another key than it should", remedy="restore it")
            self._secrets[place] = der
        return self._secrets[place]

    def private_key(self, use: KeyUse) -> Any:
        """The private key of `cryptography` in use now for something but a recipient."""
        key = self._current(use)
        return load_key(self.secret(key), what=f"{use} key of {self.public.name}")

    def note_signers(self, name: str | None = None) -> tuple[NoteSigner, ...]:
        """Signers of checkpoints of the log `name` (default: the identity's own name): Ed25519 and ML-DSA-44.

        IdentityError where that log cannot be this identity's (`may_keep`).
        """
        signs_as = name or self.public.name
        if not may_keep(self.public, signs_as):
            remedy = f"name the log {self.public.name} or {self.public.name}/…, or sign with its keeper's identity"
            raise IdentityError(what=self.public.name, problem=f"cannot sign for the log {signs_as}", remedy=remedy)
        kinds = ((KeyUse.NOTE, NoteKeyKind.ED25519), (KeyUse.NOTE_PQ, NoteKeyKind.MLDSA44_COSIGNATURE))
        return tuple(NoteSigner(name=signs_as, kind=kind, private_key=self.private_key(use)) for use, kind in kinds)

    def cosigners(self) -> tuple[NoteSigner, ...]:
        """Signers of others' checkpoints: both kinds of cosignature, under the identity's name."""
        kinds = ((KeyUse.NOTE, NoteKeyKind.ED25519_COSIGNATURE), (KeyUse.NOTE_PQ, NoteKeyKind.MLDSA44_COSIGNATURE))
        name = self.public.name
        return tuple(NoteSigner(name=name, kind=kind, private_key=self.private_key(use)) for use, kind in kinds)

    def certificate_key(self) -> "EllipticCurvePrivateKey | RSAPrivateKey":
        """The private key that CMS signatures are made with; TokenError where it lies on a token that refuses."""
        key = self._current(KeyUse.CERTIFICATE)
        if (path := token_path(self.folder, key)).exists():
            on_token = token_key(read_place(path), self._pin)
            if public_der(on_token.public_key()) != public_der(load_public(key)):
                raise KeyFileError(what=str(path), problem="the token holds another key", remedy="use the right token")
            return on_token
        return cast("EllipticCurvePrivateKey | RSAPrivateKey", self.private_key(KeyUse.CERTIFICATE))

    def certificate_chain(self) -> "tuple[x509.Certificate, ...]":
        """Its newest certificate and the chain above, leaf first; IdentityError where it has none."""
        from cryptography import x509

        key = self._current(KeyUse.CERTIFICATE)
        if not key.certificates:
            raise IdentityError(
                what=self.public.name, problem="has no certificate", remedy="comity key csr, then import"
            )
        return tuple(x509.load_pem_x509_certificates(key.certificates[0].encode()))

    def signature_pq_key(self) -> "MLDSA65PrivateKey":
        """The private key of the post-quantum signature over packages."""
        return cast("MLDSA65PrivateKey", self.private_key(KeyUse.SIGNATURE_PQ))

    def age_identities(self, uses: Sequence[KeyUse] = (KeyUse.RECIPIENT_PQ, KeyUse.RECIPIENT)) -> tuple[str, ...]:
        """Secrets for age of every generation, newest first, hybrid before X25519. Never print them."""
        return tuple(age_identity(key.use, self._seed(key)) for use in uses for key in keys_for(self.public, use))

    def hpke_keys(self) -> "tuple[MLKEM768X25519PrivateKey, ...]":
        """Private keys of the hybrid recipients, newest first, for HPKE."""
        return tuple(hpke_private_key(self._seed(key)) for key in keys_for(self.public, KeyUse.RECIPIENT_PQ))

    def x25519_seeds(self) -> tuple[bytes, ...]:
        """Secret bytes of the X25519 recipients, newest first. Never print them."""
        return tuple(self._seed(key) for key in keys_for(self.public, KeyUse.RECIPIENT))

    def attesting(self) -> list[tuple[PublicKey, Any]]:
        """The keys that sign the identity itself, with their private keys: every generation that was not revoked.

        So those who know it by an old key can follow over several rotations at once.
        """
        keys = [key for use in ATTESTING for key in keys_for(self.public, use) if key.revoked_at is None]
        return [(key, load_key(self.secret(key), what=f"{key.use} key {key.generation}")) for key in keys]

    def _seed(self, key: PublicKey) -> bytes:
        return seed_of(key.use, self.secret(key), what=str(secret_path(self.folder, key)))

    def _current(self, use: KeyUse) -> PublicKey:
        key = current(self.public, use)
        if key is None:
            raise IdentityError(what=self.public.name, problem=f"has no {use} key in use", remedy="comity key rotate")
        return key


def open_identity(folder: Path) -> Identity:
    """The identity in a folder; KeyFileError where there is none, IdentityError where it does not hold together."""
    return Identity(folder)


def secret_path(folder: Path, key: PublicKey) -> Path:
    """Where a private key lies."""
    return folder / SECRETS / f"{key.generation}-{key.use}.pem"


def token_path(folder: Path, key: PublicKey) -> Path:
    """Where it says on which token a private key lies that is not in a file."""
    return folder / SECRETS / f"{key.generation}-{key.use}.token.json"


def write_new(path: Path, data: bytes) -> None:
    """A new file, flushed to the disk, for its owner only; KeyFileError where something is there already."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    except FileExistsError:
        raise KeyFileError(
            what=str(path), problem="is there already", remedy="move it away; keys are never overwritten"
        ) from None
    except OSError as error:
        raise KeyFileError(
            what=str(path), problem=str(error.strerror), remedy="choose a folder you may write"
        ) from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def rewrite_public(unlocked: Unlocked, public: PublicIdentity) -> None:
    """Put a changed identity in the place of the old one, in one step, signed by its own keys."""
    from comity.evidence.custody.files import write_atomically

    unlocked.public = public
    bundle: IdentityBundle = attest(public, unlocked.attesting())
    write_atomically(unlocked.folder / PUBLIC, encode_bundle(bundle), mode=0o644)


def with_keys(public: PublicIdentity, keys: Sequence[PublicKey]) -> PublicIdentity:
    """The identity with other keys, in a steady order."""
    order = list(KeyUse)
    ordered = tuple(sorted(keys, key=lambda key: (key.generation, order.index(key.use))))
    return msgspec.structs.replace(public, keys=ordered)


def _first(public: PublicIdentity) -> PublicKey:
    return next(key for use in ATTESTING if (key := current(public, use)) is not None)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        problem = str(error.strerror).lower()
        raise KeyFileError(what=str(path), problem=problem, remedy="give the folder of an identity") from None


def _read_secret(path: Path) -> bytes:
    data = _read(path)
    mode = path.stat().st_mode
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyFileError(
            what=str(path), problem=f"others may read it (mode {stat.S_IMODE(mode):o})", remedy=f"chmod 600 {path}"
        )
    if len(data) > KEY_FILE_BYTES_MAX:
        raise KeyFileError(what=str(path), problem="too large for a key", remedy="restore it from a copy")
    return data
