"""Checking an export of the trail, offline and without Django: each entry that was altered, cut or moved is named."""

import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from comity.evidence.custody import (
    Checkpoint,
    CheckReport,
    Finding,
    NoteKey,
    Verdict,
    parse_checkpoint,
    parse_note,
    verify_note,
)
from comity.evidence.custody.note import NOTE_BYTES_MAX
from comity.evidence.errors import EvidenceError, SignerUnknownError
from comity.node.audit.compare import Line, compare_heads, compare_lines, read_line, root_over
from comity.node.audit.export import CHECKPOINT, EARLIER, ENTRIES, LEAVES
from comity.node.audit.record import ENTRY_BYTES_MAX
from comity.node.errors import InvalidError

LEAF_LINE_BYTES = 65
CHECKPOINTS_MAX = 100_000
"""Earlier checkpoints that are looked at."""
ENTRIES_MAX = 50_000_000
FINDINGS_MAX = 1_000
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    KeyError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
"""What Python's reader of ZIP raises where the file is not what it seems."""


def verify_export(path: Path, keys: Sequence[NoteKey], *, kept: Iterable[bytes] = ()) -> CheckReport:
    """Everything that is wrong with the export in `path`; `kept`: checkpoints that somebody else kept.

    InvalidError where the file is no export at all.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _verify(archive, keys, kept)
    except _BROKEN as error:
        raise InvalidError({"file": f"{path.name}: not a whole export of a trail: {error}"}) from None


def head_of(path: Path) -> Checkpoint:
    """The head that an export names, not verified: whose keys are to be looked for."""
    try:
        with zipfile.ZipFile(path) as archive:
            return parse_checkpoint(parse_note(_read(archive, CHECKPOINT, NOTE_BYTES_MAX)).text)
    except (*_BROKEN, EvidenceError) as error:
        raise InvalidError({"file": f"{path.name}: not a whole export of a trail: {error}"}) from None


def _verify(archive: zipfile.ZipFile, keys: Sequence[NoteKey], kept: Iterable[bytes]) -> CheckReport:
    findings: list[Finding] = []
    head, signed_by = _read_head(archive, keys, findings)
    if head.size > ENTRIES_MAX:
        raise InvalidError({"file": f"its checkpoint names {head.size:,} entries; {ENTRIES_MAX:,} are read at most"})
    lines = list(_read_lines(archive, head, findings))
    leaves = _read_leaves(archive, head, findings)
    findings += compare_lines(lines, leaves, head)
    heads = [*_earlier(archive, keys, findings), *_parse_kept(kept, keys, findings)]
    findings += compare_heads(heads, head, lines)
    return CheckReport(
        log=head.origin,
        size=head.size,
        root_hash=head.root_hash.hex(),
        entries_checked=len(lines),
        checkpoints_checked=1 + len(heads),
        signed_by=signed_by,
        findings=tuple(findings[:FINDINGS_MAX]),
    )


def _read_head(
    archive: zipfile.ZipFile, keys: Sequence[NoteKey], findings: list[Finding]
) -> tuple[Checkpoint, tuple[str, ...]]:
    note = _read(archive, CHECKPOINT, NOTE_BYTES_MAX)
    try:
        head, signatures = verify_note(note, keys)
        return head, tuple(f"{one.key.name} ({one.key.kind.name.lower()}, {one.at or 'no time'})" for one in signatures)
    except SignerUnknownError as error:
        findings.append(_finding("signer-unknown", Verdict.INDETERMINATE, str(error)))
    except EvidenceError as error:
        findings.append(_finding("signature-wrong", Verdict.FAILED, str(error)))
    try:
        return parse_checkpoint(parse_note(note).text), ()
    except EvidenceError as error:
        raise InvalidError({"file": f"its checkpoint cannot be read: {error}"}) from None


def _read_lines(archive: zipfile.ZipFile, head: Checkpoint, findings: list[Finding]) -> Iterator[Line]:
    with archive.open(ENTRIES) as file:
        for place in range(head.size + 1):
            line = file.readline(ENTRY_BYTES_MAX + 2)
            if not line:
                return
            if place == head.size:
                text = "there are entries after the last one that the checkpoint covers: nothing proves them"
                findings.append(_finding("entry-unproven", Verdict.INDETERMINATE, text, place))
                return
            yield read_line(line.removesuffix(b"\n"), head.origin)


def _read_leaves(archive: zipfile.ZipFile, head: Checkpoint, findings: list[Finding]) -> list[bytes]:
    leaves: list[bytes] = []
    with archive.open(LEAVES) as file:
        for _ in range(head.size):
            told = file.readline(LEAF_LINE_BYTES + 1).strip()
            try:
                leaf = bytes.fromhex(told.decode("ascii"))
            except (ValueError, UnicodeDecodeError):
                leaf = b""
            if len(leaf) != 32:
                break
            leaves.append(leaf)
    if len(leaves) != head.size or root_over(leaves) != head.root_hash:
        text = "the list of hashes is not the one under the checkpoint: what was altered cannot be named by it"
        findings.append(_finding("hashes-altered", Verdict.FAILED, text))
        return []
    return leaves


def _earlier(archive: zipfile.ZipFile, keys: Sequence[NoteKey], findings: list[Finding]) -> list[Checkpoint]:
    names = sorted(name for name in archive.namelist() if name.startswith(EARLIER) and name.endswith(".txt"))
    return _parse_kept((_read(archive, name, NOTE_BYTES_MAX) for name in names[:CHECKPOINTS_MAX]), keys, findings)


def _parse_kept(notes: Iterable[bytes], keys: Sequence[NoteKey], findings: list[Finding]) -> list[Checkpoint]:
    heads: list[Checkpoint] = []
    for note in notes:
        try:
            heads.append(verify_note(note, keys)[0])
        except SignerUnknownError:
            if not keys:
                heads.append(parse_checkpoint(parse_note(note).text))
        except EvidenceError as error:
            findings.append(_finding("checkpoint-wrong", Verdict.FAILED, str(error)))
    return heads


def _read(archive: zipfile.ZipFile, name: str, limit_bytes: int) -> bytes:
    with archive.open(name) as file:
        data = file.read(limit_bytes + 1)
    if len(data) > limit_bytes:
        raise InvalidError({"file": f"{name} has more than {limit_bytes:,} bytes"})
    return data


def _finding(code: str, verdict: Verdict, message: str, number: int = -1) -> Finding:
    return Finding(code=code, verdict=verdict, number=number, message=message)
