"""What tying one observable gives, and how sure a chain of reasons can be."""

from collections.abc import Iterable
from dataclasses import dataclass

from msgspec import structs

from comity.law import Confidence
from comity.leads.model import Nexus, Reason, Role

_ORDER = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tied:
    """The ties and tags of one observable."""

    nexus: tuple[Nexus, ...] = ()
    tags: tuple[str, ...] = ()


def weakest(*confidences: Confidence) -> Confidence:
    """A chain is as sure as its weakest link."""
    return min(confidences, key=_ORDER.index)


def no_state(*reasons: Reason, role: Role = Role.UNKNOWN, confidence: Confidence = Confidence.HIGH) -> Nexus:
    """A tie that says why there is no state. ``confidence`` is that of the reasons."""
    return Nexus(state="", role=role, confidence=confidence, reasons=reasons)


def weakened(nexus: Nexus, reason: Reason) -> Nexus:
    """The same tie, held for less sure because of ``reason``."""
    return structs.replace(nexus, confidence=Confidence.LOW, reasons=(*nexus.reasons, reason))


def preceded(nexus: Iterable[Nexus], *reasons: Reason) -> tuple[Nexus, ...]:
    """The same ties with ``reasons`` at the head of each chain."""
    return tuple(structs.replace(one, reasons=(*reasons, *one.reasons)) for one in nexus)
