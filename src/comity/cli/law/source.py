"""Which law data a command answers from: what ships, with the user's corrections laid over it."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from comity.law import Registry, load_registry

F = TypeVar("F", bound=Callable[..., object])
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def over_option(command: F) -> F:
    """``--over DIR``, repeatable: a later folder is laid over an earlier one."""
    return click.option(
        "--over",
        "over",
        multiple=True,
        type=_FOLDER,
        help="Corrections to lay over the law data; repeatable.",
    )(command)


def registry_over(over: tuple[Path, ...]) -> Registry:
    """The registry of the data that ship, with corrections; LawDataError where the result breaks a rule.

    That corrections were used is said on the standard error stream, so that no answer hides it.
    """
    if not over:
        return load_registry()
    from comity.law.check import check_law_data
    from comity.law.compile import load_compiled
    from comity.law.errors import LawDataError
    from comity.law.finding import Severity
    from comity.law.overlay import overlay_reading
    from comity.law.reading import placed
    from comity.law.registry import build_registry

    reading = placed(load_compiled())
    for folder in over:
        reading = overlay_reading(reading, folder)
    wrong = [finding for finding in check_law_data(reading) if finding.severity is Severity.ERROR]
    if wrong:
        first = wrong[0]
        more = f"; {len(wrong) - 1} more: run `comity law check --over`" if len(wrong) > 1 else ""
        raise LawDataError(file=first.file, where=first.row, problem=first.problem, remedy=first.remedy + more)
    click.echo(f"with corrections from {', '.join(str(folder) for folder in over)}", err=True)
    return build_registry(reading.data)
