"""A public identity: the keys by which others verify an agency's work and encrypt to it.

It is one JSON file that people pass on and import after comparing a fingerprint by another way. It holds every
generation of keys, old ones with their periods, so that old packages stay verifiable after a rotation.
"""

from datetime import datetime
from enum import StrEnum

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the records of this package."""


class KeyUse(StrEnum):
    """What a key is for; one key, one use."""

    NOTE = "note"
    """Ed25519: custody checkpoints and cosignatures."""
    NOTE_PQ = "note_pq"
    """ML-DSA-44: the same, post-quantum (the parameter set that C2SP fixes)."""
    CERTIFICATE = "certificate"
    """ECDSA P-256 or RSA 3072 with an X.509 certificate: CMS signatures that every tool checks."""
    SIGNATURE_PQ = "signature_pq"
    """ML-DSA-65: the post-quantum second signature over a package."""
    RECIPIENT = "recipient"
    """X25519: an age recipient."""
    RECIPIENT_PQ = "recipient_pq"
    """X-Wing (ML-KEM-768 with X25519): a post-quantum age recipient."""


class PublicKey(Record, frozen=True, kw_only=True):
    """One public key and its life."""

    use: KeyUse
    generation: int
    """1, 2, … : raised by each rotation."""
    algorithm: str
    """``Ed25519``, ``ML-DSA-44``, ``ECDSA-P256``, ``RSA-3072``, ``ML-DSA-65``, ``X25519``, ``MLKEM768-X25519``."""
    public: str
    """PEM (SubjectPublicKeyInfo); for the two recipients the age recipient (``age1…``, ``age1pq1…``)."""
    fingerprint: str
    """SHA-256, hexadecimal, of the DER inside the PEM, or of the age recipient's text."""
    not_before: datetime
    not_after: datetime | None = None
    """End of use: set when rotated away; None: in use."""
    revoked_at: datetime | None = None
    revocation_reason: str = ""
    """A CRLReason of RFC 5280 5.3.1, such as ``keyCompromise``."""
    certificates: tuple[str, ...] = ()
    """For `KeyUse.CERTIFICATE`, newest first: each a PEM chain, leaf first, as far as it is known."""


class Attestation(Record, frozen=True, kw_only=True):
    """A signature over the identity by one of its own keys: this generation's, and at a rotation the one before."""

    fingerprint: str
    """Of the key that signed."""
    signature: str
    """Base64, over the canonical JSON (RFC 8785) of the identity."""


class PublicIdentity(Record, frozen=True, kw_only=True):
    """Who signs and who can read."""

    format: str = "comity-identity/1"
    name: str
    """Schema-less URL without spaces or plus signs, such as ``cyber.police.example``: the key name in notes."""
    display_name: str
    agency: str = ""
    state: str = ""
    """ISO 3166 code."""
    keys: tuple[PublicKey, ...]


class IdentityBundle(Record, frozen=True, kw_only=True):
    """What is passed on: the identity and its own attestations."""

    identity: PublicIdentity
    attestations: tuple[Attestation, ...]
