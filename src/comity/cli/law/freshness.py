"""`comity law freshness`: facts by age and confidence, and the answers that would change if one fell."""

from collections import Counter
from datetime import date
from pathlib import Path

import click

from comity.cli.law.page import Page, print_json
from comity.cli.law.source import over_option, registry_over
from comity.cli.routes import parse_day
from comity.law.names import parse_state
from comity.law.reference import (
    Effects,
    FactFilter,
    FactKind,
    FactLine,
    FreshnessCount,
    find_instrument,
    freshness,
)
from comity.law.vocabulary import Confidence


@click.command("freshness")
@click.option("--older-than", type=click.IntRange(min=0), help="Only facts whose date is more than so many days ago.")
@click.option("--confidence", type=click.Choice([c.value for c in Confidence]), help="Only facts of this confidence.")
@click.option("--kind", type=click.Choice([k.value for k in FactKind]), help="Only facts of this kind.")
@click.option("--state", help="Only facts about this state.")
@click.option("--instrument", help="Only facts about this instrument.")
@click.option("--effects", is_flag=True, help="Which answers would change if the fact fell (about a second a fact).")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many facts to list.")
@click.option("--on", help="The day of the answer, YYYY-MM-DD; default: today.")
@over_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def freshness_command(
    older_than: int | None,
    confidence: str | None,
    kind: str | None,
    state: str | None,
    instrument: str | None,
    effects: bool,
    limit: int,
    on: str | None,
    over: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Facts by age and confidence, the least sure and oldest first, and what rests on each.

    For example: comity law freshness --confidence low --instrument budapest --effects
    """
    registry = registry_over(over)
    day = parse_day(on, date.today())  # noqa: DTZ011  the terminal's user means the local day
    wanted = FactFilter(
        older_than_days=older_than,
        confidence=Confidence(confidence) if confidence else None,
        kind=FactKind(kind) if kind else None,
        state=parse_state(state) if state else "",
        instrument=find_instrument(instrument, registry).id if instrument else "",
    )
    found = freshness(registry, day, wanted, limit=limit, effects=effects)
    if as_json:
        print_json(found)
        return
    page = Page()
    _table(found.counts, page)
    page.heading(f"{found.matching} facts fit", f"the first {len(found.facts)}" if found.facts else "")
    for line in found.facts:
        _fact(line, page)


def _table(counts: tuple[FreshnessCount, ...], page: Page) -> None:
    from rich.box import SIMPLE
    from rich.table import Table

    table = Table(box=SIMPLE, show_edge=False, pad_edge=False)
    for name in ("facts", "total", "high", "medium", "low", "median age", "oldest"):
        table.add_column(name, justify="left" if name == "facts" else "right")
    for count in counts:
        figures = (count.total, count.high, count.medium, count.low)
        ages = (f"{count.median_age_days} days", f"{count.oldest_days} days")
        table.add_row(count.kind.value.replace("_", " "), *map(str, figures), *ages)
    page.console.print(table)


def _fact(line: FactLine, page: Page) -> None:
    page.line(line.what, word=line.kind.value.replace("_", " "), dim=f"{line.confidence.value}, {line.age_days} days")
    page.line(f"{line.file} {line.key}".rstrip(), dim=line.source_url, indent=6)
    page.line(f"rests on it: {line.rests}", indent=6)
    if line.effects is not None:
        for text in _told(line.effects):
            page.line(text, indent=6)


def _told(effects: Effects) -> list[str]:
    if not effects.asked:
        return ["without it: no status would change"]
    more = "" if effects.complete else " (there were more)"
    head = f"without it: {len(effects.changes)} of {effects.asked} questions{more} would be answered otherwise"
    kinds = Counter((c.before.value, c.after.value) for c in effects.changes)
    told = [f"{count} from {before} to {after}" for (before, after), count in kinds.most_common()]
    first = [f"{c.requesting} to {c.requested} {c.measure.value}" for c in effects.changes[:3]]
    return [head, *([f"{'; '.join(told)}: for example {', '.join(first)}"] if told else [])]
