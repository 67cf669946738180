"""Grounds in words."""

from comity.law.grounds_said import NO_GROUND_SAID, SAID, grounds_said, no_grounds_said
from comity.law.refusal import REMEDIES
from comity.law.vocabulary import RefusalGround


def test_every_ground_has_words_and_what_is_none_is_told_apart() -> None:
    assert set(SAID) | set(NO_GROUND_SAID) == set(RefusalGround)
    assert set(SAID) == set(REMEDIES), "each ground that can be raised has a remedy"
    asked = (RefusalGround.SOVEREIGNTY_SECURITY, RefusalGround.FISCAL_NOT_A_GROUND)
    assert grounds_said(asked) == ("harm to sovereignty, security or other essential interests",)
    assert no_grounds_said(asked) == ("that the offence is fiscal",)
