"""Folders walked as `os.walk` does, top down, without a call for each level: one that somebody nested a thousand deep
must not end a program (Python before 3.12)."""

import os
from collections.abc import Iterator
from pathlib import Path


def walk(folder: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """Each folder with the names of the folders, and of the files, in it; links are followed nowhere, and what cannot
    be read is left out."""
    left = [os.fspath(folder)]
    while left:
        base = left.pop()
        try:
            with os.scandir(base) as entries:
                there = list(entries)
        except OSError:
            continue
        folders = [entry for entry in there if _is_folder(entry)]
        inside = [entry.path for entry in folders if not entry.is_symlink()]
        names = {entry.name for entry in folders}
        yield base, [entry.name for entry in folders], [entry.name for entry in there if entry.name not in names]
        left += reversed(inside)


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
