"""Grounds for refusal, and what a request can say to meet each."""

from types import MappingProxyType

from comity.law.route import RefusalRisk
from comity.law.vocabulary import RefusalGround

#: What to add to the request; markers of what is *not* a ground have no entry.
REMEDIES = MappingProxyType(
    {
        RefusalGround.SOVEREIGNTY_SECURITY: "say why the request touches no essential interest; sever what might",
        RefusalGround.ORDRE_PUBLIC: "show that the measure exists in both laws and is asked for in a proper form",
        RefusalGround.DUAL_CRIMINALITY_ABSENT: "describe the conduct, not the label, and name the section there",
        RefusalGround.POLITICAL_OFFENCE: "show the ordinary crime: victims, loss, gain",
        RefusalGround.MILITARY_OFFENCE: "state that the offence is one of ordinary criminal law",
        RefusalGround.NE_BIS_IN_IDEM: "state that the person was neither convicted nor acquitted for these facts",
        RefusalGround.DISCRIMINATION: "state that nobody is pursued for race, religion, nationality or opinion",
        RefusalGround.DATA_PROTECTION: "state purpose, recipients, retention and safeguards for the data",
        RefusalGround.FUNDAMENTAL_RIGHTS: "state the judicial control and the remedies that the person has",
        RefusalGround.DE_MINIMIS: "state the whole loss and all victims; bundle linked cases",
        RefusalGround.NATIONALITY: "ask, in the alternative, that the case be submitted for prosecution there",
        RefusalGround.AMNESTY_OR_LAPSE: "give the limitation period and the acts that interrupted it",
        RefusalGround.DEATH_PENALTY: "give an assurance that the death penalty is not sought or not carried out",
        RefusalGround.IMMUNITY_PRIVILEGE: "say whether a lawyer, the press or an immune person is concerned",
        RefusalGround.ONGOING_PROCEEDINGS_POSTPONE: "ask whether proceedings there are under way; agree on the order",
    }
)


def refusal_risks(grounds: tuple[RefusalGround, ...]) -> tuple[RefusalRisk, ...]:
    """The live grounds, each with its remedy."""
    return tuple(RefusalRisk(ground=g, remedy=REMEDIES[g]) for g in grounds if g in REMEDIES)
