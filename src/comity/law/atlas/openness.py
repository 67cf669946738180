"""To whom an instrument is open: what its data say in words (``open_to``), read clause by clause."""

import re
from enum import StrEnum

from comity.law.instrument import Instrument, StateCode
from comity.law.registry import Registry
from comity.law.vocabulary import InstrumentKind


class Openness(StrEnum):
    """Whether a state can become a party by its own act."""

    OPEN = "open"
    INVITATION = "invitation"  # others must invite it, vote or agree first
    PARENT = "parent"  # to the parties of another instrument
    UNKNOWN = "unknown"
    CLOSED = "closed"


_CLAUSES = (
    (re.compile(r"(by invitation|by vote|by agreement|units?$)"), Openness.INVITATION),
    (re.compile(r"^(all|any) states?\b"), Openness.OPEN),
    (re.compile(r"^(any )?other states? by accession$"), Openness.OPEN),
    (re.compile(r"^(states that signed or are )?party to |^parties to "), Openness.PARENT),
    (re.compile(r"\bmembers( except \w+)?( and \w+)?$"), Openness.CLOSED),
)


def clauses_of(open_to: str) -> tuple[Openness, ...]:
    """What each clause says; those that say nothing about states are left out."""
    found = []
    for clause in re.split(r"[;,]", open_to):
        text = clause.strip().casefold()
        found += [openness for pattern, openness in _CLAUSES if pattern.search(text)][:1]
    return tuple(found)


def openness_to(instrument: Instrument, state: StateCode, registry: Registry) -> Openness:
    """Whether an instrument is open to a state: by the circle of those eligible, its signature, or the words."""
    rows = [row for row in registry.parties(instrument.id) if row.state == state]
    if instrument.kind is InstrumentKind.EU_ACT and rows and all(row.ended_on for row in rows):
        return Openness.CLOSED  # who has left the Union joins none of its acts
    if instrument.eligible:
        return Openness.OPEN if state in instrument.eligible else Openness.CLOSED
    if rows:
        return Openness.OPEN
    found = clauses_of(instrument.open_to)
    for wanted in (Openness.OPEN, Openness.INVITATION, Openness.PARENT, Openness.CLOSED):
        if wanted in found:
            return wanted
    return Openness.UNKNOWN
