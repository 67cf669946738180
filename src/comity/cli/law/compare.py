"""`comity law compare`: two instruments side by side, the differences that matter first."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli.law.page import Page, print_json
from comity.cli.law.source import over_option, registry_over
from comity.cli.routes import parse_day, parse_measure
from comity.law.reference import Comparison, Difference, MeasureComparison, compare, find_instrument

if TYPE_CHECKING:
    from rich.table import Table


@click.command("compare")
@click.argument("first")
@click.argument("second")
@click.option("--measure", "measures", multiple=True, help="Only this measure; repeatable.")
@click.option("--on", help="The day of the answer, YYYY-MM-DD; default: today.")
@click.option("--all", "show_all", is_flag=True, help="What is the same in both, too.")
@over_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def compare_command(
    first: str,
    second: str,
    measures: tuple[str, ...],
    on: str | None,
    show_all: bool,
    over: tuple[Path, ...],
    as_json: bool,
) -> None:
    """FIRST and SECOND, by id or alias: conditions, time limits, dual criminality, refusal, channel, contents.

    For example: comity law compare budapest uncc
    """
    registry = registry_over(over)
    wanted = {parse_measure(measure) for measure in measures}
    day = parse_day(on, date.today())  # noqa: DTZ011  the terminal's user means the local day
    found = compare(find_instrument(first, registry), find_instrument(second, registry), registry, day)
    shown = tuple(m for m in found.measures if not wanted or m.measure in wanted)
    if as_json:
        import msgspec

        print_json(msgspec.structs.replace(found, measures=shown))
    else:
        _show(found, shown, show_all=show_all)


def _show(found: Comparison, measures: tuple[MeasureComparison, ...], *, show_all: bool) -> None:
    page = Page()
    for side in (found.first, found.second):
        caution = f"; {side.caution}" if side.caution else ""
        page.heading(side.title, side.id)
        page.line(f"{side.life}; binds {side.bound} states and territories on {found.as_of}{caution}")
    page.heading("As a whole")
    _rows(found, found.general, page, show_all=show_all)
    for side in (found.first, found.second):
        only = [m.measure.value for m in measures if m.given_by == side.id]
        page.heading(f"Given by {side.id} only", str(len(only)))
        page.folded(only)
    for comparison in measures:
        if comparison.given_by == "both":
            articles = " / ".join((", ".join(comparison.first_articles), ", ".join(comparison.second_articles)))
            page.heading(comparison.measure.value, f"Art. {articles}")
            _rows(found, comparison.rows, page, show_all=show_all)
    if found.contents:
        page.heading("A request must say")
        _rows(found, found.contents, page, show_all=True)


def _rows(found: Comparison, rows: tuple[Difference, ...], page: Page, *, show_all: bool) -> None:
    shown = [row for row in rows if row.differs or show_all]
    if not shown:
        page.line("the same in both")
        return
    page.console.print(_table(found, shown))


def _table(found: Comparison, rows: list[Difference]) -> "Table":
    from rich.box import SIMPLE
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=SIMPLE, show_edge=False, pad_edge=False)
    table.add_column("")
    for side in (found.first, found.second):
        table.add_column(side.id, ratio=1)
    for row in rows:
        topic = row.topic.replace("_", " ")
        table.add_row(f"[bold]{escape(topic)}[/]\n[dim]{escape(row.matters)}[/]", escape(row.first), escape(row.second))
    return table
