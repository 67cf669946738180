"""Instruments that step back between two states because another one took their place.

A European Investigation Order replaces the corresponding provisions of the conventions that it names between the
states that it binds (Directive 2014/41/EU art. 34(1)); elsewhere those conventions go on.
"""

from comity.law.instrument import Instrument
from comity.law.registry import Registry
from comity.law.vocabulary import Measure


def replaced_bits(registry: Registry, measure: Measure, bound: int) -> int:
    """Bits of the shared instruments that step back for a measure, where `bound` are the bits of those that bind."""
    found = 0
    for bit, replaced in registry.replacements[measure]:
        if bound & bit:
            found |= replaced
    return found


def replaces_treaty(registry: Registry, treaty: Instrument, measure: Measure, bound: int) -> Instrument | None:
    """The shared instrument that takes the place of a bilateral treaty for a measure, where there is one."""
    for bit, _ in registry.replacements[measure]:
        instrument = registry.shared[bit.bit_length() - 1]
        named = treaty.id in instrument.replaces or treaty.kind in instrument.replaces_kinds
        if bound & bit and named:
            return instrument
    return None


def replaced_by(registry: Registry, instrument: Instrument, measure: Measure, bound: int) -> Instrument | None:
    """What takes the place of an instrument for a measure between two states; None: nothing does."""
    if instrument.states:
        return replaces_treaty(registry, instrument, measure, bound)
    own = 1 << registry.shared.index(instrument)
    for bit, replaced in registry.replacements[measure]:
        if bound & bit and replaced & own:
            return registry.shared[bit.bit_length() - 1]
    return None
