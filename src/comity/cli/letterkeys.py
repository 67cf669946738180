"""Keys and certificates that `comity letter` is given: files, identities, tokens, roots, revocation data."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli.files import read_file
from comity.cli.passphrase import ask

if TYPE_CHECKING:
    from pyhanko.sign.timestamps import TimeStamper

    from comity.letters.sign import KeySource, Trust

KEY_BYTES_MAX = 1 << 20
TRUST_BYTES_MAX = 32 << 20
LOCAL = "local"


def key_from(
    path: Path,
    *,
    certificate: Path | None = None,
    chain: Path | None = None,
    passphrase_file: Path | None = None,
    passphrase_fd: int | None = None,
    pin_file: Path | None = None,
) -> "tuple[KeySource, str | None]":
    """The key in a file or identity, and the passphrase that opens it (asked for where it is locked)."""
    if path.is_dir():
        return _of_identity(path, passphrase_file, passphrase_fd, pin_file), None
    from comity.letters.sign import PemKey, Pkcs12Key

    data = read_file(path, limit_bytes=KEY_BYTES_MAX)
    above = read_file(chain, limit_bytes=KEY_BYTES_MAX) if chain is not None else b""
    if b"-----BEGIN" not in data and certificate is None:
        secret = ask(str(path), file=passphrase_file, fd=passphrase_fd)
        return Pkcs12Key(data=data), secret.decode("utf-8", "replace")
    own = read_file(certificate, limit_bytes=KEY_BYTES_MAX) if certificate is not None else data
    locked = b"ENCRYPTED" in data or passphrase_file is not None or passphrase_fd is not None
    opens = ask(str(path), file=passphrase_file, fd=passphrase_fd).decode("utf-8", "replace") if locked else None
    return PemKey(key=data, certificate=own, chain=above), opens


def key_on_token(
    module: str, token: str, label: str, *, chain: Path | None, pin_file: Path | None
) -> "tuple[KeySource, str | None]":
    """The key on a card or token, and its PIN."""
    from comity.letters.sign import TokenKey

    pin = ask(f"the token {token}", file=pin_file, fd=None, option="--pin-file", name="PIN").decode("utf-8", "replace")
    above = read_file(chain, limit_bytes=KEY_BYTES_MAX) if chain is not None else b""
    return TokenKey(module=module, token=token, label=label, chain=above), pin


def trust_from(
    trust: tuple[Path, ...],
    *,
    others: tuple[Path, ...] = (),
    revocations: tuple[Path, ...] = (),
    answers: tuple[Path, ...] = (),
    identity: Path | None = None,
) -> "Trust":
    """What the user trusts: root certificates, identities (their certificates' roots), CRLs and OCSP answers."""
    from comity.letters.sign import Trust

    roots = [_root(path) for path in trust]
    if identity is not None:
        from comity.evidence.keys import known_identities, open_identity

        roots += [root for one in (open_identity(identity).public, *known_identities(identity)) for root in _roots(one)]
    return Trust(
        roots=tuple(root for root in roots if root),
        others=_read_all(others),
        revocations=_read_all(revocations),
        answers=_read_all(answers),
    )


def stamper_from(timestamp: str, key: Path | None, passphrase_file: Path | None) -> "TimeStamper | None":
    """The time-stamping service that the user named; None: none."""
    if not timestamp:
        return None
    if timestamp == LOCAL:
        from comity.letters.sign import local_stamper

        if key is None:
            raise click.UsageError("--timestamp local needs --timestamp-key, with a certificate for time stamping")
        source, secret = key_from(key, passphrase_file=passphrase_file)
        return local_stamper(source, secret)
    if not timestamp.startswith(("https://", "http://")):
        problem = f"{timestamp!r} is neither a URL nor {LOCAL!r}"
        raise click.BadParameter(problem, param_hint="--timestamp")
    from comity.cli.letterstamp import Service

    return Service(timestamp)


def _of_identity(
    folder: Path, passphrase_file: Path | None, passphrase_fd: int | None, pin: Path | None
) -> "KeySource":
    from cryptography.hazmat.primitives.serialization import Encoding

    from comity.evidence.keys import open_identity
    from comity.letters.sign import HeldKey

    identity = open_identity(folder)
    secret = ask(f"the identity {identity.public.name}", file=passphrase_file, fd=passphrase_fd)
    number = ask("the token", file=pin, fd=None, option="--pin-file", name="PIN") if identity.is_on_token else b""
    unlocked = identity.unlock(secret, pin=number)
    chain = b"".join(one.public_bytes(Encoding.PEM) for one in unlocked.certificate_chain())
    return HeldKey(key=unlocked.certificate_key(), chain=chain)


def _root(path: Path) -> bytes:
    """A certificate, or the roots of an identity that its owner passed on."""
    data = read_file(path, limit_bytes=TRUST_BYTES_MAX)
    if data.lstrip()[:1] != b"{":
        return data
    from comity.evidence.keys import read_bundle

    return b"".join(_roots(read_bundle(data)))


def _roots(identity: object) -> tuple[bytes, ...]:
    from cryptography.hazmat.primitives.serialization import Encoding

    from comity.evidence.keys import PublicIdentity, certificates

    if not isinstance(identity, PublicIdentity):
        return ()
    return tuple(dict.fromkeys(chain[-1].public_bytes(Encoding.PEM) for chain in certificates(identity)))


def _read_all(paths: tuple[Path, ...]) -> tuple[bytes, ...]:
    return tuple(read_file(path, limit_bytes=TRUST_BYTES_MAX) for path in paths)
