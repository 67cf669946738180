"""One step of a plan in the terminal, with everything behind it: `comity plan DIR --step s3`."""

import click
from rich.console import Console
from rich.markup import escape

from comity.cli.planpage import heading, line, made_by, page
from comity.cli.plansteps import STATUS_COLOUR
from comity.law.citing import cite_article
from comity.plan.model import Deadline, DirectRequest, Plan, RouteChoice, Step, UrgencyClass
from comity.plan.phrases import step_ranges, words

URGENCY = {
    UrgencyClass.HOURS: "within hours",
    UrgencyClass.DAYS: "within days",
    UrgencyClass.WEEKS: "within weeks",
    UrgencyClass.AFTER: "after another step",
}


def find_step(plan: Plan, step_id: str) -> Step:
    """The step with an id; UsageError where the plan has none."""
    found = next((step for step in plan.steps if step.id == step_id.strip().casefold()), None)
    if found is None:
        known = f"the plan has s1 to s{len(plan.steps)}" if plan.steps else "the plan has no steps"
        raise click.UsageError(f"there is no step {step_id!r}; {known}")
    return found


def show_step(plan: Plan, step: Step) -> None:
    """Print the sheet of a step."""
    with page() as console:
        _show_sheet(console, plan, step)
        console.print()
        made_by(console, plan)


def _show_sheet(console: Console, plan: Plan, step: Step) -> None:
    console.print(f"[bold]{step.id}  {escape(step.title)}[/]  [cyan]{step.state_name}[/]")
    console.print(escape(step.what))
    for item in step.objects:
        detail = f"  [dim]{escape(item.detail)}[/]" if item.detail else ""
        console.print(line(f"{words(item.kind.value)} {escape(item.shown or item.value)}{detail}", 2))
    if step.period and step.period.start:
        console.print(line(f"[dim]for the time from {step.period.start} to {step.period.end}: {step.period.why}[/]", 2))
    urgency = f"{URGENCY[step.urgency.level]}: {step.urgency.reason} ({step.urgency.source})"
    _lines(console, "Why", (*step.why, urgency))
    if step.depends_on:
        _lines(console, "After", (step_ranges(step.depends_on),))
    told = (step.expectation, step.earlier and f"Already {step.earlier}")
    _lines(console, "What to expect", tuple(text for text in told if text))
    dates = tuple(d for d in (step.start_by, step.due, step.expires, *step.other_dates) if d)
    _lines(console, "Dates", tuple(_date(deadline) for deadline in dates))
    if step.domestic:
        _lines(console, "At home", (step.domestic_basis,))
    for route in (step.recommended, *step.fallbacks):
        if route is not None:
            _show_route(console, route, best=route is step.recommended)
    _lines(console, "Directly, without any legal basis: nobody owes an answer", tuple(map(_direct, step.direct)))
    _lines(console, "Closed", step.closed_routes)
    blocking = [o for o in plan.obstacles if o.key in step.obstacles]
    _lines(console, "In the way", tuple(f"{o.key} {o.title}: {'; '.join(o.remedies[:2])}" for o in blocking))


def _date(deadline: Deadline) -> str:
    clock = f" {deadline.at[11:]} ({deadline.at_requesting[11:]} here)" if deadline.at else ""
    assumes = f"; assumes: {deadline.assumes}" if deadline.assumes else ""
    past = " (past)" if deadline.past else ""
    return f"{deadline.on}{clock}{past} {deadline.what}: {deadline.computation}{assumes} ({deadline.source})"


def _direct(one: DirectRequest) -> str:
    page = f" {one.url}" if one.url else ""
    return f"{one.to}: {one.how}. {one.basis}.{page} ({one.source}{f', {one.as_of}' if one.as_of else ''})"


def _lines(console: Console, title: str, lines: tuple[str, ...]) -> None:
    if not lines:
        return
    heading(console, title)
    for text in lines:
        console.print(line(escape(text), 2))


def _show_route(console: Console, route: RouteChoice, *, best: bool) -> None:
    heading(console, f"{'Recommended' if best else 'Otherwise'}: {escape(route.title)}")
    colour = STATUS_COLOUR[route.status]
    to = route.addressee.name or route.addressee.note or words(route.channel.value)
    console.print(line(f"[{colour}]{route.status.value}[/]  {escape(cite_article(route.article))}  to {escape(to)}", 2))
    for why in (*route.why, *route.chosen_because):
        console.print(line(f"[dim]{escape(why)}[/]", 2))
    for condition in route.conditions:
        because = f" [dim]({escape(condition.why)})[/]" if condition.why else ""
        console.print(line(f"{words(condition.state.value)}: {escape(condition.text)}{because}", 2))
    for content in route.contents:
        console.print(line(f"must say: {escape(content.requirement)} [dim]({escape(content.article)})[/]", 2))
    for risk in route.refusal_risks:
        console.print(line(f"risk: {words(risk.ground.value)} [dim]→ {escape(risk.remedy)}[/]", 2))
    for source in route.sources:
        told = f"{escape(source.what)}: {escape(source.url)} ({source.as_of}, {source.confidence.value})"
        console.print(line(f"[dim]{told}[/]", 2))
