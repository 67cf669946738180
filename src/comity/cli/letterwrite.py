"""`comity letter write`: a drafted letter again, in another form or language."""

import sys
from pathlib import Path

import click

from comity.cli.letterforms import beside_option, form_of, form_option, language_option, read_draft, written


@click.command()
@click.argument("letter", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, help="The file; - for the terminal.")
@form_option
@language_option
@beside_option
def write(letter: Path, output: str, form: str | None, language: str, beside: bool) -> None:
    """Write the letter in LETTER, the JSON of a draft, in another form or language, with what translators gave."""
    from comity.letters import choose_language
    from comity.plan import write_whole

    drafted = read_draft(letter)
    choice = choose_language(drafted.letter, language)
    data = written(drafted, form_of(form, output), choice.language, beside=beside)
    if output == "-":
        sys.stdout.buffer.write(data)
        return
    write_whole(Path(output), data.decode())
    click.echo(f"{output}: {drafted.letter.title.text}, in {choice.why}")
