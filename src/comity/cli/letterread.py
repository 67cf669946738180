"""`comity letter read` and `check`: what arrived as a structured request, and how the officer here finds it."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli.files import print_json, read_file
from comity.cli.law.source import over_option, registry_over

if TYPE_CHECKING:
    from comity.law import Registry
    from comity.letters.incoming import Received

EXIT = {"admissible": 0, "not_believed": 1, "not_admissible": 1, "refusal_open": 1, "ask_back": 3, "cannot_tell": 3}
_PATH = click.Path(path_type=Path)
files_inside_option = click.option(
    "--files-inside", is_flag=True, help="Read a PDF that holds other files too: they are named, never opened."
)


@click.command()
@click.argument("file", type=_PATH)
@click.option("--received", help="The day on which it came, YYYY-MM-DD; default: today.")
@files_inside_option
@over_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def read(file: Path, received: str | None, files_inside: bool, over: tuple[Path, ...], as_json: bool) -> None:
    """Read the letter in FILE: PDF, DOCX, JSON or text, ours or a stranger's, into a structured request.

    Ours are read from the data inside, which are compared with what is shown. A stranger's is recognised from its
    words, each content with its place; what was not recognised is named. A file that acts, or goes past the limits, is
    refused.
    """
    found = receive_file(file, registry_over(over), received=received, files_inside=files_inside)
    if as_json:
        print_json(found)
        return
    from rich.console import Console

    from comity.cli.letterpage import print_received

    print_received(Console(highlight=False), found)


@click.command()
@click.argument("file", type=_PATH)
@click.option("--as-of", help="The day of the check, YYYY-MM-DD; default: today.")
@click.option("--received", help="The day on which it came, YYYY-MM-DD; default: the day of the check.")
@click.option("--fact", "facts", multiple=True, help="A fact that you know: NAME, or NAME=no; repeatable.")
@click.option("--from", "sender", default="", help="The requesting state, where it was not recognised.")
@click.option("--to", "addressee", default="", help="The requested state, where it was not recognised.")
@files_inside_option
@over_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(
    file: Path,
    as_of: str | None,
    received: str | None,
    facts: tuple[str, ...],
    sender: str,
    addressee: str,
    files_inside: bool,
    over: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Check the request in FILE as the requested side: may it be executed, refused, or must something be asked?

    Competent authority here, the instruments in force between the two states on the day, grounds for refusal, dual
    criminality, language, contents that are wanting, and what to ask back. Exit status 0: admissible; 1: a ground
    against it, or pages that say something else than the data inside; 3: something is to be asked, or cannot be told.
    """
    from comity.cli.routes import parse_day, parse_facts
    from comity.letters.incoming import examine

    registry = registry_over(over)
    day = parse_day(as_of, _today(), option="--as-of")
    came = parse_day(received, day, option="--received")
    letter = stated(receive_file(file, registry, received=str(came), files_inside=files_inside), sender, addressee)
    found = examine(letter, registry, as_of=day, received_on=came, facts=parse_facts(facts))
    if as_json:
        print_json(found)
    else:
        from rich.console import Console

        from comity.cli.letterpage import print_examination

        print_examination(Console(highlight=False), found)
    sys.exit(EXIT[found.outcome.value])


def receive_file(file: Path, registry: "Registry", *, received: str | None, files_inside: bool) -> "Received":
    """The letter in a file."""
    from comity.cli.bounded import bounded
    from comity.cli.routes import parse_day
    from comity.letters.incoming import receive
    from comity.letters.read.limits import DEFAULT_READ_LIMITS

    day = parse_day(received, _today(), option="--received")
    data = read_file(file, limit_bytes=DEFAULT_READ_LIMITS.file_bytes)
    with bounded(file):
        return receive(data, registry, file=str(file), received_on=day, files_inside=files_inside)


def stated(received: "Received", sender: str, addressee: str) -> "Received":
    """The same with the two states that the user names."""
    import msgspec

    from comity.law import parse_state

    letter = received.letter
    if sender:
        party = msgspec.structs.replace(letter.requesting, state=parse_state(sender))
        letter = msgspec.structs.replace(letter, requesting=party)
    if addressee:
        party = msgspec.structs.replace(letter.addressee, state=parse_state(addressee))
        letter = msgspec.structs.replace(letter, addressee=party)
    return msgspec.structs.replace(received, letter=letter, sides_stated=bool(sender or addressee))


def _today() -> date:
    return date.today()  # noqa: DTZ011  the terminal's user means the local day
