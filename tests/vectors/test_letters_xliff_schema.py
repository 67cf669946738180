"""What goes to translators, by the schema of XLIFF 2.0 (OASIS), which Debian's php-symfony-translation brings along."""

from pathlib import Path

import pytest
from lxml import etree  # type: ignore[import-untyped]  # it has no types
from tests.samples.letters import complete

from comity.letters import Kind, free_texts, languages
from comity.letters.translation import Translated, Translation, TranslationState
from comity.letters.xliff import to_xliff

SCHEMAS = Path("/usr/share/php/Symfony/Component/Translation/Resources/schemas")
CORE = SCHEMAS / "xliff-core-2.0.xsd"

pytestmark = pytest.mark.skipif(
    not CORE.is_file(), reason="php-symfony-translation (the schema of XLIFF 2.0) is not here"
)


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    # the schema of ``xml:`` attributes lies beside the core here, not in the folder that the core names
    core = CORE.read_bytes().replace(b"informativeCopiesOf3rdPartySchemas/w3c/xml.xsd", b"xml.xsd")
    return etree.XMLSchema(etree.fromstring(core, base_url=str(CORE)))


@pytest.mark.parametrize("kind", [Kind.MLA_REQUEST, Kind.PAYMENT_RECALL, Kind.EXTRADITION_REQUEST, Kind.EPOC])
@pytest.mark.parametrize("language", languages())
def test_a_file_for_translators_is_valid(schema: etree.XMLSchema, kind: Kind, language: str) -> None:
    letter, _ = complete(kind)
    schema.assertValid(etree.fromstring(to_xliff(letter, language)))


def test_a_file_with_translations_is_valid(schema: etree.XMLSchema) -> None:
    letter, _ = complete(Kind.MLA_REQUEST)
    states = list(TranslationState)
    texts = tuple(
        Translated(address=address, source=source, target=source, state=states[number % len(states)])
        for number, (address, source) in enumerate(free_texts(letter))
    )
    data = to_xliff(letter, "ar", Translation(language="ar", reference=letter.reference, texts=texts))
    assert b'state="final"' in data
    schema.assertValid(etree.fromstring(data))


def test_the_schema_notices_what_is_wrong(schema: etree.XMLSchema) -> None:
    letter, _ = complete(Kind.MLA_REQUEST)
    broken = to_xliff(letter, "fr").replace(b"<source>", b"<sauce>").replace(b"</source>", b"</sauce>")
    assert not schema.validate(etree.fromstring(broken))
