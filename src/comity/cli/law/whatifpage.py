"""The terminal page of `comity law what-if`: the steps, what happens, and then for whom."""

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from comity.cli.law.coveragepage import COLOUR
from comity.law.atlas import Change, ChangeKind, Consequences

_WORDS = {
    ChangeKind.OPENS: ("bold green", "opens", "was not open, and is"),
    ChangeKind.CLOSES: ("bold red", "closes", "was open or conditional, and is less"),
    ChangeKind.POSSIBLE: ("yellow", "becomes possible", "was closed, and is conditional"),
    ChangeKind.STRONGER: ("green", "becomes stronger", ""),
    ChangeKind.WEAKER: ("red", "becomes weaker", ""),
    ChangeKind.FASTER: ("cyan", "becomes faster", "as strong, by a faster channel or within a time limit"),
    ChangeKind.SLOWER: ("magenta", "becomes slower", ""),
    ChangeKind.MORE: ("dim", "has more ways", "as strong and as fast as before"),
    ChangeKind.FEWER: ("dim", "has fewer ways", "as strong and as fast as before"),
    ChangeKind.OTHER: ("dim", "has other ways", "as strong and as fast as before"),
}
_MINOR = (ChangeKind.MORE, ChangeKind.FEWER, ChangeKind.OTHER)
_MOST_LINES = 30
_MOST_STATES = 24


def show_consequences(found: Consequences, *, show_all: bool) -> None:
    """Print the page."""
    console = Console(highlight=False)
    offences = f"  for {escape(', '.join(found.offences))}" if found.offences else ""
    console.print(f"[bold]what if[/]  as of {found.as_of}{offences}")
    for effect in found.steps:
        console.print(f"\n[bold]{escape(effect.step)}[/]")
        late = effect.works_from is not None and effect.works_from > found.as_of
        notes = [effect.note] if effect.note else []
        notes += [f"not yet on {found.as_of}: ask again with --on {effect.works_from}"] if late else []
        for note in notes:
            console.print(Padding(escape(note), (0, 0, 0, 2), expand=False))
    console.print()
    if not found.changes:
        console.print("Nothing changes.")
        return
    for kind, number in found.counts.items():
        colour, words, meaning = _WORDS[kind]
        console.print(f"[{colour}]{number:>7,} {words}[/]" + (f"  [dim]{meaning}[/]" if meaning else ""))
    _show_changes(console, found, show_all=show_all)


def _show_changes(console: Console, found: Consequences, *, show_all: bool) -> None:
    """One paragraph a kind, measure, grade and instrument: who with whom."""
    shown = [change for change in found.changes if show_all or change.kind not in _MINOR]
    gathered: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for change in shown:
        pairs = gathered.setdefault(_alike(change), [])
        pairs += [(change.requesting, requested) for requested in change.requested]
    ranked = sorted(gathered.items(), key=lambda item: (_place(item[0][0]), -len(item[1])))
    kind = ""
    for key, pairs in ranked if show_all else ranked[:_MOST_LINES]:
        if key[0] != kind:
            kind = key[0]
            colour, words, _ = _WORDS[ChangeKind(kind)]
            console.print(f"\n[{colour}]{words}[/]")
        _, measure, before, after, instrument = key
        grades = f"[{COLOUR[before]}]{before}[/] → [{COLOUR[after]}]{after}[/]" if before != after else f"{after}"
        through = f"  through {escape(instrument)}" if instrument else ""
        console.print(f"  {measure}  {grades}{through}")
        for line in _who(pairs, show_all=show_all):
            console.print(Padding(line, (0, 0, 0, 4), expand=False), style="dim")
    if not show_all and (len(ranked) > _MOST_LINES or len(shown) < len(found.changes)):
        console.print("\n[dim]The rest: --all, --json; or fewer with --state and --measure.[/]")


def _alike(change: Change) -> tuple[str, ...]:
    return (
        change.kind.value,
        change.measure.value,
        change.before.strength,
        change.after.strength,
        change.after.instrument,
    )


def _place(kind: str) -> int:
    return list(ChangeKind).index(ChangeKind(kind))


def _who(pairs: list[tuple[str, str]], *, show_all: bool) -> list[str]:
    """``IN from 57: AD, AL …`` where one state asks many, or is asked by many; else the number of pairs."""
    asking: dict[str, list[str]] = {}
    for requesting, requested in pairs:
        asking.setdefault(requesting, []).append(requested)
    many = {state: others for state, others in asking.items() if len(others) > 1}
    asked: dict[str, list[str]] = {}
    for requesting, others in asking.items():
        if requesting not in many:
            asked.setdefault(others[0], []).append(requesting)
    lines = [f"{state} from {_some(others, show_all=show_all)}" for state, others in many.items()]
    lines += [f"{_some(others, show_all=show_all)} from {state}" for state, others in asked.items()]
    if show_all or len(lines) <= 4:
        return lines
    return [*lines[:4], f"and others: {len(pairs):,} pairs of states in all"]


def _some(states: list[str], *, show_all: bool) -> str:
    if show_all or len(states) <= _MOST_STATES:
        return ", ".join(states)
    return f"{', '.join(states[:_MOST_STATES])} and {len(states) - _MOST_STATES} more"
