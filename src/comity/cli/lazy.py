"""A group whose commands are imported only when they are called, so that each starts fast."""

from importlib import import_module
from typing import cast

import click


class LazyGroup(click.Group):
    """Commands by name, each as ``module:attribute``; the module is imported when the command is first asked for."""

    targets: dict[str, str]

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self.targets)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        target = self.targets.get(cmd_name)
        if target is None:
            return None
        module, name = target.split(":")
        return cast(click.Command, getattr(import_module(module), name))


def lazy_group(targets: dict[str, str]) -> type[LazyGroup]:
    """The class of a group with these commands, for ``@click.group(cls=…)``."""
    return type("LazyGroup", (LazyGroup,), {"targets": targets})
