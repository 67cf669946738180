"""The files that paths name: folders are walked in sorted order, links out of them are refused."""

import os
from collections.abc import Iterator
from pathlib import Path

from comity.leads.artifacts.source import Source, file_source
from comity.leads.errors import LeadsError, UnreadableInputError

CASE_FILE = "case.toml"
"""The case's own description, which is no evidence."""


class LinkError(LeadsError):
    """A symbolic link that leads out of the folder given."""

    def __init__(self, *, path: str, target: str) -> None:
        self.path = path
        self.target = target
        super().__init__(f"{path}: is a link out of the folder, to {target}; copy the file there, or give its own path")


def list_sources(paths: tuple[Path, ...]) -> tuple[Source, ...]:
    """All files to read, in order; UnreadableInputError where a path is missing or holds nothing to read."""
    return tuple(source for path in paths for source in _sources_of(path))


def _sources_of(path: Path) -> tuple[Source, ...]:
    if not path.exists():
        raise UnreadableInputError(path=str(path), problem="does not exist", remedy="check the spelling of the path")
    if not path.is_dir():
        return (file_source(path, label=str(path)),)
    found = tuple(file_source(file, label=str(file)) for file in _walk(path, path.resolve()))
    if not found:
        raise UnreadableInputError(
            path=str(path), problem="holds no artifact", remedy="put mails, texts, tables, PDFs or archives into it"
        )
    return found


def _walk(folder: Path, root: Path) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:  # pragma: no cover  # a folder that only other users may read: not for the superuser
        raise UnreadableInputError(
            path=str(folder), problem=(error.strerror or "cannot be read").lower(), remedy="check its permissions"
        ) from error
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith(".") or (entry.name == CASE_FILE and folder.resolve() == root):
            continue
        if entry.is_symlink():
            _check_link(path, root)
            if entry.is_dir():
                continue  # what it leads to lies within the folder and is walked there
        if entry.is_dir():
            yield from _walk(path, root)
        else:
            yield path


def _check_link(path: Path, root: Path) -> None:
    target = path.resolve()
    if not target.is_relative_to(root):
        raise LinkError(path=str(path), target=str(target))
    if not target.exists():
        raise UnreadableInputError(path=str(path), problem="is a link to nothing", remedy="remove it")
