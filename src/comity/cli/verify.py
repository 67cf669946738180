"""`comity verify`: is this package whole and genuine?"""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli.files import print_json, read_file
from comity.cli.packageopen import FILE_BYTES_MAX, opening_options, read_identities, read_trust
from comity.cli.verifypaper import Paper

if TYPE_CHECKING:
    from comity.evidence.package import PackageReport

STATUS = {"passed": 0, "failed": 1, "indeterminate": 3}


@click.command()
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@opening_options
@click.option("--bag", "only_bag", is_flag=True, help="Judge a folder only as a bag (BagIt, RFC 8493).")
@click.option("--pdf", type=click.Path(path_type=Path), help="Write a report for court to this new file.")
@click.option("--examiner", default="", help="For the report: who answers for it.")
@click.option("--reference", default="", help="For the report: its number.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify(
    path: Path,
    identity: Path | None,
    keys: tuple[Path, ...],
    trust: tuple[Path, ...],
    stamp_trust: tuple[Path, ...],
    crls: tuple[Path, ...],
    time_stamp: Path | None,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
    only_bag: bool,
    pdf: Path | None,
    examiner: str,
    reference: str,
    as_json: bool,
) -> None:
    """Check PATH, a sealed package or the folder that it was unpacked to: each check by name, with its verdict.

    Exit status 0: passed; 1: failed; 3: indeterminate (not shown to be genuine, nor that it is not); 2: not checked.
    """
    from comity.evidence.package import is_sealed_folder, verify_file, verify_folder

    if only_bag or (path.is_dir() and not is_sealed_folder(path)):
        if pdf is not None:
            raise click.UsageError("--pdf is for sealed packages; of a bag nothing shows whose it is")
        _verify_bag(path, only_bag=only_bag, as_json=as_json)
        return
    believed = read_trust(identity=identity, trust=trust, stamp_trust=stamp_trust, crls=crls)
    late = read_file(time_stamp, limit_bytes=FILE_BYTES_MAX) if time_stamp else None
    now = datetime.now(UTC)
    paper = Paper(pdf, path, examiner=examiner, reference=reference) if pdf else None
    see = paper.see if paper else None
    if path.is_dir():
        report = verify_folder(path, believed, now=now, late_stamp=late, see=see)
        report = _with_restrictions(report, path, identity)
        if paper:
            paper.write(report, believed, None)
    else:
        opens = read_identities(
            identity=identity, keys=keys, passphrase_file=passphrase_file, passphrase_fd=passphrase_fd
        )
        from comity.cli.sealprogress import shown

        with path.open("rb") as source:
            with shown((path,), "verifying") as progress:
                report = verify_file(
                    source, opens, believed, now=now, subject=str(path), late_stamp=late, see=see, progress=progress
                )
            report = _with_restrictions(report, path, identity)
            if paper:
                paper.write(report, believed, source)
    if as_json:
        print_json(report)
    else:
        from comity.cli.packagepage import print_report

        print_report(report)
    sys.exit(STATUS[report.verdict.value])


def _with_restrictions(report: "PackageReport", path: Path, identity: Path | None) -> "PackageReport":
    """The report with a word on each restriction of the package."""
    import msgspec

    from comity.cli.restricted import told

    if report.head is None:
        return report
    said = told(path, report.head.package, on=report.verified_at.date(), identity=identity)
    return msgspec.structs.replace(report, notices=(*report.notices, *said.values()))


def _verify_bag(path: Path, *, only_bag: bool, as_json: bool) -> None:
    """A bag that no program of ours sealed: it can be whole, but nothing shows whose it is."""
    from comity.evidence.package.bagcheck import check_bag

    report = check_bag(path)
    status = "failed" if report.errors else "passed" if only_bag else "indeterminate"
    if as_json:
        print_json({"subject": str(path), "verdict": status, "checks": report.checks(sealed=only_bag)})
    else:
        for line in report.lines():
            click.echo(line, err=line.startswith("note"))
        if not report.errors:
            not_sealed = "; it is not sealed: nothing shows whose it is, or that it stayed as it was"
            click.echo(f"{path}: the bag is valid (RFC 8493){'' if only_bag else not_sealed}")
    sys.exit(STATUS[status])
