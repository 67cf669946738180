"""The certificate key of an identity in the terminal: asking for certificates, tokens, passing the key on."""

from datetime import UTC, datetime
from pathlib import Path

import click

from comity.cli.files import write_new_file
from comity.cli.passphrase import ask, passphrase_options
from comity.evidence.keys import (
    Identity,
    TokenPlace,
    Unlocked,
    add_token_key,
    export_age,
    export_pkcs12,
    open_identity,
    request_certificate,
)

_PATH = click.Path(path_type=Path)
_OUT = click.option("--output", "-o", type=_PATH, help="Write to this new file; default: the screen.")


@click.command()
@click.argument("folder", type=_PATH)
@_OUT
@passphrase_options()
@passphrase_options("pin", of="the token, where the certificate key lies on one")
def csr(
    folder: Path,
    output: Path | None,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
    pin_file: Path | None,
    pin_fd: int | None,
) -> None:
    """Ask for a certificate: a signing request (PKCS#10, PEM) for the agency's CA or `comity key ca issue`."""
    identity = open_identity(folder)
    passphrase = ask(f"the identity {identity.public.name}", file=passphrase_file, fd=passphrase_fd)
    pin = ask("the token", file=pin_file, fd=pin_fd, option="--pin-file", name="PIN") if identity.is_on_token else b""
    _give(request_certificate(identity.unlock(passphrase, pin=pin)).encode(), output)


@click.command()
@click.argument("folder", type=_PATH)
@click.option("--module", required=True, help="Path of the token's PKCS#11 library.")
@click.option("--label", required=True, help="Label of the token.")
@click.option("--key-id", required=True, help="Id of the key on it (CKA_ID), hexadecimal.")
@passphrase_options()
@passphrase_options("pin", of="the token")
def token(
    folder: Path,
    module: str,
    label: str,
    key_id: str,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
    pin_file: Path | None,
    pin_fd: int | None,
) -> None:
    """Sign with a key on a smart card or HSM (PKCS#11) from now on: elliptic, or RSA. It never leaves the token."""
    try:
        place = TokenPlace(module=module, token=label, key_id=bytes.fromhex(key_id).hex())
    except ValueError:
        raise click.BadParameter(f"{key_id!r} is not hexadecimal", param_hint="--key-id") from None
    unlocked = _unlock(open_identity(folder), passphrase_file, passphrase_fd)
    pin = ask(f"the token {label}", file=pin_file, fd=pin_fd, option="--pin-file", name="PIN")
    made = add_token_key(unlocked, place, pin, now=datetime.now(UTC))
    click.echo(
        f"certificate key {made.generation}: on token {label}, {made.algorithm}. Ask for its certificate: key csr."
    )


@click.command()
@click.argument("folder", type=_PATH)
@click.option("--output", "-o", type=_PATH, required=True, help="The new file, for you alone to read.")
@click.option("--age", "as_age", is_flag=True, help="The keys that open packages, for the program age, NOT encrypted.")
@click.option("--x25519", "classic", is_flag=True, help="With --age: only the X25519 keys, for age before 1.3.")
@passphrase_options()
@passphrase_options("p12-passphrase", of="the PKCS#12 file")
def export(
    folder: Path,
    output: Path,
    as_age: bool,
    classic: bool,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
    p12_passphrase_file: Path | None,
    p12_passphrase_fd: int | None,
) -> None:
    """Pass keys on to other programs: the certificate key, as PKCS#12 under a passphrase of its own.

    With --age, the keys that open packages, of every generation: `age -d -i FILE PACKAGE.age` opens one without
    Comity. That file is secret, and nothing protects it: keep it offline, remove it when it has served.
    """
    if classic and not as_age:
        raise click.UsageError("--x25519 goes with --age")
    unlocked = _unlock(open_identity(folder), passphrase_file, passphrase_fd)
    if as_age:
        write_new_file(output, export_age(unlocked, classic=classic))
        click.echo(f"{output}: written")
        click.echo(
            f"SECRET: whoever has {output} can open all that was ever encrypted to {unlocked.public.name}; "
            "no passphrase protects it. Keep it offline, remove it when it has served.",
            err=True,
        )
        return
    secret = ask(str(output), file=p12_passphrase_file, fd=p12_passphrase_fd, new=True, option="--p12-passphrase-file")
    write_new_file(output, export_pkcs12(unlocked, secret))
    click.echo(f"{output}: written")


def _unlock(identity: Identity, file: Path | None, fd: int | None) -> Unlocked:
    return identity.unlock(ask(f"the identity {identity.public.name}", file=file, fd=fd))


def _give(data: bytes, output: Path | None) -> None:
    if output is None:
        click.echo(data.decode(), nl=False)
        return
    write_new_file(output, data, mode=0o644)
    click.echo(f"{output}: written")
