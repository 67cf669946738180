"""The digests of the evidence in a package, or in a folder, for hash lists to be matched against."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

import msgspec

from comity.evidence.age import Identity, open_age
from comity.evidence.formats.hashindex import HashIndex
from comity.evidence.formats.look import PART_BYTES, looking
from comity.evidence.formats.ondisk import OnDisk
from comity.evidence.formats.recognise import recognise
from comity.evidence.formats.record import Description
from comity.evidence.package import layout
from comity.evidence.package.direct import fast
from comity.evidence.package.inner import described_in
from comity.evidence.package.inventory import Inventory, read_archive
from comity.evidence.package.report import NotAcceptedError
from comity.evidence.package.signer import Trust
from comity.evidence.package.verify import verify_inventory

_CONTAINERS = frozenset(("disk image", "archive", "mobile", "mail", "memory"))
_LISTED = frozenset(("md5", "sha1", "sha256", "sha512"))


def index_paths(paths: Iterable[Path], algorithms: frozenset[str]) -> HashIndex:
    """The digests of every file at or below some paths."""
    disk, index = OnDisk(), HashIndex()
    for item in disk.items(paths):
        hashes = _hashes(algorithms)
        with item.open() as stream:
            while part := stream.read(PART_BYTES):
                for one in hashes.values():
                    one.update(part)
        index.add(item.path, item.size_bytes, {name: one.digest() for name, one in hashes.items()})
        with looking(item, disk) as look:
            told = recognise(look)
        if told is not None:
            _take_inside(index, told)
    index.finish()
    return index


def _take_inside(index: HashIndex, told: Description) -> None:
    """What a description says of what is inside a file."""
    index.containers += told.family in _CONTAINERS
    stored = [bytes.fromhex(one.value) for one in told.hashes if one.of == "media" and one.algorithm in _LISTED]
    if stored:
        index.add_stored(told.path, stored)


def index_package(
    source: BinaryIO,
    identities: Iterable[Identity],
    trust: Trust,
    algorithms: frozenset[str],
    *,
    now: datetime,
    subject: str,
) -> HashIndex:
    """The digests of the evidence in a package file, in one pass; NotAcceptedError where it did not pass as whole."""
    sink = _Sink(algorithms)
    with fast(source) as quick:
        inventory = read_archive(open_age(quick, identities), sink.open)
    try:
        report = verify_inventory(inventory, trust, now=now, subject=subject)
        if report.head is None or report.verdict.value == "failed":
            raise NotAcceptedError(what=subject, report=report)
        for told in _described(inventory):
            _take_inside(sink.index, told)
    finally:
        inventory.close()
    sink.index.finish()
    return sink.index


def _described(inventory: Inventory) -> tuple[Description, ...]:
    """The descriptions that travel; none where they cannot be read, which verification tells."""
    tag = inventory.tags.get(layout.FORMATS)
    if tag is None or tag.spool is None:
        return ()
    tag.spool.rewind()
    try:
        return tuple(described_in(tag.spool.readline))
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError):
        return ()


def _hashes(algorithms: Iterable[str]) -> dict[str, Any]:
    return {name: hashlib.new(name, usedforsecurity=False) for name in algorithms}


class _Sink:
    """Takes the evidence of a package as it is read, and keeps its digests."""

    def __init__(self, algorithms: frozenset[str]) -> None:
        self._algorithms = algorithms
        self.index = HashIndex()

    @contextmanager
    def open(self, top: str, path: str) -> Iterator[BinaryIO]:
        target = _Target(self._algorithms)
        yield cast(BinaryIO, target)
        self.index.add(path, target.size_bytes, {name: one.digest() for name, one in target.hashes.items()})


class _Target:
    def __init__(self, algorithms: Iterable[str]) -> None:
        self.hashes = _hashes(algorithms)
        self.size_bytes = 0

    def write(self, data: memoryview) -> int:
        for one in self.hashes.values():
            one.update(data)
        self.size_bytes += len(data)
        return len(data)
