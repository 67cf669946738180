"""Comity in a terminal. Commands are loaded only when they are called, so that each starts fast."""

import sys
from importlib import import_module
from typing import cast

import click

from comity.errors import ComityError

_COMMANDS = {
    "custody": "comity.cli.custody:custody",
    "evidence": "comity.cli.evidence:evidence",
    "key": "comity.cli.key:key",
    "law": "comity.cli.law:law",
    "leads": "comity.cli.leads:leads",
    "new": "comity.cli.plan:new",
    "plan": "comity.cli.plan:plan",
    "routes": "comity.cli.routes:routes",
    "seal": "comity.cli.seal:seal",
    "unseal": "comity.cli.unseal:unseal",
    "verify": "comity.cli.verify:verify",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when first asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        target = _COMMANDS.get(cmd_name)
        if target is None:
            return None
        module, name = target.split(":")
        return cast(click.Command, getattr(import_module(module), name))


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="comity", prog_name="comity")
def comity() -> None:
    """From evidence of a cybercrime to a lawful cross-border request."""


def main() -> None:
    """Run the command line; a `ComityError` becomes one line and exit status 2."""
    try:
        comity.main(prog_name="comity")
    except ComityError as error:
        click.echo(f"comity: {error}", err=True)
        sys.exit(2)


__all__ = ["main"]
