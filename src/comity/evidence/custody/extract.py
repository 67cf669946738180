"""What travels with evidence: the entries about some items, each with its proof under a signed checkpoint.

A stranger checks it with SHA-256 and Ed25519 alone; `format` names the steps. Nothing of the log's other entries is
shown but hashes, and these cannot be guessed, for each entry carries 128 random bits.
"""

from comity.evidence.custody.entry import Record


class ProvenEntry(Record, frozen=True, kw_only=True):
    """One entry, exactly as the log holds it, and its way to the root."""

    number: int
    entry: str
    """The canonical JSON as one string: its UTF-8 bytes are what is hashed."""
    proof: tuple[str, ...]
    """Inclusion proof, hexadecimal, from the leaf's sibling upwards (RFC 9162 2.1.3)."""


class KeptCheckpoint(Record, frozen=True, kw_only=True):
    """An earlier checkpoint that others have seen, and the proof that the present one extends it."""

    checkpoint: str
    """The signed note."""
    proof: tuple[str, ...]
    """Consistency proof to the extract's checkpoint, hexadecimal (RFC 9162 2.1.4)."""


class Extract(Record, frozen=True, kw_only=True):
    """The custody of some items so far."""

    format: str = "comity-custody-extract/1"
    checkpoint: str
    """The signed note, with the cosignatures of witnesses."""
    entries: tuple[ProvenEntry, ...]
    """By number. The items' `previous` numbers chain them without a gap."""
    kept: tuple[KeptCheckpoint, ...] = ()
    keys: tuple[str, ...] = ()
    """Verifier keys of those who signed, for convenience only: compare them with what you got elsewhere."""
