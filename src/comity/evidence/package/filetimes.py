"""Do the files of an unpacked package have the times that were sealed? No digest covers those on the disk."""

import os
from datetime import UTC, datetime
from pathlib import Path

from comity.evidence.legible import counted
from comity.evidence.package import layout
from comity.evidence.package.contents import described_files
from comity.evidence.package.inventory import Inventory
from comity.evidence.package.names import path_faults

_SECONDS = 2
"""How exactly archives and file systems keep times: FAT in steps of two seconds."""


def other_times(folder: Path, inventory: Inventory) -> str:
    """What to say of files whose time of change is not the one in the signed manifest; empty: all have theirs."""
    others, first = 0, ""
    for record in described_files(inventory):
        if record.modified_at is None or not record.path.startswith(layout.DATA) or path_faults(record.path):
            continue
        try:
            seconds = os.lstat(folder / record.path).st_mtime
        except OSError:
            continue  # named where files are counted
        if abs(seconds - record.modified_at.timestamp()) > _SECONDS:
            others += 1
            first = first or f"{record.path}: {_told(seconds)} here, {_told(record.modified_at.timestamp())} sealed"
    if not others:
        return ""
    return (
        f"{counted(others, 'file')} with another time of change than was sealed ({first}): only the times in "
        "metadata/evidence-manifest.json are signed, those on this disk show nothing"
    )


def _told(seconds: float) -> str:
    try:
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"
    except (ValueError, OverflowError, OSError):
        return "a time that no calendar has"
