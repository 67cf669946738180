"""Standings of states under instruments, at the edges of their dates."""

from datetime import date

import pytest

from comity.law.entry import computed_entry
from comity.law.instrument import EntryRule, Instrument, Participation
from comity.law.lifetime import participation_timeline, treaty_timeline
from comity.law.standing import Bound
from comity.law.vocabulary import Absence, Confidence, EndKind, InstrumentKind, TreatyStatus


def convention(**changes: object) -> Instrument:
    facts: dict[str, object] = {
        "id": "conv",
        "title": "A convention",
        "kind": InstrumentKind.CONVENTION,
        "in_force_on": "2004-07-01",
        "source_urls": ("https://example.org/conv",),
        "as_of": "2025-01-01",
        "confidence": Confidence.HIGH,
    }
    return Instrument(**{**facts, **changes})  # type: ignore[arg-type]  # facts by name


def row(**changes: object) -> Participation:
    facts: dict[str, object] = {
        "state": "AD",
        "how": "ratification",
        "source_url": "https://example.org/row",
        "as_of": "2020-03-13",
        "confidence": Confidence.HIGH,
    }
    return Participation(**{**facts, **changes})  # type: ignore[arg-type]  # facts by name


@pytest.mark.parametrize(
    ("deposit", "rule", "bound"),
    [
        # CETS 185: deposits and entries into force as published by the Treaty Office of the Council of Europe.
        (date(2002, 6, 20), EntryRule(months=3), date(2002, 10, 1)),
        (date(2016, 11, 16), EntryRule(months=3), date(2017, 3, 1)),
        (date(2006, 9, 29), EntryRule(months=3), date(2007, 1, 1)),
        (date(2011, 5, 5), EntryRule(days=30), date(2011, 6, 4)),
    ],
)
def test_entry_is_computed_by_the_instruments_rule(deposit: date, rule: EntryRule, bound: date) -> None:
    assert computed_entry(deposit, rule) == bound


def test_bound_from_the_day_of_entry_and_not_the_day_before() -> None:
    timeline = participation_timeline(convention(), "AD", row(in_force_on="2017-03-01"))
    before, after = timeline.on(date(2017, 2, 28)), timeline.on(date(2017, 3, 1))
    assert (before.bound, before.opens_on) == (Bound.NO, date(2017, 3, 1))
    assert after.bound is Bound.YES


def test_not_bound_before_the_instrument_itself_is_in_force() -> None:
    timeline = participation_timeline(convention(), "AL", row(bound_on="2002-06-20"))
    assert timeline.on(date(2004, 6, 30)).bound is Bound.NO
    assert timeline.on(date(2004, 7, 1)).bound is Bound.UNKNOWN  # consented; its own day was not sourced
    computed = participation_timeline(convention(entry_rule=EntryRule(months=3)), "AL", row(bound_on="2002-06-20"))
    assert computed.on(date(2004, 6, 30)).bound is Bound.NO
    assert computed.on(date(2004, 7, 1)).bound is Bound.YES


def test_a_listed_party_without_date_is_bound_from_the_listing_and_unknown_before() -> None:
    timeline = participation_timeline(convention(), "AD", row())
    assert timeline.on(date(2020, 3, 13)).bound is Bound.YES
    assert timeline.on(date(2010, 1, 1)).bound is Bound.UNKNOWN
    assert timeline.on(date(2004, 6, 30)).bound is Bound.NO


def test_a_signatory_is_not_bound_and_an_unknown_is_unknown() -> None:
    assert (
        participation_timeline(convention(), "IE", row(how="", signed_on="2002-02-28")).on(date.max).bound is Bound.NO
    )
    assert participation_timeline(convention(), "IE", row(how="unknown")).on(date.max).bound is Bound.UNKNOWN


@pytest.mark.parametrize(
    ("changes", "bound"),
    [
        ({"absence": Absence.NOT_PARTY}, Bound.NO),
        ({"absence": Absence.UNKNOWN}, Bound.UNKNOWN),
        ({"absence": Absence.UNKNOWN, "eligible": ("SA", "EG")}, Bound.NO),
        ({"absence": Absence.UNKNOWN, "eligible": ("IN", "EG")}, Bound.UNKNOWN),
        ({"absence": Absence.UNKNOWN, "in_force_on": "", "not_in_force_as_of": "2026-05-21"}, Bound.NO),
    ],
)
def test_a_missing_row_means_what_the_table_says(changes: dict[str, object], bound: Bound) -> None:
    assert participation_timeline(convention(**changes), "IN", None).on(date(2026, 11, 24)).bound is bound


def test_consent_to_an_instrument_not_in_force_binds_nobody() -> None:
    uncc = convention(in_force_on="", not_in_force_as_of="2026-05-21")
    standing = participation_timeline(uncc, "QA", row(bound_on="2025-12-01")).on(date(2026, 11, 24))
    assert standing.bound is Bound.NO
    assert "2026-05-21" in standing.why


