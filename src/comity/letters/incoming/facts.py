"""Facts that a request tells and that decide conditions of the law; what it does not tell stays unknown."""

from collections.abc import Iterator
from types import MappingProxyType

from comity.law import Fact, Measure
from comity.letters.checks import Expected, State, applies, has_field, judge, requirements
from comity.letters.model import Family, Kind, Letter, UndertakingKind
from comity.letters.tables import kinds

_ASSURED = MappingProxyType(
    {
        UndertakingKind.DEATH_PENALTY: Fact.DEATH_PENALTY_ASSURED,
        UndertakingKind.LIFE_SENTENCE: Fact.LIFE_SENTENCE_ASSURED,
        UndertakingKind.RECIPROCITY: Fact.RECIPROCITY_ASSURED,
    }
)


def facts_of(letter: Letter, measure: Measure) -> dict[str, bool]:
    """The facts for a question about one measure of a request."""
    return {fact.value: holds for fact, holds in _facts(letter, measure)}


def _facts(letter: Letter, measure: Measure) -> Iterator[tuple[Fact, bool]]:
    yield Fact.TRANSNATIONAL, True
    items = [item for item in letter.assistance if item.measure is measure]
    yield Fact.SPECIFIC_IDENTIFIER, any(item.subjects for item in items)
    given = {undertaking.kind for undertaking in letter.undertakings}
    for kind, fact in _ASSURED.items():
        if kind in given:
            yield fact, True
    validated = _is_validated(letter, measure)
    if letter.court is not None or validated:
        yield Fact.DOMESTIC_ORDER_ISSUED, True
    # a certificate is issued on that finding alone, and has no place for its reasons
    if letter.necessity or (validated and not has_field(letter.kind, "necessity")):
        yield Fact.NECESSARY_AND_PROPORTIONATE, True
    if any(act.measure == Measure.PRESERVATION.value for act in letter.earlier):
        yield Fact.PRESERVATION_REQUESTED, True
    if any(particular.field == "intention_to_follow_up" for particular in letter.particulars):
        yield Fact.FOLLOW_UP_INTENDED, True
    if any(particular.field == "group" for particular in letter.particulars):
        yield Fact.ORGANISED_GROUP, True
    if kinds()[letter.kind].family is Family.EMERGENCY:
        yield Fact.EMERGENCY_TO_LIFE, True
    if letter.kind in {Kind.EXTRADITION_REQUEST, Kind.PROVISIONAL_ARREST}:
        yield Fact.EXTRADITION_REQUESTED, True
    yield from _person(letter)


#: Fields in which a request speaks to a fact that the officer here judges.
_SPEAKS = MappingProxyType(
    {
        "articulable_facts": Fact.ARTICULABLE_FACTS_SHOWN,
        "court_order": Fact.DOMESTIC_ORDER_ISSUED,
        "domestic_order": Fact.DOMESTIC_ORDER_ISSUED,
        "judgment": Fact.FINAL_JUDGMENT,
        "order": Fact.DOMESTIC_ORDER_ISSUED,
        "probable_cause": Fact.PROBABLE_CAUSE_SHOWN,
        "target_not_there": Fact.TARGET_FOREIGN_TO_REQUESTED_STATE,
    }
)


def spoken(letter: Letter) -> frozenset[str]:
    """Ids of the facts on which a request is not silent: whether they hold is for the officer here to judge.

    What it says of the conditions of its instrument (`conditions`) speaks to each of them.
    """
    said = {particular.field for particular in letter.particulars if particular.text.text.strip()}
    if "conditions" in said:
        return frozenset(fact.value for fact in Fact)
    return frozenset(fact.value for field, fact in _SPEAKS.items() if field in said)


def _is_validated(letter: Letter, measure: Measure) -> bool:
    """Whether who may issue or validate a form of the European Union has, as far as the checks can tell."""
    rule = next(one for one in requirements() if one.id == "validation")
    asked = Expected(state=letter.addressee.state, measures=(measure,))
    return applies(rule, letter, asked) and judge(rule, letter, asked).state is State.PRESENT


def _person(letter: Letter) -> Iterator[tuple[Fact, bool]]:
    nationalities = {person.nationality for person in letter.persons if person.role == "sought" and person.nationality}
    if nationalities:
        yield Fact.PERSON_IS_NATIONAL_THERE, letter.addressee.state in nationalities
