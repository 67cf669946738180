"""Pieces of a registry, worked out from law data once."""

from comity.law.instrument import Instrument, Participation, StateCode
from comity.law.lawdata import LawData
from comity.law.vocabulary import Measure
from comity.law.way import Way, ways_of

SharedWays = tuple[int, bool, tuple[Way, ...]]
"""The bit of a shared instrument, whether some pairs are excluded from it, and its ways to one measure."""


def shared_ways(shared: tuple[Instrument, ...], measure: Measure) -> tuple[SharedWays, ...]:
    """The ways to a measure of the instruments that are open to more than two states, each with its bit."""
    found = ((1 << bit, bool(i.exclusions or i.hub), ways_of(i, measure)) for bit, i in enumerate(shared))
    return tuple((bit, excluding, ways) for bit, excluding, ways in found if ways)


def replacements(shared: tuple[Instrument, ...], measure: Measure) -> tuple[tuple[int, int], ...]:
    """For a measure: the bit of each instrument that takes the place of others, and the bits of those."""
    bits = {instrument.id: 1 << bit for bit, instrument in enumerate(shared)}
    return tuple(
        (bits[instrument.id], sum(bits.get(replaced, 0) for replaced in instrument.replaces))
        for instrument in shared
        if (instrument.replaces or instrument.replaces_kinds)
        and any(provision.measure is measure for provision in instrument.provisions)
    )


def groups_of(data: LawData) -> dict[StateCode, tuple[str, ...]]:
    """The groups that each state belongs or belonged to."""
    found: dict[StateCode, dict[str, None]] = {}
    for group, rows in data.groups.items():
        for row in rows:
            found.setdefault(row.state, {})[group] = None
    return {state: tuple(groups) for state, groups in found.items()}


def former_periods(data: LawData) -> dict[tuple[str, StateCode], tuple[Participation, ...]]:
    """For each instrument and state with several rows: those before the last, the latest first."""
    found: dict[tuple[str, StateCode], list[Participation]] = {}
    for instrument, rows in data.participations.items():
        for row in rows:
            found.setdefault((instrument, row.state), []).append(row)
    return {key: tuple(reversed(rows[:-1])) for key, rows in found.items() if len(rows) > 1}
