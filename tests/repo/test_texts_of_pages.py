"""The catalogues of the node's pages hold every text, compiled as they stand, with the same placeholders and tags."""

import importlib
import re
import sys
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from comity.node.others import TEXTS

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))
texts = importlib.import_module("texts")  # a tool is no package

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|%[sd]|\{\w*\}|</?[a-z]+[^>]*>|&\w+;")


def read(language: str) -> Catalog:
    with (texts.LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as stream:
        catalogue: Catalog = read_po(stream, locale=language)
        return catalogue


def wrong(message: Message) -> list[str]:
    """The forms of a translation whose placeholders are not those of its source."""
    if not texts.said(message):
        return []
    if isinstance(message.id, str):
        return [] if parts(message.string) == parts(message.id) else [str(message.string)]
    return [form for form in message.string or () if not fits(parts(form), *(parts(text) for text in message.id))]


def fits(form: Counter[str], one: Counter[str], many: Counter[str]) -> bool:
    """Whether a plural form has the parts of its source; it may leave out the number, as in *two files*."""
    return form == one or (form <= many and (many - form).total() <= 1)


def parts(text: object) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(str(text)))


@pytest.fixture(scope="module")
def template() -> Catalog:
    gathered: Catalog = texts.gathered()
    return gathered


def test_texts_are_found_in_code_and_templates(template: Catalog) -> None:
    assert {"Skip to the content", "Requested state"} <= {message.id for message in template}
    assert any(isinstance(message.id, tuple) for message in template)


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_no_text_is_missing_or_left_over_and_compiled_is_what_is_written(language: str, template: Catalog) -> None:
    for path, content in texts.catalogue(language, template).items():
        assert path.read_bytes() == content, f"{path}: run make texts"


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_placeholders_tags_and_plurals_agree_with_the_source(language: str) -> None:
    catalogue = read(language)
    for message in catalogue:
        if not message.id:
            continue
        assert not message.fuzzy, message.id
        if isinstance(message.id, tuple):
            assert len(message.string or ()) == catalogue.num_plurals, message.id
            assert texts.said(message) or not any(message.string or ()), message.id
        assert not wrong(message), (message.id, wrong(message))


def test_a_placeholder_that_differs_is_found() -> None:
    assert wrong(Message("%(n)s of <b>it</b>", "<b>%(m)s</b>"))
    assert not wrong(Message("%(n)s of <b>it</b>", "<b>x</b> %(n)s"))
    assert wrong(Message(("%(n)s file", "%(n)s files"), ("%(n)s Datei", "%(m)s Dateien")))


def test_texts_of_others_are_still_written_there_as_here() -> None:
    there: set[str] = set()
    for package, folder in (("django", "conf"), ("django", "contrib/auth"), ("allauth", "")):
        root = Path(str(importlib.import_module(package).__file__)).parent / folder
        with (root / "locale" / "de" / "LC_MESSAGES" / "django.po").open("rb") as stream:
            there |= {message.id if isinstance(message.id, str) else message.id[0] for message in read_po(stream)}
    assert set(TEXTS) <= there
