"""The terminal page of `comity plan`: what a busy reader needs first; readable at 80 columns, fuller at 120."""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from comity.cli.shorten import middle
from comity.law import state_name
from comity.law.citing import cite_article
from comity.leads.model import ObservableKind, Severity
from comity.plan.amounts import money
from comity.plan.model import JurisdictionClaim, NotPursued, Obstacle, Plan, StepObject
from comity.plan.outputs import MADE_BY
from comity.plan.phrases import count, listing, step_ranges, words
from comity.plan.report.summary import summarise

_FILLED = re.compile(r" +$", re.MULTILINE)
_MOST_REASONS = 3
_MOST_FACTS = 2
_MOST_WARNINGS = 8
_MOST_OBSTACLES = 6
_USUAL_WEEK = "works Monday to Friday, "
#: What people compare letter by letter is never cut; a link or name of a machine may be.
CUT = frozenset({ObservableKind.URL, ObservableKind.DOMAIN})
_LONGEST = 40
_WEIGHED = frozenset({"too-weak"})
"""Codes of what was left out for its weight alone."""


def show_plan(plan: Plan, *, folder: str, whole: bool = False) -> None:
    """Print the page; ``whole``: with every later step and obstacle in full."""
    with page() as console:
        _show_page(console, plan, folder, whole=whole)


@contextmanager
def page() -> Iterator[Console]:
    """A console whose lines are written to standard output without the blanks with which they are filled up."""
    console = Console(highlight=False)
    with console.capture() as captured:
        yield console
    sys.stdout.write(_FILLED.sub("", captured.get()))


def _show_page(console: Console, plan: Plan, folder: str, *, whole: bool) -> None:
    from comity.cli.plansteps import show_steps

    _show_head(console, plan)
    _show_summary(console, plan)
    show_steps(console, plan, whole=whole)
    _show_obstacles(console, plan, whole=whole)
    _show_states(console, plan)
    _show_jurisdiction(console, plan)
    _show_findings(console, plan, whole=whole)
    _show_not_pursued(console, plan, whole=whole)
    here = escape(folder)
    console.print(
        f"\n[dim]One step with its routes, reasons and sources: comity plan {here} --step s1"
        f"\nEvery later step and obstacle in full: comity plan {here} --all"
        f"\nThe whole, for people who decide: comity plan {here} --html report.html[/]"
    )
    made_by(console, plan)


def made_by(console: Console, plan: Plan) -> None:
    """The line by which Comity knows its own pages again, so that none is read as evidence."""
    console.print(f"[dim]{MADE_BY} {escape(plan.provenance.comity)} for {plan.on}: a plan, no evidence[/]")


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
        + (f", {money(victims.loss, victims.currency, case.state)}" if victims.loss else "")
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


def _show_summary(console: Console, plan: Plan) -> None:
    heading(console, "In short")
    told = summarise(plan)
    for sentence in told.sentences:
        console.print(line(escape(sentence), 2))
    if told.missing:
        heading(console, "What is missing")
    for text in told.missing:
        console.print(line(f"→ {escape(text)}", 2))


def _show_states(console: Console, plan: Plan) -> None:
    heading(console, "States involved, and why")
    for state in plan.states:
        roles = ", ".join(words(role.value) for role in state.roles)
        week = "" if state.working_days.startswith(_USUAL_WEEK) else f"  [dim]{escape(state.working_days)}[/]"
        console.print(line(f"[bold]{state.state}[/] {state.name}  [cyan]{roles}[/]{week}", 2))
        for reason in state.reasons[:_MOST_REASONS]:
            console.print(line(f"[dim]{escape(reason)}[/]", 5))
        if len(state.reasons) > _MOST_REASONS:
            console.print(f"     [dim]and {count(len(state.reasons) - _MOST_REASONS, 'more reason')}[/]")


def _show_obstacles(console: Console, plan: Plan, *, whole: bool) -> None:
    heading(console, f"Obstacles ({len(plan.obstacles)}), the gravest first")
    particular = [o for o in plan.obstacles if not o.general]
    full = particular if whole else _worth_reading(particular)
    for obstacle in full:
        _show_obstacle(console, obstacle, facts=len(obstacle.detected) if whole else _MOST_FACTS)
    for obstacle in particular:
        if obstacle not in full:
            console.print(line(_obstacle_head(obstacle), 2))
    general = [obstacle for obstacle in plan.obstacles if obstacle.general]
    if general:
        heading(console, "And with nearly every request")
    for obstacle in general:
        told = f"[bold]{obstacle.key}[/] {escape(obstacle.title)}  [dim]{count(len(obstacle.steps), 'step')}[/]"
        console.print(line(told, 2))
        if whole:
            console.print(line(f"[dim]because {escape('; '.join(obstacle.detected))}[/]", 5))
        console.print(line(f"→ {escape('; '.join(obstacle.remedies[: 2 if whole else 1]))}", 5))


