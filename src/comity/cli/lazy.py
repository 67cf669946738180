"""A group whose commands are imported only when they are called, so that each starts fast."""

from importlib import import_module
from typing import cast

import click


class LazyGroup(click.Group):
    """Commands by name, each as ``module:attribute``; the module is imported when the command is first asked for."""

    targets: dict[str, str]
    remote: dict[str, str]
    """Commands in their place where ``--node`` is given."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self._known(ctx))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        target = self._known(ctx).get(cmd_name)
        if target is None:
            return None
        module, name = target.split(":")
        return cast(click.Command, getattr(import_module(module), name))

    def _known(self, ctx: click.Context) -> dict[str, str]:
        return self.remote if self.remote and ctx.params.get("node") else self.targets


def lazy_group(targets: dict[str, str], remote: dict[str, str] | None = None) -> type[LazyGroup]:
    """The class of a group with these commands, for ``@click.group(cls=…)``; `remote`: those with ``--node``."""
    return type("LazyGroup", (LazyGroup,), {"targets": targets, "remote": remote or {}})
