"""Drafts as files: read again, and written in a form and a language."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli.files import FileError, read_file

if TYPE_CHECKING:
    from comity.letters import Drafted

SUFFIXES = {"json": ".json", "text": ".txt"}
MAX_DRAFT_BYTES = 64 * 1024 * 1024

language_option = click.option(
    "--language", default="", help="Language (ar, de, en, es, fr, hi, pt, ru, zh); default: one the addressee accepts."
)
beside_option = click.option("--beside", is_flag=True, help="Each paragraph beside its original.")
form_option = click.option(
    "--format", "form", type=click.Choice(tuple(SUFFIXES)), help="Default: by the file's name, else text."
)


def form_of(form: str | None, output: str) -> str:
    """The form that was named, else the one that the file's name tells."""
    return form or ("json" if output.endswith(SUFFIXES["json"]) else "text")


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


def written(drafted: "Drafted", form: str, language: str, *, beside: bool = False) -> bytes:
    """A draft in a form and a language; with `beside`, each paragraph with its original, where that is in another."""
    from comity.letters import in_language, lay_out, pair, paired_text, plain_text, to_json

    letter = drafted.letter
    other = language != letter.language
    if form == "json":
        return to_json(in_language(drafted, language, beside=beside) if other else drafted)
    page = lay_out(letter, drafted.report, language, drafted.translation(language))
    if not (other and beside):
        return plain_text(page).encode()
    return paired_text(pair(page, lay_out(letter, drafted.report))).encode()
