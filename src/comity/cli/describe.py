"""`comity evidence describe`: which formats evidence has, what they say of themselves, and whether their hashes fit."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from comity.evidence.formats import Description, InnerCheck

_COLOURS = {"passed": "green", "failed": "red", "indeterminate": "yellow"}
_STATUS = {"passed": 0, "failed": 1, "indeterminate": 3}
_HASHES_SHOWN = 10


@click.command()
@click.argument("paths", type=click.Path(path_type=Path, exists=True), nargs=-1, required=True)
@click.option("--check", "checked", is_flag=True, help="Read all of it, and check the hashes that it holds of itself.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, a file a line.")
def describe(paths: tuple[Path, ...], checked: bool, as_json: bool) -> None:
    """Recognise what PATHS hold, by content: images, phones, mail, captures, memory, returns, databases, hash lists.

    Contents are not shown. Exit status with --check: 0: what can be checked fits; 1: something does not, or breaks
    off; 3: something cannot be told.
    """
    from comity.evidence.formats import check, check_form, looking, recognise
    from comity.evidence.formats.ondisk import OnDisk

    disk = OnDisk()
    files = recognised = 0
    verdicts: set[str] = set()
    for item in disk.items(paths):
        files += 1
        with looking(item, disk) as look:
            told = recognise(look)
            checks = (*check_form(told), *check(look, told)) if told is not None and checked else ()
        if told is None:
            continue
        recognised += 1
        verdicts.update(one.verdict.value for one in checks)
        if as_json:
            _print_line(told, checks, checked=checked)
        else:
            _show(told, checks)
    if not as_json:
        from comity.evidence.legible import counted

        click.echo(f"{counted(files, 'file')}, {recognised:,} recognised")
    sys.exit(next((_STATUS[one] for one in ("failed", "indeterminate") if one in verdicts), 0))


def _print_line(told: "Description", checks: "tuple[InnerCheck, ...]", *, checked: bool) -> None:
    import msgspec

    line: dict[str, object] = msgspec.to_builtins(told)
    if checked:
        line["checks"] = checks
    sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")


def _show(told: "Description", checks: "tuple[InnerCheck, ...]") -> None:
    path = os.fsencode(told.path).decode("utf-8", "backslashreplace")
    click.secho(path, bold=True)
    words = [told.title, told.version, f"{told.size_bytes:,} bytes"]
    if told.media_bytes is not None and told.media_bytes != told.size_bytes:
        words.append(f"holds {told.media_bytes:,}")
    click.echo("  " + ", ".join(word for word in words if word))
    for fact in told.facts:
        click.echo(f"  {fact.name + ':':<24}{fact.value}")
    for stored in told.hashes[:_HASHES_SHOWN]:
        click.echo(f"  {'stored ' + stored.algorithm + ':':<24}{stored.value}  of {stored.of} ({stored.stored_in})")
    if len(told.hashes) > _HASHES_SHOWN:
        click.echo(f"  and {len(told.hashes) - _HASHES_SHOWN:,} more hashes")
    for problem in () if any(one.name == "form" for one in checks) else told.problems:
        click.secho(f"  problem: {problem}", fg="yellow")
    for one in checks:
        reason = f": {one.reason}" if one.reason else ""
        click.echo("  " + click.style(f"{one.verdict.value:<14}", fg=_COLOURS[one.verdict.value]) + one.name + reason)
