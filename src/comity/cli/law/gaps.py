"""`comity law gaps`: what the law data lack, counted from the data."""

from pathlib import Path

import click

from comity.cli.law.page import Page, print_json
from comity.cli.law.source import over_option, registry_over
from comity.law.reference import gaps, gaps_markdown, with_gaps


@click.command("gaps")
@click.option("--markdown", is_flag=True, help="As Markdown.")
@click.option(
    "--into",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Write the tables between the two marks of a page, such as docs/law-data.md.",
)
@over_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def gaps_command(markdown: bool, into: Path | None, over: tuple[Path, ...], as_json: bool) -> None:
    """What is thin, undated, unread or missing in the law data, and what that does to answers."""
    tables = gaps(registry_over(over))
    if into is not None:
        into.write_text(with_gaps(into.read_text(encoding="utf-8"), tables), encoding="utf-8")
        click.echo(f"{into}: {len(tables)} tables")
        return
    if as_json:
        print_json(tables)
        return
    if markdown:
        click.echo(gaps_markdown(tables), nl=False)
        return
    from rich.box import SIMPLE
    from rich.table import Table

    page = Page()
    for table in tables:
        page.heading(table.title)
        page.line(table.means)
        shown = Table(box=SIMPLE, show_edge=False, pad_edge=False)
        for column in table.columns:
            shown.add_column(column, overflow="fold")
        for row in table.rows:
            shown.add_row(*row)
        page.console.print(shown)
