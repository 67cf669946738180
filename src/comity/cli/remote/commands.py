"""Commands that work against a node."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from comity.cli.files import print_json, read_file, write_new_file
from comity.cli.remote.session import node_of
from comity.client import Request, WholeRequest

F = TypeVar("F", bound=Callable[..., Any])
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
FACTS_BYTES_MAX = 1 << 20


@click.command()
@click.option("--text", default="", help="Only those whose reference or title contains it.")
@_JSON
@click.pass_context
def cases(ctx: click.Context, text: str, as_json: bool) -> None:
    """The cases that you may see, newest first."""
    with node_of(ctx) as node:
        found = list(node.cases(text=text))
    if as_json:
        print_json(found)
        return
    for case in found:
        click.echo(f"{case.id}  {case.reference}  {case.title}{'  (closed)' if case.status == 'closed' else ''}")


@click.command("new")
@click.argument("reference")
@click.argument("title")
@click.pass_context
def new_case(ctx: click.Context, reference: str, title: str) -> None:
    """Open a case with your agency's REFERENCE and a TITLE; its id is printed."""
    with node_of(ctx) as node:
        click.echo(node.open_case(reference=reference, title=title).id)


@click.command()
@click.argument("case")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--note", default="", help="What you changed.")
@click.pass_context
def facts(ctx: click.Context, case: str, file: Path, note: str) -> None:
    """Tell the facts of CASE: a case file, as `comity new` writes one."""
    text = read_file(file, limit_bytes=FACTS_BYTES_MAX).decode()
    with node_of(ctx) as node:
        there = node.facts(case)
        made = node.save_facts(case, text, version=there.number if there else 0, note=note)
    click.echo(f"version {made.number} of the facts")


@click.command()
@click.argument("case")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.pass_context
def upload(ctx: click.Context, case: str, files: tuple[Path, ...]) -> None:
    """Add FILES, or all files of folders, to the evidence of CASE."""
    with node_of(ctx) as node:
        for path in _every(files):
            made = node.add_evidence(case, path)
            click.echo(f"{made.sha256}  {made.name}")


@click.command()
@click.argument("case")
@_JSON
@click.pass_context
def plan(ctx: click.Context, case: str, as_json: bool) -> None:
    """Have the plan of CASE made on the node, and show it."""
    import msgspec

    from comity.cli.planpage import show_plan
    from comity.plan import Plan

    with node_of(ctx) as node:
        made = node.plan(case)
        if made.state != "done":
            raise click.ClickException(made.problem or f"the plan is {made.state} still; ask again later")
        document = node.plan_document(case, made.number)
    if as_json:
        sys.stdout.buffer.write(msgspec.json.format(bytes(document), indent=2) + b"\n")
        return
    show_plan(msgspec.json.decode(document, type=Plan), folder=case, whole=False)


@click.command()
@click.argument("case")
@click.option("--plan", "number", type=int, required=True, help="Number of the plan.")
@click.option("--step", required=True, help="A step of the plan, such as s3.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="File: .pdf, .docx, .json or .txt."
)
@click.pass_context
def draft(ctx: click.Context, case: str, number: int, step: str, output: Path) -> None:
    """Begin the letter that a step of CASE needs, and save it as a file."""
    form = {".txt": "text"}.get(output.suffix, output.suffix.removeprefix("."))
    with node_of(ctx) as node:
        made = node.begin_letter(case, plan=number, step=step)
        write_new_file(output, node.letter_file(case, made.id, form))
    click.echo(f"{made.id}  {made.reference}: {'ready' if made.ready else 'has gaps'}; saved as {output}")


@click.command()
@click.option("--case", default="", help="Only those of one case, by its id.")
@click.option("--waits", type=click.Choice(["for_us", "for_them"]), help="Only those that wait for us, or for them.")
@_JSON
@click.pass_context
def requests(ctx: click.Context, case: str, waits: str | None, as_json: bool) -> None:
    """Requests, newest first, with the date that ends next."""
    with node_of(ctx) as node:
        found = list(node.requests(case_id=case) if case else node.requests(waits=waits or ""))
    if as_json:
        print_json(found)
        return
    for one in found:
        click.echo(_line(one))


@click.command()
@click.argument("case")
@click.argument("request")
@_JSON
@click.pass_context
def show(ctx: click.Context, case: str, request: str, as_json: bool) -> None:
    """One REQUEST of CASE, by its id: where it stands, its dates, what happened, what can happen now."""
    with node_of(ctx) as node:
        found = node.request(case, request)
    _print(found, as_json=as_json)


@click.command("act")
@click.argument("case")
@click.argument("request")
@click.argument("act")
@click.option("--note", default="", help="In words.")
@click.option("--means", default="", help="How it went or came: the channel, a receipt's number.")
@click.option("--reason", "reasons", multiple=True, help="A coded reason; repeatable.")
@click.option("--signed", default="", help="Of sending: SHA-256 of the signed letter that goes out.")
@click.option("--unsigned", default="", help="Of sending: why the letter goes out unsigned.")
@click.pass_context
def enter_act(
    ctx: click.Context,
    case: str,
    request: str,
    act: str,
    note: str,
    means: str,
    reasons: tuple[str, ...],
    signed: str,
    unsigned: str,
) -> None:
    """Enter that ACT happened now to REQUEST of CASE."""
    with node_of(ctx) as node:
        told = {"note": note, "means": means, "signed": signed, "unsigned": unsigned}
        found = node.act(node.request(case, request), act, reasons=reasons, **told)
    _print(found, as_json=False)


def _every(paths: tuple[Path, ...]) -> list[Path]:
    found = []
    for path in paths:
        found += sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
    return found


def _line(one: Request) -> str:
    ends = f"; next {one.next_ends_at:%Y-%m-%d %H:%M %Z}" if one.next_ends_at else ""
    asks = f"{one.requesting} asks {one.requested}: {one.measure.replace('_', ' ')}"
    return f"{one.case_id} {one.id}  {one.reference}  {asks}; {one.state.replace('_', ' ')}{ends}"


def _print(found: WholeRequest, *, as_json: bool) -> None:
    if as_json:
        print_json(found)
        return
    click.echo(_line(found))
    for event in found.events:
        click.echo(f"  {event.at:%Y-%m-%d %H:%M %Z}  {event.act}  {event.by}  {event.note or event.means}")
    for line in found.deadlines:
        click.echo(f"  {line.on or 'no date'}  {line.state}  {line.what} ({line.source})")
    click.echo(f"possible now: {', '.join(found.possible)}")
