"""What each check calls weak, and what it lets pass."""

from typing import Any

import msgspec
import pytest
from tests.samples.letters import complete, text
from tests.samples.shipped import Shipped

from comity.law import Measure, load_registry
from comity.letters import Kind, Letter, check_letter, draft, expected_of
from comity.letters.checks import CHECKS, State, requirements
from comity.letters.checks.moments import clocks_without_offset, instant
from comity.letters.checks.objects import is_exact, untimed
from comity.letters.model import Origin, OriginKind, Subject, Text
from comity.plan.told import days

ORIGIN = Origin(kind=OriginKind.DRAFTER)


def problems(letter: Letter, finding: str, kind: Kind = Kind.MLA_REQUEST, state: str = "US") -> list[str]:
    _, expected = complete(kind, state)
    found = next(f for f in check_letter(letter, expected).findings if f.id == finding)
    assert (found.state is State.PRESENT) is (not found.problems)
    return [problem.phrase.removeprefix("problem.") for problem in found.problems]


def changed(kind: Kind = Kind.MLA_REQUEST, state: str = "US", **members: Any) -> Letter:
    return msgspec.structs.replace(complete(kind, state)[0], **members)


def with_item(**members: Any) -> Letter:
    letter, _ = complete(Kind.MLA_REQUEST)
    items = tuple(
        msgspec.structs.replace(i, **members) if i.measure is Measure.CONTENT_DATA else i for i in letter.assistance
    )
    return msgspec.structs.replace(letter, assistance=items)


def subject(kind: str, value: str, detail: str = "") -> Subject:
    return Subject(kind=kind, value=value, detail=detail, origin=ORIGIN)


def test_every_check_is_used() -> None:
    assert {r.check.partition(":")[0] for r in requirements()} == set(CHECKS)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("at 10:15 on Monday", ["10:15"]),
        ("2026-11-18T15:47:52 Payment", ["15:47:52"]),
        ("2026-11-18T15:47:52+05:30; 2026-11-18T15:47:52Z", []),
        ("20:12 (+05:30), 20:12 UTC, 20:12 GMT, 20:12 +0530", []),
        ("12:00 Gulf Standard Time; 9:00 (Central European Summer Time)", []),
        ("12:00 IST, 13:00 Local Time", ["12:00", "13:00"]),
        ("2001:db8:10:20::1, 00:1a:2b:3c:4d:5e, 203.0.113.7:443", []),
        ("39:99", []),
    ],
)
def test_clocks_without_offset(said: str, found: list[str]) -> None:
    assert list(clocks_without_offset(said)) == found


def test_days() -> None:
    said = "Between 17 and 18 November 2026, 2026-11-20 and 31 February 2026, 2026-13-01"
    assert [day.isoformat() for day in days(said)] == ["2026-11-20", "2026-11-17", "2026-11-18"]
    assert instant("2026-11-20T10") is not None
    assert instant("soon") is None


@pytest.mark.parametrize(
    ("kind", "value", "exact"),
    [
        ("email-addr", "a@b.example", True),
        ("email-addr", "Settlement Desk", False),
        ("ipv4-addr", "203.0.113.7", True),
        ("ipv4-addr", "192.168.1.4", False),
        ("ipv4-addr", "203.0.113", False),
        ("ipv6-addr", "2001:db8::1", True),
        ("ipv6-addr", "fe80::1", False),
        ("domain-name", "bank.example", True),
        ("domain-name", "the bank", False),
        ("url", "https://bank.example/login", True),
        ("url", "bank page", False),
        ("phone-number", "+442079460123", True),
        ("phone-number", "020 7946", False),
        ("iban", "AE070331234567890123456", True),
        ("iban", "AE080331234567890123456", False),
        ("iban", "account 12", False),
        ("upi-address", "kyc@ybl", True),
        ("crypto-address", "tron:TAkhzBdLkssZxECDhhnNA7FVbkjBc3d6hp", True),
        ("crypto-address", "wallet", False),
        ("user-account", "telegram:desk", True),
        ("user-account", "Desk", False),
        ("file-hash", "ab" * 32, True),
        ("bank-account", "1", False),
    ],
)
def test_exact_objects(kind: str, value: str, exact: bool) -> None:
    assert is_exact(subject(kind, value)) is exact


def test_an_address_needs_its_moment() -> None:
    assert untimed(subject("ipv4-addr", "203.0.113.7", "2026-11-18"))
    assert not untimed(subject("ipv4-addr", "203.0.113.7", "2026-11-18T10:00:00Z"))
    assert not untimed(subject("email-addr", "a@b.example"))


