"""The page on letters that are signed and that arrive names what the program has."""

import re
from pathlib import Path

import click

from comity.cli.letter import letter
from comity.letters.incoming import grounds

PAGE = (Path(__file__).parents[2] / "docs" / "letters-received.md").read_text()


def commands() -> dict[str, click.Command]:
    context = click.Context(letter)
    found = {name: letter.get_command(context, name) for name in letter.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


def test_every_command_is_named_and_none_that_is_not() -> None:
    elsewhere = {"write", "xliff"}  # of letters as they are made: docs/letters.md and docs/languages.md
    assert set(re.findall(r"^\| `letter (\w+) ", PAGE, re.MULTILINE)) == set(commands()) - elsewhere


def test_every_option_exists() -> None:
    known = {option for command in commands().values() for one in command.params for option in one.opts}
    named = {option for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*", PAGE)}
    assert named <= known


def test_grounds_are_there() -> None:
    assert "de_minimis" in grounds()
