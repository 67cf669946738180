"""`comity law norms`: international work beyond treaties, with what it can and cannot do for a case."""

from pathlib import Path

import click

from comity.cli.law.page import Page, print_json
from comity.cli.law.source import over_option, registry_over
from comity.cli.routes import parse_measure
from comity.law.cooperation import Cooperation, CooperationKind


@click.command()
@click.argument("name", required=False)
@click.option("--kind", type=click.Choice([kind.value for kind in CooperationKind]), help="Only of this kind.")
@click.option("--measure", help="Only what helps with this measure.")
@over_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def norms(name: str | None, kind: str | None, measure: str | None, over: tuple[Path, ...], as_json: bool) -> None:
    """Norms of state behaviour, UN processes, directories, networks, agencies, indices: what each can do for a case.

    None of it is a legal basis. With NAME, one of them in full: comity law norms un-gge-norms
    """
    from comity.cli.law.show import show_cooperation

    registry = registry_over(over)
    asked = parse_measure(measure) if measure else None
    found = tuple(
        work
        for work in registry.data.cooperation
        if (kind is None or work.kind.value == kind) and (asked is None or asked in work.measures)
    )
    if name is not None:
        found = (_one(name, registry.data.cooperation),)
    if as_json:
        print_json(found)
        return
    page = Page()
    for work in found:
        if name is None:
            _short(work, page)
        else:
            show_cooperation(work, page)
    if not found:
        page.line("None of it helps with that.", indent=0)


def _one(name: str, known: tuple[Cooperation, ...]) -> Cooperation:
    from comity.law.errors import UnknownTermError

    wanted = name.strip().casefold()
    for work in known:
        if wanted in (work.id.casefold(), work.short_title.casefold()):
            return work
    raise UnknownTermError(what="work", term=name, known=[work.id for work in known])


def _short(work: Cooperation, page: Page) -> None:
    page.heading(work.short_title or work.title, f"{work.id}  {work.kind.value}")
    page.line(work.summary)
    for text in work.can:
        page.line(text, word="can:")
    for text in work.cannot:
        page.line(text, word="cannot:")
    page.line(work.source_urls[0], dim=f"as of {work.as_of}, confidence {work.confidence.value}")
