"""Which facts of a case can raise a ground for refusal, and of which provisions."""

from types import MappingProxyType

from comity.law.instrument import Instrument, Provision, grounds_of
from comity.law.vocabulary import Fact, Measure, RefusalGround

#: The fact that raises a ground where it is true and rules it out where it is false.
RAISED_BY = MappingProxyType(
    {
        RefusalGround.POLITICAL_OFFENCE: Fact.POLITICAL_CHARACTER,
        RefusalGround.MILITARY_OFFENCE: Fact.MILITARY_CHARACTER,
        RefusalGround.NE_BIS_IN_IDEM: Fact.PRIOR_JUDGMENT,
        RefusalGround.DE_MINIMIS: Fact.SMALL_LOSS,
        RefusalGround.NATIONALITY: Fact.PERSON_IS_NATIONAL_THERE,
        RefusalGround.AMNESTY_OR_LAPSE: Fact.LAPSED,
        RefusalGround.IMMUNITY_PRIVILEGE: Fact.PRIVILEGED_HOLDER,
        RefusalGround.ONGOING_PROCEEDINGS_POSTPONE: Fact.PROCEEDINGS_THERE,
    }
)
_USUAL = (RefusalGround.POLITICAL_OFFENCE, RefusalGround.MILITARY_OFFENCE, RefusalGround.NE_BIS_IN_IDEM)
_USUAL_OF_SURRENDER = (*_USUAL, RefusalGround.AMNESTY_OR_LAPSE, RefusalGround.NATIONALITY)


def facts_that_raise(instrument: Instrument, provision: Provision) -> frozenset[Fact]:
    """The facts that can raise a ground of a provision; the law of a state can bar the surrender of its nationals."""
    by_law = {Fact.PERSON_IS_NATIONAL_THERE} if provision.measure is Measure.EXTRADITION else set()
    return frozenset(RAISED_BY[ground] for ground in raisable_grounds(instrument, provision)) | by_law


def raisable_grounds(instrument: Instrument, provision: Provision) -> tuple[RefusalGround, ...]:
    """The grounds that a fact can raise; not those that only delay, nor nationality where no person is asked for."""
    surrender = provision.measure is Measure.EXTRADITION
    named = grounds_of(instrument, provision)
    if instrument.provisions_of:
        named = _USUAL_OF_SURRENDER if surrender else _USUAL
    left_out = {RefusalGround.ONGOING_PROCEEDINGS_POSTPONE} | (set() if surrender else {RefusalGround.NATIONALITY})
    return tuple(ground for ground in named if ground in RAISED_BY and ground not in left_out)
