"""`comity law check` and `comity law build`: validate the law data, and compile the registry."""

import sys
from pathlib import Path

import click
import msgspec

from comity.cli.law.source import over_option
from comity.law.check import check_law_data, has_errors
from comity.law.compile import compile_law_data
from comity.law.finding import Finding, Severity
from comity.law.lawdata import COMPILED, DATA_FOLDER
from comity.law.overlay import overlay_reading
from comity.law.reader import read_law_data
from comity.law.reading import Reading

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.option(
    "--data", "folder", type=_FOLDER, default=DATA_FOLDER, help="A data folder of your own, in the same shape."
)
@over_option
@click.option("--json", "as_json", is_flag=True, help="Findings as JSON.")
def check(folder: Path, over: tuple[Path, ...], as_json: bool) -> None:
    """Validate every file: schema, codes, dates, references, parties against the instruments' own rules.

    Exit status 1 where there are errors; warnings alone give 0.
    """
    reading = read_law_data(folder)
    for corrections in over:
        reading = overlay_reading(reading, corrections)
    findings = check_law_data(reading)
    if as_json:
        click.echo(_json(reading, findings))
    else:
        for finding in findings:
            click.echo(f"{finding.severity}: {finding}")
        click.echo(_summary(reading, findings), err=bool(findings))
    sys.exit(1 if has_errors(findings) else 0)


@click.command()
@click.option(
    "--check", "only_check", is_flag=True, help="Compare with the file that is there; exit 1 where it differs."
)
@click.option("--data", "folder", type=_FOLDER, default=DATA_FOLDER, help="The data folder to compile.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write; by default registry.msgpack there."
)
def build(only_check: bool, folder: Path, out: Path | None) -> None:
    """Compile the data folder into registry.msgpack, which the engine loads."""
    target = out or (COMPILED if folder == DATA_FOLDER else folder / COMPILED.name)
    reading = read_law_data(folder)
    findings = check_law_data(reading)
    if has_errors(findings):
        for finding in findings:
            click.echo(f"{finding.severity}: {finding}", err=True)
        click.echo("not built: mend the errors first", err=True)
        sys.exit(1)
    packed = compile_law_data(reading.data)
    if only_check:
        same = target.exists() and target.read_bytes() == packed
        click.echo(f"{target.name} is {'up to date' if same else 'out of date; run `comity law build`'}")
        sys.exit(0 if same else 1)
    target.write_bytes(packed)
    click.echo(f"{target.name}: {len(packed):,} bytes")


def _summary(reading: Reading, findings: tuple[Finding, ...]) -> str:
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    counts = _counts(reading)
    facts = ", ".join(f"{number:,} {name.replace('_', ' ')}" for name, number in counts.items())
    return f"{errors} errors, {len(findings) - errors} warnings in {facts}"


def _json(reading: Reading, findings: tuple[Finding, ...]) -> str:
    answer = {"counts": _counts(reading), "findings": findings}
    return msgspec.json.format(msgspec.json.encode(answer), indent=2).decode()


def _counts(reading: Reading) -> dict[str, int]:
    names = (
        "instruments",
        "participations",
        "authorities",
        "national_offences",
        "positions",
        "texts",
        "nationals",
        "memberships",
        "offences",
        "providers",
        "territories",
        "grounds",
        "consultations",
        "criteria",
        "cooperation",
    )
    return {name: len(getattr(reading, name)) for name in names}
