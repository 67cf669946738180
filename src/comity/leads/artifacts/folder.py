"""The files that paths name: folders are walked in sorted order, links out of them are refused."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from comity.leads.artifacts.naming import shown_path
from comity.leads.artifacts.source import Source, file_source, unreadable
from comity.leads.errors import LeadsError, UnreadableInputError

CASE_FILE = "case.toml"
"""The case's own description, which is no evidence."""


class LinkError(LeadsError):
    """A symbolic link that leads out of the folder given."""

    def __init__(self, *, path: str, target: str) -> None:
        self.path = path
        self.target = target
        super().__init__(f"{path}: is a link out of the folder, to {target}; copy the file there, or give its own path")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A path that cannot be read, with the reason."""

    label: str
    error: LeadsError


def list_sources(paths: tuple[Path, ...]) -> tuple[Source | Refused, ...]:
    """All files to read, in order, and those that cannot be; UnreadableInputError where a path given is missing."""
    return tuple(source for path in paths for source in _sources_of(path))


def _sources_of(path: Path) -> tuple[Source | Refused, ...]:
    label = shown_path(str(path))
    if not path.exists():
        raise UnreadableInputError(path=label, problem="does not exist", remedy="check the spelling of the path")
    if not path.is_dir():
        return (_source(path),)
    found = tuple(one if isinstance(one, Refused) else _source(one) for one in _walk(path, path.resolve()))
    if not found:
        raise UnreadableInputError(
            path=label, problem="holds no artifact", remedy="put mails, texts, tables, PDFs or archives into it"
        )
    return found


def _source(path: Path) -> Source | Refused:
    label = shown_path(str(path))
    try:
        return file_source(path, label=label)
    except LeadsError as error:
        return Refused(label=label, error=error)


def _walk(folder: Path, root: Path) -> Iterator[Path | Refused]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        label = shown_path(str(folder))
        yield Refused(label=label, error=unreadable(label, error))
        return
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith(".") or (entry.name == CASE_FILE and folder.resolve() == root):
            continue
        if entry.is_symlink():
            problem = _link_problem(path, root)
            if problem:
                yield Refused(label=shown_path(str(path)), error=problem)
                continue
            if entry.is_dir():
                continue  # what it leads to lies within the folder and is walked there
        if entry.is_dir():
            yield from _walk(path, root)
        else:
            yield path


def _link_problem(path: Path, root: Path) -> LeadsError | None:
    label = shown_path(str(path))
    try:
        target = path.resolve()
    except (OSError, RuntimeError):
        return UnreadableInputError(path=label, problem="is a link to itself", remedy="remove it")
    if not target.is_relative_to(root):
        return LinkError(path=label, target=shown_path(str(target)))
    if not target.exists():
        return UnreadableInputError(path=label, problem="is a link to nothing", remedy="remove it")
    return None
