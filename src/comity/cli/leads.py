"""`comity leads`: what do mails, bank records and logs lead to?"""

import gc
import sys
from pathlib import Path

import click
import msgspec


class _EvidencePath(click.Path):
    """A path that is not empty: an empty one would be the folder at work, which nobody meant."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> "str | bytes | Path":
        if value == "":
            self.fail("an empty path names nothing; write . for the folder at work", param, ctx)
        return Path(str(super().convert(str(value), param, ctx)))


@click.command()
@click.argument("paths", nargs=-1, required=True, type=_EvidencePath())
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--all", "show_all", is_flag=True, help="Show everything, and not only the first of each kind.")
@click.option(
    "--region", "regions", multiple=True, help="Where numbers without country code are from, ISO 3166; repeatable."
)
@click.option(
    "--mmdb",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your own address database (MMDB), asked before what ships.",
)
def leads(paths: tuple[Path, ...], as_json: bool, show_all: bool, regions: tuple[str, ...], mmdb: Path | None) -> None:
    """Artifacts, observables and the states and providers they lead to, out of files and folders at PATHS.

    Mails, mailboxes, texts, web pages, tables, server logs, chats, PDFs, STIX bundles and zip archives of these are
    read; nothing is changed, opened on the network or looked up outside.
    """
    from rich.console import Console

    from comity.cli.leadspage import progress_on, show_leads
    from comity.law import load_registry
    from comity.leads.extract.phones import DEFAULT_REGIONS
    from comity.leads.find import find_leads
    from comity.leads.nexus import TieSources

    tried = tuple(_region(region) for region in regions) or DEFAULT_REGIONS
    sources = TieSources(providers=load_registry().data.providers, user_database=mmdb)
    sources.check()
    # What is read stays until the end: looking for garbage among it again and again finds none.
    gc.freeze()
    gc.set_threshold(200_000, 50, 1_000)
    with progress_on(paths, console=Console(stderr=True)) as progress:
        found = find_leads(paths, sources=sources, regions=tried, progress=progress)
    if as_json:
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")
    else:
        show_leads(found, show_all=show_all)


def _region(given: str) -> str:
    """A state whose telephone numbers can be told, or a clear refusal."""
    from phonenumbers import SUPPORTED_REGIONS

    code = given.strip().upper()
    if code not in SUPPORTED_REGIONS:
        raise click.BadParameter(
            f"{given!r} is no state or territory with telephone numbers; give its ISO 3166 code, such as IN",
            param_hint="'--region'",
        )
    return code
