"""Facts of a case that decide conditions of provisions: the question that each one answers."""

from dataclasses import dataclass
from types import MappingProxyType

from comity.law.vocabulary import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class FactQuestion:
    """What to ask a person about a fact."""

    id: Fact
    question: str
    gate: bool
    """True: while it is unknown, whether the route exists at all is unknown. False: an ordinary condition."""


def _ask(fact: Fact, question: str, *, gate: bool = False) -> FactQuestion:
    return FactQuestion(id=fact, question=question, gate=gate)


_QUESTIONS = (
    _ask(Fact.EMERGENCY_TO_LIFE, "Is there imminent danger to a person's life or safety?", gate=True),
    _ask(Fact.ORGANISED_GROUP, "Is there ground to suspect a group of three or more acting for gain?", gate=True),
    _ask(Fact.TRANSNATIONAL, "Do the offence, its victims, proceeds or evidence touch more than one state?"),
    _ask(Fact.FOLLOW_UP_INTENDED, "Will a formal request for the data follow?"),
    _ask(
        Fact.TRACE_NEXT_PROVIDER,
        "Is only what identifies the next provider and the path of one communication asked for?",
        gate=True,
    ),
    _ask(Fact.PRESERVATION_REQUESTED, "Was preservation of the same data asked for?"),
    _ask(Fact.DATA_IN_REQUESTED_STATE, "Are the data or communications on the requested state's territory?"),
    _ask(Fact.PROVIDER_IN_REQUESTED_STATE, "Is the holder established in the requested state?"),
    _ask(Fact.PROVIDER_REFUSED, "Did the provider refuse, or fail to comply with, an earlier order?", gate=True),
    _ask(Fact.SPECIFIC_IDENTIFIER, "Is a specific person, account, address or device named?"),
    _ask(Fact.CONSENT_OF_DATA_HOLDER, "Does the person who may lawfully disclose agree freely?", gate=True),
    _ask(Fact.CONSENT_OF_PERSON, "Does the person to be heard, moved or surrendered agree?"),
    _ask(Fact.PUBLICLY_AVAILABLE, "Are the data open to everybody?", gate=True),
    _ask(Fact.DOMESTIC_ORDER_ISSUED, "Has a judge, court or prosecutor at home issued or validated the order?"),
    _ask(Fact.NECESSARY_AND_PROPORTIONATE, "Did the issuing authority find the measure necessary and proportionate?"),
    _ask(Fact.AVAILABLE_IN_DOMESTIC_CASE, "Does the requested state's law allow it in a similar domestic case?"),
    _ask(Fact.PROBABLE_CAUSE_SHOWN, "Do the facts show probable cause?"),
    _ask(Fact.ARTICULABLE_FACTS_SHOWN, "Do specific and articulable facts show relevance?"),
    _ask(Fact.JOINT_AGREEMENT, "Have both states agreed on this act in this case?", gate=True),
    _ask(Fact.RECIPROCITY_ASSURED, "Can the requesting state assure reciprocity?", gate=True),
    _ask(
        Fact.CONVENTION_AS_BASIS,
        "Does the requested state take a convention as its treaty basis for extradition?",
        gate=True,
    ),
    _ask(Fact.OTHER_LEGAL_BASIS, "Does another instrument or the requested state's law carry the measure?", gate=True),
    _ask(Fact.TARGET_IN_REQUESTING_STATE, "Does the person whose data are sought live in the requesting state?"),
    _ask(Fact.TARGET_FOREIGN_TO_REQUESTED_STATE, "Is the target neither a national of nor in the requested state?"),
    _ask(Fact.PERSON_IN_REQUESTED_STATE, "Is the person sought in the requested state?"),
    _ask(Fact.EXTRADITION_REQUESTED, "Is the surrender of the person asked for as well?", gate=True),
    _ask(Fact.FINAL_JUDGMENT, "Is there a final judgment of the requesting state?"),
    _ask(Fact.DEATH_PENALTY_ASSURED, "Is an assurance given that the death penalty is not imposed or carried out?"),
    _ask(
        Fact.LIFE_SENTENCE_ASSURED,
        "Is an assurance given that imprisonment for life is not imposed or carried out?",
        gate=True,
    ),
    _ask(Fact.PERSON_IS_NATIONAL_THERE, "Is the person sought a national of the requested state?"),
    _ask(Fact.PRIOR_JUDGMENT, "Was the person already convicted or acquitted for the same facts?"),
    _ask(Fact.POLITICAL_CHARACTER, "Is the offence political, or connected with a political one?"),
    _ask(Fact.MILITARY_CHARACTER, "Is it an offence under military law only?"),
    _ask(Fact.PRIVILEGED_HOLDER, "Are the data held for a lawyer, a press organ or an immune person?"),
    _ask(Fact.SMALL_LOSS, "Is the whole loss small by the requested state's policy?"),
    _ask(Fact.LAPSED, "Has prosecution lapsed by time or amnesty in either state?"),
    _ask(Fact.PROCEEDINGS_THERE, "Does the requested state have proceedings on the same facts?"),
    _ask(
        Fact.KEPT_AS_EVIDENCE,
        "Is what is to be held wanted as evidence, and not for confiscation or return?",
        gate=True,
    ),
    _ask(Fact.CONFISCATION_EXECUTED, "Was the property confiscated at the requesting state's wish?"),
)

FACTS = MappingProxyType({question.id.value: question for question in _QUESTIONS})
