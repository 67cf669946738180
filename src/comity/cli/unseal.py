"""`comity unseal`: open, verify and unpack a package, and take it into custody."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli.files import print_json, read_file
from comity.cli.packageopen import FILE_BYTES_MAX, opening_options, read_identities, read_trust
from comity.cli.verify import STATUS
from comity.errors import ComityError

if TYPE_CHECKING:
    from comity.cli.packagereceipt import Receipt
    from comity.evidence.package import PackageReport
    from comity.evidence.package.inventory import Inventory
    from comity.evidence.package.verify import See


class AccessEndedError(ComityError):
    """A package that its owner lets nobody read any more."""


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--output", "-o", type=click.Path(path_type=Path), required=True, help="Folder to unpack below.")
@opening_options
@click.option("--accept-indeterminate", is_flag=True, help="Unpack though not everything about it is shown.")
@click.option("--after-end-of-access", is_flag=True, help="Unpack though its owner lets nobody read it any more.")
@click.option("--custody", type=click.Path(path_type=Path), help="Your custody log: enter that it was received.")
@click.option(
    "--sender-custody",
    type=click.Path(path_type=Path),
    help="The sender's custody extract that came beside the package; default: FILE.custody.json, else the one inside.",
)
@click.option("--unbound", is_flag=True, help="Enter it though the sender's custody does not show that it was given.")
@click.option("--by", help="Who receives it: Name (Agency), as the sender's custody has it; default: the identity's.")
@click.option("--role", default="evidence custodian", show_default=True, help="In which role.")
@click.option("--place", default="", help="Where it was received.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def unseal(
    file: Path,
    output: Path,
    identity: Path | None,
    keys: tuple[Path, ...],
    trust: tuple[Path, ...],
    stamp_trust: tuple[Path, ...],
    crls: tuple[Path, ...],
    time_stamp: Path | None,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
    accept_indeterminate: bool,
    after_end_of_access: bool,
    custody: Path | None,
    sender_custody: Path | None,
    unbound: bool,
    by: str | None,
    role: str,
    place: str,
    as_json: bool,
) -> None:
    """Unpack FILE below the folder -o, if it passes every check. Stopped, it is taken up again when run again.

    Exit status 0: it was unpacked, with --accept-indeterminate though not all is shown; else as of comity verify.
    """
    from comity.cli.packagereceipt import Receipt
    from comity.cli.sealprogress import shown
    from comity.evidence.package import NotAcceptedError, TakenError, unsealed_before
    from comity.evidence.package import unseal as unpack

    believed = read_trust(identity=identity, trust=trust, stamp_trust=stamp_trust, crls=crls)
    opens = read_identities(identity=identity, keys=keys, passphrase_file=passphrase_file, passphrase_fd=passphrase_fd)
    late = read_file(time_stamp, limit_bytes=FILE_BYTES_MAX) if time_stamp else None
    receipt = None
    if custody is not None:
        beside = sender_custody or file.with_name(file.name + ".custody.json")
        receipt = Receipt(
            log=custody,
            file=file,
            beside=read_file(beside, limit_bytes=FILE_BYTES_MAX) if sender_custody or beside.exists() else b"",
            identity=identity,
            by=by,
            role=role,
            place=place,
            trust=believed,
            unbound=unbound,
        )
    now, said = datetime.now(UTC), "unpacked"
    try:
        try:
            with file.open("rb") as source, shown((file,), "unsealing") as progress:
                done = unpack(
                    source,
                    output,
                    opens,
                    believed,
                    now=now,
                    subject=str(file),
                    late_stamp=late,
                    accept_indeterminate=accept_indeterminate,
                    progress=progress,
                    admit=_admitting(receipt, after_end_of_access=after_end_of_access),
                )
        except TakenError as taken:
            if receipt is None:
                raise
            said = "unpacked before, and the same"
            with file.open("rb") as source:
                done = unsealed_before(
                    source,
                    taken.folder,
                    opens,
                    believed,
                    now=now,
                    subject=str(file),
                    late_stamp=late,
                    accept_indeterminate=accept_indeterminate,
                )
            sender = read_file(done.folder / "metadata" / "sender.json", limit_bytes=FILE_BYTES_MAX)
            receipt.prepare(done.report, sender, done.custody, anew=False)
    except NotAcceptedError as error:
        _show(error.report, as_json=as_json)
        click.echo(f"comity: {error}", err=True)
        sys.exit(STATUS[error.report.verdict.value])
    _show(done.report, as_json=as_json)
    click.echo(f"{done.folder}: {said}", err=as_json)
    _tell_restrictions(done.report, file, done.folder, identity)
    if receipt is not None:
        entry = receipt.enter()
        already = " before" if receipt.was_there and entry.act.value == "received" else ""
        click.echo(f"{custody}: entry {entry.number}, {entry.act}{already}", err=as_json)


def _admitting(receipt: "Receipt | None", *, after_end_of_access: bool) -> "See":
    from comity.evidence.package import layout

    def admit(inventory: "Inventory", report: "PackageReport") -> None:
        ends_on = None if report.head is None else report.head.end_of_access_on
        if ends_on is not None and ends_on <= report.verified_at.date() and not after_end_of_access:
            raise AccessEndedError(
                f"access ended on {ends_on}, as the one who sealed it laid down: nothing was unpacked. Ask for it to "
                "be sealed anew; or unpack it all the same, and answer for that: --after-end-of-access"
            )
        if receipt is not None:
            custody = inventory.tags.get(layout.CUSTODY)
            receipt.prepare(report, inventory.tags[layout.SENDER].data, b"" if custody is None else custody.data)

    return admit


def _tell_restrictions(report: "PackageReport", file: Path, folder: Path, identity: Path | None) -> None:
    from comity.cli.restricted import beside, lay, told

    if report.head is None:
        return
    said = told(file, report.head.package, on=report.verified_at.date(), identity=identity)
    for statement, words in said.items():
        if not beside(folder).exists():
            lay(statement, beside(folder))
        click.echo(words, err=True)


def _show(report: object, *, as_json: bool) -> None:
    from comity.cli.packagepage import print_report
    from comity.evidence.package import PackageReport

    assert isinstance(report, PackageReport)
    if as_json:
        print_json(report)
    else:
        print_report(report)
