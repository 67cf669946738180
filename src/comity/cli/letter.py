"""`comity letter`: letters as files."""

import click

from comity.cli.lazy import lazy_group

_COMMANDS = {
    "write": "comity.cli.letterwrite:write",
    "xliff": "comity.cli.letterxliff:xliff",
}


@click.group(cls=lazy_group(_COMMANDS))
def letter() -> None:
    """Letters as files: written in another language, to translators and back."""
