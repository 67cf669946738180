"""Gather the texts of the node's pages into a catalogue per language, and compile these: make texts.

What was translated stays; what the pages no longer say goes; what is new stands empty and is shown in English until it
is translated. A language is compiled, and so offered to people, from the day on which every text is translated.
``--check`` changes nothing and says what is not up to date.
"""

import io
import re
import sys
from ast import literal_eval
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

NODE = Path(__file__).parents[1] / "src" / "comity" / "node"
LOCALE = NODE / "locale"
LANGUAGES = ("ar", "de", "es", "fr", "hi", "pt", "ru", "zh")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    **{f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in ("gettext", "ngettext", "pgettext", "npgettext")},
    "gettext_noop": None,
}
HEADER = "# The texts of Comity's pages: https://docs.djangoproject.com/en/5.2/topics/i18n/translation/\n#"
_LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_CALL = re.compile(rf"\b(n?p?gettext|_)\(({_LITERAL}(?:\s*,\s*{_LITERAL})*)")
Text = str | tuple[str, ...]


def main() -> int:
    """Write what is not up to date; with ``--check`` name it."""
    check = "--check" in sys.argv[1:]
    template = gathered()
    stale = []
    for language in LANGUAGES:
        for path, content in catalogue(language, template).items():
            if not path.exists() or path.read_bytes() != content:
                stale.append(path)
                if not check:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(content)
    for path in stale:
        print(f"{path.relative_to(NODE)}: {'is not up to date; run make texts' if check else 'written'}")
    return 1 if check and stale else 0


def catalogue(language: str, template: Catalog) -> dict[Path, bytes]:
    """The files of a language, with what was translated so far."""
    folder = LOCALE / language / "LC_MESSAGES"
    source = folder / "django.po"
    held = Catalog(locale=language)
    if source.exists():
        with source.open("rb") as stream:
            held = read_po(stream, locale=language)
    held.update(template, no_fuzzy_matching=True, update_creation_date=False)
    held.obsolete.clear()
    held.header_comment = HEADER
    text, compiled = io.BytesIO(), io.BytesIO()
    write_po(text, held, width=0, omit_header=True, include_lineno=False, ignore_obsolete=True)
    files = {source: _head(held) + text.getvalue()}
    spoken = folder / "django.mo"
    if spoken.exists() or all(said(message) for message in held if message.id):
        write_mo(compiled, _bare(held))
        files[spoken] = compiled.getvalue()
    return files


def said(message: Message) -> bool:
    """Whether a text is translated, in each form that the language counts with."""
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


def gathered() -> Catalog:
    """Every text that code and templates mark for translation, in the order of their files."""
    template = Catalog()
    for path in sorted(NODE.rglob("*.py")):
        with path.open("rb") as stream:
            for _, text, _, context in extract("python", stream, KEYWORDS):
                template.add(text, locations=[(_place(path), 0)], context=context)
    for path in sorted(path for kind in ("html", "txt") for path in NODE.glob(f"**/templates/**/*.{kind}")):
        for text, context in _marked(path.read_text()):
            template.add(text, locations=[(_place(path), 0)], context=context)
    return template


def _marked(text: str) -> Iterator[tuple[Text, str | None]]:
    for name, given in _CALL.findall(templatize(text)):
        words = [literal_eval(one) for one in re.findall(_LITERAL, given)]
        context = words.pop(0) if "p" in name else None
        yield (tuple(words[:2]) if name.startswith("n") else words[0]), context


def _place(path: Path) -> str:
    return path.relative_to(NODE).as_posix()


def _head(held: Catalog) -> bytes:
    return (
        f'{HEADER}\nmsgid ""\nmsgstr ""\n"Language: {held.locale}\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {held.plural_forms}\\n"\n\n'
    ).encode()


def _bare(held: Catalog) -> Catalog:
    """The catalogue with a head that names no day, so that the same texts compile to the same bytes."""
    with io.BytesIO(_head(held)) as stream:
        bare = read_po(stream, locale=held.locale)
    bare.creation_date = datetime(2000, 1, 1, tzinfo=UTC)  # else that of now, to the minute
    for message in held:
        if message.id and said(message):
            bare[message.id] = message
    return bare


if __name__ == "__main__":
    settings.configure()  # templatize asks for them
    sys.exit(main())
