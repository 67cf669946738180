"""A case on disk: a folder with ``case.toml`` and its evidence. This module and `outputs` alone touch files."""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from comity.law import Registry
from comity.leads.artifacts.sniff import sniff
from comity.leads.model import ArtifactKind
from comity.plan.case import EVERYTHING, Case
from comity.plan.casefile import CASE_FILE, read_case
from comity.plan.errors import CaseFileError
from comity.plan.outputs import is_output, is_report

CASE_FILE_MAX_BYTES = 1024 * 1024
_HEAD_BYTES = 4096


def open_case(folder: Path, registry: Registry) -> Case:
    """The case in a folder; CaseFileError where the folder or its case file cannot be used."""
    if not folder.exists():
        raise CaseFileError(path=str(folder), problem="there is no such folder", remedy="`comity new` makes one")
    if not folder.is_dir():
        raise CaseFileError(path=str(folder), problem="this is a file", remedy="name the folder that holds case.toml")
    return read_case(_text(folder / CASE_FILE), path=str(folder / CASE_FILE), registry=registry)


def _text(path: Path) -> str:
    if not path.is_file():
        raise CaseFileError(
            path=str(path.parent),
            problem=f"there is no {CASE_FILE} in this folder",
            remedy=f"run `comity new {path.parent}`",
        )
    try:
        size = path.stat().st_size
        if size > CASE_FILE_MAX_BYTES:
            raise CaseFileError(
                path=str(path),
                problem=f"{size:,} bytes are too many for a case file",
                remedy="keep evidence in files of its own",
            )
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaseFileError(
            path=str(path), problem=f"not UTF-8 at byte {error.start}", remedy="save it as UTF-8"
        ) from None
    except OSError as error:
        raise CaseFileError(
            path=str(path), problem=f"cannot be read ({error.strerror})", remedy="mend its permissions"
        ) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The files of a case folder."""

    evidence: tuple[Path, ...]
    """In order of name."""
    outputs: tuple[Path, ...]
    """What Comity wrote there, which is no evidence."""
    readable: bool
    """Whether any of the evidence is of a kind that can be read: else the case rests on its file alone."""


def artifact_paths(folder: Path, case: Case) -> tuple[Path, ...]:
    """The evidence of a case, in order of name, as `find_artifacts` tells it."""
    return find_artifacts(folder, case).evidence


def find_artifacts(folder: Path, case: Case) -> Found:
    """The evidence of a case; CaseFileError where the case file names files and none of them is there.

    Hidden files, the case file, links that lead out of the folder and what Comity wrote are passed over; a file that is
    named without a wildcard is evidence whatever it is.
    """
    root = folder.resolve()
    found = sorted({path for pattern in case.artifacts for path in _matches(folder, pattern) if _inside(path, root)})
    if not found and case.artifacts != EVERYTHING:
        raise CaseFileError(
            path=str(folder / CASE_FILE),
            problem=f"artifacts names {', '.join(case.artifacts)}, and there is no such file",
            remedy="put the evidence there, or leave the key out: then all that lies beside case.toml is read",
        )
    named = {folder / pattern for pattern in case.artifacts}
    outputs = tuple(path for path in found if path not in named and is_output(path))
    evidence = tuple(path for path in found if path not in outputs)
    return Found(evidence=evidence, outputs=outputs, readable=any(_readable(path) for path in evidence))


def _readable(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return sniff(file.read(_HEAD_BYTES), path.name)[0] is not ArtifactKind.OTHER
    except OSError:
        return True


def _matches(folder: Path, pattern: str) -> Iterator[Path]:
    try:
        for path in folder.glob(pattern):
            parts = path.relative_to(folder).parts
            hidden = any(part.startswith(".") for part in parts)
            if path.is_file() and not hidden and parts != (CASE_FILE,):
                yield path
    except (ValueError, NotImplementedError):
        raise CaseFileError(
            path=str(folder / CASE_FILE),
            problem=f"{pattern!r} is not a pattern",
            remedy="write one such as mails/*.eml",
        ) from None


def _inside(path: Path, root: Path) -> bool:
    return path.resolve().is_relative_to(root)


def new_case_text() -> str:
    """The commented case file from which a new case starts."""
    return (files("comity.plan") / "data" / "new_case.toml").read_text(encoding="utf-8")


def new_case(folder: Path) -> Path:
    """Writes a commented case file into a folder, which is made if need be; refuses to overwrite one."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / CASE_FILE
        with path.open("xb") as target:
            target.write(new_case_text().encode())
    except FileExistsError:
        kept = folder / CASE_FILE if folder.is_dir() else folder
        raise CaseFileError(
            path=str(kept), problem="it exists already and is not overwritten", remedy="name another folder"
        ) from None
    except OSError as error:
        raise CaseFileError(
            path=str(folder), problem=f"cannot be written ({error.strerror})", remedy="name another folder"
        ) from None
    return path


def check_writable(path: Path) -> None:
    """Raises CaseFileError where a file could surely not be written: before a long reading, not after it."""
    folder = path.parent
    if path.is_dir():
        raise CaseFileError(path=str(path), problem="this is a folder", remedy="name a file, such as report.html")
    if not folder.is_dir():
        raise CaseFileError(path=str(folder), problem="there is no such folder", remedy="make it, or name another file")
    if not os.access(folder, os.W_OK):
        raise CaseFileError(path=str(folder), problem="cannot be written to", remedy="name a file elsewhere")


def check_report(path: Path) -> None:
    """Raises CaseFileError where a report may not be written: only an earlier report is ever written over."""
    check_writable(path)
    try:
        kept = path.exists() and not (path.is_file() and is_report(path))
    except OSError:
        kept = True
    if kept:
        raise CaseFileError(
            path=str(path),
            problem="this is there already and is no report of Comity: it is not overwritten",
            remedy="name another file, such as report.html",
        )


def write_whole(path: Path, content: str | bytes) -> None:
    """Writes a file, text as UTF-8, whole or not at all: to a neighbour first, then in one move."""
    name = ""
    try:
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", delete=False) as target:
            name = target.name
            target.write(content if isinstance(content, bytes) else content.encode("utf-8"))
            target.flush()
            os.fsync(target.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except OSError as error:
        if name:
            Path(name).unlink(missing_ok=True)
        raise CaseFileError(
            path=str(path), problem=f"cannot be written ({error.strerror})", remedy="name another file"
        ) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
