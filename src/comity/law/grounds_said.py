"""Grounds for refusal as people read them; what is no ground is told apart from those that are."""

from collections.abc import Iterable
from types import MappingProxyType

from comity.law.vocabulary import RefusalGround

SAID = MappingProxyType(
    {
        RefusalGround.SOVEREIGNTY_SECURITY: "harm to sovereignty, security or other essential interests",
        RefusalGround.ORDRE_PUBLIC: "conflict with public order (ordre public)",
        RefusalGround.DUAL_CRIMINALITY_ABSENT: "the conduct is no offence in the requested state",
        RefusalGround.POLITICAL_OFFENCE: "a political offence",
        RefusalGround.MILITARY_OFFENCE: "an offence of military law only",
        RefusalGround.NE_BIS_IN_IDEM: "already judged for the same facts (ne bis in idem)",
        RefusalGround.DISCRIMINATION: "pursuit for race, religion, nationality or opinion",
        RefusalGround.DATA_PROTECTION: "insufficient protection of personal data",
        RefusalGround.FUNDAMENTAL_RIGHTS: "breach of fundamental rights",
        RefusalGround.DE_MINIMIS: "too small a matter",
        RefusalGround.NATIONALITY: "the person is its own national",
        RefusalGround.AMNESTY_OR_LAPSE: "amnesty or lapse of time",
        RefusalGround.DEATH_PENALTY: "the death penalty may be imposed",
        RefusalGround.IMMUNITY_PRIVILEGE: "immunity or privilege",
        RefusalGround.ONGOING_PROCEEDINGS_POSTPONE: "own proceedings under way (postpones only)",
    }
)

NO_GROUND_SAID = MappingProxyType(
    {
        RefusalGround.FISCAL_NOT_A_GROUND: "that the offence is fiscal",
        RefusalGround.BANK_SECRECY_NOT_A_GROUND: "bank secrecy",
    }
)


def grounds_said(grounds: Iterable[RefusalGround]) -> tuple[str, ...]:
    """The grounds, in words, without those that mark what is none."""
    return tuple(SAID[ground] for ground in grounds if ground in SAID)


def no_grounds_said(grounds: Iterable[RefusalGround]) -> tuple[str, ...]:
    """What is expressly no ground, in words."""
    return tuple(NO_GROUND_SAID[ground] for ground in grounds if ground in NO_GROUND_SAID)
