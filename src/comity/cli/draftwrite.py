"""Where `comity draft` puts its letters: all are made before the first is written, and each file is written whole."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli.files import FileError, read_file
from comity.cli.gaphints import hints
from comity.cli.letterforms import MAX_DRAFT_BYTES, known_form

if TYPE_CHECKING:
    from comity.letters import Choice, Drafted, Letter
    from comity.letters.forms import Form, Written
    from comity.letters.render.fonts import FontShelf

    Made = tuple[Form, Written]

STANDARD_OUTPUT = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A file, a folder or the terminal, and the forms that go there."""

    output: str
    forms: "tuple[Form, ...]"
    single: bool
    """One letter: a file of its own, unless the output is a folder that is there."""

    @classmethod
    def parse(cls, output: str, names: tuple[str, ...], *, single: bool) -> "Target":
        """From what the user wrote; click.UsageError where it cannot be."""
        from comity.letters.forms import Form, form_of

        named = None if output == STANDARD_OUTPUT else form_of(output)
        if single and not names and Path(output).suffix and not Path(output).is_dir():
            named = known_form(output)
        forms = tuple(dict.fromkeys(Form(name) for name in names)) or (named or Form.TEXT,)
        target = cls(output=output, forms=forms, single=single)
        if output == STANDARD_OUTPUT and (len(forms) > 1 or (forms[0] not in {Form.JSON, Form.TEXT} and not single)):
            raise click.UsageError("the terminal takes one form, and PDF or DOCX of one letter only: name a folder")
        return target

    def paths(self, drafted: "Drafted") -> "Iterator[Path]":
        """A file for each form: as named for one letter; in a folder, by step and kind."""
        from comity.letters.forms import form_of

        output = Path(self.output)
        if not self.single or output.is_dir():
            yield from (output / f"{_stem(drafted)}{form.suffix}" for form in self.forms)
        elif len(self.forms) == 1:
            yield output
        else:
            stem = output.with_suffix("") if form_of(output.name) else output
            yield from (stem.with_name(f"{stem.name}{form.suffix}") for form in self.forms)

    def make_folder(self) -> None:
        """Makes the folder where several letters go."""
        if self.single:
            return
        try:
            Path(self.output).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            problem = f"{self.output}: cannot be made a folder ({error.strerror}); name another"
            raise click.BadParameter(problem, param_hint="--output") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A letter in the language in which it is written."""

    drafted: "Drafted"
    choice: "Choice"
    beside: bool
    """Whether each paragraph stands beside its original, where that is in another language."""
    asked: bool
    """Whether the user named the language."""

    @classmethod
    def choose(cls, drafted: "Drafted", language: str, *, beside: bool) -> "Version":
        """In the language that was asked for, else in one that the addressee accepts."""
        from comity.letters import choose_language

        choice = choose_language(drafted.letter, language)
        return cls(drafted=drafted, choice=choice, beside=beside, asked=bool(language))

    @property
    def said(self) -> "Drafted":
        """The draft with its check as it is written: in another language, what is still to be translated is a gap."""
        from comity.letters import in_words_of

        return in_words_of(self.drafted, self.choice.language)

    def written(self, forms: "tuple[Form, ...]", shelf: "FontShelf") -> "tuple[Version, tuple[Made, ...]]":
        """The letter in each form; in the language of the draft, where this machine has no font for a chosen one.

        FontsError where the user named the language.
        """
        from comity.law.names import language_name
        from comity.letters import Choice, FontsError, catalogue

        try:
            return self, self.made(forms, shelf)
        except FontsError as error:
            own = catalogue(self.drafted.letter.language).language
            if self.asked or own == self.choice.language:
                raise
            why = f"{language_name(own)}, not {language_name(self.choice.language)}: {error}"
            version = replace(self, choice=Choice(language=own, why=why))
            return version, version.made(forms, shelf)

    def made(self, forms: "tuple[Form, ...]", shelf: "FontShelf") -> "tuple[Made, ...]":
        """The letter in each form."""
        from comity.letters import in_language, lay_out
        from comity.letters.forms import written

        drafted, language = self.said, self.choice.language
        page = lay_out(drafted.letter, drafted.report, language, drafted.translation(language))
        original = None
        if language != drafted.letter.language:
            drafted = in_language(drafted, language, beside=self.beside)
            original = lay_out(drafted.letter, drafted.report) if self.beside else None
        return tuple((form, written(drafted, form, page=page, original=original, shelf=shelf)) for form in forms)


def write_letters(versions: tuple[Version, ...], target: Target, *, strict: bool, shelf: "FontShelf") -> None:
    """Writes every letter in every form, and says what was written and what it lacks."""
    from comity.plan import write_whole

    made = tuple(version.written(target.forms, shelf) for version in versions)
    _tell_missing(tuple(written for _, forms in made for _, written in forms), strict=strict)
    if target.output == STANDARD_OUTPUT:
        for _, forms in made:
            sys.stdout.buffer.write(forms[0][1].data)
        return
    target.make_folder()
    planned = tuple((version, tuple(target.paths(version.drafted)), forms) for version, forms in made)
    for version, paths, forms in planned:
        for path, (form, _) in zip(paths, forms, strict=True):
            _check_free(path, form, version.drafted.letter)
    for version, paths, forms in planned:
        for path, (_, written) in zip(paths, forms, strict=True):
            write_whole(path, written.data)
        _tell(version, paths)
    if len(planned) == 1:
        _tell_hands(planned[0][0].drafted)
    if len(versions) == 1:
        for hint in dict.fromkeys(hints(versions[0].said.report)):
            click.echo(f"  to fill: {hint}")


def _check_free(path: Path, form: "Form", letter: "Letter") -> None:
    """FileError where a file is there that is no earlier draft of the letter: evidence, a signed or another letter."""
    from comity.cli.lettersign import signature_files
    from comity.letters.forms import is_letter

    if not path.is_file():
        return
    held = read_file(path, limit_bytes=MAX_DRAFT_BYTES)
    if not is_letter(held, form):
        raise FileError(f"{path}: is there already and is no letter in this form: it is not overwritten; name another")
    if b"/ByteRange" in held or any(beside.exists() for beside in signature_files(path)):
        raise FileError(f"{path}: is there already and is signed: it is not overwritten; name another")
    if not _is_same_letter(held, letter):
        raise FileError(
            f"{path}: is there already and is not {letter.reference}, {letter.kind.value}: "
            "another letter is not overwritten; name another, or move it away"
        )


def _is_same_letter(held: bytes, letter: "Letter") -> bool:
    """Whether a file is an earlier draft of the letter: by its data, as text by the reference and the title in it."""
    from comity.letters import Drafted, LettersError, catalogue
    from comity.letters.read.file import letter_in, open_file
    from comity.letters.wording import languages

    try:
        opened = open_file(held)
        if opened.data is None:
            lines = {line.text.casefold() for line in opened.lines}
            titles = {catalogue(language).phrase(letter.title).casefold() for language in languages()}
            named = any(line.endswith(f": {letter.reference}".casefold()) for line in lines)
            return named and any(title in line for title in titles for line in lines)
        inside = letter_in(opened.data)
    except LettersError:
        return False
    there = inside.letter if isinstance(inside, Drafted) else inside
    return (there.reference, there.kind) == (letter.reference, letter.kind)


def _tell_missing(files: "tuple[Written, ...]", *, strict: bool) -> None:
    """Names each script that a PDF shows by codes; --strict refuses it."""
    from comity.letters import FontsError

    for font in dict.fromkeys(font for file in files for font in file.missing):
        if strict:
            raise FontsError(script=font.script, package=font.package, problem=str(font))
        click.echo(f"comity: {font}; the PDF shows its letters by their codes, such as <U+4E2D>", err=True)


def _stem(drafted: "Drafted") -> str:
    step = drafted.letter.reference.removeprefix(drafted.letter.case_reference)
    return re.sub(r"[^a-z0-9]+", "-", f"{step} {drafted.letter.kind.value}".casefold()).strip("-")


def _tell_hands(drafted: "Drafted") -> None:
    """Through whose hands one letter goes before it leaves: no part of it."""
    for hand in drafted.transmission:
        adds = f" ({', '.join(text.text for text in hand.adds)})" if hand.adds else ""
        click.echo(f"  {hand.number}. {hand.who}: {hand.does.text.rstrip('.')}{adds}")


def _tell(version: Version, paths: tuple[Path, ...]) -> None:
    drafted = version.said
    gaps = len(drafted.report.gaps)
    state = "ready for signature" if drafted.report.ready else f"not ready: {gaps} gap{'s' if gaps != 1 else ''}"
    names = ", ".join(str(path) for path in paths)
    click.echo(f"{names}: {drafted.letter.title.text}, to {drafted.letter.addressee.name or 'nobody yet'} ({state})")
    click.echo(f"  in {version.choice.why}")
