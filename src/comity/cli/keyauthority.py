"""`comity key ca`: a small CA, kept offline, for agencies that have none."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from comity.cli.files import read_file, write_new_file
from comity.cli.passphrase import ask, passphrase_options
from comity.evidence.keys import REASONS, Authority, create_authority
from comity.evidence.keys.authority import CRL_DAYS, LEAF_DAYS

REQUEST_BYTES_MAX = 1 << 16
_PATH = click.Path(path_type=Path)
_DAYS = click.IntRange(1, 3650)


@click.group()
def ca() -> None:
    """A small CA for agencies that have none. Keep its folder on a machine without a network."""


@ca.command()
@click.argument("folder", type=_PATH)
@click.option("--name", required=True, help="What certificates call it, such as 'Cyber Cell CA 2026'.")
@click.option("--agency", default="", help="The agency, as certificates show it.")
@click.option("--state", default="", help="ISO 3166 code.")
@click.option("--crl-url", default="", help="Where its list of revoked certificates will be found.")
@passphrase_options(of="the CA")
def new(
    folder: Path,
    name: str,
    agency: str,
    state: str,
    crl_url: str,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
) -> None:
    """Make a CA in the new FOLDER."""
    create_authority(
        folder,
        name=name,
        agency=agency,
        state=state.upper(),
        passphrase=ask(f"the new CA {name}", file=passphrase_file, fd=passphrase_fd, new=True),
        now=datetime.now(UTC),
        random_bytes=os.urandom,
        crl_url=crl_url,
    )
    click.echo(f"{folder}: made. Others need {folder / 'ca.pem'} to trust what it issues.")


@ca.command()
@click.argument("folder", type=_PATH)
@click.argument("request", type=_PATH)
@click.option(
    "--output", "-o", type=_PATH, required=True, help="The new file for the certificate (PEM, with the CA's)."
)
@click.option("--days", type=_DAYS, default=LEAF_DAYS, show_default=True, help="How long it is valid.")
@passphrase_options(of="the CA")
def issue(
    folder: Path,
    request: Path,
    output: Path,
    days: int,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
) -> None:
    """Issue a certificate for a signing REQUEST, after making sure who asks."""
    data = read_file(request, limit_bytes=REQUEST_BYTES_MAX)
    authority = _open(folder, passphrase_file, passphrase_fd)
    pem = authority.issue(data, now=datetime.now(UTC), days=days)
    write_new_file(output, pem.encode(), mode=0o644)
    click.echo(f"{output}: written")


@ca.command()
@click.argument("folder", type=_PATH)
@click.argument("serial")
@click.option("--reason", type=click.Choice(REASONS), required=True, help="Why (RFC 5280 5.3.1).")
@click.option(
    "--invalid-since",
    type=click.DateTime(["%Y-%m-%dT%H:%M:%S%z"]),
    help="When the key is thought to have got out of hand, such as 2026-11-20T00:00:00+0000.",
)
@passphrase_options(of="the CA")
def revoke(
    folder: Path,
    serial: str,
    reason: str,
    invalid_since: datetime | None,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
) -> None:
    """Revoke the certificate with this SERIAL number (hexadecimal: a file name in issued/)."""
    authority = _open(folder, passphrase_file, passphrase_fd)
    one = authority.revoke(serial, reason=reason, now=datetime.now(UTC), invalid_since=invalid_since)
    click.echo(f"{one.serial}: revoked. Make the list (comity key ca crl) and pass it on.")


@ca.command()
@click.argument("folder", type=_PATH)
@click.option("--output", "-o", type=_PATH, required=True, help="The new file for the list (PEM).")
@click.option("--days", type=_DAYS, default=CRL_DAYS, show_default=True, help="When the next one is due.")
@passphrase_options(of="the CA")
def crl(folder: Path, output: Path, days: int, passphrase_file: Path | None, passphrase_fd: int | None) -> None:
    """Make the list of revoked certificates (CRL)."""
    authority = _open(folder, passphrase_file, passphrase_fd)
    write_new_file(output, authority.make_crl(now=datetime.now(UTC), days=days).encode(), mode=0o644)
    click.echo(f"{output}: written, {len(authority.book.revoked)} revoked")


def _open(folder: Path, file: Path | None, fd: int | None) -> Authority:
    return Authority(folder, ask(f"the CA in {folder}", file=file, fd=fd))
