"""Provisions whose text nobody has read: which of them leave open whether the route exists at all."""

from comity.law.instrument import Instrument, Provision
from comity.law.route import TextBasis
from comity.law.vocabulary import Confidence, InstrumentKind

_OF_ITS_KIND = frozenset({InstrumentKind.MLAT, InstrumentKind.EXTRADITION})


def is_recalled(instrument: Instrument, provision: Provision) -> bool:
    """Whether a provision is known from memory only (an assumed one is said to be assumed instead)."""
    return provision.confidence is Confidence.LOW and not instrument.provisions_of


def is_doubtful(instrument: Instrument, provision: Provision) -> bool:
    """Whether it is doubtful that the instrument gives the measure.

    A treaty of mutual assistance gives assistance, and one of extradition gives extradition, whichever article says
    so: there, a recalled article is something to look up, not a doubt.
    """
    sure = instrument.assistance or instrument.kind in _OF_ITS_KIND
    return is_recalled(instrument, provision) and not sure


def text_basis(instrument: Instrument, provision: Provision) -> TextBasis:
    """How a provision is known."""
    if instrument.provisions_of:
        return TextBasis.ASSUMED
    return TextBasis.RECALLED if provision.confidence is Confidence.LOW else TextBasis.READ
