"""`comity law`: what the law allows, and the data behind it; one module for each family of commands."""

import click

from comity.cli.lazy import lazy_group

_COMMANDS = {
    "build": "comity.cli.law.check:build",
    "check": "comity.cli.law.check:check",
    "compare": "comity.cli.law.compare:compare_command",
    "coverage": "comity.cli.law.coverage:coverage_command",
    "export": "comity.cli.law.export:export",
    "freshness": "comity.cli.law.freshness:freshness_command",
    "gaps": "comity.cli.law.gaps:gaps_command",
    "harmonisation": "comity.cli.law.harmonisation:harmonisation_command",
    "norms": "comity.cli.law.norms:norms",
    "reforms": "comity.cli.law.reforms:reforms",
    "show": "comity.cli.law.show:show",
    "state": "comity.cli.law.state:state",
    "unlock": "comity.cli.law.reforms:unlock_command",
    "what-if": "comity.cli.law.whatif:what_if_command",
}


@click.group(cls=lazy_group(_COMMANDS))
def law() -> None:
    """What the law allows, and the data behind it."""


__all__ = ["law"]
