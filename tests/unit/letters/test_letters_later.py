"""Letters about an earlier one: what follows it, and what answers it."""

from datetime import date

import pytest
from tests.samples.letters import ON, complete, text

from comity.law import Measure, load_registry
from comity.letters import Kind, NoLetterError, answer, check_letter, expected_of, follow_up
from comity.letters.address import pointer, texts, with_texts
from comity.letters.fields import content, without, words
from comity.letters.model import Letter, Origin, OriginKind, Party

BY = Party(
    name="Office of International Affairs",
    state="US",
    contacts=("a@b.example",),
    origin=Origin(kind=OriginKind.RECEIVED),
)


def test_an_extension_asks_for_the_same_objects() -> None:
    first, _ = complete(Kind.PRESERVATION_REQUEST)
    said = {"preserved": (text("PV-88213, lapses on 18 January 2027"),), "facts": (text("As before."),)}
    letter = follow_up(first, Kind.PRESERVATION_EXTENSION, on=date(2027, 1, 4), statements=said)
    assert letter.about is not None
    assert letter.about.reference == first.reference
    assert letter.assistance[0].subjects == first.assistance[0].subjects
    assert letter.assistance[0].what.phrase == "ask.extension"
    assert [t.text for t in letter.facts] == ["As before."]
    assert letter.persons == ()
    assert words(letter, "preserved").startswith("PV-88213")
    assert follow_up(first, Kind.WITHDRAWAL, on=ON).assistance == ()


def test_answers_change_places() -> None:
    incoming, _ = complete(Kind.MLA_REQUEST)
    letter = answer(
        incoming,
        Kind.REFUSAL,
        on=ON,
        by=BY,
        signatory="Director",
        received_on=date(2026, 11, 25),
        statements={
            "refusal_ground": (text("Article 18(21)(b)"),),
            "refusal_reason": (text("The facts do not show how the account was used."),),
        },
    )
    assert letter.addressee == incoming.requesting
    assert letter.requesting == BY
    assert letter.basis == incoming.basis
    expected = expected_of(load_registry(), instrument="", state="IN", measures=(Measure.TRAFFIC_DATA,))
    gaps = [gap.id for gap in check_letter(letter, expected).gaps]
    assert gaps == ["contact"]
    receipt = answer(incoming, Kind.ACKNOWLEDGEMENT, on=ON, by=BY)
    assert receipt.basis == ()
    results = answer(
        incoming, Kind.RESPONSE, on=ON, by=BY, statements={"enclosures": (text("Record"), text("Digests"))}
    )
    assert [enclosure.number for enclosure in results.enclosures] == [1, 2]


def test_what_does_not_follow() -> None:
    incoming, _ = complete(Kind.MLA_REQUEST)
    with pytest.raises(NoLetterError, match="name one of acknowledgement, refusal, response"):
        answer(incoming, Kind.MLA_REQUEST, on=ON, by=BY)
    with pytest.raises(NoLetterError, match="withdrawal"):
        follow_up(incoming, Kind.REFUSAL, on=ON)
    with pytest.raises(NoLetterError, match="has no such field"):
        follow_up(incoming, Kind.WITHDRAWAL, on=ON, statements={"warrant": (text("x"),)})


def test_addresses() -> None:
    letter, _ = complete(Kind.MLA_REQUEST)
    assert pointer(("a/b", "c~d", 0)) == "/a~1b/c~0d/0"
    assert dict(texts(letter))["/assistance/2/reason/0"] == letter.assistance[2].reason[0]
    with pytest.raises(NoLetterError, match="export it anew"):
        with_texts(letter, {"/facts/9": text("x")})


def test_what_can_never_be_taken_away() -> None:
    letter, _ = complete(Kind.LETTER_ROGATORY)
    assert without(letter, "kind") == letter
    assert without(letter, "about").about is None
    assert content(without(letter, "case_reference"), "case_reference") == ()
    nobody = without(letter, "addressee")
    assert without(nobody, "addressee") == nobody
    itself = Letter(
        kind=Kind.TAKEDOWN_NOTICE,
        title=letter.title,
        reference="1",
        case_reference="1",
        dated_on=ON,
        requesting=Party(name="Police", role="conducts", origin=BY.origin),
        addressee=BY,
    )
    assert content(itself, "conducting")
    assert not content(without(itself, "conducting"), "conducting")
    assert without(itself, "requesting.contacts").requesting.contacts == ()
