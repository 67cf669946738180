"""The key with which this node signs the heads of its audit trail: made once, in the data folder, for this alone."""

import os
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from comity.evidence.custody import NoteKeyKind, NoteSigner
from comity.node.audit.actions import log_name

_FILE = "audit.key"


def signers() -> tuple[NoteSigner, ...]:
    """Who signs checkpoints of the trail. The name is the log's own, as C2SP asks of a log."""
    return (NoteSigner(name=log_name(), kind=NoteKeyKind.ED25519_COSIGNATURE, private_key=_key()),)


def _key() -> Ed25519PrivateKey:
    path = Path(settings.DATA) / _FILE
    with suppress(FileExistsError):
        # Written whole before it has its name: who comes at the same moment reads one key or the other, never half.
        waiting = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as made:
            made.write(Ed25519PrivateKey.generate().private_bytes_raw())
        try:
            os.link(waiting, path)
        finally:
            waiting.unlink()
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())
