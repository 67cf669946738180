"""The terminal pages of `comity law reforms` and `comity law unlock`."""

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from comity.cli.law.coveragepage import COLOUR
from comity.law import state_name
from comity.law.atlas import Gain, Key, Reforms, Unlock
from comity.law.citing import cite_article

_MOST_STEPS = 10
_MOST_STATES = 16


def show_reforms(found: Reforms, *, show_all: bool) -> None:
    """Print the steps, the best first, and those that wait for another."""
    console = Console(highlight=False)
    what = found.measures[0].value if len(found.measures) == 1 else f"{len(found.measures)} measures"
    toward = f" with {state_name(found.partner)}" if found.partner else ""
    offences = f"  for {', '.join(found.offences)}" if found.offences else ""
    console.print(
        f"[bold]reforms[/]  {escape(state_name(found.state))}{escape(toward)}  {what}"
        f"  as if in effect on {found.as_of}{escape(offences)}"
    )
    if not found.reforms:
        console.print("\nNo single step would change anything.")
    shown = found.reforms if show_all else found.reforms[:_MOST_STEPS]
    for number, reform in enumerate(shown, start=1):
        console.print(f"\n[bold]{number}. {escape(reform.step)}[/]")
        _line(console, f"it can ask: {_gain(reform.asking)}")
        _line(console, f"it can be asked: {_gain(reform.asked)}")
        if reform.asking.opened and not found.partner:
            others = [state for state in reform.asking.opened if state != found.state]
            _line(console, f"opens with {_some(others)}" + _providers(reform.providers))
        for actor in reform.actors:
            _line(console, f"who: {actor}")
    if len(found.reforms) > len(shown):
        console.print(f"\n[dim]{len(found.reforms) - len(shown)} steps more: --all[/]")
    if found.waiting:
        console.print("\n[bold]would change nothing yet[/]")
        for waiting in found.waiting:
            _line(console, f"{waiting.step}: {'; '.join(waiting.hurdles)}")


def show_unlock(found: Unlock) -> None:
    """Print the steps that would open the measure, those that both must take, and why the others do not suffice."""
    console = Console(highlight=False)
    console.print(
        f"[bold]unlock[/]  {found.measure.value}  {found.requesting} → {found.requested}"
        f"  now [{COLOUR[found.strength]}]{found.strength}[/]  steps as if in effect on {found.as_of}"
    )
    if not found.keys:
        console.print("\nNo single step would better the answer.")
    for number, key in enumerate(found.keys, start=1):
        _show_key(console, f"{number}. {key.step}", key)
    if found.together:
        console.print("\n[bold]if both act[/]")
        for key in found.together:
            _show_key(console, key.step, key)
    if found.not_enough:
        console.print("\n[bold]not enough alone[/]")
        for step in found.not_enough:
            _line(console, f"{step.step}: {'; '.join(step.why)}")


def _show_key(console: Console, title: str, key: Key) -> None:
    console.print(f"\n[bold]{escape(title)}[/]  → [{COLOUR[key.strength]}]{key.strength}[/]")
    within = f", within {key.due_hours} hours" if key.due_hours else ""
    _line(console, f"by {key.instrument}, {cite_article(key.article)}{within}")
    for head, lines in (("who", key.actors), ("why", key.why), ("in the way", key.in_the_way)):
        for text in lines:
            _line(console, f"{head}: {text}")


def _gain(gain: Gain) -> str:
    words = (
        (gain.opens, "opens"),
        (gain.possible, "becomes possible"),
        (gain.stronger, "becomes stronger"),
        (gain.faster, "becomes faster"),
        (gain.more, "by more ways"),
        (gain.loses, "is lost or weaker"),
    )
    return ", ".join(f"{number:,} {text}" for number, text in words if number) or "nothing changes"


def _providers(number: int) -> str:
    return f"; {number} providers that we know hold data under their law" if number else ""


def _some(states: list[str]) -> str:
    names = [state_name(state) for state in states[:_MOST_STATES]]
    more = len(states) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")


def _line(console: Console, text: str) -> None:
    console.print(Padding(escape(text), (0, 0, 0, 3), expand=False))
