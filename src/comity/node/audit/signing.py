"""The key with which this node signs the heads of its audit trail: made once, in the data folder, for this alone."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from comity.evidence.custody import NoteKeyKind, NoteSigner
from comity.node.audit.actions import log_name
from comity.node.keyfile import read_or_make

_FILE = "audit.key"


def signers() -> tuple[NoteSigner, ...]:
    """Who signs checkpoints of the trail. The name is the log's own, as C2SP asks of a log."""
    secret = read_or_make(Path(settings.DATA) / _FILE, lambda: Ed25519PrivateKey.generate().private_bytes_raw())
    key = Ed25519PrivateKey.from_private_bytes(secret)
    return (NoteSigner(name=log_name(), kind=NoteKeyKind.ED25519_COSIGNATURE, private_key=key),)
