"""The page on languages names commands, languages and limits as the program has them."""

import re
from pathlib import Path

import click

from comity.cli.draft import draft
from comity.cli.letter import letter
from comity.cli.letterxliff import xliff
from comity.letters import languages
from comity.letters.xliff import XliffLimits

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "languages.md").read_text()


def test_languages_are_those_that_there_are() -> None:
    named = re.search(r"the letter in a language: (.*) \|", PAGE)
    assert named is not None
    assert tuple(re.findall(r"`(\w\w)`", named[1])) == languages()
    option = next(param for param in draft.params if param.name == "language")
    assert isinstance(option, click.Option)
    assert tuple(re.findall(r"\b[a-z]{2}\b(?=[,)])", option.help or "")) == languages()


def test_commands_exist() -> None:
    context = click.Context(letter)
    assert {"write", "xliff"} <= set(letter.list_commands(context))
    assert set(xliff.commands) == {"export", "import"}
    options = {option for param in draft.params for option in param.opts}
    assert set(re.findall(r"draft CASE.*?(--language|--beside|--step)", PAGE)) <= options


def test_limits_are_as_said() -> None:
    limits = XliffLimits()
    assert f"{limits.size_bytes // 1024**2} MiB" in PAGE
    told = " ".join(PAGE.split())
    assert f"{limits.depth} levels, {limits.elements:,} elements, {limits.text_characters:,} characters" in told