def test_objects() -> None:
    assert problems(with_item(subjects=()), "identifiers") == ["no_objects"]
    vague = with_item(subjects=(subject("email-addr", "the desk"),))
    assert problems(vague, "identifiers") == ["identifier"]
    bare = with_item(subjects=(subject("ipv4-addr", "203.0.113.7"), subject("iban", "AE07", "2026-11-18T10:00:00")))
    assert problems(bare, "objects-moments") == ["no_day", "no_offset"]


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("2026-11-16T00:00:00+05:30", "", ["period_open"]),
        ("2026-11-16T00:00:00", "2026-11-20", ["period_offset"]),
        ("2026-11-20", "2026-11-16", ["period_backwards"]),
        ("2025-11-16", "2025-11-20", ["period_misses"]),
        ("2024-11-16", "2026-11-20", ["period_wide"]),
        ("2026-11-16", "2026-11-20", []),
    ],
)
def test_period(start: str, end: str, found: list[str]) -> None:
    letter, _ = complete(Kind.MLA_REQUEST)
    first = letter.assistance[0].period
    assert first is not None
    span = msgspec.structs.replace(first, start=start, end=end)
    assert problems(with_item(period=span), "period") == found


def test_period_leaves_no_act_out() -> None:
    """A mail, payment or day of the facts outside the period is found; an address is asked for by its own moments."""
    letter, _ = complete(Kind.MLA_REQUEST)
    first = letter.assistance[0].period
    assert first is not None
    span = msgspec.structs.replace(first, start="2026-11-01T08:14:09Z", end="2026-11-03T08:14:09Z")
    facts = (text("On 2 November 2026 somebody logged in. On 4 November 2026 the customer paid."),)
    account = subject("email-addr", "a@b.example", "2026-11-02T08:14:09Z log-in")

    def asking(one: Subject, facts: tuple[Text, ...]) -> Letter:
        asked = next(item for item in letter.assistance if item.measure is Measure.CONTENT_DATA)
        item = msgspec.structs.replace(asked, subjects=(one,), period=span)
        return msgspec.structs.replace(letter, assistance=(item,), facts=facts, payments=())

    short = asking(account, facts)
    assert set(problems(short, "period")) == {"period_leaves_out"}
    quiet = asking(account, (text("On 2 November 2026 somebody logged in."),))
    assert problems(quiet, "period") == []
    paid, _ = complete(Kind.FIU_REQUEST)
    payment = msgspec.structs.replace(paid.payments[0], at="2026-11-04T10:00:00Z")
    assert "period_leaves_out" in problems(msgspec.structs.replace(quiet, payments=(payment,)), "period")
    late = subject("email-addr", "a@b.example", "2026-11-04T08:14:09Z log-in")
    assert problems(asking(late, quiet.facts), "period") == ["period_leaves_out"]
    line = subject("ipv4-addr", "81.159.255.255", "2026-11-02T08:14:09Z log-in")
    assert problems(asking(line, facts), "period") == []


def test_period_where_no_day_is_told() -> None:
    letter = with_item(subjects=(subject("email-addr", "a@b.example"),))
    letter = msgspec.structs.replace(letter, facts=(text("nothing"),))
    first = letter.assistance[0].period
    assert first is not None
    items = tuple(
        msgspec.structs.replace(
            i, subjects=(), period=msgspec.structs.replace(first, start="2020-01-01", end="2026-01-01")
        )
        for i in letter.assistance
    )
    assert set(problems(msgspec.structs.replace(letter, assistance=items), "period")) == {"period_wide"}
    assert problems(with_item(period=None), "period") == ["no_period"]


def test_nexus() -> None:
    assert problems(with_item(reason=(text("it matters"),)), "nexus") == ["no_reason"]


@pytest.mark.parametrize(
    ("field", "said", "finding", "found"),
    [
        ("facts", "On [date] somebody did it.", "facts", ["placeholder", "thin", "undated"]),
        ("facts", "It was at 10:15.", "facts-moments", ["no_offset"]),
        ("losses", "some victims", "losses", ["not_conveyed"]),
        ("necessity", "needed", "necessity-content", ["thin"]),
        ("urgency", "very urgent", "urgency", ["thin", "undated"]),
        ("confidentiality", "Please act at leisure.", "confidentiality", ["not_asked"]),
        ("procedure", "...", "procedure", ["placeholder"]),
    ],
)
def test_words(field: str, said: str, finding: str, found: list[str]) -> None:
    members: dict[str, Any] = {field: (text(said),)}
    assert problems(changed(**members), finding) == found


def test_secrecy_needs_a_reason() -> None:
    letter, _ = complete(Kind.MLA_REQUEST)
    assert problems(changed(confidentiality=letter.confidentiality[:1]), "confidentiality") == ["thin"]


@pytest.mark.parametrize(
    ("field", "said", "finding", "kind", "found"),
    [
        ("probable_cause", "We believe so.", "probable-cause", Kind.MLA_REQUEST, ["thin", "undated", "no_source"]),
        ("articulable_facts", "They are relevant.", "articulable", Kind.MLA_REQUEST, ["thin", "undated"]),
        ("call_back", "by e-mail", "call-back", Kind.EMERGENCY_DISCLOSURE, ["no_telephone"]),
        ("flight_risk", "he may go", "flight", Kind.PROVISIONAL_ARREST, ["thin"]),
        ("warrant", "a warrant", "warrant", Kind.EXTRADITION_REQUEST, ["undated"]),
    ],
)
def test_particulars(field: str, said: str, finding: str, kind: Kind, found: list[str]) -> None:
    letter, _ = complete(kind)
    particulars = tuple(
        msgspec.structs.replace(p, text=text(said)) if p.field == field else p for p in letter.particulars
    )
    assert problems(changed(kind, particulars=particulars), finding, kind) == found


