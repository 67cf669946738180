"""`comity letter answer`: acknowledge, ask back or refuse, drafted from the check of the request."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli.files import write_new_file
from comity.cli.law.source import over_option, registry_over
from comity.cli.letterforms import known_form
from comity.cli.letterread import files_inside_option, receive_file, stated

if TYPE_CHECKING:
    from comity.law import Registry
    from comity.letters import Drafted
    from comity.letters.incoming import Answerer, Examination, Received

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("file", type=_PATH)
@click.option("--acknowledge", is_flag=True, help="Say that it came, who is in charge, and what happens next.")
@click.option("--ask", is_flag=True, help="Ask for what the check found wanting.")
@click.option("--question", "questions", multiple=True, help="A further question, in your own words; repeatable.")
@click.option("--all", "every", is_flag=True, help="With --ask: for what was not recognised too.")
@click.option("--refuse", "reasons", multiple=True, help="A ground (see --refuse list), or a reason; repeatable.")
@click.option("-o", "--output", type=_PATH, help="The new letter: .pdf, .docx, .json or .txt; default: the screen.")
@click.option("--as-of", help="The day of the answer, YYYY-MM-DD; default: today.")
@click.option("--received", help="The day on which the request came; default: the day of the answer.")
@click.option("--by", default="", help="The authority that answers; default: the competent one in our data.")
@click.option("--officer", default="", help="Who deals with it.")
@click.option("--contact", "contacts", multiple=True, help="E-mail address or telephone; repeatable.")
@click.option("--signatory", default="", help="Who signs.")
@click.option("--reference", default="", help="Reference of the answer.")
@click.option("--fact", "facts", multiple=True, help="A fact that you know: NAME, or NAME=no; repeatable.")
@click.option("--from", "sender", default="", help="The requesting state, where it was not recognised.")
@click.option("--to", "addressee", default="", help="The requested state, where it was not recognised.")
@files_inside_option
@over_option
def answer(
    file: Path,
    acknowledge: bool,
    ask: bool,
    questions: tuple[str, ...],
    every: bool,
    reasons: tuple[str, ...],
    output: Path | None,
    as_of: str | None,
    received: str | None,
    by: str,
    officer: str,
    contacts: tuple[str, ...],
    signatory: str,
    reference: str,
    facts: tuple[str, ...],
    sender: str,
    addressee: str,
    files_inside: bool,
    over: tuple[Path, ...],
) -> None:
    """Answer the request in FILE: --acknowledge, --ask or --refuse GROUND; drafted, checked, never sent.

    Read the draft before it is signed: what the check did not recognise may be in the request all the same.
    """
    from comity.cli.routes import parse_day, parse_facts
    from comity.letters.incoming import Answerer, examine, grounds

    if "list" in reasons:
        click.echo("\n".join(grounds()))
        return
    if [acknowledge, ask, bool(reasons)].count(True) != 1:
        raise click.UsageError("choose one of --acknowledge, --ask and --refuse")
    if output is not None:
        known_form(output.name)
    registry = registry_over(over)
    day = parse_day(as_of, date.today(), option="--as-of")  # noqa: DTZ011  the user means the local day
    came = parse_day(received, day, option="--received")
    letter = stated(receive_file(file, registry, received=str(came), files_inside=files_inside), sender, addressee)
    desk = Answerer(name=by, officer=officer, contacts=contacts, signatory=signatory, reference=reference)
    found = examine(letter, registry, as_of=day, received_on=came, facts=parse_facts(facts))
    if ask:
        _tell_unsure(found, every=every)
    drafted = _drafted(
        letter, found, desk, registry, on=day, ask=ask, every=every, questions=questions, reasons=reasons
    )
    _give(drafted, output)


def _tell_unsure(found: "Examination", *, every: bool) -> None:
    """What was not recognised, for the clerk, an item a line."""
    maybe = [question for question in found.questions if question.maybe_there]
    if not maybe:
        return
    how = "asked for too" if every else "not asked for; --all asks for all of it, --question for one"
    click.echo(f"{len(maybe)} things were not recognised: look first whether they are in the request ({how})", err=True)
    for question in maybe:
        click.echo(f"  [ ] {question.text.text}", err=True)


def _drafted(
    letter: "Received",
    found: "Examination",
    desk: "Answerer",
    registry: "Registry",
    *,
    on: date,
    ask: bool,
    every: bool,
    questions: tuple[str, ...],
    reasons: tuple[str, ...],
) -> "Drafted":
    from comity.letters.incoming import acknowledge, ask_back, refuse

    if reasons:
        return refuse(letter, found, desk, on=on, reasons=reasons)
    if ask:
        return ask_back(letter, found, desk, on=on, questions=questions, unrecognised=every)
    return acknowledge(letter, found, desk, on=on)


def _give(drafted: "Drafted", output: Path | None) -> None:
    from comity.letters import lay_out, plain_text
    from comity.letters.forms import form_of, written

    page = lay_out(drafted.letter, drafted.report)
    form = form_of(output.name) if output is not None else None
    if output is None or form is None:
        sys.stdout.buffer.write(plain_text(page).encode())
        return
    write_new_file(output, written(drafted, form, page=page).data, mode=0o644)
    gaps = len(drafted.report.gaps)
    state = "ready for signature" if drafted.report.ready else f"not ready: {gaps} gap{'s' if gaps != 1 else ''}"
    click.echo(f"{output}: {drafted.letter.title.text}, to {drafted.letter.addressee.name or 'nobody yet'} ({state})")
