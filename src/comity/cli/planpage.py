"""The terminal page of `comity plan`: readable at 80 columns, fuller at 120."""

from collections import Counter

import click
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from comity.law import Status
from comity.leads.model import Severity
from comity.plan.model import Deadline, Obstacle, Plan, RouteChoice, Step, UrgencyClass

_STATUS_COLOUR = {Status.OPEN: "green", Status.CONDITIONAL: "yellow", Status.CLOSED: "red"}
_URGENCY_COLOUR = {
    UrgencyClass.HOURS: "bold red",
    UrgencyClass.DAYS: "yellow",
    UrgencyClass.WEEKS: "default",
    UrgencyClass.AFTER: "dim",
}
_MOST_OBJECTS = 4


def show_plan(plan: Plan, *, folder: str) -> None:
    """Print the page."""
    console = Console(highlight=False)
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


def _heading(console: Console, text: str) -> None:
    console.print()
    console.print(f"[bold]{text}[/]")


def _show_head(console: Console, plan: Plan) -> None:
    case, counts = plan.case, plan.counts
    console.print(f"[bold]{escape(case.reference)}  {escape(case.title)}[/]")
    console.print(f"{escape(case.authority.name)}, {case.state_name}  ·  {case.confidentiality}  ·  plan of {plan.on}")
    losses = "; ".join(
        f"{victims.number} in {victims.state_name}" + (f", {victims.loss} {victims.currency}" if victims.loss else "")
        for victims in case.victims
    )
    if losses:
        console.print(f"victims: {losses}")
    if case.urgency_reason:
        console.print(f"[red]{case.urgency.value}[/]: {escape(' '.join(case.urgency_reason.split()))}")
    console.print(
        f"[dim]{counts.artifacts} artifacts, {counts.observables} observables, {counts.tied} tied to a state, "
        f"{counts.pursued} pursued in {len(plan.steps)} steps[/]"
    )


def _show_states(console: Console, plan: Plan) -> None:
    _heading(console, "States involved, and why")
    for state in plan.states:
        roles = ", ".join(role.value for role in state.roles)
        console.print(f"  [bold]{state.state}[/] {state.name}  [cyan]{roles}[/]")
        for reason in state.reasons[:3]:
            console.print(Padding(f"[dim]{escape(reason)}[/]", (0, 0, 0, 5)))
        if len(state.reasons) > 3:
            console.print(f"     [dim]and {len(state.reasons) - 3} more reasons[/]")


def _show_steps(console: Console, plan: Plan) -> None:
    _heading(console, "Steps, in order")
    table = Table(box=None, pad_edge=False, padding=(0, 1), show_edge=False)
    table.add_column("", style="bold", no_wrap=True)
    table.add_column("start by", no_wrap=True)
    table.add_column("what", ratio=5, overflow="fold")
    table.add_column("route", ratio=4, overflow="fold")
    for step in plan.steps:
        table.add_row(step.id, _start(step), _what(step), _route(step))
    console.print(table)


def _start(step: Step) -> str:
    colour = _URGENCY_COLOUR[step.urgency.level]
    after = f"\nafter {', '.join(step.depends_on)}" if step.depends_on else ""
    return f"[{colour}]{_day(step.start_by)}[/]{after}"


def _day(deadline: Deadline) -> str:
    clock = f"\n{deadline.at[11:16]}" if deadline.at else ""
    return f"{deadline.on}{clock}"


def _what(step: Step) -> str:
    shown = [escape(o.shown or o.value) for o in step.objects[:_MOST_OBJECTS]]
    more = f" and {len(step.objects) - _MOST_OBJECTS} more" if len(step.objects) > _MOST_OBJECTS else ""
    objects = f"\n[dim]{', '.join(shown)}{more}[/]" if shown else ""
    return f"{escape(step.title)}  [cyan]{step.state}[/]{objects}"


def _route(step: Step) -> str:
    lines = [_basis(step)]
    if step.due:
        lines.append(f"[dim]answer by {step.due.on}[/]")
    if step.expires:
        lines.append(f"[dim]lapses {step.expires.on}[/]")
    if step.obstacles:
        lines.append(f"[dim]in the way: {', '.join(step.obstacles)}[/]")
    return "\n".join(lines)


def _basis(step: Step) -> str:
    if step.domestic:
        return f"domestic: {escape(step.domestic_basis)}"
    route = step.recommended
    if route is None:
        return "[red]no route is open[/]"
    colour = _STATUS_COLOUR[route.status]
    channel = route.channel.value.replace("_", " ")
    back = f"\n[dim]else {', '.join(dict.fromkeys(r.instrument for r in step.fallbacks))}[/]" if step.fallbacks else ""
    return f"[{colour}]{route.instrument}[/] {escape(_article(route))}\n{channel}{back}"


def _article(route: RouteChoice) -> str:
    return f"Art. {route.article}" if route.article[:1].isdigit() else route.article


def _show_obstacles(console: Console, plan: Plan) -> None:
    _heading(console, f"Obstacles ({len(plan.obstacles)})")
    for obstacle in plan.obstacles:
        _show_obstacle(console, obstacle)


def _show_obstacle(console: Console, obstacle: Obstacle) -> None:
    mark = "[red]blocks[/]" if obstacle.blocking else "[yellow]slows[/]"
    where = f"  [dim]{', '.join(obstacle.steps)}[/]" if obstacle.steps else ""
    console.print(
        f"  [bold]{obstacle.key}[/] {escape(obstacle.title)}  {mark} [cyan]{obstacle.category.value}[/]{where}"
    )
    for fact in obstacle.detected[:2]:
        console.print(Padding(f"[dim]because {escape(fact)}[/]", (0, 0, 0, 5)))
    for remedy in obstacle.remedies[:2]:
        console.print(Padding(f"→ {escape(remedy)}", (0, 0, 0, 5)))


