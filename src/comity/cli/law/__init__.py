"""`comity law`: what the law allows, and the data behind it; one module for each family of commands."""

import click

from comity.cli.lazy import lazy_group

_COMMANDS = {
    "build": "comity.cli.law.check:build",
    "check": "comity.cli.law.check:check",
    "coverage": "comity.cli.law.coverage:coverage_command",
    "reforms": "comity.cli.law.reforms:reforms",
    "unlock": "comity.cli.law.reforms:unlock_command",
    "what-if": "comity.cli.law.whatif:what_if_command",
}


@click.group(cls=lazy_group(_COMMANDS))
def law() -> None:
    """What the law allows, and the data behind it."""


__all__ = ["law"]
