"""What the commands on packages share: keys that open one, and what is trusted."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from comity.cli.files import read_file
from comity.cli.passphrase import ask, passphrase_options, refuse_shared
from comity.errors import ComityError

if TYPE_CHECKING:
    from datetime import datetime

    from cryptography import x509

    from comity.evidence.age import Identity
    from comity.evidence.grant import Asked
    from comity.evidence.limitation import Grant
    from comity.evidence.package import Trust

FILE_BYTES_MAX = 16 << 20
_PATH = click.Path(path_type=Path)
_Command = TypeVar("_Command", bound=Callable[..., Any])


class TrustError(ComityError):
    """A file that holds nothing to trust."""


def opening_options(command: _Command) -> _Command:
    """Options for who opens a package, and what they trust."""
    for option in reversed(
        (
            click.option(
                "--identity",
                type=_PATH,
                envvar="COMITY_IDENTITY",
                help="Folder of your identity: it opens, and its acquaintances are trusted.",
            ),
            click.option("--key", "keys", type=_PATH, multiple=True, help="An age key file that opens; repeatable."),
            click.option(
                "--trust",
                type=_PATH,
                multiple=True,
                help="A sender's identity (JSON) or root certificates (PEM) that you trust; repeatable.",
            ),
            click.option(
                "--stamp-trust", type=_PATH, multiple=True, help="Root certificates of time-stamping authorities."
            ),
            click.option("--crl", "crls", type=_PATH, multiple=True, help="A list of revoked certificates."),
            click.option("--time-stamp", type=_PATH, help="A time stamp that came beside the package."),
            passphrase_options(),
        )
    ):
        command = option(command)
    return command


def read_grants(consents: Iterable[Path], asked: "Asked", *, now: "datetime") -> "tuple[Grant, ...]":
    """Consents with the signatures beside them; LimitationError where one is not what is asked for."""
    from comity.evidence.grant import read_grant

    return tuple(
        read_grant(
            read_file(path, limit_bytes=FILE_BYTES_MAX),
            read_file(path.with_name(path.name + ".p7s"), limit_bytes=FILE_BYTES_MAX),
            asked,
            now=now,
        )
        for path in consents
    )


def read_trust(
    *,
    identity: Path | None,
    trust: Iterable[Path],
    stamp_trust: Iterable[Path],
    crls: Iterable[Path],
    of_others: bool = False,
) -> "Trust":
    """What the user trusts, from the files that they named; `of_others`: without their own keys, for what another must
    have signed."""
    from comity.evidence.keys import known_identities, merge_identities, open_identity, read_bundle
    from comity.evidence.package import Trust

    senders, roots = [], []
    if identity is not None:
        senders += [*([] if of_others else [open_identity(identity).public]), *known_identities(identity)]
    for path in trust:
        data = read_file(path, limit_bytes=FILE_BYTES_MAX)
        if data.lstrip()[:1] == b"{":
            senders.append(read_bundle(data))
        else:
            roots += read_certificates(data, path)
    stamp_roots = [one for path in stamp_trust for one in read_certificates(_read(path), path)]
    return Trust(
        senders=merge_identities(senders),
        roots=tuple(roots),
        stamp_roots=tuple(stamp_roots),
        revocations=tuple(one for path in crls for one in read_lists(_read(path), path)),
    )


def read_identities(
    *, identity: Path | None, keys: Iterable[Path], passphrase_file: Path | None, passphrase_fd: int | None
) -> "list[Identity]":
    """Secrets that open packages."""
    from comity.evidence.age import Identity, parse_identities, parse_identity
    from comity.evidence.keys import open_identity

    found: list[Identity] = []
    for path in keys:
        refuse_shared(path)
        found += parse_identities(_read(path).decode("utf-8", "replace"))
    if identity is not None:
        own = open_identity(identity)
        secret = ask(own.public.name, file=passphrase_file, fd=passphrase_fd)
        found += [parse_identity(text) for text in own.unlock(secret).age_identities()]
    if not found:
        raise TrustError("the package is encrypted; give --identity FOLDER or --key FILE")
    return found


def read_certificates(data: bytes, path: Path) -> "list[x509.Certificate]":
    """Certificates in PEM or one in DER."""
    from cryptography import x509

    try:
        if b"-----BEGIN" in data:
            return list(x509.load_pem_x509_certificates(data))
        return [x509.load_der_x509_certificate(data)]
    except (ValueError, x509.InvalidVersion):
        raise TrustError(f"{path}: holds no certificate; give PEM, DER or an identity (JSON)") from None


def read_lists(data: bytes, path: Path) -> "list[x509.CertificateRevocationList]":
    """Lists of revoked certificates, PEM or DER."""
    from cryptography import x509

    mark = b"-----END X509 CRL-----"
    try:
        if mark in data:
            return [x509.load_pem_x509_crl(part + mark + b"\n") for part in data.split(mark)[:-1]]
        return [x509.load_der_x509_crl(data)]
    except ValueError:
        raise TrustError(f"{path}: holds no list of revoked certificates (CRL)") from None


def _read(path: Path) -> bytes:
    return read_file(path, limit_bytes=FILE_BYTES_MAX)
