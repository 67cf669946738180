"""The terminal page of `comity plan`: readable at 80 columns, fuller at 120."""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from comity.cli.shorten import amount, article, count, middle
from comity.law import Status
from comity.leads.model import Severity
from comity.plan.model import Deadline, JurisdictionClaim, Obstacle, Plan, Step, UrgencyClass

STATUS_COLOUR = {Status.OPEN: "green", Status.CONDITIONAL: "yellow", Status.CLOSED: "red"}
_URGENCY_COLOUR = {
    UrgencyClass.HOURS: "bold red",
    UrgencyClass.DAYS: "yellow",
    UrgencyClass.WEEKS: "default",
    UrgencyClass.AFTER: "dim",
}
_FILLED = re.compile(r" +$", re.MULTILINE)
_MOST_OBJECTS = 4
_MOST_REASONS = 3
_MOST_WARNINGS = 8
#: Columns that the number and the day of a step take, with what is between the columns.
_BESIDE = 24
_NARROWEST = 20
_USUAL_WEEK = "Monday to Friday;"


def show_plan(plan: Plan, *, folder: str) -> None:
    """Print the page."""
    with page() as console:
        _show_page(console, plan, folder)


@contextmanager
def page() -> Iterator[Console]:
    """A console whose lines are written to standard output without the blanks with which they are filled up."""
    console = Console(highlight=False)
    with console.capture() as captured:
        yield console
    sys.stdout.write(_FILLED.sub("", captured.get()))


def _show_page(console: Console, plan: Plan, folder: str) -> None:
    _show_head(console, plan)
    _show_states(console, plan)
    _show_steps(console, plan)
    _show_obstacles(console, plan)
    _show_jurisdiction(console, plan)
    _show_findings(console, plan)
    _show_not_pursued(console, plan)
    console.print(
        f"\n[dim]Unfold a step with its routes, reasons and sources: comity plan {escape(folder)} --step s1"
        f"\nThe whole, for people who decide: comity plan {escape(folder)} --html report.html[/]"
    )


def heading(console: Console, text: str) -> None:
    """A heading with a line before it."""
    console.print()
    console.print(f"[bold]{text}[/]")


def line(text: str, indent: int) -> Padding:
    """A paragraph that keeps its indent where it wraps."""
    return Padding(text, (0, 0, 0, indent), expand=False)


def _show_head(console: Console, plan: Plan) -> None:
    case, counts = plan.case, plan.counts
    console.print(f"[bold]{escape(case.reference)}  {escape(case.title)}[/]")
    console.print(f"{escape(case.authority.name)}, {case.state_name}  ·  {case.confidentiality}  ·  plan of {plan.on}")
    losses = "; ".join(
        f"{victims.number} in {victims.state_name}"
        + (f", {amount(victims.loss)} {victims.currency}" if victims.loss else "")
        for victims in case.victims
    )
    if losses:
        console.print(f"victims: {losses}")
    if case.urgency_reason:
        console.print(f"[red]{case.urgency.value}[/]: {escape(' '.join(case.urgency_reason.split()))}")
    console.print(
        f"[dim]{count(counts.artifacts, 'artifact')}, {count(counts.observables, 'observable')}, {counts.tied} tied to "
        f"a state, {counts.pursued} pursued in {count(len(plan.steps), 'step')}[/]"
    )


def _show_states(console: Console, plan: Plan) -> None:
    heading(console, "States involved, and why")
    for state in plan.states:
        roles = ", ".join(role.value for role in state.roles)
        week = "" if state.working_days.startswith(_USUAL_WEEK) else f"  [dim]{escape(state.working_days)}[/]"
        console.print(line(f"[bold]{state.state}[/] {state.name}  [cyan]{roles}[/]{week}", 2))
        for reason in state.reasons[:_MOST_REASONS]:
            console.print(line(f"[dim]{escape(reason)}[/]", 5))
        if len(state.reasons) > _MOST_REASONS:
            console.print(f"     [dim]and {count(len(state.reasons) - _MOST_REASONS, 'more reason')}[/]")


