"""Unsealing: a package becomes a folder, which gets its name only when all of it was verified.

What is unpacked lies in a folder of its own, hidden, until then (`unpacking`). Stopped at any moment, it is taken up
again: what is there already is compared, not written anew.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from comity.evidence.age import Identity, open_age
from comity.evidence.custody import Verdict
from comity.evidence.errors import PackageError
from comity.evidence.package import layout
from comity.evidence.package.direct import fast
from comity.evidence.package.inventory import Inventory, read_archive
from comity.evidence.package.pipeline import Progress
from comity.evidence.package.report import NotAcceptedError, PackageReport
from comity.evidence.package.signer import Trust
from comity.evidence.package.unpacking import Unpacking
from comity.evidence.package.verify import See, verify_file, verify_folder, verify_inventory

_HEAD_BYTES = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsealed:
    """A package as it was unpacked."""

    folder: Path
    report: PackageReport
    custody: bytes
    """The custody so far, as it came with the package; empty: none came."""


def unseal(  # noqa: PLR0913  each is something else that only the caller knows
    source: BinaryIO,
    target: Path,
    identities: Iterable[Identity],
    trust: Trust,
    *,
    now: datetime,
    subject: str,
    late_stamp: bytes | None = None,
    accept_indeterminate: bool = False,
    progress: Progress | None = None,
    admit: See | None = None,
) -> Unsealed:
    """Unpack a package file below `target`; NotAcceptedError, with the report, where it is not whole and genuine.

    `admit` is shown what was accepted before it gets its name; where it raises, nothing is left.

    PackageError where there is a folder of its name already, or no room; AgeError where it does not open.
    """
    target.mkdir(parents=True, exist_ok=True)
    _refuse_full_disk(source, target)
    unpacking = Unpacking(target, target / f".unsealing-{_mark(source)}")
    try:
        with fast(source) as quick:
            inventory = read_archive(open_age(quick, identities), unpacking.open, progress)
    except BaseException:
        unpacking.close()
        raise
    try:
        report = verify_inventory(inventory, trust, now=now, subject=subject, late_stamp=late_stamp)
        accepted = (Verdict.PASSED, Verdict.INDETERMINATE) if accept_indeterminate else (Verdict.PASSED,)
        if report.verdict not in accepted:
            unpacking.discard()  # nothing in clear stays that was not accepted
            raise NotAcceptedError(what=subject, report=report)
        if admit is not None:
            try:
                admit(inventory, report)
            except BaseException:
                unpacking.discard()
                raise
        folder = unpacking.conclude(inventory, report.head.empty_folders if report.head else ())
        custody = inventory.tags.get(layout.CUSTODY)
        return Unsealed(folder=folder, report=report, custody=custody.data if custody else b"")
    finally:
        unpacking.close()
        inventory.close()


def unsealed_before(
    source: BinaryIO,
    folder: Path,
    identities: Iterable[Identity],
    trust: Trust,
    *,
    now: datetime,
    subject: str,
    late_stamp: bytes | None = None,
    accept_indeterminate: bool = False,
) -> Unsealed:
    """A package that was unpacked into `folder` before; NotAcceptedError where either is not whole and genuine,
    PackageError where the folder is of another package.
    """
    seen: list[tuple[bytes, bytes]] = []

    def see(inventory: Inventory, _: PackageReport) -> None:
        custody = inventory.tags.get(layout.CUSTODY)
        seen.append((inventory.tags[layout.SIGNED].data, custody.data if custody else b""))

    accepted = (Verdict.PASSED, Verdict.INDETERMINATE) if accept_indeterminate else (Verdict.PASSED,)
    report = verify_file(source, identities, trust, now=now, subject=subject, late_stamp=late_stamp, see=see)
    if report.verdict not in accepted:
        raise NotAcceptedError(what=subject, report=report)
    there = verify_folder(folder, trust, now=now, late_stamp=late_stamp, see=see)
    if there.verdict not in accepted:
        raise NotAcceptedError(what=str(folder), report=there)
    if seen[0][0] != seen[1][0]:
        remedy = "unseal into another folder"
        raise PackageError(what=str(folder), problem="is of another package of the same name", remedy=remedy)
    return Unsealed(folder=folder, report=report, custody=seen[0][1])


def _mark(source: BinaryIO) -> str:
    """A name for the package file: its header holds fresh random keys."""
    start = source.read(_HEAD_BYTES)
    source.seek(0)
    return hashlib.sha256(start).hexdigest()[:24]


def _refuse_full_disk(source: BinaryIO, target: Path) -> None:
    size_bytes, free_bytes = os.fstat(source.fileno()).st_size, shutil.disk_usage(target).free
    if size_bytes > free_bytes:
        raise PackageError(
            what=str(target), problem=f"has room for {free_bytes:,} of {size_bytes:,} bytes", remedy="make room"
        )
