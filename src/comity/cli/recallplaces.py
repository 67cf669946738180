"""What `comity evidence delete` may remove: what was named itself, nothing still needed, nothing of another name."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from comity.cli.files import FileError
from comity.evidence.recall import Number, links_in, number_of, other_names

_SHOWN = 5


def refuse_places(paths: Sequence[Path], needed: Mapping[str, Path | None]) -> tuple[Number, ...]:
    """Which files and folders the paths are; FileError or RecallError where removing them would do other than is said.

    `needed`: what an option names and must be there afterwards.
    """
    numbers = tuple(number_of(path) for path in paths)
    real = [path.resolve() for path in paths]
    for option, place in needed.items():
        for path, one in zip(paths, real, strict=True):
            if place is not None and _real(place).is_relative_to(one):
                raise FileError(f"{option}: {place} lies in {path}, which is to be removed; put it elsewhere")
    for index, one in enumerate(real):
        if any(one.is_relative_to(other) for other in real[:index] + real[index + 1 :]):
            raise FileError(
                f"{paths[index]}: is named twice, or lies in another that is named; name it once, or move it"
            )
    others = other_names(paths)
    if others:
        raise FileError(
            f"{_listed(others)}: has another name elsewhere on the disk (hard link), under which it would be emptied "
            "too, unnamed; find that (find MOUNTPOINT -samefile FILE) and remove it, or make a copy of it; nothing was "
            "removed"
        )
    return numbers


def links_left(paths: Sequence[Path]) -> tuple[str, ...]:
    """What a statement must say of links in what is removed: they never held the evidence."""
    links = [link.relative_to(path.parent) for path in paths for link in links_in(path)]
    return (f"symbolic links in it were removed, and not what they lead to: {_listed(links)}",) if links else ()


def _listed(paths: Sequence[Path]) -> str:
    shown = ", ".join(map(str, paths[:_SHOWN]))
    return shown if len(paths) <= _SHOWN else f"{shown} and {len(paths) - _SHOWN} more"


def _real(place: Path) -> Path:
    """Where a file or folder is, or will be, in truth."""
    if os.path.lexists(place):
        return place.resolve()
    return place.parent.resolve() / place.name
