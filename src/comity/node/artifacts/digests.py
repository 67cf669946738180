"""Digests of files that may be large."""

import hashlib
from pathlib import Path

PART_BYTES = 1 << 20


def digests_of(path: Path) -> tuple[str, str]:
    """SHA-256 and SHA-512 of a file, as hexadecimal digits, in one reading."""
    sha256, sha512 = hashlib.sha256(), hashlib.sha512()
    with path.open("rb") as file:
        while part := file.read(PART_BYTES):
            sha256.update(part)
            sha512.update(part)
    return sha256.hexdigest(), sha512.hexdigest()
