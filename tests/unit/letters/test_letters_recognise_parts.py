"""Parts of recognition by themselves: dates, languages, parties, periods, deadlines."""

from datetime import date

import pytest

from comity.law import Registry, load_registry
from comity.letters.read.opened import Line, Opened
from comity.letters.recognise import Document, Recognition, document, recognise
from comity.letters.recognise.cues import folded
from comity.letters.recognise.dates import days_in
from comity.letters.recognise.language import language_of


def lines(*texts: str, strong: tuple[int, ...] = ()) -> Document:
    made = (Line(text=text, where=f"line {n}", strong=n in strong) for n, text in enumerate(texts, start=1))
    return document(Opened(form="text", lines=tuple(made)))


def read(*texts: str) -> Recognition:
    return recognise(lines(*texts), registry())


def registry() -> Registry:
    return load_registry()


@pytest.mark.parametrize(
    ("text", "on", "sure"),
    [
        ("2026-11-24", "2026-11-24", True),
        ("24.11.2026", "2026-11-24", True),
        ("24/11/2026", "2026-11-24", True),
        ("11/24/2026", "2026-11-24", True),
        ("03/04/2026", "2026-04-03", False),
        ("03.04.2026", "2026-04-03", True),
        ("24th of November, 2026", "2026-11-24", True),
        ("Nov. 24, 2026", "2026-11-24", True),
        ("1er décembre 2026", "2026-12-01", True),
        ("24 de noviembre de 2026", "2026-11-24", True),
        ("24. November 2026", "2026-11-24", True),
        ("24 ноября 2026", "2026-11-24", True),
        ("24 نوفمبر 2026", "2026-11-24", True),
        ("٢٤ نوفمبر ٢٠٢٦", "2026-11-24", True),
        ("२४ नवंबर २०२६", "2026-11-24", True),
        ("2026年11月24日", "2026-11-24", True),
    ],
)
def test_dates(text: str, on: str, sure: bool) -> None:
    (found,) = days_in(folded(text))
    assert (found.on.isoformat(), found.sure) == (on, sure)


@pytest.mark.parametrize("text", ["31.02.2026", "24.11.26", "1.2.3.2026", "2026", "24.11.1066", "no date"])
def test_no_dates(text: str) -> None:
    assert days_in(folded(text)) == ()


def test_several_dates_in_order() -> None:
    assert [day.on for day in days_in("from 1 may 2026 to 2026-05-03")] == [date(2026, 5, 1), date(2026, 5, 3)]


@pytest.mark.parametrize(
    ("text", "language", "sure"),
    [
        ("", "", False),
        ("12345", "", False),
        ("qwz plm", "", False),
        ("the account of the user is in the file", "en", True),
        ("Київський суд просить про допомогу їхніх органів", "ru", False),
    ],
)
def test_languages(text: str, language: str, sure: bool) -> None:
    assert language_of(text) == (language, sure)


def test_a_label_and_its_value_on_the_next_line() -> None:
    found = read("Reference", "AB 12/2026", "Suspect", "Jane Example")
    assert found.value("reference") == "AB 12/2026"
    assert found.said("persons")[0].where == "line 4"
    assert lines("Reference").lines[0].text == "Reference"
    assert read("x", "Reference").value("reference") == ""


def test_labels_for_states() -> None:
    found = read(
        "Ministry of Justice, Kenya", "Requesting State: Kenya", "Requested State: Japan", "Please preserve data"
    )
    assert (found.value("requesting_state"), found.value("requested_state")) == ("KE", "JP")
    assert found.value("sender") == "Ministry of Justice, Kenya"
    assert found.value("addressee") == ""


def test_a_sentence_that_says_who_is_asked() -> None:
    found = read("High Court of Kenya", "requests the competent judicial authorities of Japan to preserve the account.")
    assert (found.value("requesting_state"), found.value("requested_state")) == ("KE", "JP")


def test_by_order_alone() -> None:
    found = read("Ministry of Justice, Kenya", "Nairobi", "Ministry of Justice, Japan", "Tokyo")
    assert (found.value("requesting_state"), found.value("requested_state")) == ("KE", "JP")
    same = read("Ministry of Justice, Kenya", "High Court, Kenya")
    assert same.value("requested_state") == ""


def test_an_authority_of_our_data_tells_its_state() -> None:
    found = read(
        "To: Office of International Affairs, Criminal Division, Department of Justice (for the Attorney General)"
    )
    assert found.value("requested_state") in {"US", ""}


def test_two_instruments_and_a_protocol() -> None:
    found = read(
        "under the Budapest Convention and the United Nations Convention against Transnational Organized Crime"
    )
    assert {said.value for said in found.said("instrument")} == {"budapest", "untoc"}
    courtesy = read("As a matter of comity and reciprocity we ask")
    assert [said.value for said in courtesy.said("instrument")] == ["letters-rogatory"]


def test_extradition_treaties() -> None:
    found = read(
        "From: Ministry of External Affairs, India", "To: Department of State, United States",
        "Request for extradition under the extradition treaty",
    )  # fmt: skip
    assert found.value("instrument") == "in-us-extradition-1997"
    assert found.value("measures") == "extradition"


def test_a_preservation_request_asks_for_preservation_alone() -> None:
    found = read("Preservation request", "Please preserve the subscriber data and traffic data of the account")
    assert [said.value for said in found.said("measures")] == ["preservation"]


def test_what_nobody_asks_for_is_not_sure() -> None:
    found = read("x", "The offender had the subscriber information.")
    assert [(said.value, said.confidence.value) for said in found.said("measures")] == [
        ("subscriber_information", "low")
    ]


def test_deadlines() -> None:
    assert read("Please reply by 15 January 2027.").value("deadline") == "2027-01-15"
    assert read("Please reply within 10 days.").value("deadline") == "P10D"
    assert read("He was seen by the witness on 15 January 2027.").value("deadline") == ""
    unsure = read("Please reply before 03/04/2027, no later than that").said("deadline")
    assert unsure[0].confidence.value == "low"


def test_periods() -> None:
    found = read("for the period from 5 May 2026", "to 1 May 2026")
    assert [said.value for said in found.said("period")] == ["2026-05-01", "2026-05-05"]
    assert read("from 5 May 2026 and something else that goes on and on and on, 1 May 2026").said("period") == ()


def test_persons_and_what_is_none() -> None:
    found = read(
        "Suspect: John Roe, 12 High Street", "Witness: Jane", "Victim: -", "Suspect: John Roe", "Person sought: X Y"
    )
    assert [(said.value, found.roles[said.value]) for said in found.said("persons")] == [
        ("John Roe", "suspect"),
        ("Jane", "witness"),
        ("X Y", "sought"),
    ]
    many = read(*(f"Suspect: Person {chr(65 + n // 26)}{chr(65 + n % 26)}" for n in range(80)))
    assert len(many.said("persons")) == 50


def test_a_strong_line_ends_a_section() -> None:
    made = lines("Facts", "something", "Other heading", "else", strong=(3,))
    assert [line.text for line in made.section("facts")] == ["something"]


def test_signs_that_unfold_into_many_are_counted() -> None:
    made = lines("\ufdfa" * 300_000, "after")
    assert made.lines == ()
