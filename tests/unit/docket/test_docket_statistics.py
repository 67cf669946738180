"""Figures of a docket."""

from datetime import UTC, datetime, timedelta

from tests.samples.docket import LEFT, day, event, history, request, sent_and

from comity.docket import Act, Event, Link, Relation, Request, Target
from comity.docket.statistics import Leg, Recorded, article_28, durations, refusal_reasons, suppress, usual_time
from comity.law import Measure


def recorded(asked: Request, *more: Event) -> Recorded:
    return Recorded(request=asked, events=sent_and(*more))


def answered(number: int, **more: object) -> Recorded:
    return recorded(
        request(measure=Measure.CONTENT_DATA, **more), event(Act.DELIVER, day(1)), event(Act.EXECUTE, day(number))
    )


def test_how_long_each_step_took() -> None:
    found = {
        one.leg: one for one in durations([answered(10), answered(21), recorded(request(measure=Measure.CONTENT_DATA))])
    }
    assert (found[Leg.ANSWERED].count, found[Leg.ANSWERED].median_days, found[Leg.ANSWERED].slowest_days) == (
        2,
        15.5,
        21,
    )
    assert found[Leg.CARRIED].median_days == 1
    assert found[Leg.PREPARED].count == 3
    assert Leg.TAKEN_UP not in found


def test_the_usual_time_is_told_only_from_enough_answers() -> None:
    asked = request(measure=Measure.CONTENT_DATA, instrument="in-us-mlat-2001")
    here = [answered(n, instrument="in-us-mlat-2001") for n in (100, 200, 300, 400)]
    assert usual_time(asked, here) is None
    wider = usual_time(asked, [*here, answered(500, instrument="budapest")])
    assert wider is not None
    assert (wider.days, wider.source) == (300, "median of 5 answers between these states, on any basis")
    narrow = usual_time(asked, [*here, answered(10, instrument="in-us-mlat-2001")])
    assert narrow is not None
    assert narrow.days == 200
    elsewhere = usual_time(asked, [answered(n, requesting="DE") for n in (1, 2, 3, 4, 5)])
    assert elsewhere is not None
    assert elsewhere.source.endswith("of the requested state to anybody")


def test_reasons_are_counted_once_a_request_and_struck_ones_never() -> None:
    twice = recorded(
        request(),
        event(Act.ASK, day(1), reasons=("period",)),
        event(Act.ASK, day(2), reasons=("period", "facts")),
        event(Act.REFUSE, day(3), reasons=("de_minimis",)),
        event(Act.STRIKE, day(4), of=7),
    )
    found = {(one.act, one.reason): one.count for one in refusal_reasons([twice, twice])}
    assert found == {(Act.ASK, "period"): 2, (Act.ASK, "facts"): 2}


HOLDER = (Target(kind="email-addr", value="a@example.com", holder="google_ie"),)


def order(number: int, kind: str = "epoc", **more: object) -> Request:
    fields = {
        "id": f"o{number}",
        "kind": kind,
        "targets": HOLDER,
        "requesting": "DE",
        "requested": "IE",
        "measure": Measure.SUBSCRIBER_INFORMATION,
    }
    return request(**{**fields, **more})


def test_what_the_regulation_asks_to_count() -> None:
    everything = [
        recorded(order(1), event(Act.EXECUTE, day(4))),
        recorded(order(2), event(Act.NOTIFY, day(0, 13)), event(Act.REFUSE, day(8), reasons=("immunity_privilege",))),
        recorded(order(3, emergency=True), event(Act.EXECUTE, day(1)), event(Act.REMEDY, day(2))),
        recorded(order(4, kind="epoc_pr", measure=Measure.PRESERVATION), event(Act.EXECUTE, day(2))),
        Recorded(
            request=order(5, links=(Link(to="o4", relation=Relation.ASKS_FOR_PRESERVED),)),
            events=history(*LEFT, start=day(30)),
        ),
        recorded(
            order(6, kind="mla_request", links=(Link(to="o2", relation=Relation.ENFORCES),)), event(Act.EXECUTE, day(3))
        ),
        Recorded(request=order(7), events=history(*LEFT, start=datetime(2025, 12, 31, 23, 0, tzinfo=UTC))),
    ]
    rows = {(f.point, f.what, f.kind, f.emergency): f for f in article_28(everything, 2026)}
    assert rows["a", "issued", "epoc", False].value == 3
    assert rows["a", "issued", "epoc", False].addressee == "google_ie"
    assert rows["b", "issued in an emergency", "epoc", True].value == 1
    assert rows["c", "complied with", "epoc", False].value == 1
    assert rows["c", "not complied with", "epoc", False].value == 1
    assert rows["d", "notified to the enforcing authority", "epoc", False].value == 1
    assert rows["d", "refused", "epoc", False].detail == "immunity or privilege: lawyer, press, diplomat"
    assert rows["e", "days from issue to the data", "epoc", False].value == 4
    assert rows["f", "days from issue to the request for production", "epoc_pr", False].value == 30
    assert rows["g", "sent for enforcement", "epoc", False].value == 1
    assert rows["g", "enforced", "epoc", False].value == 1
    assert rows["h", "remedy sought", "epoc", True].value == 1
    assert [f.value for f in article_28(everything, 2025)] == [1]


def test_small_counts_cannot_be_told_from_the_total() -> None:
    cells, total = suppress({"US": 40, "AE": 3, "RU": 7, "GB": 0})
    assert total == 50
    assert {name: cell.count for name, cell in cells.items()} == {"US": 40, "AE": None, "RU": None, "GB": 0}
    assert str(cells["AE"]) == "suppressed"
    assert {c.count for c in suppress({"US": 40, "AE": 7})[0].values()} == {40, 7}
    # two hidden cells that are one each would be told by a total of two
    assert suppress({"A": 1, "B": 1, "C": 30})[0]["C"].count is None
    assert suppress({"A": 2})[0]["A"].count is None


def test_days_are_of_twenty_four_hours() -> None:
    half = recorded(request(), event(Act.DELIVER, history(*LEFT)[-1].at + timedelta(hours=12)))
    assert next(one for one in durations([half]) if one.leg is Leg.CARRIED).median_days == 0.5
