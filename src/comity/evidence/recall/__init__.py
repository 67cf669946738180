"""Recall: the owner asks for evidence to be deleted, given back or left unused; the holder proves that it was.

The holder's `Statement` says what it had, by digest, and what became of it, and its certificate signs that; the entry
in its custody log stands behind it. The owner checks both against its own copy with `check_statement`.
"""

from comity.evidence.recall.check import Given, RecallReport, check_statement
from comity.evidence.recall.handed import addressees_of, entries_of
from comity.evidence.recall.holder import Rotation, rotation_in_words
from comity.evidence.recall.removal import METHOD, Number, links_in, number_of, other_names, remove
from comity.evidence.recall.statement import (
    CustodyPlace,
    Held,
    Outcome,
    SignedStatement,
    Statement,
    encode_statement,
    parse_statement,
    read_restriction,
    read_statement,
    signature_faults,
)

__all__ = [
    "METHOD",
    "CustodyPlace",
    "Given",
    "Held",
    "Number",
    "Outcome",
    "RecallReport",
    "Rotation",
    "SignedStatement",
    "Statement",
    "addressees_of",
    "check_statement",
    "encode_statement",
    "entries_of",
    "links_in",
    "number_of",
    "other_names",
    "parse_statement",
    "read_restriction",
    "read_statement",
    "remove",
    "rotation_in_words",
    "signature_faults",
]
