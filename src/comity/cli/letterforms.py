"""What commands on letters have in common: their options, and drafts read again."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli.files import FileError, read_file

if TYPE_CHECKING:
    from comity.letters import Drafted
    from comity.letters.forms import Form

FORMS = ("pdf", "docx", "json", "text")
MAX_DRAFT_BYTES = 64 * 1024 * 1024

language_option = click.option(
    "--language", default="", help="Language (ar, de, en, es, fr, hi, pt, ru, zh); default: one the addressee accepts."
)
beside_option = click.option("--beside", is_flag=True, help="Each paragraph beside its original.")
form_option = click.option(
    "--format", "forms", multiple=True, type=click.Choice(FORMS), help="Several may be given; default: by the name."
)
fonts_option = click.option(
    "--fonts", multiple=True, type=click.Path(path_type=Path), help="A folder with fonts for the PDF, looked in first."
)


def known_form(name: str) -> "Form":
    """The form that a file's name ends with; click.BadParameter where it is none that a letter is written in."""
    from comity.letters.forms import Form, form_of

    form = form_of(name)
    if form is None:
        endings = ", ".join(one.suffix for one in Form)
        raise click.BadParameter(
            f"{name}: no letter is written in this form; end it in {endings}", param_hint="--output"
        )
    return form


def read_draft(path: Path) -> "Drafted":
    """A draft that was written as JSON; FileError where it is none."""
    import msgspec

    from comity.letters import from_json

    data = read_file(path, limit_bytes=MAX_DRAFT_BYTES)
    try:
        return from_json(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FileError(
            f"{path}: not the JSON of a draft ({error}); make it with comity draft -o LETTER.json"
        ) from None
