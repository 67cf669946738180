"""Parties, acts and signers that tests of custody start from."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from comity.evidence.custody import (
    Act,
    Authorisation,
    CustodyLog,
    Draft,
    Entry,
    Item,
    NoteKeyKind,
    NoteSigner,
    Party,
    create_log,
)
from comity.evidence.custody.files import Head
from comity.evidence.custody.tree import Frontier, leaf_hash

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
ORIGIN, OTHER = "cyber.pune.example/custody", "lka.berlin.example/custody"
RAO = Party(name="A. Rao", role="investigator", agency="Pune Police", state="IN")
DESAI = Party(name="M. Desai", role="examiner", agency="Pune Police", state="IN")
WEBER = Party(name="K. Weber", role="evidence custodian", agency="LKA Berlin", state="DE")
ORDER = Authorisation(reference="Warrant 12/2026")


def at(minutes: float) -> datetime:
    """Some minutes after the samples' beginning."""
    return NOW + timedelta(minutes=minutes)


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def draft(act: Act = Act.COLLECTED, items: Iterable[str | Item] = ("EX-1",), **other: Any) -> Draft:
    """An act by Rao on items without digests, unless said otherwise."""
    facts: dict[str, Any] = {
        "act": act,
        "at": NOW,
        "by": RAO,
        "items": tuple(item if isinstance(item, Item) else Item(id=item) for item in items),
        "place": "Pune",
        "reason": "search of the flat",
        "authorisation": ORDER,
    }
    return Draft(**{**facts, **other})


def nonces(count: int) -> bytes:
    return bytes(range(256)) * (count // 256) + bytes(range(count % 256))


def new_log(folder: Path, *drafts: Draft, origin: str = ORIGIN, recorded_at: datetime = NOW) -> CustodyLog:
    """A log with some acts."""
    log = create_log(folder, origin=origin)
    for one in drafts:
        log.append([one], recorded_at=max(recorded_at, one.at), random_bytes=nonces)
    return log


def ed25519(name: str, seed: int, *, cosigner: bool = False) -> NoteSigner:
    kind = NoteKeyKind.ED25519_COSIGNATURE if cosigner else NoteKeyKind.ED25519
    return NoteSigner(name=name, kind=kind, private_key=Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32))


def mldsa44(name: str, seed: int) -> NoteSigner:
    private = MLDSA44PrivateKey.from_seed_bytes(bytes([seed]) * 32)
    return NoteSigner(name=name, kind=NoteKeyKind.MLDSA44_COSIGNATURE, private_key=private)


SIGNER, SIGNER_PQ = ed25519(ORIGIN, 1), mldsa44(ORIGIN, 2)
OTHER_SIGNER = ed25519(OTHER, 3)
WITNESS, WITNESS_PQ = ed25519("lka.berlin.example", 4, cosigner=True), mldsa44("lka.berlin.example", 5)
PUNE_WITNESS = ed25519("cyber.pune.example", 6, cosigner=True)


def lines_of(folder: Path) -> list[bytes]:
    """The entries of a log as its file has them."""
    return (folder / "entries.jsonl").read_bytes().splitlines()


def rewrite(folder: Path, lines: list[bytes]) -> None:
    """Put other entries into a log as its keeper could: with a head that fits them, and nothing derived left."""
    frontier = Frontier(0, lambda _: b"")
    for line in lines:
        frontier.append(leaf_hash(line))
    data = b"".join(line + b"\n" for line in lines)
    (folder / "entries.jsonl").write_bytes(data)
    root = frontier.root().hex()
    times = [msgspec.json.decode(line, type=Entry).recorded_at for line in lines]
    latest = max(times, default=None)
    head = Head(size=len(lines), entries_bytes=len(data), root_hash=root, recorded_at=latest)
    (folder / "head.json").write_bytes(msgspec.json.encode(head))
    for name in ("hashes", "ends", "items.sqlite"):
        (folder / name).unlink(missing_ok=True)
