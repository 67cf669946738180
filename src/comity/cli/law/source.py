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
    from comity.law.corrected import corrected_registry

    registry = corrected_registry(over)
    click.echo(f"with corrections from {', '.join(str(folder) for folder in over)}", err=True)
    return registry
