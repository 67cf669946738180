"""Hashes that lie beside evidence: checksum files, lists, and the logs of the tools that made an image.

A list is taken for one only if it names files beside it, or is named after one: no other text with digits in it is.

Sources: output of FTK Imager, Guymager, dc3dd, ewfacquire and GNU ddrescue as these programs write it.
"""

import re
from collections.abc import Iterator

from comity.evidence.formats.checks import SHOWN
from comity.evidence.formats.hashline import BY_DIGITS, LineReader
from comity.evidence.formats.look import Look
from comity.evidence.formats.record import Description, StoredHash, facts

LIST_BYTES_MAX = 64 << 20
_HASH = re.compile(r"\b(?:[0-9a-fA-F]{128}|[0-9a-fA-F]{64}|[0-9a-fA-F]{40}|[0-9a-fA-F]{32})\b")
_SUFFIXES = (".md5", ".sha1", ".sha256", ".sha512", ".md5sum", ".sha256sum", ".txt", ".log", ".info", ".hash")
_LOGS: tuple[tuple[str, str, str], ...] = (
    ("Created By AccessData", "ftk-imager-log", "FTK Imager log"),
    ("Created By Exterro", "ftk-imager-log", "FTK Imager log"),
    ("GUYMAGER ACQUISITION INFO FILE", "guymager-log", "Guymager log"),
    ("dc3dd ", "dc3dd-log", "dc3dd log"),
    ("ewfacquire", "ewfacquire-log", "ewfacquire log"),
)
_FACTS = (
    (re.compile(r"^Case Number:[ \t]*(.+)$", re.MULTILINE), "case number"),
    (re.compile(r"^Case number[ \t]*:[ \t]*(.+)$", re.MULTILINE), "case number"),
    (re.compile(r"^Evidence Number:[ \t]*(.+)$", re.MULTILINE), "evidence number"),
    (re.compile(r"^Evidence number[ \t]*:[ \t]*(.+)$", re.MULTILINE), "evidence number"),
    (re.compile(r"^Examiner:[ \t]*(.+)$", re.MULTILINE), "examiner"),
    (re.compile(r"^Examiner[ \t]*:[ \t]*(.+)$", re.MULTILINE), "examiner"),
    (re.compile(r"^[ \t]*Acquisition started:[ \t]*(.+)$", re.MULTILINE), "acquisition began"),
    (re.compile(r"^[ \t]*Acquisition finished:[ \t]*(.+)$", re.MULTILINE), "acquisition ended"),
    (re.compile(r"^Acquisition started[ \t]*:[ \t]*(.+)$", re.MULTILINE), "acquisition began"),
    (re.compile(r"^Ended[ \t]*:[ \t]*(.+)$", re.MULTILINE), "acquisition ended"),
    (re.compile(r"^[ \t]*Drive Model:[ \t]*(.+)$", re.MULTILINE), "device model"),
    (re.compile(r"^[ \t]*Drive Serial Number:[ \t]*(.+)$", re.MULTILINE), "device serial number"),
    (re.compile(r"^Version[ \t]*:[ \t]*(.+)$", re.MULTILINE), "tool version"),
    (re.compile(r"^(dc3dd .+) started at .+$", re.MULTILINE), "tool"),
    (re.compile(r"^dc3dd .+ started at (.+)$", re.MULTILINE), "acquisition began"),
    (re.compile(r"^command line:[ \t]*(.+)$", re.MULTILINE), "command"),
)
_DC3DD_OUTPUT = re.compile(r"^output results for file [`'](.+)'", re.MULTILINE)
_NAMED = re.compile(r"md5|sha", re.IGNORECASE)
_DDRESCUE = "# Mapfile. Created by GNU ddrescue"


def describe_sidecar(look: Look) -> Description | None:
    """A log or list of hashes whose subject lies beside it; None for any other text."""
    if b"\0" in look.head or not look.head.strip() or look.size_bytes > LIST_BYTES_MAX:
        return None
    start = look.head[:400].decode("utf-8", "replace").lstrip("\ufeff \r\n=#")
    if look.head.startswith(_DDRESCUE.encode()):
        return _ddrescue(look)
    for mark, kind, title in _LOGS:
        if start.startswith(mark):
            return _log(look, kind, title)
    if _HASH.search(look.head.decode("latin-1")):
        return _list(look)
    return None


def subject_of(look: Look) -> str:
    """The path of the file that a sidecar is named after, if that lies beside it; else empty."""
    name = look.name
    for suffix in _SUFFIXES:
        if name.lower().endswith(suffix) and len(name) > len(suffix):
            stem = name[: -len(suffix)]
            candidates = (
                stem,
                *(stem + end for end in (".E01", ".e01", ".dd", ".raw", ".img", ".001", ".000", ".aff4")),
            )
            for candidate in candidates:
                item = look.beside(candidate)
                if item is not None:
                    return item.path
    return ""


def _text(look: Look) -> str:
    data = look.at(0, min(look.size_bytes, look.limits.text_bytes_max))
    return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "replace")


