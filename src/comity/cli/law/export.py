"""`comity law export`: all law data as JSON-LD and CSV, with a data dictionary."""

from pathlib import Path

import click

from comity.cli.law.source import over_option, registry_over


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@over_option
def export(folder: Path, over: tuple[Path, ...]) -> None:
    """Write everything into FOLDER (new or empty): JSON-LD, CSV tables, and a data dictionary."""
    from comity.law.export import export_law

    written = export_law(registry_over(over).data, folder)
    size = sum(path.stat().st_size for path in written)
    click.echo(f"{folder}: {len(written)} files, {size:,} bytes")
