"""`comity custody`: who held what, when, why, under which order; proven."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from comity.cli.custodywrite import accept, add, cosign, new, sign
from comity.cli.files import print_json, read_file, write_new_file
from comity.cli.trust import identity_option, trust_option, trusted_keys
from comity.evidence.custody import (
    CheckReport,
    Extract,
    Verdict,
    check_extract,
    check_log,
    encode_extract,
    encode_growth,
    extract,
    open_log,
    parse_extract,
    prove_growth,
)
from comity.evidence.custody.extraction import EXTRACT_BYTES_MAX
from comity.evidence.custody.note import NOTE_BYTES_MAX
from comity.evidence.errors import CustodyError

_PATH = click.Path(path_type=Path)
_EXIT = {Verdict.PASSED: 0, Verdict.FAILED: 1, Verdict.INDETERMINATE: 3}


@click.group()
def custody() -> None:
    """Custody of evidence in an append-only, signed log that continues across borders.

    A log is a folder. Acts are added; checkpoints are signed; others cosign them; what travels with evidence is an
    extract that anybody can check offline.
    """


@custody.command()
@click.argument("log", type=_PATH)
@click.option("--item", "items", multiple=True, help="Only the history of this item; repeatable.")
@click.option("--entry", "number", type=int, help="Only this entry.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: entries exactly as the log holds them.")
def show(log: Path, items: tuple[str, ...], number: int | None, as_json: bool) -> None:
    """Show who holds what in LOG; or the history of items; or one entry."""
    from rich.console import Console

    from comity.cli.custodypage import print_entries, print_log

    opened = open_log(log)
    if number is None and not items:
        holdings = opened.holdings(opened.items())
        if as_json:
            print_json(
                {"log": opened.origin, "size": opened.size, "items": {i: _plain(h) for i, h in holdings.items()}}
            )
        else:
            print_log(Console(highlight=False), opened, holdings)
        return
    numbers = {number} if number is not None else set()
    for item in items:
        history = opened.history(item)
        if not history:
            raise CustodyError(
                what=f"item {item!r}", problem="is not in this log", remedy="see comity custody show LOG"
            )
        numbers.update(history)
    entries = [opened.entry(one) for one in sorted(numbers)]
    if as_json:
        print_json({"log": opened.origin, "size": opened.size, "entries": entries})
    else:
        print_entries(Console(highlight=False), entries)


@custody.command()
@click.argument("log", type=_PATH)
@click.option("--item", "items", multiple=True, help="Prove the custody of this item; repeatable.")
@click.option("--since", type=click.IntRange(min=0), help="Prove instead that the log extends its first N entries.")
@click.option("--output", "-o", type=_PATH, help="Write to this new file; default: the screen.")
@identity_option
def prove(log: Path, items: tuple[str, ...], since: int | None, output: Path | None, identity: Path | None) -> None:
    """Make the proof that travels: an extract with the custody of items, or that the log only grew.

    Both stand under the newest signed checkpoint: sign the log first.
    """
    opened = open_log(log)
    if (since is None) == (not items):
        raise click.UsageError("name items (--item), or a size (--since N)")
    if since is not None:
        data = encode_growth(prove_growth(opened, since))
    else:
        keys = trusted_keys(identity=identity, trust=(), origins=[opened.origin])
        data = encode_extract(extract(opened, items, keys=keys))
    if output is None:
        sys.stdout.buffer.write(data + b"\n")
        return
    write_new_file(output, data, mode=0o644)
    click.echo(f"{output}: written")


@custody.command()
@click.argument("path", type=_PATH)
@identity_option
@trust_option
@click.option("--kept", type=_PATH, multiple=True, help="A checkpoint of the log that somebody else kept; repeatable.")
@click.option(
    "--sender",
    "senders",
    type=_PATH,
    multiple=True,
    help="Extract of a log from which the items came across a border, where it does not travel inside; repeatable.",
)
@click.option("--witness", "witnesses", multiple=True, help="Name of one who must have cosigned; repeatable.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(
    path: Path,
    identity: Path | None,
    trust: tuple[Path, ...],
    kept: tuple[Path, ...],
    senders: tuple[Path, ...],
    witnesses: tuple[str, ...],
    as_json: bool,
) -> None:
    """Check a log (PATH is its folder) or an extract, and name everything that is wrong.

    Exit status 0: passed; 1: failed; 3: cannot be told with the keys and checkpoints given.
    """
    now = datetime.now(UTC)
    if path.is_dir():
        if senders:
            raise click.UsageError("--sender is for an extract")
        report = _check_folder(path, identity, trust, kept, witnesses, now)
    else:
        value = _read_extract(path)
        report = check_extract(
            value,
            trusted_keys(identity=identity, trust=trust, origins=value.logs),
            now=now,
            senders=[_read_extract(sender) for sender in senders],
            witnesses=witnesses,
            kept=_read_notes(kept),
        )
    if as_json:
        print_json({"verdict": report.verdict, "report": report})
    else:
        from rich.console import Console

        from comity.cli.custodypage import print_report

        print_report(Console(highlight=False), report)
    sys.exit(_EXIT[report.verdict])


def _check_folder(
    folder: Path,
    identity: Path | None,
    trust: tuple[Path, ...],
    kept: tuple[Path, ...],
    witnesses: tuple[str, ...],
    now: datetime,
) -> CheckReport:
    from comity.evidence.custody import origin_of

    keys = trusted_keys(identity=identity, trust=trust, origins=[origin_of(folder)])
    return check_log(folder, keys=keys, now=now, kept=_read_notes(kept), witnesses=witnesses)


def _read_notes(paths: tuple[Path, ...]) -> list[tuple[str, bytes]]:
    return [(str(path), read_file(path, limit_bytes=NOTE_BYTES_MAX)) for path in paths]


def _read_extract(path: Path) -> Extract:
    return parse_extract(read_file(path, limit_bytes=EXTRACT_BYTES_MAX).removesuffix(b"\n"))


def _plain(holding: object) -> dict[str, object]:
    return {
        name: getattr(holding, name)
        for name in ("status", "holder", "awaited", "awaited_also", "last", "last_at", "sha256")
    }


for command in (new, add, sign, cosign, accept):
    custody.add_command(command)