def _log(look: Look, kind: str, title: str) -> Description:
    text = _text(look)
    named: dict[str, str] = {}
    for pattern, name in _FACTS:
        if match := pattern.search(text):
            named.setdefault(name, match.group(1).strip())
    subject = subject_of(look)
    found: dict[str, StoredHash] = {}
    if kind == "dc3dd-log":
        for stored in _dc3dd(look, text):
            found.setdefault(stored.algorithm + stored.of, stored)
    else:
        for line in text.splitlines():
            match = _HASH.search(line)
            if match and subject and _NAMED.search(line) and "verif" not in line.split(":")[0].lower():
                algorithm = BY_DIGITS[len(match.group())]
                stored = StoredHash(algorithm=algorithm, value=match.group().lower(), of=subject, stored_in=title)
                found.setdefault(algorithm, stored)
    hashes = tuple(found.values())
    return Description(
        path=look.path,
        family="hash list",
        format=kind,
        title=title,
        size_bytes=look.size_bytes,
        facts=facts(*named.items(), ("of", subject)),
        hashes=hashes,
        parts=tuple(dict.fromkeys(one.of for one in hashes)),
        checkable=bool(hashes),
    )


def _dc3dd(look: Look, text: str) -> Iterator[StoredHash]:
    """Totals that dc3dd gives for each input and output: hashes of pieces are left out."""
    subject = subject_of(look)
    for block in re.split(r"(?m)^(?=(?:input|output) results for )", text):
        target = subject
        if match := _DC3DD_OUTPUT.search(block):
            item = look.beside(match.group(1).replace("\\", "/").rpartition("/")[2])
            target = item.path if item else ""
        elif not block.startswith("input results"):
            continue
        for line in block.splitlines():
            digits = _HASH.match(line.strip())
            if digits and target and re.search(r"\((md5|sha\d+)\)\s*$", line):
                algorithm = BY_DIGITS[len(digits.group())]
                yield StoredHash(algorithm=algorithm, value=digits.group().lower(), of=target, stored_in="dc3dd log")


def _list(look: Look) -> Description | None:
    """A checksum file: each entry whose file lies beside it."""
    reader, entries, absent = LineReader(), 0, 0
    hashes: list[StoredHash] = []
    subject = subject_of(look)
    for line in _lines(look):
        entry = reader.take(line)
        if entry is None:
            if reader.unread > 20 and reader.unread > entries:
                return None
            continue
        entries += 1
        path = _path_beside(look, entry.name) if entry.name else subject if entries == 1 else ""
        if not path and entries == 1:
            path = subject
        if not path:
            absent += 1
        elif len(hashes) < look.limits.listed_max:
            hashes += [
                StoredHash(algorithm=name, value=value, of=path, stored_in="checksum file")
                for name, value in entry.digests
            ]
    if not hashes:
        return None
    algorithms = ", ".join(dict.fromkeys(SHOWN[one.algorithm] for one in hashes))
    return Description(
        path=look.path,
        family="hash list",
        format="checksum-file",
        title="Checksum file",
        version=reader.kind,
        size_bytes=look.size_bytes,
        facts=facts(
            ("entries", f"{entries:,}"), ("algorithms", algorithms), ("of files that are not here", absent or None)
        ),
        hashes=tuple(hashes),
        parts=tuple(dict.fromkeys(one.of for one in hashes)),
        checkable=True,
    )


def _path_beside(look: Look, name: str) -> str:
    """The path of a file that a list names, below the list's folder; or by its last part, where it was moved."""
    relative = name.replace("\\", "/").removeprefix("./")
    for candidate in (relative, relative.rpartition("/")[2]):
        if candidate and ".." not in candidate.split("/") and not candidate.startswith("/"):
            item = look.beside(candidate)
            if item is not None and item.path != look.path:
                return item.path
    return ""


def _lines(look: Look) -> Iterator[str]:
    rest = b""
    for part in look.parts():
        *whole, rest = (rest + part).split(b"\n")
        if len(rest) > look.limits.text_bytes_max:
            return
        for line in whole:
            yield line.decode("utf-8", "replace")
    yield rest.decode("utf-8", "replace")


def _ddrescue(look: Look) -> Description:
    """A map of what GNU ddrescue could read: how much was not."""
    totals: dict[str, int] = {}
    for line in _text(look).splitlines():
        fields = line.split()
        if len(fields) == 3 and fields[1].startswith("0x") and fields[2] in ("+", "-", "?", "*", "/"):
            try:
                totals[fields[2]] = totals.get(fields[2], 0) + int(fields[1], 16)
            except ValueError:
                continue
    lost = sum(size for mark, size in totals.items() if mark != "+")
    return Description(
        path=look.path,
        family="hash list",
        format="ddrescue-map",
        title="GNU ddrescue map",
        size_bytes=look.size_bytes,
        facts=facts(
            ("of", subject_of(look)),
            ("bytes read", f"{totals.get('+', 0):,}"),
            ("bytes that could not be read", f"{lost:,}"),
        ),
    )
