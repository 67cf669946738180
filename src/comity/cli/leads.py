"""`comity leads`: what do mails, bank records and logs lead to?"""

import sys
from pathlib import Path

import click
import msgspec


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--region", "regions", multiple=True, help="Where numbers without country code are from, ISO 3166; repeatable."
)
@click.option(
    "--mmdb", type=click.Path(path_type=Path), help="Your own address database (MMDB), asked before what ships."
)
def leads(paths: tuple[Path, ...], as_json: bool, regions: tuple[str, ...], mmdb: Path | None) -> None:
    """Artifacts, observables and the states and providers they lead to, out of files and folders at PATHS.

    Mails, mailboxes, texts, web pages, tables, PDFs, STIX bundles and zip archives of these are read; nothing is
    changed, opened on the network or looked up outside.
    """
    from rich.console import Console

    from comity.cli.leadspage import progress_on, show_leads
    from comity.law import load_registry
    from comity.leads.extract.phones import DEFAULT_REGIONS
    from comity.leads.find import find_leads
    from comity.leads.nexus import TieSources

    sources = TieSources(providers=load_registry().data.providers, user_database=mmdb)
    with progress_on(paths, console=Console(stderr=True)) as progress:
        found = find_leads(
            paths,
            sources=sources,
            regions=tuple(region.upper() for region in regions) or DEFAULT_REGIONS,
            progress=progress,
        )
    if as_json:
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")
    else:
        show_leads(found)
