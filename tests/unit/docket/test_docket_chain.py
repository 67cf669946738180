"""Chains of requests, and requests that were made before."""

import pytest
from tests.samples.docket import LEFT, day, event, history, request, sent_and

from comity.docket import (
    Act,
    ActError,
    Direction,
    Likeness,
    Link,
    Relation,
    Request,
    Target,
    chain_of,
    find_duplicates,
    lacks,
    link,
    standing,
)
from comity.law import Channel, Measure

OUT = Direction.OUTGOING
HOLD = request()
ASK = request(id="r2", measure=Measure.CONTENT_DATA, channel=Channel.CENTRAL_AUTHORITIES)
ASKS = Link(to="r1", relation=Relation.ASKS_FOR_PRESERVED)


def test_what_hangs_together_comes_in_order() -> None:
    linked = link(ASK, ASKS, [HOLD])
    third = link(request(id="r3"), Link(to="r2", relation=Relation.SUPPLEMENTS), [HOLD, linked])
    alone = request(id="r9")
    for start in ("r1", "r2", "r3"):
        assert [one.id for one in chain_of(start, [third, alone, linked, HOLD])] == ["r1", "r2", "r3"]
    assert chain_of("r9", [third, alone, linked, HOLD]) == (alone,)
    assert link(linked, ASKS, [HOLD]).links == (ASKS,)


@pytest.mark.parametrize(
    ("later", "new", "problem"),
    [
        (ASK, Link(to="r7", relation=Relation.EXTENDS), "there is no request r7"),
        (ASK, Link(to="r2", relation=Relation.EXTENDS), "r2 follows r2 already"),
        (request(id="r3", measure=Measure.CONTENT_DATA, requested="RU"), ASKS, "r1 is between IN and US"),
        (request(id="r3", direction=Direction.INCOMING), ASKS, "r1 is outgoing"),
        (request(id="r3"), Link(to="r2", relation=Relation.ASKS_FOR_PRESERVED), "r2 asked for content data"),
    ],
)
def test_links_that_make_no_sense(later: Request, new: Link, problem: str) -> None:
    with pytest.raises(ActError, match=problem):
        link(later, new, [HOLD, ASK])


def test_a_circle_is_refused_and_one_from_outside_is_shown() -> None:
    linked = link(ASK, ASKS, [HOLD])
    with pytest.raises(ActError, match="r2 follows r1 already"):
        link(HOLD, Link(to="r2", relation=Relation.SUPPLEMENTS), [HOLD, linked])
    circle = request(links=(Link(to="r2", relation=Relation.SUPPLEMENTS),))
    assert [one.id for one in chain_of("r1", [circle, linked])] == ["r1", "r2"]


def test_a_preservation_that_nobody_follows_up() -> None:
    stands = {"r1": standing(OUT, sent_and(event(Act.TAKE_EFFECT, day(1)))), "r2": standing(OUT, history(Act.DRAFT))}
    assert [one.relation for one in lacks((HOLD,), stands)] == [Relation.ASKS_FOR_PRESERVED]
    assert lacks((HOLD, link(ASK, ASKS, [HOLD])), stands) == ()
    refused = {"r1": standing(OUT, sent_and(event(Act.REFUSE, day(1))))}
    assert lacks((HOLD,), refused) == ()


def test_what_came_by_police_is_not_evidence_yet() -> None:
    told = request(measure=Measure.SUBSCRIBER_INFORMATION, channel=Channel.POLICE)
    executed = {"r1": standing(OUT, history(*LEFT, Act.EXECUTE))}
    assert [one.relation for one in lacks((told,), executed)] == [Relation.PROVES_WHAT_WAS_PRODUCED]
    assert lacks((told,), {"r1": standing(OUT, history(*LEFT))}) == ()


MAIL = Target(kind="email-addr", value="A@Example.com", holder="google_us")
OTHER = Target(kind="email-addr", value="b@example.com", holder="google_us")


def content(**more: object) -> Request:
    fields = {"measure": Measure.CONTENT_DATA, "period_from": "2026-01-01", "period_to": "2026-01-31"}
    return request(**{**fields, **more})


@pytest.mark.parametrize(
    ("new", "likeness"),
    [
        (content(), Likeness.SAME),
        (content(period_from="2026-01-05", period_to="2026-01-20"), Likeness.SAME),
        (content(period_to="2026-02-28"), Likeness.OVERLAPS),
        (content(targets=(MAIL, OTHER)), Likeness.OVERLAPS),
        (content(period_from="2026-01-31", period_to=""), Likeness.OVERLAPS),
        (content(period_from="2026-02-01", period_to=""), Likeness.RELATED),
        (content(period_from="2026-01-31T23:59:59.999999+05:30", period_to=""), Likeness.RELATED),
        (content(measure=Measure.TRAFFIC_DATA), Likeness.RELATED),
    ],
)
def test_how_alike_requests_are(new: Request, likeness: Likeness) -> None:
    (found,) = find_duplicates(new, [content(id="old", unit="cyber-2")])
    assert found.likeness is likeness
    assert found.other_unit
    assert found.targets == ("A@Example.com",) if MAIL in new.targets else ("a@example.com",)


def test_days_of_the_data_do_not_part_two_preservations() -> None:
    (found,) = find_duplicates(request(period_to="2026-01-01"), [request(id="old", period_from="2026-05-01")])
    assert found.likeness is Likeness.SAME
    assert not found.other_unit


@pytest.mark.parametrize(
    "old",
    [
        content(id="old", requested="GB"),
        content(id="old", direction=Direction.INCOMING),
        content(id="old", targets=(OTHER,)),
        content(id="old", targets=(Target(kind="email-addr", value="a@example.com", holder="microsoft"),)),
        content(),
    ],
)
def test_what_is_no_duplicate(old: Request) -> None:
    assert find_duplicates(content(), [old]) == ()


def test_what_follows_on_purpose_is_no_duplicate_but_a_second_letter_is() -> None:
    old = content(id="old")
    extends = content(links=(Link(to="old", relation=Relation.EXTENDS),))
    assert find_duplicates(extends, [old]) == ()
    again = content(links=(Link(to="old", relation=Relation.REPLACES),))
    assert find_duplicates(again, [old])


def test_the_most_alike_come_first_and_a_holder_not_told_parts_nothing() -> None:
    nameless = (Target(kind="email-addr", value="a@example.com"),)
    earlier = [content(id="a", measure=Measure.TRAFFIC_DATA), content(id="b", targets=nameless)]
    assert [one.request.id for one in find_duplicates(content(), earlier)] == ["b", "a"]
