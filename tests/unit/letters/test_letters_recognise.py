"""What is recognised in letters of strangers, in each language, and what is said not to be."""

from datetime import date

import pytest
from tests.samples.strangers import COMMON, STRANGERS

from comity.law import Registry, load_registry
from comity.letters.incoming.received import Received, receive


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


def received(text: str, registry: Registry) -> Received:
    return receive(text.encode(), registry, file="letter.txt", received_on=date(2026, 11, 25))


@pytest.mark.parametrize("language", list(STRANGERS))
def test_every_language(language: str, registry: Registry) -> None:
    text, expected = STRANGERS[language]
    found = received(text, registry).recognition
    assert found is not None
    assert found.language == language
    wanted = {**COMMON, **expected}
    told = {}
    for field, value in wanted.items():
        every = [said.value for said in found.said(field)]
        told[field] = (
            " ".join(every)
            if field in {"measures", "period"} or (" " in value and field == "objects")
            else every[0]
            if every
            else ""
        )
    assert told == wanted
    assert found.said("confidentiality")
    assert found.said("contacts")
    assert found.said("facts")
