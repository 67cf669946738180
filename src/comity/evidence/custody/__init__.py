"""The custody log: who held what, when, where, why, under which order, and nobody can change it unseen.

Acts are entered into an append-only log; its Merkle root is signed, and other agencies cosign it when evidence crosses
a border. What travels is an `Extract`, which a stranger checks with SHA-256 and Ed25519.

>>> from datetime import UTC, datetime
>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> now = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
>>> seized = Draft(
...     act=Act.COLLECTED, at=now, by=Party(name="A. Rao", role="investigator", agency="Cyber Cell, Pune"),
...     items=(Item(id="EX-1", description="mobile telephone", condition=Condition.SEALED),), place="Pune",
...     reason="search of the suspect's flat", authorisation=Authorisation(reference="Warrant 12/2026"),
... )
>>> with TemporaryDirectory() as folder:
...     log = create_log(Path(folder) / "log", origin="cyber.pune.example/custody")
...     entries = log.append([seized], recorded_at=now, random_bytes=bytes)
...     log.close()
>>> entries[0].number, entries[0].act.value
(0, 'collected')
"""

from comity.evidence.custody.admit import DEFAULT_TOLERANCE, Tolerance
from comity.evidence.custody.before import entries_before
from comity.evidence.custody.canonical import encode_entry, parse_entry
from comity.evidence.custody.chain import check_receipt, given_items
from comity.evidence.custody.check import check_log
from comity.evidence.custody.check_extract import check_extract
from comity.evidence.custody.checkpoint import Checkpoint, format_checkpoint, parse_checkpoint
from comity.evidence.custody.cosignature import NoteSigner, VerifiedSignature, sign_checkpoint, verify_note
from comity.evidence.custody.crossing import countersign, hashes_of, keep_seen, proof_within, refuse_fork, vouch
from comity.evidence.custody.entry import Act, Authorisation, Binding, Condition, Draft, Entry, Item, Party
from comity.evidence.custody.extraction import Extract, ProvenEntry, bind, encode_extract, extract, parse_extract
from comity.evidence.custody.growth import Growth, encode_growth, parse_growth, prove_growth
from comity.evidence.custody.holding import Holding, Status
from comity.evidence.custody.log import CustodyLog, create_log, open_log
from comity.evidence.custody.note import Note, NoteKey, NoteKeyKind, parse_note, parse_vkey
from comity.evidence.custody.notes import checkpoint_of, own_notes, seen_notes
from comity.evidence.custody.reading import origin_of
from comity.evidence.custody.report import CheckReport, Finding, Verdict
from comity.evidence.custody.senders import keep_sender
from comity.evidence.custody.tree import (
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_of,
    stored_at,
    stored_count,
)
from comity.evidence.custody.wording import refuse_unfit

__all__ = [
    "DEFAULT_TOLERANCE",
    "Act",
    "Authorisation",
    "Binding",
    "CheckReport",
    "Checkpoint",
    "Condition",
    "CustodyLog",
    "Draft",
    "Entry",
    "Extract",
    "Finding",
    "Frontier",
    "Growth",
    "Holding",
    "Item",
    "Note",
    "NoteKey",
    "NoteKeyKind",
    "NoteSigner",
    "Party",
    "ProvenEntry",
    "Status",
    "Tolerance",
    "Verdict",
    "VerifiedSignature",
    "bind",
    "check_extract",
    "check_log",
    "check_receipt",
    "checkpoint_of",
    "consistency_proof",
    "countersign",
    "create_log",
    "encode_entry",
    "encode_extract",
    "encode_growth",
    "entries_before",
    "extract",
    "format_checkpoint",
    "given_items",
    "hashes_of",
    "inclusion_proof",
    "keep_seen",
    "keep_sender",
    "leaf_hash",
    "open_log",
    "origin_of",
    "own_notes",
    "parse_checkpoint",
    "parse_entry",
    "parse_extract",
    "parse_growth",
    "parse_note",
    "parse_vkey",
    "proof_within",
    "prove_growth",
    "refuse_fork",
    "refuse_unfit",
    "root_of",
    "seen_notes",
    "sign_checkpoint",
    "stored_at",
    "stored_count",
    "verify_note",
    "vouch",
]
