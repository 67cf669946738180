"""With which node, and as whom."""

import os
from pathlib import Path

import click

from comity.client import Node

TOKEN = "COMITY_TOKEN"


def node_of(ctx: click.Context) -> Node:
    """The node that ``--node`` names, with the token of the environment or of a file that only its owner reads."""
    options = ctx.find_root().params
    return Node(str(options["node"]), _token(options["token_file"]))


def _token(file: Path | None) -> str:
    if file is not None:
        if file.stat().st_mode & 0o077:
            raise click.UsageError(f"{file}: others on this machine can read it: chmod go= {file}")
        return file.read_text().strip()
    token = os.environ.get(TOKEN, "")
    if not token:
        raise click.UsageError(f"set {TOKEN}, or give --token-file: make a token on your own page of the node")
    return token
