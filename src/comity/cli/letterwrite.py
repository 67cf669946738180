"""`comity letter write`: a drafted letter again, in another form or language."""

from pathlib import Path

import click

from comity.cli.letterforms import beside_option, fonts_option, form_option, language_option, read_draft


@click.command()
@click.argument("letter", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, help="The file; - for the terminal.")
@form_option
@language_option
@beside_option
@fonts_option
def write(
    letter: Path, output: str, forms: tuple[str, ...], language: str, beside: bool, fonts: tuple[Path, ...]
) -> None:
    """Write the letter in LETTER, the JSON of a draft, in other forms or languages, with what translators gave."""
    from comity.cli.draftwrite import Target, Version, write_letters
    from comity.letters.render.fonts import FOLDERS, FontShelf

    target = Target.parse(output, forms, single=True)
    version = Version.choose(read_draft(letter), language, beside=beside)
    write_letters((version,), target, strict=False, shelf=FontShelf(folders=(*fonts, *FOLDERS)))
