"""Lists against what is there: in step, as long as they agree, and name by name where they do not."""

from collections.abc import Iterator

import msgspec

from comity.evidence.package import layout
from comity.evidence.package.inventory import Inventory
from comity.evidence.package.record import EvidenceHead, EvidenceTotals, FileRecord
from comity.evidence.package.spool import Spool

_FIELD = {"sha256": 0, "sha512": 1}
_EVIDENCE = "evidence-manifest"


def compare_manifest(inventory: Inventory, name: str, algorithm: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a payload manifest: pairs of a check and a problem."""
    spool = inventory.tags[name].spool
    assert spool is not None
    field = _FIELD[algorithm]
    spool.rewind()
    agrees = True
    for line in inventory.payload:
        parts = line.split(b" ", 3)
        if spool.readline() != parts[field] + b"  " + parts[3]:
            agrees = False
            break
    if agrees and not spool.readline():
        return
    yield from _differences(inventory, spool, field, f"payload-{algorithm}", name)


def _differences(inventory: Inventory, spool: Spool, field: int, check: str, name: str) -> Iterator[tuple[str, str]]:
    there: dict[bytes, bytes] = {}
    found = []
    for line in inventory.payload:
        parts = line.split(b" ", 3)
        path = parts[3][:-1]
        if path in there:
            found.append(("completeness", f"{_text(path)} is there twice"))
        there[path] = parts[field]
    listed: set[bytes] = set()
    for line in spool:
        digest, _, path = line.rstrip(b"\n").partition(b"  ")
        if not path or not line.endswith(b"\n"):
            found.append((check, f"{name} has a line that cannot be read: {_text(line[:80])}"))
            continue
        found += _line_faults(digest, path, there, listed, check=check, name=name)
        listed.add(path)
    found += [
        ("completeness", f"{_text(path)} is there, and is not listed in {name}") for path in there if path not in listed
    ]
    yield from found or [("completeness", f"{name} lists the files in another order than they are in")]


def _line_faults(
    digest: bytes, path: bytes, there: dict[bytes, bytes], listed: set[bytes], *, check: str, name: str
) -> Iterator[tuple[str, str]]:
    if path in listed:
        yield "completeness", f"{_text(path)} is listed twice in {name}"
    if path not in there:
        yield "completeness", f"{_text(path)} is listed in {name}, and is not there"
    elif there[path] != digest:
        yield check, f"{_text(path)} was altered: its digest is {there[path].decode()}, not {_text(digest)}"


def read_evidence(inventory: Inventory) -> tuple[EvidenceHead | None, Iterator[tuple[str, str]]]:
    """The evidence manifest's head, and what is wrong with it and its list of files: pairs of a check and a problem.

    What it says of itself is not lost where a file is: the list may name files that are gone.
    """
    spool = inventory.tags[layout.EVIDENCE].spool
    assert spool is not None
    spool.rewind()
    first = spool.file.readline(layout.TAG_BYTES_MAX)
    if not first.endswith(b',"files":[\n'):
        return None, iter([(_EVIDENCE, "its first line does not end where the list of files begins")])
    start = first[: -len(b',"files":[\n')] + b"}"
    try:
        head = msgspec.json.decode(start, type=EvidenceHead)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return None, iter([(_EVIDENCE, f"it cannot be read: {error}")])
    if msgspec.json.encode(head) != start:
        return None, iter([(_EVIDENCE, "it is not in the form in which it is written")])
    return head, _file_faults(inventory, spool)


def _file_faults(inventory: Inventory, spool: Spool) -> Iterator[tuple[str, str]]:
    """In step with what is there as long as they agree, name by name where they do not."""
    try:
        if not _agrees(inventory, _records(spool)):
            spool.rewind()
            spool.file.readline(layout.TAG_BYTES_MAX)
            yield from _file_differences(inventory, _records(spool))
    except _UnreadableError as error:
        yield _EVIDENCE, str(error)


class _UnreadableError(Exception):
    """A line of the list that is not as it is written."""


def _records(spool: Spool) -> Iterator[FileRecord]:
    """The files that the manifest lists; _UnreadableError where it is not one list that ends with its own totals."""
    decoder = msgspec.json.Decoder(FileRecord)
    file_count = payload_bytes = 0
    more = True
    while more:
        given = spool.readline()
        more = given.endswith(b",\n")
        body = given.removesuffix(b"\n").removesuffix(b",")
        try:
            record = decoder.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise _UnreadableError(f"line {file_count + 2} of it cannot be read: {error}") from None
        file_count += 1
        payload_bytes += record.size_bytes
        yield record
    totals = EvidenceTotals(file_count=file_count, payload_bytes=payload_bytes)
    if spool.readline() != b'],"totals":' + msgspec.json.encode(totals) + b"}\n" or spool.readline():
        raise _UnreadableError("it ends with other totals than its list has")


def _agrees(inventory: Inventory, records: Iterator[FileRecord]) -> bool:
    for line in inventory.payload:
        record = next(records, None)
        if record is None or _record_line(record) != line:
            return False
    return next(records, None) is None


def _record_line(record: FileRecord) -> bytes:
    said = f"{record.sha256} {record.sha512} {record.size_bytes} {record.path}\n"
    return said.encode("utf-8", "surrogateescape")


def _file_differences(inventory: Inventory, records: Iterator[FileRecord]) -> Iterator[tuple[str, str]]:
    there = {line.split(b" ", 3)[3][:-1]: line for line in inventory.payload}
    listed: set[bytes] = set()
    found = []
    for record in records:
        path = record.path.encode("utf-8", "surrogateescape")
        if path in listed:
            found.append((_EVIDENCE, f"it lists {record.path!r} twice"))
        elif path not in there:
            found.append(("completeness", f"{record.path} is listed in the evidence manifest, and is not there"))
        elif there[path] != _record_line(record):
            found.append((_EVIDENCE, f"it says other things of {record.path!r} than are there"))
        listed.add(path)
    found += [(_EVIDENCE, f"it does not list {_text(path)}, which is there") for path in there if path not in listed]
    yield from found or [(_EVIDENCE, "it lists the files in another order than they are in")]


def _text(data: bytes) -> str:
    return data.decode("utf-8", "backslashreplace")
