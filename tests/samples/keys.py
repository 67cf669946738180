"""Identities that tests of keys start from; making one costs a third of a second, so tests copy it."""

import os
from datetime import UTC, datetime
from pathlib import Path

from comity.evidence.keys import Identity, PublicIdentity, create_identity

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
PASSPHRASE = b"correct horse battery staple"


def make_identity(folder: Path, name: str = "cyber.pune.example", algorithm: str = "ECDSA-P256") -> Identity:
    """A new identity of the police in Pune."""
    public = PublicIdentity(name=name, display_name="Cyber Cell, Pune", agency="Pune Police", state="IN", keys=())
    return create_identity(
        folder,
        public,
        passphrase=PASSPHRASE,
        now=NOW,
        random_bytes=os.urandom,
        certificate_algorithm=algorithm,
    )
