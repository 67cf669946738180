"""`comity law harmonisation`: which treaty offences a state's law is known to cover, and how heavily."""

from datetime import date
from pathlib import Path

import click

from comity.cli.law.page import Page, print_json
from comity.cli.law.source import over_option, registry_over
from comity.cli.routes import parse_day, parse_measure
from comity.law.names import parse_state
from comity.law.penalty import penalty_words, years_words
from comity.law.reference import (
    Answered,
    Catalogue,
    Harmonisation,
    OffenceCoverage,
    SectionLine,
    harmonisation,
    harmonisations,
)

_SIGN = {Answered.YES: "yes", Answered.NO: "no", Answered.UNKNOWN: "?"}
_COLOUR = {Answered.YES: "green", Answered.NO: "red", Answered.UNKNOWN: "yellow"}


@click.command("harmonisation")
@click.argument("state", required=False)
@click.option("--measure", help="Only the thresholds that instruments set for this measure.")
@click.option("--of", "catalogue", type=click.Choice([c.value for c in Catalogue]), help="One convention's list.")
@click.option("--on", help="The day of the answer, YYYY-MM-DD; default: today.")
@click.option("--sections", is_flag=True, help="Unfold each answer to the sections and sources behind it.")
@over_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def harmonisation_command(
    state: str | None,
    measure: str | None,
    catalogue: str | None,
    on: str | None,
    sections: bool,
    over: tuple[Path, ...],
    as_json: bool,
) -> None:
    """The treaty offences that STATE's law covers, with section and penalty; without STATE, all states compared.

    What the data do not know is unknown, never no: each score says what share of it is unknown.
    """
    day = parse_day(on, date.today())  # noqa: DTZ011  the terminal's user means the local day
    asked = parse_measure(measure) if measure else None
    of = Catalogue(catalogue) if catalogue else None
    registry = registry_over(over)
    if state is None:
        found = harmonisations(registry, day, catalogue=of, measure=asked)
        print_json(found) if as_json else _overview(found)
        return
    one = harmonisation(parse_state(state), registry, day, catalogue=of, measure=asked)
    if as_json:
        print_json(one)
    else:
        _show(one, unfold=sections)


def _percent(share: float) -> str:
    return f"{share:.0%}"


def _overview(found: tuple[Harmonisation, ...]) -> None:
    from rich.box import SIMPLE
    from rich.table import Table

    page = Page()
    table = Table(box=SIMPLE, show_edge=False, pad_edge=False)
    for name in ("state", "yes", "no", "unknown", "score between", "to look up"):
        table.add_column(name, justify="left" if name == "state" else "right")
    for one in found:
        score = one.score
        table.add_row(
            f"{one.name} ({one.state})",
            str(score.yes),
            str(score.no),
            f"{score.unknown} ({_percent(score.unknown_share)})",
            f"{_percent(score.least)} and {_percent(score.most)}",
            str(score.recalled),
        )
    page.console.print(table)
    page.line("Every other state: not in the data, so unknown.", indent=0)
    _explain(found[0], page)


def _explain(one: Harmonisation, page: Page) -> None:
    page.line(
        f"{one.score.questions} questions: is each of {len(one.offences)} treaty offences punished, "
        "and does its maximum reach",
        indent=0,
    )
    for threshold in one.thresholds:
        asked = ", ".join(threshold.asked_by[:6]) + (" and others" if len(threshold.asked_by) > 6 else "")
        above = "more than " if threshold.above else ""
        page.line(f"{above}{years_words(threshold.years)} (asked by {asked})")


def _show(one: Harmonisation, *, unfold: bool) -> None:
    page = Page()
    score = one.score
    page.heading(f"{one.name} on {one.as_of}", one.state)
    page.line(
        f"score between {_percent(score.least)} and {_percent(score.most)}: {score.yes} yes, {score.no} no, "
        f"{score.unknown} unknown ({_percent(score.unknown_share)}), {score.recalled} of them with a section to look up"
    )
    _explain(one, page)
    if not one.documented:
        page.line("The data hold nothing of its law: all of this is unknown.")
    for covered in one.offences:
        _offence(one, covered, page, unfold=unfold)


def _offence(one: Harmonisation, covered: OffenceCoverage, page: Page, *, unfold: bool) -> None:
    from rich.markup import escape

    articles = " / ".join(
        filter(None, [_article("Budapest", covered.budapest_article), _article("UN", covered.uncc_article)])
    )
    answers = [("punished", covered.punished)]
    answers += [
        (f"{'>' if t.above else ''}{t.years} y", a) for t, a in zip(one.thresholds, covered.thresholds, strict=True)
    ]
    shown = "  ".join(f"{name} [{_COLOUR[answer]}]{_SIGN[answer]}[/]" for name, answer in answers)
    page.console.print(f"\n[bold]{escape(covered.title)}[/]  [dim]{covered.offence}  {escape(articles)}[/]\n   {shown}")
    if covered.sections and not unfold:
        years = (
            f"; up to {penalty_words(covered.max_years, life_only=covered.life_only)}"
            if covered.max_years is not None
            else ""
        )
        names = list(dict.fromkeys(section.name for section in covered.sections))
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        page.line("; ".join(names[:3]) + more + years)
    for section in (*covered.sections, *covered.recalled) if unfold else ():
        years = (
            penalty_words(section.max_years, life_only=section.life_only)
            if section.max_years is not None
            else "maximum not known"
        )
        source = section.source
        page.line(
            f"{section.name} ({section.title}): {years}{_further(section)}",
            dim=f"{source.url} as of {source.as_of}, confidence {source.confidence.value}",
        )
    for shortfall in covered.shortfalls:
        page.line(shortfall)


def _further(section: SectionLine) -> str:
    special = "; needs a further element" if section.special else ""
    return f"{special}; {section.conditions}" if section.conditions else special


def _article(convention: str, article: str) -> str:
    return f"{convention} Art. {article}" if article[:1].isdigit() else ""
