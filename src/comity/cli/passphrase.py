"""Passphrases in a terminal: asked for, or read from a file or a descriptor; never an argument, never shown."""

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from comity.evidence.errors import PassphraseError

PASSPHRASE_BYTES_MAX = 4096
_Command = TypeVar("_Command", bound=Callable[..., Any])


def passphrase_options(name: str = "passphrase", *, of: str = "the identity") -> Callable[[_Command], _Command]:
    """Options for one secret: ``--passphrase-file`` and ``--passphrase-fd``, or of another name."""

    def decorate(command: _Command) -> _Command:
        file = click.option(
            f"--{name}-file",
            type=click.Path(path_type=Path, dir_okay=False),
            help=f"Read the {name.rpartition('-')[2]} of {of} from this file (first line; for you alone to read).",
        )
        descriptor = click.option(
            f"--{name}-fd", type=int, help=f"Read the {name.rpartition('-')[2]} of {of} from this open descriptor."
        )
        return file(descriptor(command))

    return decorate


def ask(
    what: str,
    *,
    file: Path | None,
    fd: int | None,
    new: bool = False,
    option: str = "--passphrase-file",
    name: str = "passphrase",
) -> bytes:
    """The secret from where the user said, else asked for on the terminal, twice for a new one."""
    if file is not None:
        return _first_line(_read_file(file), what=str(file))
    if fd is not None:
        return _first_line(_read_descriptor(fd), what=f"descriptor {fd}")
    if not sys.stdin.isatty():
        remedy = f"use {option}, or the descriptor option beside it"
        raise PassphraseError(what=what, problem=f"there is no terminal to ask for the {name} on", remedy=remedy)
    prompt = f"{name[:1].upper()}{name[1:]} of {what}"
    text: str = click.prompt(prompt, hide_input=True, confirmation_prompt=new, err=True)
    return text.encode()


def _read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            _refuse_mode(path, os.fstat(file.fileno()).st_mode)
            return file.read(PASSPHRASE_BYTES_MAX + 1)
    except OSError as error:
        raise PassphraseError(what=str(path), problem=str(error.strerror), remedy="give a file to read") from None


def refuse_shared(path: Path) -> None:
    """PassphraseError where others may read a file with a secret."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise PassphraseError(what=str(path), problem=str(error.strerror), remedy="give a file to read") from None
    _refuse_mode(path, mode)


def _refuse_mode(path: Path, mode: int) -> None:
    if stat.S_ISREG(mode) and mode & (stat.S_IRWXG | stat.S_IRWXO):
        problem = f"others may read it (mode {stat.S_IMODE(mode):o})"
        raise PassphraseError(what=str(path), problem=problem, remedy=f"chmod 600 {path}")


def _read_descriptor(fd: int) -> bytes:
    try:
        with os.fdopen(os.dup(fd), "rb") as file:
            return file.readline(PASSPHRASE_BYTES_MAX + 1)
    except OSError as error:
        raise PassphraseError(
            what=f"descriptor {fd}", problem=str(error.strerror), remedy=f"open it, such as: {fd}<FILE"
        ) from None


def _first_line(data: bytes, *, what: str) -> bytes:
    line = data.split(b"\n", 1)[0].removesuffix(b"\r")
    if not line or len(line) > PASSPHRASE_BYTES_MAX:
        raise PassphraseError(what=what, problem="no passphrase on its first line", remedy="write it there")
    return line
