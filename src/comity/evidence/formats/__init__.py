"""Formats of evidence: recognised by content, described, and their inner hashes checked.

    with looking(item, evidence) as look:
        told = recognise(look)
        checks = check(look, told) if told else ()

Everything that is read is hostile: reading is streamed and bounded (`FormatLimits`), and what is damaged becomes a
problem in the description or a verdict of a check, never an exception. Hash lists are matched against evidence by
`match`, which looks files up in a `HashIndex`.
"""

from comity.evidence.formats.limits import LIMITS, SEALING, FormatLimits
from comity.evidence.formats.look import Alone, Evidence, Item, Look, looking
from comity.evidence.formats.recognise import CHECKS, check, check_form, recognise
from comity.evidence.formats.record import Description, Fact, InnerCheck, StoredHash

__all__ = [
    "CHECKS",
    "LIMITS",
    "SEALING",
    "Alone",
    "Description",
    "Evidence",
    "Fact",
    "FormatLimits",
    "InnerCheck",
    "Item",
    "Look",
    "StoredHash",
    "check",
    "check_form",
    "looking",
    "recognise",
]
