"""`comity evidence match`: which files of a package or folder are on hash lists. Their contents are not shown."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli.files import print_json
from comity.cli.packageopen import opening_options, read_identities, read_trust

if TYPE_CHECKING:
    from comity.evidence.formats.match import MatchReport

_PATH = click.Path(path_type=Path)
_SHOWN = 200


@click.command()
@click.argument("package", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--list",
    "lists",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    required=True,
    help="A hash list: md5sum, BSD, hashdeep or CSV text, NSRL (CSV, RDSv3), Project VIC (JSON); repeatable.",
)
@click.option("--notable", "plain_notable", is_flag=True, help="Lists without categories are of notable files.")
@click.option(
    "--known-category",
    "known_categories",
    multiple=True,
    default=("0",),
    show_default=True,
    help="A category of Project VIC lists that is not notable; what numbers mean differs by country; repeatable.",
)
@opening_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def match(
    package: Path,
    lists: tuple[Path, ...],
    plain_notable: bool,
    known_categories: tuple[str, ...],
    identity: Path | None,
    keys: tuple[Path, ...],
    trust: tuple[Path, ...],
    stamp_trust: tuple[Path, ...],
    crls: tuple[Path, ...],
    time_stamp: Path | None,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
    as_json: bool,
) -> None:
    """Look up the files of PACKAGE, a sealed one, a folder or a file, in hash lists: known, notable, or on none.

    Exit status 0: nothing notable; 1: something notable; 2: it cannot be told.
    """
    from comity.evidence.formats.hashlist import HashList
    from comity.evidence.formats.match import Reading, Standing, algorithms_of
    from comity.evidence.formats.match import match as look_up
    from comity.evidence.package.hashing import index_package, index_paths

    read = [HashList(path) for path in lists]
    algorithms = algorithms_of(read)
    if package.is_dir() or not _is_age(package):
        index = index_paths([package], algorithms)
    else:
        believed = read_trust(identity=identity, trust=trust, stamp_trust=stamp_trust, crls=crls)
        opens = read_identities(
            identity=identity, keys=keys, passphrase_file=passphrase_file, passphrase_fd=passphrase_fd
        )
        with package.open("rb") as source:
            index = index_package(source, opens, believed, algorithms, now=datetime.now(UTC), subject=str(package))
    reading = Reading(
        plain=Standing.NOTABLE if plain_notable else Standing.KNOWN,
        known_categories=frozenset(known_categories),
    )
    report = look_up(index, read, algorithms, subject=str(package), reading=reading)
    index.close()
    if as_json:
        print_json(report)
    else:
        _show(report)
    sys.exit(1 if report.notable else 0)


def _is_age(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(34).startswith((b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----"))


def _show(report: "MatchReport") -> None:
    from comity.evidence.formats.record import printable
    from comity.evidence.legible import counted

    for one in report.matches[:_SHOWN]:
        colour = "red" if one.standing == "notable" else "green"
        category = f"  category {one.category}" if one.category else ""
        of = "  its media, as it says" if one.of == "media" else ""
        click.echo(
            click.style(f"{one.standing:<10}", fg=colour)
            + f"{printable(one.path)}{of}  {one.algorithm} {one.digest}{category}  [{printable(one.list)}]"
        )
    more = len(report.matches) - _SHOWN + report.more_matches
    if more > 0:
        click.echo(f"and {more:,} more: see --json")
    for read in report.lists:
        unread = f", {read.unread:,} could not be used" if read.unread else ""
        click.echo(f"{read.path}: {read.kind}, {counted(read.entries, 'entry', 'entries')}{unread}", err=True)
    if report.containers:
        click.echo(
            f"{counted(report.containers, 'file')} of a kind that holds others, or an image: what is inside was not "
            "looked up, but for the hash of its media that an image stores",
            err=True,
        )
    click.secho(
        f"{counted(report.files, 'file')}: {report.notable:,} notable, {report.known:,} known, "
        f"{report.not_found:,} on no list",
        bold=True,
    )
