"""The terminal page of `comity law coverage`."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from comity.law import state_name
from comity.law.atlas import Atlas, Coverage, Strength, open_to

COLOUR = {
    "owed": "bold green",
    "offered": "green",
    "police": "cyan",
    "conditional": "yellow",
    "courtesy": "dim yellow",
    "closed": "red",
}
_FIRST, _LAST = 12, 8


def show_coverage(atlas: Atlas, found: Coverage, *, show_all: bool) -> None:
    """Print counts, and then cells or states."""
    console = Console(highlight=False)
    console.print(f"[bold]{_what(found)}[/]  as of {found.as_of}{_offences(found)}\n")
    console.print(_counts(found))
    if found.cells:
        console.print(_cells(found))
    elif found.reach:
        console.print(_reach(atlas, found, show_all=show_all))
    console.print("\n" + "\n".join(f"[{COLOUR[g.id]}]{g.id}[/]: {g.words}" for g in found.scale))
    if found.note:
        console.print(f"\n{found.note}")


def _what(found: Coverage) -> str:
    measure = f"{found.counts[0].measure.value}  " if len(found.counts) == 1 else ""
    return f"{measure}{found.requesting or 'every state'} → {found.requested or 'every other state'}"


def _offences(found: Coverage) -> str:
    return f"  for {escape(', '.join(found.offences))}" if found.offences else ""


def _counts(found: Coverage) -> Table:
    """One line a measure, one column a grade; in per cent where there are many pairs."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("pairs of states, % of all" if _is_many(found) else "pairs of states")
    for grade in found.scale:
        table.add_column(grade.id, justify="right", style=COLOUR[grade.id])
    for count in found.counts:
        total = sum(count.pairs.values())
        row = [_share(n, total) if _is_many(found) else str(n) for n in count.pairs.values()]
        table.add_row(count.measure.value, *row)
    return table


def _is_many(found: Coverage) -> bool:
    return sum(found.counts[0].pairs.values()) > 1000


def _share(number: int, total: int) -> str:
    percent = 100 * number / total
    return "–" if not number else "< 0.1" if percent < 0.1 else f"{percent:.1f}"


def _cells(found: Coverage) -> Table:
    """Every cell, the strongest first."""
    table = Table(box=None, pad_edge=False, header_style="bold", title=" ", padding=(0, 2, 0, 0))
    varied = len(found.counts) > 1
    table.add_column("measure" if varied else "state", no_wrap=True, max_width=22)
    table.add_column("answer", no_wrap=True, min_width=11)
    table.add_column("first route", no_wrap=True, ratio=1)
    table.add_column("routes", justify="right")
    for cell in sorted(found.cells, key=lambda c: -Strength[c.strength.upper()]):
        other = cell.requested if found.requesting else cell.requesting
        name = cell.measure.value if varied else f"{other}  {state_name(other)}"
        channel = f"  via {cell.channel.value.replace('_', ' ')}" if cell.channel else ""
        grade = f"[{COLOUR[cell.strength]}]{cell.strength}[/]"
        table.add_row(escape(name), grade, f"{escape(cell.instrument)}[dim]{channel}[/]", str(cell.routes))
    return table


def _reach(atlas: Atlas, found: Coverage, *, show_all: bool) -> Table:
    """From how many others each state obtains it, the most first; the middle is left out unless all are wanted."""
    measure = found.counts[0].measure
    reached = open_to(atlas, measure)
    ranked = sorted(found.reach, key=lambda r: (-reached[r.requesting], state_name(r.requesting)))
    table = Table(box=None, pad_edge=False, header_style="bold", title=" ", padding=(0, 2, 0, 0))
    table.add_column("state", no_wrap=True, max_width=22)
    table.add_column("evidence", justify="right")
    for grade in found.scale:
        table.add_column(grade.id, justify="right", style=COLOUR[grade.id])
    left_out = 0 if show_all else len(ranked) - _FIRST - _LAST
    for place, reach in enumerate(ranked):
        if left_out > 0 and _FIRST <= place < len(ranked) - _LAST:
            if place == _FIRST:
                table.add_row(f"[dim]… {left_out} more: --all[/]")
            continue
        numbers = [len(reach.requested.get(grade.id, ())) for grade in found.scale]
        name = f"{reach.requesting}  {escape(state_name(reach.requesting))}"
        table.add_row(name, str(reached[reach.requesting]), *(str(n) if n else "–" for n in numbers))
    return table