def _worth_reading(obstacles: list[Obstacle]) -> list[Obstacle]:
    """Those that block, and the gravest of the others."""
    return [o for at, o in enumerate(obstacles) if o.blocking or at < _MOST_OBSTACLES]


def _obstacle_head(obstacle: Obstacle) -> str:
    mark = "[red]blocks[/]" if obstacle.blocking else "[yellow]slows[/]"
    where = f"  [dim]{step_ranges(obstacle.steps)}[/]" if obstacle.steps else ""
    return f"[bold]{obstacle.key}[/] {escape(obstacle.title)}  {mark}, [cyan]{obstacle.category.value}[/]{where}"


def _show_obstacle(console: Console, obstacle: Obstacle, *, facts: int) -> None:
    console.print(line(_obstacle_head(obstacle), 2))
    for fact in obstacle.detected[:facts]:
        console.print(line(f"[dim]because {escape(fact)}[/]", 5))
    if len(obstacle.detected) > facts:
        console.print(f"     [dim]and {count(len(obstacle.detected) - facts, 'more fact')}[/]")
    for remedy in obstacle.remedies[:2]:
        console.print(line(f"→ {escape(remedy)}", 5))


def _show_jurisdiction(console: Console, plan: Plan) -> None:
    heading(console, "Who may claim to judge")
    for claim in plan.jurisdiction.claims:
        told = f"[bold]{claim.state}[/] {words(claim.ground.value)}  [dim]{escape(_articles(claim))}[/]"
        console.print(line(told, 2))
        for reason in claim.reasons[:1]:
            console.print(line(f"[dim]{escape(reason)}[/]", 5))
    for conflict in plan.jurisdiction.conflicts:
        several = "Several states may claim" if conflict.kind == "positive" else "No state may claim for certain"
        named = f"[yellow]{several}[/]: {escape(conflict.reason)}"
        console.print(line(named, 2))
        for duty in conflict.duties:
            duty_told = f"→ {escape(duty.title)} {cite_article(duty.article)}: {escape(duty.text)}"
            console.print(line(f"{duty_told} [dim](binds {listing([state_name(code) for code in duty.states])})[/]", 5))


def _articles(claim: JurisdictionClaim) -> str:
    """The articles that hold, and those of which that is open."""
    firm = [f"{basis.title} {cite_article(basis.article)}" for basis in claim.bases if basis.binds]
    open_ = [f"{basis.title} {cite_article(basis.article)}" for basis in claim.bases if basis.binds is None]
    perhaps = f"{'perhaps ' if firm else 'to check: '}{', '.join(open_)}" if open_ else ""
    return "; ".join(text for text in (", ".join(firm), perhaps) if text) or "no article in our data"


def _show_findings(console: Console, plan: Plan, *, whole: bool) -> None:
    warnings = [finding for finding in plan.findings if finding.severity is Severity.WARNING]
    if not plan.findings:
        return
    told = f"{count(len(warnings), 'warning')} of {count(len(plan.findings), 'finding')}"
    heading(console, f"What the evidence shows besides ({told})")
    paths = {artifact.id: artifact.path.rpartition("/")[2] for artifact in plan.case.artifacts}
    most = len(warnings) if whole else _MOST_WARNINGS
    for finding in warnings[:most]:
        place = f"{paths.get(finding.artifact, finding.artifact)} {finding.where}".strip()
        console.print(line(f"[dim]{escape(place)}[/]  {escape(finding.message)}", 2))
    if len(warnings) > most:
        console.print(f"  [dim]and {count(len(warnings) - most, 'more warning')}[/]")


def _show_not_pursued(console: Console, plan: Plan, *, whole: bool) -> None:
    """What no request asks for, by reason; with `whole` all that was weighed, for that is where a trace may be lost."""
    if not plan.not_pursued:
        return
    heading(console, f"Not pursued ({len(plan.not_pursued)}): --json and the report give each reason")
    by_code = Counter(passed.code for passed in plan.not_pursued)
    for code, number in by_code.most_common():
        most = number if whole and code in _WEIGHED else _MOST_REASONS
        shown = [escape(cut(p, _LONGEST)) for p in plan.not_pursued if p.code == code][:most]
        more = [f"{number - most} more"] if number > most else []
        console.print(line(f"{code.replace('-', ' ')}: [dim]{listing([*shown, *more])}[/]", 2))


def cut(item: NotPursued | StepObject, longest: int) -> str:
    """A value for a narrow place: only links and names of machines are shortened, never an account or address."""
    shown = item.shown or item.value
    return middle(shown, longest) if item.kind in CUT else shown