def _show_steps(console: Console, plan: Plan) -> None:
    heading(console, "Steps, in order")
    if not plan.steps:
        console.print("  [dim]nothing in the evidence leads to a holder: see what is not pursued[/]")
        return
    particular = {obstacle.key for obstacle in plan.obstacles if not obstacle.general}
    room = max(_NARROWEST, (console.width - _BESIDE) // 2)
    table = Table(box=None, pad_edge=False, padding=(0, 1), show_edge=False)
    table.add_column("", style="bold", no_wrap=True)
    table.add_column("start by", max_width=14)
    table.add_column("what", ratio=1, overflow="fold")
    table.add_column("route", ratio=1, overflow="fold")
    for step in plan.steps:
        table.add_row(step.id, _start(step), _what(step, room), _route(step, particular))
    console.print(table)


def _start(step: Step) -> str:
    colour = _URGENCY_COLOUR[step.urgency.level]
    after = f"\n[dim]after {', '.join(step.depends_on)}[/]" if step.depends_on else ""
    return f"[{colour}]{_day(step.start_by)}[/]{after}"


def _day(deadline: Deadline) -> str:
    clock = f" {deadline.at[11:16]}" if deadline.at else ""
    return f"{deadline.on}{clock}"


def _what(step: Step, room: int) -> str:
    shown = [f"\n[dim]{escape(middle(o.shown or o.value, room))}[/]" for o in step.objects[:_MOST_OBJECTS]]
    more = f"\n[dim]and {len(step.objects) - _MOST_OBJECTS} more[/]" if len(step.objects) > _MOST_OBJECTS else ""
    return f"{escape(step.title)}  [cyan]{step.state}[/]{''.join(shown)}{more}"


def _route(step: Step, particular: set[str]) -> str:
    lines = [_basis(step)]
    if step.due:
        lines.append(f"[dim]answer by {_day(step.due)}[/]")
    if step.expires:
        there = f" there, {step.expires.at_requesting[11:16]} here" if step.expires.at else ""
        lines.append(f"[yellow]lapses {_day(step.expires)}{there}[/]")
    in_the_way = [key for key in step.obstacles if key in particular]
    if in_the_way:
        lines.append(f"[dim]in the way: {', '.join(in_the_way)}[/]")
    return "\n".join(lines)


def _basis(step: Step) -> str:
    if step.domestic:
        return f"domestic: {escape(step.domestic_basis)}"
    route = step.recommended
    if route is None:
        return "[green]no treaty needed[/]: ask it directly" if step.informal else "[red]no route is open[/]"
    colour = STATUS_COLOUR[route.status]
    channel = route.channel.value.replace("_", " ")
    back = f"\n[dim]else {', '.join(dict.fromkeys(r.instrument for r in step.fallbacks))}[/]" if step.fallbacks else ""
    return f"[{colour}]{route.instrument}[/] {escape(article(route.article))}\n{channel}{back}"


def _show_obstacles(console: Console, plan: Plan) -> None:
    heading(console, f"Obstacles ({len(plan.obstacles)}), the gravest first")
    for obstacle in (o for o in plan.obstacles if not o.general):
        _show_obstacle(console, obstacle)
    general = [obstacle for obstacle in plan.obstacles if obstacle.general]
    if general:
        heading(console, "And with nearly every request")
    for obstacle in general:
        console.print(
            f"  [bold]{obstacle.key}[/] {escape(obstacle.title)}  [dim]{count(len(obstacle.steps), 'step')}[/]"
        )
        console.print(line(f"[dim]because {escape('; '.join(obstacle.detected))}[/]", 5))
        console.print(line(f"→ {escape('; '.join(obstacle.remedies[:2]))}", 5))


def _show_obstacle(console: Console, obstacle: Obstacle) -> None:
    mark = "[red]blocks[/]" if obstacle.blocking else "[yellow]slows[/]"
    where = f"  [dim]{', '.join(obstacle.steps)}[/]" if obstacle.steps else ""
    head = f"[bold]{obstacle.key}[/] {escape(obstacle.title)}  {mark} [cyan]{obstacle.category.value}[/]{where}"
    console.print(line(head, 2))
    for fact in obstacle.detected[:_MOST_REASONS]:
        console.print(line(f"[dim]because {escape(fact)}[/]", 5))
    if len(obstacle.detected) > _MOST_REASONS:
        console.print(f"     [dim]and {count(len(obstacle.detected) - _MOST_REASONS, 'more fact')}[/]")
    for remedy in obstacle.remedies[:2]:
        console.print(line(f"→ {escape(remedy)}", 5))


def _show_jurisdiction(console: Console, plan: Plan) -> None:
    heading(console, "Who may claim to judge")
    for claim in plan.jurisdiction.claims:
        told = f"[bold]{claim.state}[/] {claim.ground.value.replace('_', ' ')}  [dim]{escape(_articles(claim))}[/]"
        console.print(line(told, 2))
        for reason in claim.reasons[:1]:
            console.print(line(f"[dim]{escape(reason)}[/]", 5))
    for conflict in plan.jurisdiction.conflicts:
        named = f"[yellow]{conflict.kind} conflict[/] {', '.join(conflict.states)}: {escape(conflict.reason)}"
        console.print(line(named, 2))
        for duty in conflict.duties:
            console.print(line(f"→ {escape(duty.title)} {article(duty.article)}: {escape(duty.text)}", 5))


def _articles(claim: JurisdictionClaim) -> str:
    """The articles that hold, and those of which that is open."""
    firm = [f"{basis.title} {article(basis.article)}" for basis in claim.bases if basis.binds]
    open_ = [f"{basis.title} {article(basis.article)}" for basis in claim.bases if basis.binds is None]
    perhaps = f"{'perhaps ' if firm else 'to check: '}{', '.join(open_)}" if open_ else ""
    return "; ".join(text for text in (", ".join(firm), perhaps) if text) or "no article in our data"


def _show_findings(console: Console, plan: Plan) -> None:
    warnings = [finding for finding in plan.findings if finding.severity is Severity.WARNING]
    if not plan.findings:
        return
    told = f"{count(len(warnings), 'warning')} of {count(len(plan.findings), 'finding')}"
    heading(console, f"What the evidence shows besides ({told})")
    paths = {artifact.id: artifact.path.rpartition("/")[2] for artifact in plan.case.artifacts}
    for finding in warnings[:_MOST_WARNINGS]:
        place = f"{paths.get(finding.artifact, finding.artifact)} {finding.where}".strip()
        console.print(line(f"[dim]{escape(place)}[/]  {escape(finding.message)}", 2))
    if len(warnings) > _MOST_WARNINGS:
        console.print(f"  [dim]and {count(len(warnings) - _MOST_WARNINGS, 'more warning')}[/]")


def _show_not_pursued(console: Console, plan: Plan) -> None:
    if not plan.not_pursued:
        return
    heading(console, f"Not pursued ({len(plan.not_pursued)}): --json and the report give each reason")
    by_code = Counter(passed.code for passed in plan.not_pursued)
    for code, number in by_code.most_common():
        shown = [escape(middle(p.shown or p.value, 40)) for p in plan.not_pursued if p.code == code][:_MOST_REASONS]
        more = f" and {number - _MOST_REASONS} more" if number > _MOST_REASONS else ""
        console.print(line(f"{code.replace('-', ' ')}: [dim]{', '.join(shown)}{more}[/]", 2))
