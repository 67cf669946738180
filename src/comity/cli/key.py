"""`comity key`: the keys and identity of an agency, and of those whom it trusts."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from comity.cli.files import print_json, read_file
from comity.cli.keyauthority import ca
from comity.cli.keycertificate import csr, export, token
from comity.cli.passphrase import ask, passphrase_options
from comity.evidence.keys import (
    REASONS,
    Identity,
    KeyUse,
    PublicIdentity,
    Unlocked,
    add_certificate,
    add_certificate_key,
    create_identity,
    open_identity,
    read_bundle,
    read_pkcs12,
    remember,
    revoke,
    rotate,
)

FILE_BYTES_MAX = 4 << 20
_PATH = click.Path(path_type=Path)
_USES = click.Choice([use.value for use in KeyUse])


@click.group()
def key() -> None:
    """Keys and identities: who signs, who can read, and whom to trust.

    An identity is a folder; its private keys are encrypted with one passphrase, which is asked for or read from a
    file or descriptor, never from the command line.
    """


@key.command()
@click.argument("folder", type=_PATH)
@click.option(
    "--name", required=True, help="Schema-less URL that names it in signatures, such as cyber.police.example."
)
@click.option("--display", required=True, help="Name for people, such as 'Cyber Cell, Pune'.")
@click.option("--agency", default="", help="The agency, as certificates show it.")
@click.option("--state", default="", help="ISO 3166 code.")
@click.option("--rsa", is_flag=True, help="RSA-3072 for the certificate, where a CA or tool cannot do ECDSA P-256.")
@passphrase_options()
def new(
    folder: Path,
    name: str,
    display: str,
    agency: str,
    state: str,
    rsa: bool,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
) -> None:
    """Make an identity in the new FOLDER, with a key for each use and a first certificate."""
    passphrase = ask(f"the new identity {name}", file=passphrase_file, fd=passphrase_fd, new=True)
    public = PublicIdentity(name=name, display_name=display, agency=agency, state=state.upper(), keys=())
    create_identity(
        folder,
        public,
        passphrase=passphrase,
        now=datetime.now(UTC),
        random_bytes=os.urandom,
        certificate_algorithm="RSA-3072" if rsa else "ECDSA-P256",
    )
    click.echo(f"{folder}: made. Others need {folder / 'identity.json'} and the number that comity key show prints.")


@key.command()
@click.argument("path", type=_PATH)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(path: Path, as_json: bool) -> None:
    """Show an identity: PATH is its folder, or the file that its owner passed on. No passphrase is needed."""
    from comity.cli.keypage import describe, print_identity

    data = open_identity(path).bundle if path.is_dir() else read_file(path, limit_bytes=FILE_BYTES_MAX)
    identity = read_bundle(data)
    if as_json:
        print_json(describe(identity))
    else:
        print_identity(identity, now=datetime.now(UTC))


@key.command("import")
@click.argument("folder", type=_PATH)
@click.argument("file", type=_PATH)
@click.option("--number", default="", help="The sixty digits that the other identity's owner read out.")
@passphrase_options()
@passphrase_options("p12-passphrase", of="the PKCS#12 file")
def import_(
    folder: Path,
    file: Path,
    number: str,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
    p12_passphrase_file: Path | None,
    p12_passphrase_fd: int | None,
) -> None:
    """Take FILE into the identity in FOLDER.

    FILE is another's identity (identity.json, with --number the first time), a certificate that a CA issued for one
    of its keys (PEM or DER, with those above it), or a key with its certificate (PKCS#12).
    """
    data, identity = read_file(file, limit_bytes=FILE_BYTES_MAX), open_identity(folder)
    if data.lstrip()[:1] == b"{":
        other = remember(folder, data, number=number)
        click.echo(f"{other.name}: known now to {identity.public.name}")
        return
    if b"-----BEGIN" in data or _is_certificate(data):
        leaf = add_certificate(
            _unlock(identity, passphrase_file, passphrase_fd), data, what=str(file), now=datetime.now(UTC)
        )
        click.echo(f"{leaf.subject.rfc4514_string()}: in use, valid until {leaf.not_valid_after_utc:%Y-%m-%d}")
        return
    unlocked = _unlock(identity, passphrase_file, passphrase_fd)
    secret = ask(str(file), file=p12_passphrase_file, fd=p12_passphrase_fd, option="--p12-passphrase-file")
    private, chain = read_pkcs12(data, secret, what=str(file))
    made = add_certificate_key(unlocked, private, chain, now=datetime.now(UTC), random_bytes=os.urandom)
    click.echo(f"certificate key {made.generation}: in use, {made.algorithm}")


@key.command("rotate")
@click.argument("folder", type=_PATH)
@click.option("--use", "uses", type=_USES, multiple=True, help="Only the keys for this use; repeatable. Default: all.")
@click.option("--rsa", is_flag=True, help="RSA-3072 for the certificate key.")
@passphrase_options()
def rotate_(
    folder: Path, uses: tuple[str, ...], rsa: bool, passphrase_file: Path | None, passphrase_fd: int | None
) -> None:
    """Make new keys. The old ones end now and stay, so that old packages can still be read and verified."""
    unlocked = _unlock(open_identity(folder), passphrase_file, passphrase_fd)
    chosen = [KeyUse(use) for use in uses] or list(KeyUse)
    algorithm = "RSA-3072" if rsa else "ECDSA-P256"
    rotate(unlocked, chosen, now=datetime.now(UTC), random_bytes=os.urandom, certificate_algorithm=algorithm)
    click.echo(f"{folder}: new keys for {', '.join(chosen)}. Pass {folder / 'identity.json'} on to those who know you.")


@key.command("revoke")
@click.argument("folder", type=_PATH)
@click.option("--use", type=_USES, required=True, help="What the key is for.")
@click.option("--generation", type=int, required=True, help="Its number, as comity key show prints it.")
@click.option("--reason", type=click.Choice(REASONS), required=True, help="Why (RFC 5280 5.3.1).")
@passphrase_options()
def revoke_(
    folder: Path, use: str, generation: int, reason: str, passphrase_file: Path | None, passphrase_fd: int | None
) -> None:
    """Say that a key which was rotated away is not to be relied on any more."""
    unlocked = _unlock(open_identity(folder), passphrase_file, passphrase_fd)
    revoke(unlocked, KeyUse(use), generation, reason=reason, now=datetime.now(UTC))
    click.echo(
        f"{use} key {generation}: revoked. Pass {folder / 'identity.json'} on, and tell the CA for a certificate."
    )


for command in (ca, csr, export, token):
    key.add_command(command)


def _unlock(identity: Identity, file: Path | None, fd: int | None) -> Unlocked:
    return identity.unlock(ask(f"the identity {identity.public.name}", file=file, fd=fd))


def _is_certificate(data: bytes) -> bool:
    from cryptography import x509

    try:
        x509.load_der_x509_certificate(data)
    except ValueError:
        return False
    return True
