"""What stands after the committed part of a log: what a crash cut short, or what somebody put there."""

from collections.abc import Iterator
from pathlib import Path

from comity.evidence.custody.canonical import ENTRY_BYTES_MAX, parse_entry
from comity.evidence.custody.files import Head
from comity.evidence.custody.report import Finding
from comity.evidence.custody.trace import failed, unknown
from comity.evidence.errors import EntryError


def check_tail(entries: Path, head: Head) -> Iterator[Finding]:
    """Findings on bytes after the last committed entry: a crash leaves entries that go on from it, and nothing else."""
    surplus = (entries.stat().st_size if entries.exists() else 0) - head.entries_bytes
    if surplus < 0:
        yield failed("head-differs", f"{-surplus:,} bytes that were committed are not there")
    if surplus <= 0:
        return
    message = f"{surplus:,} bytes after entry {head.size - 1} were never committed"
    yield unknown("tail-uncommitted", f"{message}: an append was cut short, or the head was set back")
    with entries.open("rb") as file:
        file.seek(head.entries_bytes)
        line = file.readline(ENTRY_BYTES_MAX + 2)
    if line.endswith(b"\n"):
        yield from _check_first(line[:-1], head)


def _check_first(line: bytes, head: Head) -> Iterator[Finding]:
    try:
        number = parse_entry(line, number=head.size).number
    except EntryError:
        yield failed("entry-added", f"what stands after entry {head.size - 1} is no entry", number=head.size)
        return
    if number < head.size:
        yield failed("entry-duplicated", f"entry {number} stands again after the last one", number=number)
