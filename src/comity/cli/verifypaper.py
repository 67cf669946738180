"""`comity verify --pdf`: the verification as a report for court."""

import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from comity.cli.files import FileError, write_new_file

if TYPE_CHECKING:
    from comity.evidence.package import PackageReport, Trust
    from comity.evidence.package.contents import Contents
    from comity.evidence.package.inventory import Inventory
    from comity.evidence.paper import Examination

_PART_BYTES = 1 << 20


class Paper:
    """Keeps what a verification saw, until the report is written."""

    def __init__(self, target: Path, path: Path, *, examiner: str, reference: str) -> None:
        self._target, self._path, self._examiner, self._reference = target, path, examiner, reference
        self._before = _state(path)
        self._contents: Contents | None = None
        if target.exists():  # told before the work, not after it
            raise FileError(f"{target}: is there already; choose another name, or move it away")

    def see(self, inventory: "Inventory", report: "PackageReport") -> None:
        """What was read, while it is there."""
        from comity.evidence.paper import FILES_MAX, read_contents

        self._contents = read_contents(inventory, files_max=FILES_MAX)

    def write(self, report: "PackageReport", trust: "Trust", source: BinaryIO | None) -> None:
        """The report, as a new file; `source` None: a folder was examined."""
        from comity.evidence.paper import write_paper

        examination = self._examination(source)
        write_new_file(self._target, write_paper(report, self._contents, trust, examination), mode=0o644)
        click.echo(f"{self._target}: the report, for court", err=True)

    def _examination(self, source: BinaryIO | None) -> "Examination":
        from comity.evidence.paper import Examination

        sha256, sha512, size_bytes = hashlib.sha256(), hashlib.sha512(), 0
        if source is not None:
            source.seek(0)
            while part := source.read(_PART_BYTES):
                sha256.update(part)
                sha512.update(part)
                size_bytes += len(part)
        if source is not None and _state(self._path) != self._before:
            raise FileError(f"{self._path}: changed while it was examined; no report was written, verify it again")
        return Examination(
            file=self._path.name or str(self._path),
            size_bytes=None if source is None else size_bytes,
            sha256="" if source is None else sha256.hexdigest(),
            sha512="" if source is None else sha512.hexdigest(),
            program=", ".join(f"{name} {version(name)}" for name in ("comity", "cryptography", "typst")),
            examiner=self._examiner,
            reference=self._reference,
        )


def _state(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns
