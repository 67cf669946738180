"""`comity draft`: the letters that the steps of a plan need, checked before they leave."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli.law.source import over_option, registry_over
from comity.cli.letterforms import beside_option, fonts_option, form_option, language_option

if TYPE_CHECKING:
    from comity.letters import Drafted, Kind
    from comity.plan import Planned


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--step", "steps", multiple=True, help="A step of the plan, such as s3; several go into one letter.")
@click.option("--all", "every", is_flag=True, help="Every step that needs a letter (the default).")
@click.option("--route", "instrument", default="", help="Id of the instrument to rest on; default: the recommended.")
@click.option("--kind", "kind_name", default="", help="Another kind of letter for the step, such as withdrawal.")
@click.option("-o", "--output", required=True, help="File for one letter, folder for several; - for the terminal.")
@form_option
@language_option
@beside_option
@click.option("--strict", is_flag=True, help="Write nothing and exit with status 2 where a letter has gaps.")
@fonts_option
@click.option("--on", help="The day on which it is written, YYYY-MM-DD; default: today.")
@over_option
@click.option(
    "--mmdb", type=click.Path(path_type=Path), help="Your own address database (MMDB), asked before what ships."
)
def draft(
    folder: Path,
    steps: tuple[str, ...],
    every: bool,
    instrument: str,
    kind_name: str,
    output: str,
    forms: tuple[str, ...],
    language: str,
    beside: bool,
    strict: bool,
    fonts: tuple[Path, ...],
    on: str | None,
    over: tuple[Path, ...],
    mmdb: Path | None,
) -> None:
    """Draft the letter of a step of the plan of the case in FOLDER, or of every step.

    A letter with gaps is written as a draft that names them; --strict refuses it. It is written in a language that the
    addressee accepts, where the law data know one and there is wording in it, else in that of the case file; what no
    catalogue can say is marked as to be translated. Nothing leaves this machine.
    """
    if steps and every:
        raise click.UsageError("name steps or --all, not both")
    if (instrument or kind_name) and not steps:
        raise click.UsageError("--route and --kind are for a step: name it with --step")
    from comity.cli.draftwrite import Target, Version, write_letters
    from comity.cli.leadspage import progress_on_terminal
    from comity.cli.routes import parse_day
    from comity.letters.render.fonts import FOLDERS, FontShelf
    from comity.plan import plan_folder

    target = Target.parse(output, forms, single=bool(steps))
    kind = _parse_kind(kind_name)
    day = parse_day(on, date.today())  # noqa: DTZ011  the terminal's user means the local day
    law = registry_over(over)
    planned = plan_folder(folder, on=day, mmdb=mmdb, registry=law, watching=progress_on_terminal)
    drafts = _drafts(planned, steps, on=day, instrument=instrument, kind=kind)
    versions = tuple(Version.choose(drafted, language, beside=beside) for drafted in drafts)
    if strict:
        _refuse_gaps(tuple(version.said for version in versions))
    write_letters(versions, target, strict=strict, shelf=FontShelf(folders=(*fonts, *FOLDERS)))


def _parse_kind(name: str) -> "Kind | None":
    from comity.letters import Kind

    if not name:
        return None
    try:
        return Kind(name)
    except ValueError:
        from comity.plan.caseerror import nearest

        remedy = nearest(name, tuple(kind.value for kind in Kind))
        raise click.BadParameter(f"unknown kind {name!r}; {remedy}", param_hint="--kind") from None


def _drafts(
    planned: "Planned", steps: tuple[str, ...], *, on: date, instrument: str, kind: "Kind | None"
) -> "tuple[Drafted, ...]":
    from comity.letters import NoLetterError, brief_for, steps_with_letters
    from comity.letters import draft as draft_letter

    groups = (steps,) if steps else tuple((step.id,) for step in steps_with_letters(planned.plan))
    if not groups:
        raise NoLetterError(
            what="the plan", problem="no step of it needs a letter", remedy="comity plan shows its steps and obstacles"
        )
    return tuple(
        draft_letter(
            brief_for(
                group,
                case=planned.case,
                plan=planned.plan,
                registry=planned.registry,
                on=on,
                transfers=planned.leads.transfers,
                instrument=instrument,
                kind=kind,
            )
        )
        for group in groups
    )


def _refuse_gaps(drafts: "tuple[Drafted, ...]") -> None:
    """Raises NotReadyError for all letters with gaps in one line."""
    from comity.letters import NotReadyError, require_ready

    gaps: list[str] = []
    for drafted in drafts:
        try:
            require_ready(drafted)
        except NotReadyError as error:
            if len(drafts) == 1:
                raise
            gaps.append(f"{error.what}: {', '.join(error.gaps)}")
    if gaps:
        raise NotReadyError(what=f"The set of {len(drafts)} letters ({len(gaps)} with gaps)", gaps=tuple(gaps))