def test_an_end_closes_from_its_day_and_is_announced_before() -> None:
    timeline = participation_timeline(
        convention(), "GB", row(in_force_on="2005-12-21", ended_on="2020-12-31", end_kind=EndKind.DENOUNCED)
    )
    assert timeline.on(date(2020, 12, 30)).closes_on == date(2020, 12, 31)
    assert timeline.on(date(2020, 12, 31)).bound is Bound.NO


@pytest.mark.parametrize(
    ("on", "bound"),
    [
        (date(2019, 12, 31), Bound.YES),
        (date(2020, 1, 1), Bound.UNKNOWN),
        (date(2020, 12, 30), Bound.UNKNOWN),
        (date(2020, 12, 31), Bound.NO),
    ],
)
def test_an_end_whose_day_was_not_sourced_is_doubtful_until_it_surely_came(on: date, bound: Bound) -> None:
    timeline = participation_timeline(
        convention(), "GB", row(in_force_on="2005-12-21", ended_on="2020", end_kind=EndKind.DENOUNCED)
    )
    assert timeline.on(on).bound is bound


def test_memory_alone_never_binds() -> None:
    timeline = participation_timeline(convention(), "AD", row(in_force_on="2017-03-01", confidence=Confidence.LOW))
    assert timeline.on(date(2026, 1, 1)).bound is Bound.UNKNOWN
    assert timeline.on(date(2017, 2, 28)).bound is Bound.NO


def treaty(**changes: object) -> Instrument:
    facts: dict[str, object] = {
        "kind": InstrumentKind.MLAT,
        "in_force_on": "",
        "states": ("AE", "IN"),
        "status": TreatyStatus.IN_FORCE,
    }
    return convention(**{**facts, **changes})


@pytest.mark.parametrize(
    ("changes", "day", "bound"),
    [
        ({"in_force_on": "2005-10-03"}, date(2005, 10, 2), Bound.NO),
        ({"in_force_on": "2005-10-03"}, date(2005, 10, 3), Bound.YES),
        ({"in_force_on": "2000"}, date(1999, 12, 31), Bound.NO),
        ({"in_force_on": "2000"}, date(2000, 6, 1), Bound.UNKNOWN),
        ({"in_force_on": "2000"}, date(2000, 12, 31), Bound.YES),
        # listed as in force by the source's day, 2025-01-01: in force later on too, and perhaps before
        ({"status": TreatyStatus.IN_FORCE_LISTED}, date(2026, 11, 24), Bound.YES),
        ({"status": TreatyStatus.IN_FORCE_LISTED}, date(2024, 12, 31), Bound.UNKNOWN),
        ({"status": TreatyStatus.IN_FORCE_LISTED, "in_force_by": "2010"}, date(2011, 1, 1), Bound.YES),
        ({"status": TreatyStatus.IN_FORCE_LISTED, "in_force_by": "2010"}, date(2010, 6, 1), Bound.UNKNOWN),
        ({"status": TreatyStatus.UNKNOWN}, date(2026, 11, 24), Bound.UNKNOWN),
        ({"status": TreatyStatus.UNKNOWN, "signed_on": "2010-05-01"}, date(2010, 4, 30), Bound.NO),
        # applied provisionally, whenever it entered into force
        ({"status": TreatyStatus.IN_FORCE_LISTED, "provisional_on": "1999-09-30"}, date(1999, 9, 29), Bound.NO),
        ({"status": TreatyStatus.IN_FORCE_LISTED, "provisional_on": "1999-09-30"}, date(1999, 9, 30), Bound.YES),
        # what a source found not in force on one day is not known to have stayed so
        ({"status": TreatyStatus.UNKNOWN, "not_in_force_as_of": "2018-10-30"}, date(2018, 10, 30), Bound.NO),
        ({"status": TreatyStatus.UNKNOWN, "not_in_force_as_of": "2018-10-30"}, date(2018, 10, 31), Bound.UNKNOWN),
        ({"status": TreatyStatus.SIGNED_ONLY, "signed_on": "2022"}, date(2026, 11, 24), Bound.NO),
        ({"status": TreatyStatus.NOT_IN_FORCE}, date(2026, 11, 24), Bound.NO),
        ({"not_in_force_as_of": "2011-05-11"}, date(2026, 11, 24), Bound.NO),
        ({"not_in_force_as_of": "2011-05-11", "in_force_by": "2015"}, date(2011, 5, 11), Bound.NO),
        ({"not_in_force_as_of": "2011-05-11", "in_force_by": "2015"}, date(2011, 5, 12), Bound.UNKNOWN),
        (
            {"status": TreatyStatus.SUSPENDED, "ended_on": "2020-07-28", "end_kind": EndKind.SUSPENDED},
            date(2020, 7, 28),
            Bound.NO,
        ),
        (
            {"status": TreatyStatus.SUSPENDED, "ended_on": "2020-07-28", "end_kind": EndKind.SUSPENDED},
            date(2020, 7, 27),
            Bound.UNKNOWN,
        ),
        ({"in_force_on": "2005-10-03", "confidence": Confidence.LOW}, date(2026, 1, 1), Bound.UNKNOWN),
    ],
)
def test_treaties_by_day(changes: dict[str, object], day: date, bound: Bound) -> None:
    assert treaty_timeline(treaty(**changes)).on(day).bound is bound
