"""Keys and identities: who signs and who can read.

An identity has a key for each use (`KeyUse`), kept encrypted in a folder of its owner; its public half is one file that
others import after comparing `number_to_compare`. Rotation keeps old keys with their dates, so that old packages stay
verifiable; agencies without a CA have `Authority`.
"""

from comity.evidence.keys.agefile import export_age
from comity.evidence.keys.authority import Authority, create_authority
from comity.evidence.keys.bundle import encode_bundle, read_bundle, vouchers
from comity.evidence.keys.certify import add_certificate, add_certificate_key, add_token_key, request_certificate
from comity.evidence.keys.identity import Attestation, IdentityBundle, KeyUse, PublicIdentity, PublicKey
from comity.evidence.keys.known import known_identities, remember
from comity.evidence.keys.lifecycle import REASONS, create_identity, revoke, rotate
from comity.evidence.keys.merged import merge_identities
from comity.evidence.keys.pkcs12 import export_pkcs12, read_pkcs12
from comity.evidence.keys.public import (
    age_recipients,
    certificates,
    current,
    keys_for,
    may_keep,
    note_keys,
    number_to_compare,
    signature_pq_keys,
    valid_at,
)
from comity.evidence.keys.recipient import hpke_public_key, parse_recipient
from comity.evidence.keys.store import Identity, Unlocked, open_identity
from comity.evidence.keys.token import TokenPlace

__all__ = [
    "REASONS",
    "Attestation",
    "Authority",
    "Identity",
    "IdentityBundle",
    "KeyUse",
    "PublicIdentity",
    "PublicKey",
    "TokenPlace",
    "Unlocked",
    "add_certificate",
    "add_certificate_key",
    "add_token_key",
    "age_recipients",
    "certificates",
    "create_authority",
    "create_identity",
    "current",
    "encode_bundle",
    "export_age",
    "export_pkcs12",
    "hpke_public_key",
    "keys_for",
    "known_identities",
    "may_keep",
    "merge_identities",
    "note_keys",
    "number_to_compare",
    "open_identity",
    "parse_recipient",
    "read_bundle",
    "read_pkcs12",
    "remember",
    "request_certificate",
    "revoke",
    "rotate",
    "signature_pq_keys",
    "valid_at",
    "vouchers",
]
