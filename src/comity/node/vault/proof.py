"""The proof that a package was deleted, as files that `comity evidence proof` checks."""

from collections.abc import Iterator

from comity.node.vault.models import Removal
from comity.node.vault.store import identity

STATEMENT = "deleted.json"


def proof_files(removal: Removal) -> Iterator[tuple[str, bytes]]:
    """Names and bytes: the statement, its signature, the identity that signed, and the custody behind it."""
    yield STATEMENT, bytes(removal.statement)
    yield f"{STATEMENT}.p7s", bytes(removal.signature)
    yield f"{STATEMENT}.identity.json", identity().bundle
    if removal.stamp:
        yield f"{STATEMENT}.p7s.tst", bytes(removal.stamp)
    if removal.custody:
        yield f"{STATEMENT}.custody.json", bytes(removal.custody)
