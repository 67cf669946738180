"""`comity serve`, `doctor`, `backup` and `restore`: one agency's node."""

import importlib.util
import os
import sys
from pathlib import Path

import click

from comity.cli.files import print_json

_DATA = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=lambda: Path(os.environ.get("COMITY_DATA", "comity-node")),
    help="Folder of the node; default: COMITY_DATA, else ./comity-node.",
)


@click.command()
@_DATA
@click.option("--demo", is_flag=True, help="Fill a new node with the shipped case and made-up people.")
@click.option("--example", type=click.Path(path_type=Path, exists=True, file_okay=False), default=None, hidden=True)
def serve(data: Path, demo: bool, example: Path | None) -> None:
    """Serve the node: pages, API and background work, until it is stopped.

    The first start makes the folder, a commented file of settings, the database, and an administrator whose password is
    shown once. Settings: DATA/comity.toml, or COMITY_NAME in the environment.
    """
    _need_node()
    from comity.node.config import read_config
    from comity.node.running import serve as running
    from comity.node.running.setup import prepare, start

    data = data.absolute()
    with running.held(data):
        prepare(data)
        config = read_config(data, os.environ)
        running.check_address(config)
        started = start(data, administrator=not demo)
        if started.backup:
            click.echo(f"the database was changed to this version; before it: {started.backup}")
        if started.administrator:
            click.echo(f"administrator: {started.administrator}  password, shown this once: {started.password}")
        if demo:
            _fill(example or Path("examples/phishing"), first=started.first)
        address = config.url or f"http://{config.host}:{config.port}"
        click.echo(f"Comity serves {config.agency} at {address} from {data}")
        sys.exit(running.serve(data, config))


def _fill(example: Path, *, first: bool) -> None:
    from comity.node.running.demo import fill

    if not first:
        raise click.UsageError("--demo fills a new node: name an empty folder with --data")
    if not (example / "case.toml").exists():
        raise click.UsageError(f"{example}: the shipped case is not there; run this in Comity's own folder")
    for person in fill(example):
        click.echo(f"{person.role:26} {person.username:8} {person.password}")


@click.command()
@_DATA
@click.option("--settings", "as_settings", is_flag=True, help="Print every setting, its default and what it means.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def doctor(data: Path, as_settings: bool, as_json: bool) -> None:
    """Say what is wrong with a node, and what to do about it. Exit status 1: something grave is wrong."""
    _need_node()
    if as_settings:
        from comity.node.config import describe

        click.echo(describe(), nl=False)
        return
    _open(data)
    from comity.node.running.doctor import examine

    found = examine()
    if as_json:
        print_json(
            [{"what": one.what, "problem": one.problem, "remedy": one.remedy, "grave": one.grave} for one in found]
        )
    else:
        for one in found:
            click.echo(f"{'WRONG' if one.grave else 'note '}  {one.what}: {one.problem}; {one.remedy}")
        if not found:
            click.echo("nothing is wrong")
    sys.exit(1 if any(one.grave for one in found) else 0)


@click.command()
@_DATA
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File to write.")
def backup(data: Path, output: Path) -> None:
    """Write the whole node into one file, while it serves or not: database, evidence, letters, keys, settings."""
    _need_node()
    _open(data)
    from comity.node.running.backup import write_backup

    if output.exists():
        raise click.UsageError(f"{output}: is there already and is not overwritten; name another")
    click.echo(f"{output}: {write_backup(output.absolute())} files; whoever has this file has everything: keep it safe")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_DATA
@click.option("--database", default="", help="postgresql://… of an empty database, for a backup of PostgreSQL.")
def restore(file: Path, data: Path, database: str) -> None:
    """Put the backup in FILE into an empty folder; every digest is checked first."""
    _need_node()
    from comity.node.running.backup import restore as put_back

    click.echo(f"{data}: {put_back(file, data.absolute(), database=database)} files restored")


def _open(data: Path) -> None:
    """The node in a folder, which must be there."""
    from comity.node.running.setup import open_node

    if not data.is_dir():
        raise click.UsageError(f"{data.absolute()}: there is no node here; `comity serve --data` makes one")
    open_node(data.absolute())


def _need_node() -> None:
    if importlib.util.find_spec("django") is None:
        raise click.UsageError("the node's libraries are not installed: pip install 'comity[node]'")
