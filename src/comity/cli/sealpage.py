"""What `comity seal` tells of the package that it made."""

import click

from comity.cli.files import print_json
from comity.evidence.legible import counted
from comity.evidence.limitation import Limitations, is_limited
from comity.evidence.package import Sealed


def tell_sealed(sealed: Sealed, limitations: Limitations, *, ends: bool, as_json: bool) -> None:
    """The package, and what was left out of it or does not fit; `ends`: whether an end of access was laid down."""
    if as_json:
        print_json(
            {
                "package": sealed.package,
                "path": str(sealed.path),
                "size_bytes": sealed.size_bytes,
                "file_count": sealed.file_count,
                "payload_bytes": sealed.payload_bytes,
                "stamped": sealed.stamped,
                "signed_list_sha512": sealed.signed_list_sha512,
                "left_out": sealed.left_out,
                "not_inside": sealed.not_inside,
                "faults": sealed.faults,
                "other_numbers": sealed.other_numbers,
            }
        )
        return
    held = f"{counted(sealed.file_count, 'file')}, {sealed.payload_bytes:,} bytes"
    click.echo(f"{sealed.path}: sealed {held}, as {sealed.package}")
    click.echo(f"seal {sealed.signed_list_sha512}")
    if not sealed.stamped:
        click.echo(
            f"There is no time stamp in it. {sealed.path.name}.tsq asks an authority for one, to go beside it: "
            "comity verify --time-stamp ANSWER.",
            err=True,
        )
    if not (ends or is_limited(limitations)):
        click.echo(
            "No limitation is laid down in it: as far as it says, whoever receives it may use it for anything "
            "(--only-for-case, --purpose, --not-in-court, --no-onward-transfer, --delete-by).",
            err=True,
        )
    for one in sealed.left_out:
        click.echo(f"left out: {one.path} ({one.kind})", err=True)
    for path in sealed.not_inside[:20]:
        click.echo(f"not sealed, and belongs to what was: {path}", err=True)
    for other in sealed.other_numbers:
        click.echo(other, err=True)
    for fault in sealed.faults:
        click.echo(f"does not have its own hashes, or not all of it is there: {fault}", err=True)