def test_contacts() -> None:
    letter, _ = complete(Kind.MLA_REQUEST)
    for contacts, found in ((("a@b.example",), ["no_telephone"]), (("+91 80 2222 0000",), ["no_mail"])):
        sender = msgspec.structs.replace(letter.requesting, contacts=contacts)
        assert problems(changed(requesting=sender), "contact") == found


def test_addressee_not_known() -> None:
    letter, _ = complete(Kind.MLA_REQUEST)
    nobody = msgspec.structs.replace(letter.addressee, name="", note="the central authority was not sourced")
    assert problems(changed(addressee=nobody), "addressee") == ["unnamed"]
    assert problems(changed(addressee=msgspec.structs.replace(nobody, note="")), "addressee") == ["absent"]


def test_law() -> None:
    letter, _ = complete(Kind.MLA_REQUEST)
    offence = letter.offences[0]
    bare = tuple(msgspec.structs.replace(p, max_penalty_years=None) for p in offence.provisions)
    unknown = msgspec.structs.replace(offence, provisions=bare, max_penalty_years=None)
    empty = msgspec.structs.replace(offence, provisions=())
    assert problems(changed(offences=(unknown, empty, offence)), "law-text") == ["no_penalty", "no_provisions"]
    doubtful = msgspec.structs.replace(letter.dual_criminality[0], verdict="not_satisfied")
    assert problems(changed(dual_criminality=(doubtful,)), "dual-criminality") == ["verdict"]


def test_promises_papers_and_persons() -> None:
    letter, _ = complete(Kind.MLA_REQUEST)
    assert problems(changed(undertakings=letter.undertakings[:1]), "reciprocity") == ["not_given"]
    assert problems(changed(enclosures=letter.enclosures[1:]), "law-annex") == ["absent"]
    act = letter.earlier[0]
    other = msgspec.structs.replace(act, measure="freezing")
    assert problems(changed(earlier=(other,)), "preserved-before") == ["absent"]
    unnumbered = msgspec.structs.replace(act, reference="")
    assert problems(changed(earlier=(unnumbered,)), "preserved-before") == ["no_reference"]
    sought, _ = complete(Kind.EXTRADITION_REQUEST)
    nobody = msgspec.structs.replace(sought.persons[0], identity=(), born="")
    letter = changed(Kind.EXTRADITION_REQUEST, persons=(nobody,))
    assert problems(letter, "sought", Kind.EXTRADITION_REQUEST) == ["no_identity"]
    police = msgspec.structs.replace(sought.signatures[0], name="Inspector", authority="Police")
    letter = changed(Kind.MLA_REQUEST, "GB", signatures=(police,))
    assert problems(letter, "issuer-uk", state="GB") == ["not_court"]


def test_payments() -> None:
    letter, _ = complete(Kind.PAYMENT_RECALL)
    payment = letter.payments[0]
    bare = msgspec.structs.replace(payment, at="2026-11-18T15:47:52", currency="")
    undated = msgspec.structs.replace(payment, at="")
    letter = changed(Kind.PAYMENT_RECALL, payments=(bare, undated, payment))
    assert problems(letter, "payments", Kind.PAYMENT_RECALL) == ["no_offset", "identifier", "no_offset"]


def test_content_data_of_the_shipped_case_lacks_what_a_judge_asks(shipped: Shipped) -> None:
    report = draft(shipped.brief("content_data", "US")).report
    assert not report.ready
    assert {gap.id for gap in report.gaps} >= {"probable-cause", "necessity-content", "privilege"}
    assert all(not finding.required for finding in report.advised)
    assert not any(gap.is_article and gap.field == "probable_cause" for gap in report.gaps)
    gap = next(gap for gap in report.gaps if gap.id == "probable-cause")
    assert gap.articles.startswith("18 USC 2703(a)")
    assert "exhibit 4" in gap.example


def test_a_letter_that_arrives_is_checked_by_its_instrument() -> None:
    letter, _ = complete(Kind.MLA_REQUEST)
    registry = load_registry()
    expected = expected_of(registry, instrument="untoc", state="US", measures=(Measure.TRAFFIC_DATA,))
    assert expected.contents
    assert check_letter(letter, expected).ready
    unknown = expected_of(registry, instrument="nothing", state="US", measures=(Measure.TRAFFIC_DATA,))
    assert unknown.contents == ()
    assert check_letter(
        letter, expected_of(registry, instrument="letters-rogatory", state="US", measures=(Measure.PRESERVATION,))
    ).advice
