"""What commands on letters have in common: their options, and drafts read again."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli.files import FileError, read_file

if TYPE_CHECKING:
    from comity.letters import Drafted

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