def _show_jurisdiction(console: Console, plan: Plan) -> None:
    _heading(console, "Who may claim to judge")
    for claim in plan.jurisdiction.claims:
        articles = "; ".join(f"{b.instrument} Art. {b.article}" for b in claim.bases if b.binds) or "own law only"
        console.print(f"  [bold]{claim.state}[/] {claim.ground.value.replace('_', ' ')}  [dim]{escape(articles)}[/]")
        for reason in claim.reasons[:1]:
            console.print(Padding(f"[dim]{escape(reason)}[/]", (0, 0, 0, 5)))
    for conflict in plan.jurisdiction.conflicts:
        console.print(f"  [yellow]{conflict.kind} conflict[/] {', '.join(conflict.states)}: {escape(conflict.reason)}")
        for duty in conflict.duties:
            console.print(Padding(f"→ {duty.instrument} Art. {duty.article}: {escape(duty.text)}", (0, 0, 0, 5)))


def _show_findings(console: Console, plan: Plan) -> None:
    warnings = [finding for finding in plan.findings if finding.severity is Severity.WARNING]
    if not plan.findings:
        return
    _heading(console, f"What the evidence shows besides ({len(warnings)} warnings of {len(plan.findings)} findings)")
    for finding in warnings[:8]:
        console.print(
            Padding(f"[dim]{finding.artifact} {escape(finding.where)}[/]  {escape(finding.message)}", (0, 0, 0, 2))
        )
    if len(warnings) > 8:
        console.print(f"  [dim]and {len(warnings) - 8} more warnings[/]")


def _show_not_pursued(console: Console, plan: Plan) -> None:
    if not plan.not_pursued:
        return
    _heading(console, f"Not pursued ({len(plan.not_pursued)})")
    by_code = Counter(passed.code for passed in plan.not_pursued)
    for code, count in by_code.most_common():
        shown = [escape(p.shown or p.value) for p in plan.not_pursued if p.code == code][:3]
        more = f" and {count - 3} more" if count > 3 else ""
        console.print(Padding(f"{code.replace('-', ' ')}: [dim]{', '.join(shown)}{more}[/]", (0, 0, 0, 2)))


def show_step(plan: Plan, step_id: str) -> None:
    """One step with everything behind it; UsageError where the plan has no such step."""
    step = next((step for step in plan.steps if step.id == step_id), None)
    if step is None:
        raise click.UsageError(f"there is no step {step_id!r}; the plan has s1 to s{len(plan.steps)}")
    console = Console(highlight=False)
    console.print(f"[bold]{step.id}  {escape(step.title)}[/]  [cyan]{step.state_name}[/]")
    console.print(f"{escape(step.what)}")
    for item in step.objects:
        detail = f"  [dim]{escape(item.detail)}[/]" if item.detail else ""
        console.print(Padding(f"{item.kind.value} {escape(item.shown or item.value)}{detail}", (0, 0, 0, 2)))
    _lines(console, "Why", (*step.why, f"{step.urgency.level.value}: {step.urgency.reason} ({step.urgency.source})"))
    dates = tuple(d for d in (step.start_by, step.due, step.expires, *step.other_dates) if d)
    _lines(console, "Dates", tuple(f"{d.on} {d.what}: {d.computation} ({d.source})" for d in dates))
    for route in (step.recommended, *step.fallbacks):
        if route is not None:
            _show_route(console, route, best=route is step.recommended)
    _lines(console, "Closed", step.closed_routes)
    blocking = [o for o in plan.obstacles if o.key in step.obstacles]
    _lines(console, "In the way", tuple(f"{o.title}: {'; '.join(o.remedies[:2])}" for o in blocking))


def _lines(console: Console, title: str, lines: tuple[str, ...]) -> None:
    if not lines:
        return
    _heading(console, title)
    for line in lines:
        console.print(Padding(escape(line), (0, 0, 0, 2)))


def _show_route(console: Console, route: RouteChoice, *, best: bool) -> None:
    _heading(console, f"{'Recommended' if best else 'Otherwise'}: {escape(route.title)}")
    colour = _STATUS_COLOUR[route.status]
    to = route.addressee.name or route.addressee.note
    console.print(f"  [{colour}]{route.status.value}[/]  {escape(_article(route))}  to {escape(to)}")
    for why in (*route.why, *route.chosen_because):
        console.print(Padding(f"[dim]{escape(why)}[/]", (0, 0, 0, 2)))
    for condition in route.conditions:
        because = f" [dim]{escape(condition.why)}[/]" if condition.why else ""
        console.print(
            Padding(f"{condition.state.value.replace('_', ' ')}: {escape(condition.text)}{because}", (0, 0, 0, 2))
        )
    for content in route.contents:
        console.print(
            Padding(f"must say: {escape(content.requirement)} [dim]({escape(content.article)})[/]", (0, 0, 0, 2))
        )
    for risk in route.refusal_risks:
        console.print(
            Padding(f"risk: {risk.ground.value.replace('_', ' ')} [dim]→ {escape(risk.remedy)}[/]", (0, 0, 0, 2))
        )
    for source in route.sources:
        console.print(
            Padding(
                f"[dim]{escape(source.what)}: {source.url} ({source.as_of}, {source.confidence.value})[/]", (0, 0, 0, 2)
            )
        )
