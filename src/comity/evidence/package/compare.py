"""Lists against what is there: in step, as long as they agree, and name by name where they do not."""

from collections.abc import Iterator

import msgspec

from comity.evidence.package import layout
from comity.evidence.package.inventory import Inventory
from comity.evidence.package.record import EvidenceHead, EvidenceTotals, FileRecord
from comity.evidence.package.spool import Spool

_FIELD = {"sha256": 0, "sha512": 1}


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


def read_evidence(inventory: Inventory) -> tuple[EvidenceHead | None, list[str]]:
    """The evidence manifest's head, and what is wrong with it and its list of files."""
    spool = inventory.tags[layout.EVIDENCE].spool
    assert spool is not None
    spool.rewind()
    try:
        first = spool.file.readline(layout.TAG_BYTES_MAX)
        if not first.endswith(b',"files":[\n'):
            return None, ["its first line does not end where the list of files begins"]
        start = first[: -len(b',"files":[\n')] + b"}"
        head = msgspec.json.decode(start, type=EvidenceHead)
        if msgspec.json.encode(head) != start:
            return None, ["it is not in the form in which it is written"]
        return head, list(_file_faults(inventory, spool))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return None, [f"it cannot be read: {error}"]


def _file_faults(inventory: Inventory, spool: Spool) -> Iterator[str]:
    decoder = msgspec.json.Decoder(FileRecord)
    left = inventory.file_count
    for line in inventory.payload:
        left -= 1
        given = spool.readline()
        body = given.removesuffix(b",\n" if left else b"\n")
        if body == given:
            yield "it ends before the files do"
            return
        record = decoder.decode(body)
        sha256, sha512, size, path = line.rstrip(b"\n").split(b" ", 3)
        expected = (path.decode("utf-8", "surrogateescape"), int(size), sha256.decode(), sha512.decode())
        if (record.path, record.size_bytes, record.sha256, record.sha512) != expected:
            yield f"it says other things of {record.path!r} than {expected[0]!r} is"
            return
    last = spool.readline()
    totals = EvidenceTotals(file_count=inventory.file_count, payload_bytes=inventory.payload_bytes)
    if last != b'],"totals":' + msgspec.json.encode(totals) + b"}\n" or spool.readline():
        yield "it lists more files than are there, or ends with other totals"


def _text(data: bytes) -> str:
    return data.decode("utf-8", "backslashreplace")
