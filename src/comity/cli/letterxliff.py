"""`comity letter xliff`: a letter to a translator, and what the translator gave back beside the letter."""

from pathlib import Path

import click

from comity.cli.files import read_file
from comity.cli.letterforms import language_option, read_draft

SHOWN = 5


@click.group()
def xliff() -> None:
    """Letters to translators and back, as XLIFF 2."""


@xliff.command()
@click.argument("letter", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The XLIFF file to write.")
@language_option
def export(letter: Path, output: Path, language: str) -> None:
    """Write what is to be translated of the letter in LETTER, the JSON of a draft, with what was translated so far.

    Fixed wording is in the file with its translation, to be read. Exact values are placeholders.
    """
    from comity.law.names import language_name
    from comity.letters import choose_language, free_texts
    from comity.letters.xliff import to_xliff
    from comity.plan import write_whole

    drafted = read_draft(letter)
    choice = choose_language(drafted.letter, language)
    if choice.language == drafted.letter.language:
        raise click.UsageError(f"the letter is in that language ({choice.why}); name another with --language")
    data = to_xliff(drafted.letter, choice.language, drafted.translation(choice.language))
    write_whole(output, data.decode())
    count = sum(1 for _ in free_texts(drafted.letter))
    click.echo(f"{output}: {count} texts to translate into {language_name(choice.language)}")


@xliff.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("letter", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The JSON of the draft to write.")
def import_(file: Path, letter: Path, output: Path) -> None:
    """Put what a translator gave in FILE beside the letter in LETTER, the JSON of the draft that it was made from.

    Another letter's file, a letter that has changed since, and a translation that lost an exact value are refused.
    """
    from comity.law.names import language_name
    from comity.letters import to_json, translated, untranslated
    from comity.letters.translation import doubtful
    from comity.letters.xliff import XliffLimits, from_xliff
    from comity.plan import write_whole

    drafted = read_draft(letter)
    limits = XliffLimits()
    translation = from_xliff(read_file(file, limit_bytes=limits.size_bytes), drafted.letter, limits)
    write_whole(output, to_json(translated(drafted, translation)).decode())
    done, name = len(translation.texts), language_name(translation.language)
    rest = untranslated(drafted.letter, translation)
    click.echo(f"{output}: {done} of {done + len(rest)} texts in {name}")
    for place, figures in doubtful(drafted.letter, translation).items():
        told = [f"lacks {', '.join(figures.lost)}"] if figures.lost else []
        told += [f"has {', '.join(figures.added)}, which the source has not"] if figures.added else []
        click.echo(f"  look again at {place}: it {' and '.join(told)}")
    if rest:
        more = f" and {len(rest) - SHOWN} more" if len(rest) > SHOWN else ""
        click.echo(f"  still to be translated: {', '.join(rest[:SHOWN])}{more}")
