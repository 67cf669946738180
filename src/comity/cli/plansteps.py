"""The steps of a plan in the terminal: what leaves in hours in full, in days by a line, later by what is asked."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from comity.cli.planpage import cut, heading, line
from comity.law import Status
from comity.law.citing import cite_article
from comity.plan.model import Deadline, Plan, Step, UrgencyClass
from comity.plan.phrases import listing, step_ranges, words
from comity.plan.report.summary import folds

STATUS_COLOUR = {Status.OPEN: "green", Status.CONDITIONAL: "yellow", Status.CLOSED: "red"}
_URGENCY_COLOUR = {
    UrgencyClass.HOURS: "bold red",
    UrgencyClass.DAYS: "yellow",
    UrgencyClass.WEEKS: "default",
    UrgencyClass.AFTER: "dim",
}
_MOST_OBJECTS = 4
#: Columns that the number and the day of a step take, with what is between the columns.
_BESIDE = 24
_NARROWEST = 20


def show_steps(console: Console, plan: Plan, *, whole: bool) -> None:
    """Print the steps; ``whole``: the later ones in full, too."""
    heading(console, "Steps, in order")
    if not plan.steps:
        console.print("  [dim]nothing in the evidence leads to a holder: see what is not pursued[/]")
        return
    now = [step for step in plan.steps if whole or step.urgency.level is UrgencyClass.HOURS]
    if now:
        console.print(_table(console, plan, now))
    soon = [step for step in plan.steps if step not in now and step.urgency.level is UrgencyClass.DAYS]
    if soon:
        heading(console, "Within days")
    for step in soon:
        console.print(line(_brief(step), 2))
    later = [step for step in plan.steps if step not in now and step not in soon]
    if later:
        heading(console, f"Later ({step_ranges(step.id for step in later)}): --all shows them in full")
    for fold in folds(later):
        ids = step_ranges(fold.steps)
        told = f"[bold]{ids}[/]  from {fold.from_on}  {escape(fold.title)}: [dim]{escape(fold.whom)}[/]"
        console.print(line(told, 2))


def _brief(step: Step) -> str:
    """A step in a line: number, day, what, where, by which way."""
    way = "at home" if step.domestic else _called(step)
    after = f", after {step_ranges(step.depends_on)}" if step.depends_on else ""
    told = f"[bold]{step.id}[/]  {_day(step.start_by)}  {escape(step.title)}  [cyan]{step.state}[/]"
    return f"{told}  [dim]{escape(way)}{after}[/]"


def _called(step: Step) -> str:
    if step.recommended is not None:
        return f"{step.recommended.called} ({step.recommended.status.value})"
    return "no treaty needed" if step.direct or step.informal else "no route is open"


def _table(console: Console, plan: Plan, steps: list[Step]) -> Table:
    # what is in the way of most steps is told once, under the obstacles
    common = {o.key for o in plan.obstacles if o.general or 2 * len(o.steps) > len(plan.steps)}
    room = max(_NARROWEST, (console.width - _BESIDE) // 2)
    table = Table(box=None, pad_edge=False, padding=(0, 1), show_edge=False)
    table.add_column("", style="bold", no_wrap=True)
    table.add_column("start by", max_width=14)
    table.add_column("what", ratio=1, overflow="fold")
    table.add_column("by which way", ratio=1, overflow="fold")
    for step in steps:
        table.add_row(step.id, _start(step), _what(step, room), _way(step, common))
    return table


def _start(step: Step) -> str:
    colour = _URGENCY_COLOUR[step.urgency.level]
    after = f"\n[dim]after {step_ranges(step.depends_on)}[/]" if step.depends_on else ""
    return f"[{colour}]{_day(step.start_by)}[/]{after}"


def _day(deadline: Deadline) -> str:
    clock = f" {deadline.at[11:16]}" if deadline.at else ""
    return f"{deadline.on}{clock}"


def _what(step: Step, room: int) -> str:
    shown = [f"\n[dim]{escape(cut(o, room))}[/]" for o in step.objects[:_MOST_OBJECTS]]
    more = f"\n[dim]and {len(step.objects) - _MOST_OBJECTS} more[/]" if len(step.objects) > _MOST_OBJECTS else ""
    return f"{escape(step.title)}  [cyan]{step.state}[/]{''.join(shown)}{more}"


def _way(step: Step, common: set[str]) -> str:
    lines = [_basis(step), *_directly(step)]
    if step.due:
        lines.append(f"[dim]answer by {_day(step.due)}[/]")
    if step.expires:
        there = f" there, {step.expires.at_requesting[11:16]} here" if step.expires.at else ""
        lines.append(f"[yellow]{'lapsed' if step.expires.past else 'lapses'} {_day(step.expires)}{there}[/]")
    lines += [f"[yellow]past, {d.on}: {escape(d.what)}[/]" for d in step.other_dates if d.past]
    if step.expectation:
        lines.append(f"[dim]mind: {escape(step.expectation)}[/]")
    in_the_way = [key for key in step.obstacles if key not in common]
    if in_the_way:
        lines.append(f"[dim]in the way: {', '.join(in_the_way)}[/]")
    return "\n".join(lines)


def _basis(step: Step) -> str:
    if step.domestic:
        return f"at home: {escape(step.domestic_basis)}"
    route = step.recommended
    if route is None:
        return f"[{'green' if step.direct or step.informal else 'red'}]{_called(step)}[/]"
    # the whole name with its office stands in the step's own sheet
    to = route.addressee.name.partition(" (")[0].partition(",")[0]
    way = f"{words(route.channel.value)}{f': {to}' if to else ''}"
    back = f"\n[dim]else {listing(list(dict.fromkeys(r.called for r in step.fallbacks)))}[/]" if step.fallbacks else ""
    named = f"[{STATUS_COLOUR[route.status]}]{escape(route.called)}[/] {escape(cite_article(route.article))}"
    status = f"[{STATUS_COLOUR[route.status]}]{route.status.value}[/]"
    return f"{named}, {status}\n{escape(way)}{back}"


def _directly(step: Step) -> list[str]:
    """Whom to ask without any legal basis."""
    word = "or directly" if step.recommended else "ask"
    return [f"[green]{word}[/] {escape(one.to)}" for one in step.direct]
