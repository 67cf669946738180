"""Every fact that data can name has a question."""

from comity.law import FACTS, Fact


def test_every_fact_has_its_question() -> None:
    assert set(FACTS) == {fact.value for fact in Fact if fact is not Fact.NONE}
